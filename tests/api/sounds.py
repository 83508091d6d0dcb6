"""Sound files for tests of the server: silence, a small file that holds hours, excerpts."""

import base64
import io
import wave
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray


def wav_bytes(samples: NDArray[np.float32]) -> bytes:
    """float32 (n,) at 16 kHz as a wav file."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(np.round(samples * 32767).astype("<i2").tobytes())
    return buffer.getvalue()


def silence(path: Path, seconds: int) -> Path:
    path.write_bytes(wav_bytes(np.zeros(seconds * 16_000, np.float32)))
    return path


def data_url(samples: NDArray[np.float32]) -> str:
    """As a reference of a known speaker is sent."""
    return "data:audio/wav;base64," + base64.b64encode(wav_bytes(samples)).decode()


def long_flac(path: Path, minutes: int, rate: int = 8000) -> Path:
    """Silence that packs to a few kilobytes a minute."""
    block = np.zeros((1, rate * 60), np.int16)
    with av.open(str(path), "w", format="flac") as out:
        stream = out.add_stream("flac", rate=rate, layout="mono")
        for minute in range(minutes):
            frame = av.AudioFrame.from_ndarray(block, format="s16", layout="mono")
            frame.sample_rate, frame.pts = rate, minute * rate * 60
            for packet in stream.encode(frame):
                out.mux(packet)
        for packet in stream.encode(None):
            out.mux(packet)
    return path
