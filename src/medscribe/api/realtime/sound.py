"""Bytes of a realtime client, in pieces of any size -> samples at 16 kHz.

PCM of 16 bits at 24 kHz, or G.711 (ITU-T) at 8 kHz. The filter keeps its state from piece to piece:
where a stream is cut makes no difference, and its length is exact.
"""

import functools
import importlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medscribe.api.realtime.session import RATES
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.errors import MissingDependencyError

_FULL_SCALE = np.float32(32_768.0)


class SoundStream:
    """One stream in one format: `audio/pcm`, `audio/pcmu` or `audio/pcma`."""

    def __init__(self, sound: str) -> None:
        self.rate = RATES[sound]
        self._sound = sound
        self._half = b""
        self._av = _pyav()
        self._resampler = self._av.audio.resampler.AudioResampler(
            format="s16", layout="mono", rate=SAMPLE_RATE
        )

    @property
    def bytes_per_second(self) -> int:
        return self.rate * (2 if self._sound == "audio/pcm" else 1)

    def take(self, data: bytes) -> NDArray[np.float32]:
        """The next bytes; float32 (n,) at 16 kHz, up to the 1 ms that the filter still holds."""
        samples = self._decoded(data)
        if not len(samples):
            return np.zeros(0, np.float32)
        frame = self._av.AudioFrame.from_ndarray(
            samples.reshape(1, -1), format="s16", layout="mono"
        )
        frame.sample_rate = self.rate
        return _joined(self._resampler.resample(frame))

    def finish(self) -> NDArray[np.float32]:
        """What the filter still holds; the stream cannot go on."""
        return _joined(self._resampler.resample(None))

    def _decoded(self, data: bytes) -> NDArray[np.int16]:
        if self._sound != "audio/pcm":
            table = _mu_law() if self._sound == "audio/pcmu" else _a_law()
            return table[np.frombuffer(data, np.uint8)]
        data = self._half + data
        whole = len(data) // 2 * 2
        self._half = data[whole:]
        return np.frombuffer(data[:whole], "<i2").astype(np.int16)


def _joined(frames: list[Any]) -> NDArray[np.float32]:
    parts = [np.zeros(0, np.int16), *(frame.to_ndarray().reshape(-1) for frame in frames)]
    return np.concatenate(parts).astype(np.float32) / _FULL_SCALE


@functools.cache
def _mu_law() -> NDArray[np.int16]:
    """The 256 values of mu-law, ITU-T G.711 table 2."""
    code = ~np.arange(256, dtype=np.uint8)
    size = (((code & 0x0F).astype(np.int32) << 3) + 0x84) << ((code & 0x70) >> 4)
    return np.where(code & 0x80, 0x84 - size, size - 0x84).astype(np.int16)


@functools.cache
def _a_law() -> NDArray[np.int16]:
    """The 256 values of A-law, ITU-T G.711 table 1."""
    code = np.arange(256, dtype=np.uint8) ^ 0x55
    segment = (code & 0x70).astype(np.int32) >> 4
    size = ((code & 0x0F).astype(np.int32) << 4) + np.where(segment == 0, 8, 0x108)
    size <<= np.maximum(segment - 1, 0)
    return np.where(code & 0x80, size, -size).astype(np.int16)


def _pyav() -> Any:
    try:
        av = importlib.import_module("av")
        importlib.import_module("av.audio.resampler")
    except ImportError:
        raise MissingDependencyError(
            "Resampling needs PyAV: install it with  pip install 'medscribe[whisper]'"
        ) from None
    return av
