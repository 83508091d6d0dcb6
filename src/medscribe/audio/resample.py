"""Sound of any rate and channel count -> 16 kHz mono, block by block."""

import importlib
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medscribe.domain.sound import SAMPLE_RATE
from medscribe.errors import MissingDependencyError


class MonoConverter:
    """float32 (n, channels) at a device's rate -> 16 kHz mono, with no seam between blocks.

    Channels are averaged. The resampler keeps its state from block to block.
    """

    def __init__(self, sample_rate: int) -> None:
        self._rate = sample_rate
        self._resampler: Any = None
        if sample_rate != SAMPLE_RATE:
            self._av = _pyav()
            self._resampler = self._av.AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE)

    def feed(self, block: NDArray[np.float32]) -> Iterator[NDArray[np.float32]]:
        mono = block[:, 0] if block.shape[1] == 1 else block.mean(axis=1)
        if self._resampler is None:
            yield mono
            return
        packed = np.ascontiguousarray(mono[None], np.float32)
        frame = self._av.AudioFrame.from_ndarray(packed, format="flt", layout="mono")
        frame.sample_rate = self._rate
        yield from self._samples(frame)

    def finish(self) -> Iterator[NDArray[np.float32]]:
        """The last samples, which wait in the resampler."""
        if self._resampler is not None:
            yield from self._samples(None)

    def _samples(self, frame: Any) -> Iterator[NDArray[np.float32]]:
        for each in self._resampler.resample(frame):
            if each.samples:
                yield each.to_ndarray()[0]


def _pyav() -> ModuleType:
    try:
        return importlib.import_module("av")
    except ImportError:
        raise MissingDependencyError(
            "This microphone does not deliver 16 kHz; converting its sound needs PyAV: "
            "install it with  pip install 'medscribe[whisper]'"
        ) from None
