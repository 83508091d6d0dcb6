"""Two channels -> one, where both carry the same signal."""

import numpy as np
from numpy.typing import NDArray

# Share of the energy that one channel does not explain of the other (-30 dB). Two microphones in
# a room stay well above it; a mono recording stored as stereo, also after mp3, stays below.
_SAME_SIGNAL = 1e-3
# A channel this far below the other (-60 dB) is an unplugged microphone.
_DEAD_CHANNEL = 1e-6
_BLOCK = 1 << 20


def drop_copied_channel(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """float32 (n, channels) -> the same, or (n, 1) where two channels carry one signal.

    The louder channel is kept then, so that a dead or an inverted second one does no harm.
    """
    if samples.shape[1] != 2:
        return samples
    left, right, product = _moments(samples)
    louder = 0 if left >= right else 1
    quiet, loud = min(left, right), max(left, right)
    if quiet <= _DEAD_CHANNEL * loud or left * right - product**2 <= _SAME_SIGNAL * left * right:
        return np.ascontiguousarray(samples[:, louder : louder + 1])
    return samples


def _moments(samples: NDArray[np.float32]) -> tuple[float, float, float]:
    """Energy of left and right, and their inner product; in blocks, to need no copy of it all."""
    left = right = product = 0.0
    for start in range(0, len(samples), _BLOCK):
        block = samples[start : start + _BLOCK]
        a, b = np.ascontiguousarray(block[:, 0]), np.ascontiguousarray(block[:, 1])
        left += float(a @ a)
        right += float(b @ b)
        product += float(a @ b)
    return left, right, product
