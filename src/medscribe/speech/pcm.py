"""Samples -> 16-bit PCM, as engines outside Python take them."""

import numpy as np
from numpy.typing import NDArray


def pcm16(samples: NDArray[np.float32]) -> bytes:
    """Little-endian 16-bit PCM of float32 (n,), -1..1; what is beyond full scale is clipped."""
    return (np.clip(samples, -1.0, 1.0) * 32767).astype("<i2").tobytes()
