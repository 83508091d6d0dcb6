"""Samples -> the quietest place in them, where speech may be cut."""

import numpy as np
from numpy.typing import NDArray

from medscribe.domain.sound import SAMPLE_RATE

# A cut needs this much quiet around it (100 ms); the search moves in steps of 10 ms.
_QUIET_STEPS = 10
_STEP = SAMPLE_RATE // 100


def quietest(samples: NDArray[np.float32], earliest: int, latest: int) -> int:
    """Sample in the middle of the quietest 100 ms within [earliest, latest] of float32 (n,)."""
    part = samples[max(earliest, 0) : latest]
    steps = part[: len(part) // _STEP * _STEP].reshape(-1, _STEP)
    if len(steps) < _QUIET_STEPS:
        return (earliest + latest) // 2
    power = np.einsum("ij,ij->i", steps, steps)
    around = np.convolve(power, np.ones(_QUIET_STEPS), mode="valid")
    return max(earliest, 0) + (int(around.argmin()) + _QUIET_STEPS // 2) * _STEP
