"""Mel power -> how much voice there is from moment to moment, to find pauses between words."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from medscribe.dialogue.mel import FRAME_HOP
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.domain.spans import TimeSpan

FRAME_SECONDS = FRAME_HOP / SAMPLE_RATE
# Loudness is smoothed over this many frames (70 ms), a bit less than a short syllable.
_SMOOTH_FRAMES = 7
# The loudest within this much time on either side is what a pause is measured against, so that a
# soft voice far from the microphone has pauses of its own.
_AROUND_SECONDS = 1.5
# So far below it sound is fully voice, and so far below it fully pause.
_VOICE_DECIBEL = 10.0
_PAUSE_DECIBEL = 25.0


def voice_activity(power: NDArray[np.float32]) -> NDArray[np.float32]:
    """0 (pause) to 1 (voice) for each frame, (frames,), from mel power (frames, 40)."""
    window = np.ones(_SMOOTH_FRAMES) / _SMOOTH_FRAMES
    smooth = np.convolve(power.sum(axis=1), window, mode="same")[: len(power)]
    decibel = 10 * np.log10(np.maximum(smooth, 1e-10))
    around = round(_AROUND_SECONDS / FRAME_SECONDS)
    below = _running_maximum(decibel, around) - decibel
    activity = 1 - (below - _VOICE_DECIBEL) / (_PAUSE_DECIBEL - _VOICE_DECIBEL)
    return np.asarray(activity.clip(0.0, 1.0), np.float32)


def activity_at(activity: NDArray[np.float32], times: NDArray[np.float64]) -> NDArray[np.float32]:
    """The activity of frames at each time in seconds, (times,)."""
    at = np.interp(times, np.arange(len(activity)) * FRAME_SECONDS, activity)
    return np.asarray(at, np.float32)


def activity_around(
    activity: NDArray[np.float32], times: NDArray[np.float64], seconds: float
) -> NDArray[np.float32]:
    """Mean activity of frames within a window of `seconds` centred on each time, (times,)."""
    total = np.concatenate([[0.0], np.cumsum(activity, dtype=np.float64)])
    frames = np.stack([times - seconds / 2, times + seconds / 2]) / FRAME_SECONDS
    first, last = np.round(frames).astype(np.intp).clip(0, len(activity))
    return np.asarray((total[last] - total[first]) / (seconds / FRAME_SECONDS), np.float32)


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
