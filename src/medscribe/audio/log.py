"""Samples <-> a numbered, sealed, fsynced log on disk: the only truth of what was heard."""

import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from medscribe.durable import disk_errors, write_durably
from medscribe.errors import StoreError

_HEADER = struct.Struct("<BI")  # channels, samples per channel

Seal = Callable[[bytes, bytes], bytes]


class AudioLog:
    """The recording of one encounter as segments `000001.seg`, `000002.seg` ...

    `seal(plaintext, context)` and `unseal(blob, context)` encrypt; the context binds a segment to
    its number, so that segments cannot be swapped.
    """

    def __init__(self, folder: Path, seal: Seal, unseal: Seal) -> None:
        self._folder = folder
        self._seal = seal
        self._unseal = unseal

    def append(self, samples: NDArray[np.float32]) -> int:
        """Store samples float32 (n, channels), 16 kHz, -1..1; the segment's number, from 1.

        When it returns, the segment survives a power cut. Kept as 16-bit PCM.
        """
        number = len(self._segments()) + 1
        count, channels = samples.shape
        pcm = np.round(np.clip(samples, -1.0, 1.0) * 32767).astype("<i2")
        plain = _HEADER.pack(channels, count) + pcm.tobytes()
        blob = self._seal(plain, _context(number))
        with disk_errors("data folder"):
            self._folder.mkdir(parents=True, exist_ok=True)
            write_durably(self._path(number), blob)
        return number

    def read(self) -> NDArray[np.float32]:
        """The whole recording, float32 (n, channels); `StoreError` if a segment is missing."""
        segments = self._segments()
        if segments != [self._path(number) for number in range(1, len(segments) + 1)]:
            raise StoreError("The audio log of this encounter has a gap: a segment is missing.")
        if not segments:
            raise StoreError("The audio log of this encounter is empty.")
        parts = [self._read(number) for number in range(1, len(segments) + 1)]
        return np.concatenate(parts)

    def delete(self) -> None:
        """Remove all segments, and what a killed process left of one."""
        if not self._folder.is_dir():
            return
        with disk_errors("data folder"):
            for file in self._folder.iterdir():
                file.unlink()
            self._folder.rmdir()

    def _read(self, number: int) -> NDArray[np.float32]:
        plain = self._unseal(self._path(number).read_bytes(), _context(number))
        channels, count = _HEADER.unpack_from(plain)
        pcm = np.frombuffer(plain, "<i2", count * channels, _HEADER.size)
        return (pcm.astype(np.float32) / np.float32(32767)).reshape(count, channels)

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:06d}.seg"

    def _segments(self) -> list[Path]:
        return sorted(self._folder.glob("*.seg")) if self._folder.is_dir() else []


def _context(number: int) -> bytes:
    return f"audio/{number:06d}".encode()
