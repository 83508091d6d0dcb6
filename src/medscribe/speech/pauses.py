"""Samples -> the stretches between pauses, by loudness alone."""

import numpy as np
from numpy.typing import NDArray

from medscribe.domain.sound import SAMPLE_RATE

FRAME = SAMPLE_RATE // 50
"""20 ms."""

PAUSE_SECONDS = 0.4
"""Breaths between sentences and turns are longer, stops inside words (0.1 s) far shorter."""

MARGIN_SECONDS = 0.2

QUIET_SHARE = 0.5
"""Quiet: below this share of the way, in decibels, from the room's hum to loud speech."""


def between_pauses(samples: NDArray[np.float32]) -> list[tuple[int, int]]:
    """[start, end) of each stretch, in samples, in order; of a pause 0.2 s stay on either side.

    samples: float32 (n,), 16 kHz. One stretch covers everything where no pause is found.
    """
    quiet = _quiet_frames(samples)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], quiet.astype(np.int8), [0]))))
    pauses = edges.reshape(-1, 2) * FRAME
    long = pauses[pauses[:, 1] - pauses[:, 0] >= PAUSE_SECONDS * SAMPLE_RATE]
    margin = int(MARGIN_SECONDS * SAMPLE_RATE)
    starts = [0, *(int(end) - margin for end in long[:, 1])]
    ends = [*(int(start) + margin for start in long[:, 0]), len(samples)]
    return [
        (start, end)
        for start, end in zip(starts, ends, strict=True)
        # Samples that begin or end with a pause leave a stretch of nothing but its margin.
        if not quiet[start // FRAME : end // FRAME].all()
    ]


def _quiet_frames(samples: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Whether each whole 20 ms frame is quiet; bool (frames,)."""
    whole = len(samples) // FRAME
    if not whole:
        return np.zeros(0, bool)
    frames = samples[: whole * FRAME].reshape(whole, FRAME)
    loudness = 10 * np.log10(np.square(frames, dtype=np.float64).mean(axis=1) + 1e-10)
    hum, speech = np.percentile(loudness, (5, 95))
    quiet: NDArray[np.bool_] = loudness < hum + QUIET_SHARE * (speech - hum)
    return quiet
