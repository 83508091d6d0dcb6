"""Long samples -> overlapping windows, and which frames of each window count.

A frame is one step of the model's output: 640 samples (hop 160, subsampled by 4), 40 ms. It is
computed from 2320 samples. A word at the very edge of a window is heard without what surrounds it,
so windows overlap by two strides and each frame is taken from where it has neighbours.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medscribe.domain.sound import SAMPLE_RATE
from medscribe.errors import ConfigurationError

FRAME_SAMPLES = 640
FRAME_SECONDS = FRAME_SAMPLES / SAMPLE_RATE

LOOKAHEAD_SAMPLES = 2320 - FRAME_SAMPLES
"""What a frame needs beyond its own 640 samples. Fewer than 2320 in all are an error in both
runtimes; with this much appended, n samples give exactly ceil(n / 640) frames."""


@dataclass(frozen=True)
class Window:
    """What the model hears at once.

    samples: float32 (frames * 640 + 1680,). Its frame i is frame `first + i` of the whole; of its
    frames those in [keep_from, keep_to) count, the others are another window's.
    """

    samples: NDArray[np.float32]
    first: int
    keep_from: int
    keep_to: int


def in_frames(seconds: float) -> int:
    """The whole frames nearest to a duration in seconds."""
    return round(seconds / FRAME_SECONDS)


def check_chunks(chunk_length_s: float, stride_length_s: float) -> None:
    """Raises `ConfigurationError` unless a window is longer than its two strides."""
    if stride_length_s < 0 or in_frames(chunk_length_s) <= 2 * in_frames(stride_length_s):
        raise ConfigurationError(
            "chunk_length_s must be more than twice stride_length_s: MedASR works with 20 and 2."
        )


def windows(
    samples: NDArray[np.float32], chunk_length_s: float, stride_length_s: float
) -> Iterator[Window]:
    """Windows whose kept frames cover every frame of `samples` once and in order.

    samples: float32 (n,), 16 kHz. The strides count on neither side but at the two ends.
    """
    chunk, stride = in_frames(chunk_length_s), in_frames(stride_length_s)
    total = -(-len(samples) // FRAME_SAMPLES)
    padding = total * FRAME_SAMPLES - len(samples) + LOOKAHEAD_SAMPLES
    padded = np.pad(samples, (0, padding))
    for first in range(0, total, chunk - 2 * stride):
        end = min(first + chunk, total)
        last = end == total
        yield Window(
            samples=padded[first * FRAME_SAMPLES : end * FRAME_SAMPLES + LOOKAHEAD_SAMPLES],
            first=first,
            keep_from=stride if first else 0,
            keep_to=end - first if last else end - first - stride,
        )
        if last:
            return
