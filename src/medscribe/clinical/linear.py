"""Weights of a small linear model <-> one npz file without pickle."""

import io
from collections.abc import Mapping
from importlib.resources.abc import Traversable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


def pack_names(names: list[str]) -> NDArray[np.uint8]:
    """Feature names as UTF-8 bytes, one per line: npz has no strings without pickle that shrink."""
    return np.frombuffer("\n".join(names).encode("utf-8"), dtype=np.uint8)


def unpack_names(packed: NDArray[np.uint8]) -> list[str]:
    return packed.tobytes().decode("utf-8").split("\n")


def save_weights(path: Path, weights: Mapping[str, float]) -> None:
    """Writes `weights` (name -> weight, "" is the bias) as float16; the same input, same file."""
    names = sorted(weights)
    values = np.array([weights[name] for name in names], dtype=np.float16)
    np.savez_compressed(path, names=pack_names(names), weights=values)


def load_weights(path: Traversable) -> dict[str, float]:
    """What `save_weights` wrote."""
    with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as stored:
        return dict(zip(unpack_names(stored["names"]), stored["weights"].tolist(), strict=True))
