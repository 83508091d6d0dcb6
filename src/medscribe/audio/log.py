"""Samples <-> a numbered, sealed, fsynced log on disk: the only truth of what was heard."""

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from medscribe.domain.sound import SAMPLE_RATE
from medscribe.durable import disk_errors, held, is_held, sync_folder, write_durably
from medscribe.errors import StoreError

_HEADER = struct.Struct("<BI")  # channels, samples per channel

_LOCK = "recording.lock"

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
        # Past-last sample of every segment known so far; segments never change.
        self._ends: list[int] = []
        self._channels = 0
        self._overhead = 0
        self._lock = Lock()

    @property
    def length(self) -> int:
        """Samples per channel that are durable now; 0 for a recording not begun."""
        self._look_for_more()
        return self._ends[-1] if self._ends else 0

    def append(self, samples: NDArray[np.float32]) -> int:
        """Store samples float32 (n, channels), 16 kHz, -1..1; the segment's number, from 1.

        When it returns, the segment survives a power cut. Kept as 16-bit PCM. One writer at a time.
        """
        self._look_for_more()
        number = len(self._ends) + 1
        count, channels = samples.shape
        pcm = np.round(np.clip(samples, -1.0, 1.0) * 32767).astype("<i2")
        plain = _HEADER.pack(channels, count) + pcm.tobytes()
        blob = self._seal(plain, _context(number))
        with disk_errors("data folder"):
            self._make_folder()
            write_durably(self._path(number), blob)
        return number

    def read(self, start: int = 0, stop: int | None = None) -> NDArray[np.float32]:
        """Samples [start, stop) of the recording, float32 (n, channels); by default all of it.

        Raises `StoreError` where nothing was recorded, or, reading all, where a segment is missing.
        """
        length = self.length
        if not length:
            raise StoreError("The audio log of this encounter is empty.")
        if stop is None and len(self._ends) != len(list(self._folder.glob("*.seg"))):
            raise StoreError("The audio log of this encounter has a gap: a segment is missing.")
        stop = length if stop is None else min(stop, length)
        first = bisect_right(self._ends, start)
        parts = [np.zeros((0, self._channels), np.float32)]
        for index in range(first, len(self._ends)):
            begin = self._ends[index - 1] if index else 0
            if begin >= stop:
                break
            samples = self._read(index + 1)
            parts.append(samples[max(start - begin, 0) : stop - begin])
        return np.concatenate(parts)

    def between(self, start: float, end: float) -> NDArray[np.float32]:
        """Seconds [start, end) of the recording, float32 (n,): the mean of its channels."""
        samples = self.read(round(start * SAMPLE_RATE), round(end * SAMPLE_RATE))
        return np.asarray(samples.mean(axis=1), np.float32)

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Mark the log as being recorded while the block runs, or until the process dies."""
        with disk_errors("data folder"):
            self._make_folder()
        with held(self._folder / _LOCK):
            yield

    def is_being_recorded(self) -> bool:
        """Whether some process still writes to it."""
        return is_held(self._folder / _LOCK)

    @property
    def begun(self) -> bool:
        """Whether a recording was ever begun, and not deleted."""
        return self._folder.is_dir()

    def delete(self) -> None:
        """Remove all segments, and what a killed process left of one."""
        with self._lock:
            self._ends.clear()
        if not self._folder.is_dir():
            return
        with disk_errors("data folder"):
            for file in self._folder.iterdir():
                file.unlink()
            self._folder.rmdir()

    def _make_folder(self) -> None:
        """The folder, and its entry in the one above it, which a power cut could take as well."""
        if not self._folder.is_dir():
            self._folder.mkdir(parents=True, exist_ok=True)
            sync_folder(self._folder.parent)

    def _look_for_more(self) -> None:
        """Take note of the segments that were written since, by this or another process."""
        with self._lock:
            self._look()

    def _look(self) -> None:
        while (path := self._path(len(self._ends) + 1)).exists():
            if not self._ends:
                first = self._read(1)
                self._channels = first.shape[1]
                self._overhead = path.stat().st_size - 2 * first.size
            # Sealing adds the same number of bytes to every segment, so its size tells its length.
            values = (path.stat().st_size - self._overhead) // 2
            self._ends.append((self._ends[-1] if self._ends else 0) + values // self._channels)

    def _read(self, number: int) -> NDArray[np.float32]:
        plain = self._unseal(self._path(number).read_bytes(), _context(number))
        channels, count = _HEADER.unpack_from(plain)
        pcm = np.frombuffer(plain, "<i2", count * channels, _HEADER.size)
        return (pcm.astype(np.float32) / np.float32(32767)).reshape(count, channels)

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:06d}.seg"


def _context(number: int) -> bytes:
    return f"audio/{number:06d}".encode()
