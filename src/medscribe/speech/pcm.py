"""Samples -> 16-bit PCM, as engines outside Python take them."""

import io
import wave

import numpy as np
from numpy.typing import NDArray

from medscribe.domain.sound import SAMPLE_RATE


def pcm16(samples: NDArray[np.float32]) -> bytes:
    """Little-endian 16-bit PCM of float32 (n,), -1..1; what is beyond full scale is clipped."""
    return (np.clip(samples, -1.0, 1.0) * 32767).astype("<i2").tobytes()


def wav(samples: NDArray[np.float32]) -> bytes:
    """A WAV file of float32 (n,) samples: 16-bit PCM, mono, `SAMPLE_RATE`."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(SAMPLE_RATE)
        sound.writeframes(pcm16(samples))
    return file.getvalue()
