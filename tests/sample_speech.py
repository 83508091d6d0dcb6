"""Speech for tests: the sample visit, spoken by a synthesiser."""

import functools
import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
SAMPLE_RECORDING = ROOT / "samples" / "visit.ogg"
SAMPLE_SCRIPT = ROOT / "samples" / "visit.txt"


def sample_seconds(start: float, end: float) -> NDArray[np.float32]:
    """A stretch of the spoken sample visit, float32 (n,) at 16 kHz."""
    return _visit()[round(start * 16_000) : round(end * 16_000)].copy()


@functools.cache
def _visit() -> NDArray[np.float32]:
    from medscribe.audio.decode import decode

    return decode(SAMPLE_RECORDING, max_seconds=600).mono


def spoken_like(path: Path, seconds: float = 12.0) -> Path:
    """The first seconds of the sample visit as a wav file."""
    pcm = np.round(sample_seconds(0, seconds) * 32767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(pcm.tobytes())
    return path
