"""Mel power -> how much voice there is from moment to moment, to find pauses between words."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from medscribe.dialogue.mel import FRAME_HOP, SAMPLE_RATE
from medscribe.domain.spans import TimeSpan

_FRAME_SECONDS = FRAME_HOP / SAMPLE_RATE
# Loudness is smoothed over this many frames (70 ms), a bit less than a short syllable.
_SMOOTH_FRAMES = 7
# The loudest within this much time on either side is what a pause is measured against, so that a
# soft voice far from the microphone has pauses of its own.
_AROUND_SECONDS = 1.5
# So far below it sound is fully voice, and so far below it fully pause.
_VOICE_DECIBEL = 10.0
_PAUSE_DECIBEL = 25.0


def activity_at(power: NDArray[np.float32], times: NDArray[np.float64]) -> NDArray[np.float32]:
    """0 (pause) to 1 (voice) at each time in seconds, (t,), from mel power (frames, 40)."""
    window = np.ones(_SMOOTH_FRAMES) / _SMOOTH_FRAMES
    smooth = np.convolve(power.sum(axis=1), window, mode="same")
    decibel = 10 * np.log10(np.maximum(smooth, 1e-10))
    around = round(_AROUND_SECONDS / _FRAME_SECONDS)
    below = _running_maximum(decibel, around) - decibel
    activity = 1 - (below - _VOICE_DECIBEL) / (_PAUSE_DECIBEL - _VOICE_DECIBEL)
    at = np.interp(times, np.arange(len(power)) * _FRAME_SECONDS, activity.clip(0.0, 1.0))
    return np.asarray(at, np.float32)


def level_of_speech(samples: NDArray[np.float32], spans: Sequence[TimeSpan]) -> float:
    """Mean square of float32 (n,) at 16 kHz within the spans; never 0."""
    energy, count = 0.0, 0
    for span in spans:
        part = samples[int(span.start * SAMPLE_RATE) : int(span.end * SAMPLE_RATE)]
        energy += float(part @ part)
        count += len(part)
    return max(energy / max(count, 1), 1e-12)


def _running_maximum(values: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """Largest within `reach` places on either side, by windows of doubling length."""
    length = 2 * reach + 1
    padded = np.pad(values, reach, constant_values=-np.inf)
    width = 1
    while 2 * width <= length:
        padded = np.maximum(padded[:-width], padded[width:])
        width *= 2
    rest = length - width
    return np.maximum(padded[: len(values)], padded[rest : rest + len(values)])
