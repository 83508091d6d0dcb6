"""A recorded file -> blocks of sound, paced like a microphone or as fast as they are taken."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from medscribe.audio.decode import decode
from medscribe.audio.source import SourceState
from medscribe.domain.sound import SAMPLE_RATE

_FULL_SCALE = np.float32(32_768.0)


class FileSource:
    """A file that stands in for the microphone; a `SoundSource`.

    `samples`: float32 (n,) mono 16 kHz. `pace`: seconds of sound per second of clock time, None for
    as fast as it is taken. `truncated`: the file holds clearly less than its header promises.
    """

    def __init__(
        self,
        samples: NDArray[np.float32],
        *,
        pace: float | None,
        block_seconds: float = 0.1,
        truncated: bool = False,
    ) -> None:
        if pace is not None and pace <= 0:
            raise ValueError("sound cannot be played backwards or stand still")
        # 16-bit halves the memory of a two-hour visit, and is what the audio log keeps of it.
        scaled = np.round(np.clip(samples, -1.0, 1.0) * _FULL_SCALE)
        self._pcm = np.minimum(scaled, 32_767).astype(np.int16)
        self._pace = pace
        self._block = max(1, round(block_seconds * SAMPLE_RATE))
        self._closing = threading.Event()
        self._state = SourceState.LISTENING
        self.truncated = truncated

    @property
    def state(self) -> SourceState:
        return self._state

    @property
    def duration_seconds(self) -> float:
        return len(self._pcm) / SAMPLE_RATE

    def blocks(self) -> Iterator[NDArray[np.float32]]:
        """Each block comes when its last sample has been "spoken", as from a microphone.

        A consumer that falls behind gets the blocks it missed at once: nothing is left out and the
        clock does not drift.
        """
        started = time.monotonic()
        try:
            for first in range(0, len(self._pcm), self._block):
                part = self._pcm[first : first + self._block]
                if self._stopped_before(started, first + len(part)):
                    break
                yield np.divide(part, _FULL_SCALE, dtype=np.float32)
        finally:
            self._state = SourceState.ENDED

    def close(self) -> None:
        self._closing.set()

    def _stopped_before(self, started: float, samples: int) -> bool:
        """Wait until so many samples are due; True if the source was closed meanwhile."""
        if self._pace is None:
            return self._closing.is_set()
        due = started + samples / SAMPLE_RATE / self._pace
        return self._closing.wait(max(0.0, due - time.monotonic()))


def open_file_source(
    path: Path,
    *,
    realtime: bool,
    speed: float = 1.0,
    max_seconds: float,
    block_seconds: float = 0.1,
) -> FileSource:
    """The recording at `path` as a source, mixed to mono; `speed` counts only with `realtime`.

    Decoded whole before it returns. Raises what `decode` raises: `AudioError` for what is not
    audio or longer than `max_seconds`, `MissingDependencyError` without PyAV.
    """
    recording = decode(path, max_seconds=max_seconds)
    return FileSource(
        recording.mono,
        pace=speed if realtime else None,
        block_seconds=block_seconds,
        truncated=recording.truncated,
    )
