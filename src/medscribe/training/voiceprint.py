"""The resemblyzer wheel -> `voiceprint.npz`, the speaker encoder that MedScribe ships.

Weights: Resemblyzer by Resemble AI, PyPI package resemblyzer 0.1.4, Apache-2.0. Neither torch nor
resemblyzer is needed to read them.
"""

import hashlib
import io
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from medscribe.errors import ModelUnavailableError
from medscribe.training.checkpoint import UntrustedCheckpointError, read_checkpoint

WHEEL_SHA256 = "8f12eb2f1a9982d32e8db7856de754709b59c93a77bcf0ff536584b619a9dd1f"
_REQUIREMENT = f"resemblyzer==0.1.4 --hash=sha256:{WHEEL_SHA256}\n"
_CHECKPOINT = "resemblyzer/pretrained.pt"
_LAYERS = 3
_DOWNLOAD_SECONDS = 600


def fetch_resemblyzer_wheel(folder: Path) -> Path:
    """Download the wheel into `folder` with the user's own pip settings; gives its path.

    pip checks the hash and installs nothing. Raises `ModelUnavailableError` where it cannot.
    """
    with tempfile.TemporaryDirectory() as scratch:
        requirements = Path(scratch) / "voiceprint.txt"
        requirements.write_text(_REQUIREMENT)
        command = [
            *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"),
            *("--only-binary", ":all:", "--require-hashes", "--disable-pip-version-check"),
            *("--dest", str(folder), "-r", str(requirements)),
        ]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_DOWNLOAD_SECONDS)  # noqa: S603
        except (subprocess.SubprocessError, OSError):
            raise ModelUnavailableError(
                "The voice model could not be fetched: check that pip works here and reaches "
                "your package index, then run this again."
            ) from None
    return next(folder.glob("[Rr]esemblyzer-0.1.4-*.whl"))


def build_voiceprint(wheel: Path, out: Path) -> None:
    """Write the encoder's weights as float16 arrays to `out` (npz, 2.6 MB).

    Raises `ModelUnavailableError` unless `wheel` is byte for byte the one whose weights were
    checked.
    """
    try:
        content = wheel.read_bytes()
        if hashlib.sha256(content).hexdigest() != WHEEL_SHA256:
            raise ModelUnavailableError(
                "The wheel is not resemblyzer 0.1.4 as published: fetch it again."
            )
        with zipfile.ZipFile(io.BytesIO(content)).open(_CHECKPOINT) as file:
            tensors = read_checkpoint(io.BytesIO(file.read()))
    except (OSError, zipfile.BadZipFile, UntrustedCheckpointError):
        raise ModelUnavailableError(
            "The resemblyzer wheel cannot be read: fetch it again."
        ) from None
    out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(out, allow_pickle=False, **_arrays(tensors))


def _arrays(tensors: dict[str, NDArray[np.float32]]) -> dict[str, NDArray[np.float16]]:
    """The few arrays that recognising a voice needs.

    Per layer the input and recurrent weights, (1024, inputs) and (1024, 256) with gates in order
    input, forget, cell, output, and the sum of the two biases (1024,); then the projection.
    """
    arrays: dict[str, NDArray[np.float32]] = {}
    for layer in range(_LAYERS):
        arrays[f"input_{layer}"] = tensors[f"lstm.weight_ih_l{layer}"]
        arrays[f"recurrent_{layer}"] = tensors[f"lstm.weight_hh_l{layer}"]
        arrays[f"bias_{layer}"] = (
            tensors[f"lstm.bias_ih_l{layer}"] + tensors[f"lstm.bias_hh_l{layer}"]
        )
    arrays["projection"] = tensors["linear.weight"]
    arrays["projection_bias"] = tensors["linear.bias"]
    return {name: array.astype(np.float16) for name, array in arrays.items()}
