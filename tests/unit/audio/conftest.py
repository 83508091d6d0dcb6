"""Recordings made by the tests themselves, in every format a phone or recorder makes."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

Encode = Callable[..., Path]
Tone = Callable[..., NDArray[np.float32]]

# Format -> (PyAV container, codec, rates that the codec takes)
FORMATS = {
    "wav": ("wav", "pcm_s16le", 44_100),
    "mp3": ("mp3", "libmp3lame", 44_100),
    "m4a": ("ipod", "aac", 44_100),
    "flac": ("flac", "flac", 44_100),
    "ogg": ("ogg", "libopus", 48_000),
    "webm": ("webm", "libopus", 48_000),
}


@pytest.fixture
def tone() -> Tone:
    """A sine at half of full scale, float32 (n,), at the rate usual for the format."""

    def make(seconds: float, kind: str = "wav", *, hertz: float = 440.0) -> NDArray[np.float32]:
        rate = FORMATS[kind][2]
        times = np.arange(round(seconds * rate)) / rate
        return np.asarray(0.5 * np.sin(2 * np.pi * hertz * times), np.float32)

    return make


@pytest.fixture
def encode(tmp_path: Path) -> Encode:
    """Write float32 (channels, n) as a file of the given format; gives its path."""

    def write(
        channels: NDArray[np.float32],
        kind: str = "wav",
        *,
        name: str | None = None,
        options: dict[str, str] | None = None,
        rate: int | None = None,
    ) -> Path:
        av = pytest.importorskip("av")
        container, codec, usual_rate = FORMATS[kind]
        rate = rate or usual_rate
        layout = {1: "mono", 2: "stereo", 4: "quad", 6: "5.1"}[len(channels)]
        path = tmp_path / (name or f"recording.{kind}")
        with av.open(path, mode="w", format=container, options=options or {}) as output:
            stream = output.add_stream(codec, rate=rate, layout=layout)
            pcm = np.ascontiguousarray(channels.T.reshape(1, -1) * 32767).astype(np.int16)
            step = 1024 * len(channels)
            for start in range(0, pcm.shape[1], step):
                block = np.ascontiguousarray(pcm[:, start : start + step])
                frame = av.AudioFrame.from_ndarray(block, format="s16", layout=layout)
                frame.sample_rate = rate
                frame.pts = start // len(channels)
                output.mux(stream.encode(frame))
            output.mux(stream.encode(None))
        return path

    return write
