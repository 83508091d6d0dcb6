"""Windows of a recording -> voiceprints: vectors that lie close for one voice.

The GE2E encoder (Wan et al. 2018, arXiv 1710.10467) in Resemblyzer's weights: three LSTM layers of
256 over mel frames (1.6 s in training, shorter works), a projection, ReLU and unit
length. numpy alone.
"""

import functools
import importlib.resources
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from medscribe.errors import ModelUnavailableError

SIZE = 256
_LAYERS = 3
# Windows that run side by side: enough to fill a matrix product, small enough for the cache.
_BATCH = 192

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class _Layer:
    """Gates in order input, forget, cell, output; `inputs` (m, 1024), `recurrent` (256, 1024).

    The gates that pass a sigmoid are halved, since sigmoid(x) = (1 + tanh(x / 2)) / 2: one tanh
    then serves all four.
    """

    inputs: Floats
    recurrent: Floats
    bias: Floats


@dataclass(frozen=True)
class VoiceEncoder:
    """Weights of the encoder, ready to use."""

    layers: tuple[_Layer, ...]
    projection: Floats
    projection_bias: Floats

    def encode(self, mels: Floats, starts: NDArray[np.intp], *, frames: int) -> Floats:
        """Voiceprints float32 (windows, 256) of unit length.

        mels: float32 (n, 40) of the whole recording; starts: first frame of each window of
        `frames` frames. Frames before the beginning or after the end count as silence.
        """
        batches = [starts[at : at + _BATCH] for at in range(0, len(starts), _BATCH)]
        # One batch per core, each on one thread: matrix libraries that spread these small products
        # over all cores wait for each other most of the time, above all on a busy machine.
        with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(os.cpu_count()) as pool:
            found = list(pool.map(lambda batch: self._batch(mels, batch, frames), batches))
        return np.concatenate(found) if found else np.zeros((0, SIZE), np.float32)

    def _batch(self, mels: Floats, starts: NDArray[np.intp], frames: int) -> Floats:
        wanted, place = np.unique(starts[:, None] + np.arange(frames), return_inverse=True)
        inside = (wanted >= 0) & (wanted < len(mels))
        used = np.where(inside[:, None], mels[wanted.clip(0, len(mels) - 1)], 0.0)
        # The first layer's product with a frame is the same in every window that holds it.
        first = used.astype(np.float32) @ self.layers[0].inputs + self.layers[0].bias
        return self._embed(first, place.reshape(len(starts), frames))

    def _embed(self, first: Floats, place: NDArray[np.intp]) -> Floats:
        """first: (frames, 1024); place: (windows, steps) rows of `first`."""
        hidden = [np.zeros((len(place), SIZE), np.float32) for _ in self.layers]
        cells = [np.zeros((len(place), SIZE), np.float32) for _ in self.layers]
        gates = np.empty((len(place), 4 * SIZE), np.float32)
        for step in range(place.shape[1]):
            for number, layer in enumerate(self.layers):
                np.matmul(hidden[number], layer.recurrent, out=gates)
                if number == 0:
                    gates += first[place[:, step]]
                else:
                    gates += hidden[number - 1] @ layer.inputs
                    gates += layer.bias
                _advance(gates, hidden[number], cells[number])
        raw = np.maximum(hidden[-1] @ self.projection + self.projection_bias, 0.0)
        length = np.linalg.norm(raw, axis=1, keepdims=True)
        return np.asarray(raw / np.maximum(length, 1e-9), np.float32)


def _advance(gates: Floats, hidden: Floats, cell: Floats) -> None:
    """One step of an LSTM layer, in place."""
    np.tanh(gates, out=gates)
    entering, kept, candidate, leaving = (
        gates[:, part * SIZE : (part + 1) * SIZE] for part in range(4)
    )
    for gate in (entering, kept, leaving):
        np.add(gate, 1.0, out=gate)
        np.multiply(gate, 0.5, out=gate)
    cell *= kept
    entering *= candidate
    cell += entering
    np.tanh(cell, out=hidden)
    hidden *= leaving


@functools.cache
def load_encoder() -> VoiceEncoder:
    """The encoder that ships with MedScribe; `ModelUnavailableError` where its file is missing."""
    path = importlib.resources.files("medscribe.dialogue") / "models" / "voiceprint.npz"
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            weights = {name: arrays[name].astype(np.float32) for name in arrays.files}
    except (OSError, ValueError):
        raise ModelUnavailableError(
            "The voice model is missing from this installation: install medscribe again."
        ) from None
    return VoiceEncoder(
        layers=tuple(_layer(weights, number) for number in range(_LAYERS)),
        projection=np.ascontiguousarray(weights["projection"].T),
        projection_bias=weights["projection_bias"],
    )


def _layer(weights: dict[str, Floats], number: int) -> _Layer:
    scale = np.full(4 * SIZE, 0.5, np.float32)
    scale[2 * SIZE : 3 * SIZE] = 1.0
    return _Layer(
        inputs=np.ascontiguousarray(weights[f"input_{number}"].T * scale),
        recurrent=np.ascontiguousarray(weights[f"recurrent_{number}"].T * scale),
        bias=weights[f"bias_{number}"] * scale,
    )
