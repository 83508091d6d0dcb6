"""Samples <-> a numbered, sealed, fsynced log on disk: the only truth of what was heard."""

import os
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from medscribe.errors import StorageFullError, StoreError, is_disk_full

SAMPLE_RATE = 16_000
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
        self._write(self._path(number), self._seal(plain, _context(number)))
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
        """Remove all segments."""
        for segment in self._segments():
            segment.unlink()
        if self._folder.is_dir():
            self._folder.rmdir()

    def _read(self, number: int) -> NDArray[np.float32]:
        plain = self._unseal(self._path(number).read_bytes(), _context(number))
        channels, count = _HEADER.unpack_from(plain)
        pcm = np.frombuffer(plain, "<i2", count * channels, _HEADER.size)
        return (pcm.astype(np.float32) / 32767).reshape(count, channels)

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:06d}.seg"

    def _segments(self) -> list[Path]:
        return sorted(self._folder.glob("*.seg")) if self._folder.is_dir() else []

    def _write(self, target: Path, blob: bytes) -> None:
        partial = target.with_suffix(".part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with partial.open("wb") as file:
                file.write(blob)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(target)
            _fsync_folder(self._folder)
        except OSError as error:
            partial.unlink(missing_ok=True)
            if is_disk_full(error):
                raise StorageFullError(
                    "The disk of the data folder is full. Free some space and run again."
                ) from None
            raise StoreError(
                f"The recording cannot be stored ({error.strerror}). "
                "Check that the data folder is writable."
            ) from None


def _context(number: int) -> bytes:
    return f"audio/{number:06d}".encode()


def _fsync_folder(folder: Path) -> None:
    """Make the rename itself durable; Windows cannot open folders and does not need it."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
