"""Samples -> where a voice is heard, with the Silero VAD v6 that lies in the faster-whisper wheel.

Model: snakers4/silero-vad (MIT).
"""

import functools
import importlib.util
import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medscribe.audio.voice import HOP, VadOptions, VoiceSpans
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.domain.spans import TimeSpan
from medscribe.errors import MissingDependencyError

_CONTEXT = 64
_STATE = 128
# Hops per model call (33 s): bounds memory on long recordings; larger blocks are not faster.
_BLOCK_HOPS = 1024


class StreamingVad:
    """Speech probability of every 32 ms; fed in pieces or at once gives the same numbers."""

    def __init__(self) -> None:
        self._session = _session()
        self._hidden = np.zeros((1, 1, _STATE), np.float32)
        self._cell = np.zeros((1, 1, _STATE), np.float32)
        self._context = np.zeros(_CONTEXT, np.float32)
        self._rest = np.zeros(0, np.float32)

    def feed(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Take float32 (n,) at 16 kHz; give float32 (hops,) for every 512 samples now complete."""
        found = []
        step = _BLOCK_HOPS * HOP
        for start in range(0, len(samples), step):
            held = np.concatenate([self._rest, samples[start : start + step]])
            whole = len(held) // HOP * HOP
            self._rest = held[whole:]
            if whole:
                found.append(self._run(held[:whole]))
        return np.concatenate(found) if found else np.zeros(0, np.float32)

    def finish(self) -> NDArray[np.float32]:
        """Probability of the unfinished last hop, filled up with silence: float32 (0 or 1,)."""
        if not len(self._rest):
            return np.zeros(0, np.float32)
        return self.feed(np.zeros(HOP - len(self._rest), np.float32))

    def _run(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        hops = samples.reshape(-1, HOP)
        before = np.empty((len(hops), _CONTEXT), np.float32)
        before[0] = self._context
        before[1:] = hops[:-1, -_CONTEXT:]
        self._context = hops[-1, -_CONTEXT:].copy()
        inputs = {"input": np.hstack([before, hops]), "h": self._hidden, "c": self._cell}
        probabilities, self._hidden, self._cell = self._session.run(None, inputs)
        return np.asarray(probabilities, np.float32).reshape(-1)


def speech_spans(samples: NDArray[np.float32], options: VadOptions | None = None) -> list[TimeSpan]:
    """Where a voice is heard in float32 (n,) at 16 kHz, in order, not overlapping.

    Raises `MissingDependencyError` where onnxruntime or the faster-whisper wheel is missing.
    """
    vad = StreamingVad()
    probabilities = np.concatenate([vad.feed(samples), vad.finish()])
    duration = len(samples) / SAMPLE_RATE
    return spans_of_probabilities(probabilities, duration, options or VadOptions())


def spans_of_probabilities(
    probabilities: NDArray[np.float32], duration: float, options: VadOptions
) -> list[TimeSpan]:
    """Probabilities of 32 ms hops -> padded spans within `duration` seconds."""
    voice = VoiceSpans(options)
    found = [voice.take(probability) for probability in probabilities.tolist()]
    return [span for span in (*found, voice.close(duration)) if span is not None]


@functools.cache
def _session() -> Any:
    # The library (1.31) reports every session to its maker unless this is set before it is
    # imported; switching it off by its own function comes too late.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    try:
        import onnxruntime
    except ImportError:
        raise _missing() from None
    options = onnxruntime.SessionOptions()
    # One thread: a recurrent model of this size gains nothing from more.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(
        str(_model_path()), sess_options=options, providers=["CPUExecutionProvider"]
    )


def _model_path() -> Path:
    """The model inside the faster-whisper wheel, found without importing that package."""
    spec = importlib.util.find_spec("faster_whisper")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / "assets" / "silero_vad_v6.onnx"
        if path.is_file():
            return path
    raise _missing()


def _missing() -> MissingDependencyError:
    return MissingDependencyError(
        "Finding speech needs onnxruntime and faster-whisper 1.2.1 or newer: "
        "install them with  pip install 'medscribe[whisper]'"
    )
