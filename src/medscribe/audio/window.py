"""Sound in memory, for a service that keeps no log of it."""

import numpy as np
from numpy.typing import NDArray

from medscribe.domain.sound import SAMPLE_RATE


class SoundWindow:
    """The last part of a stream, float32 mono at 16 kHz, addressed by its time."""

    def __init__(self) -> None:
        self._samples = np.zeros(0, np.float32)
        self._from = 0

    @property
    def held_seconds(self) -> float:
        """How much is kept at the moment."""
        return len(self._samples) / SAMPLE_RATE

    def append(self, samples: NDArray[np.float32]) -> None:
        """Take the next float32 (n,)."""
        self._samples = np.concatenate([self._samples, samples])

    def between(self, start: float, end: float) -> NDArray[np.float32]:
        """Seconds [start, end) from the start of the stream; what is forgotten is left out."""
        first, last = (round(edge * SAMPLE_RATE) - self._from for edge in (start, end))
        return self._samples[max(first, 0) : max(last, 0)]

    def forget(self, before: float) -> None:
        """Drop what lies before this second."""
        drop = min(max(int(before * SAMPLE_RATE) - self._from, 0), len(self._samples))
        self._samples = self._samples[drop:].copy()
        self._from += drop
