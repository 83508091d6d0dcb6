"""Samples -> whether there is anything in them that could be a word."""

import numpy as np
from numpy.typing import NDArray

from medscribe.domain.sound import SAMPLE_RATE

SHORTEST_SECONDS = 0.1
"""Below this not even one phoneme fits."""

QUIETEST_PEAK = 1e-4
"""Digital silence (-80 dBFS): on it recognisers return whatever their language model likes."""


def holds_no_speech(samples: NDArray[np.float32]) -> bool:
    """True for what no recogniser should be asked about: too short or digitally silent.

    samples: float32 (n,), 16 kHz mono, -1..1.
    """
    if len(samples) < SHORTEST_SECONDS * SAMPLE_RATE:
        return True
    return float(np.abs(samples).max()) < QUIETEST_PEAK
