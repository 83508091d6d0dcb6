"""Options -> the model's folder and the runtime that can run what lies in it.

Nothing here goes to the network: the weights are gated, and whoever fetches them accepts terms.
"""

import importlib.util
import json
from pathlib import Path
from typing import Literal

from medscribe.errors import ConfigurationError, MissingDependencyError, ModelUnavailableError

RuntimeName = Literal["sherpa", "transformers"]

ONNX_FILES = ("model.int8.onnx", "model.onnx")
"""In order of choice: the int8 file is a quarter of the size and as good (see the page)."""

HOW_TO_GET_IT = (
    "MedASR's weights are not part of MedScribe and are never fetched silently: accept Google's "
    "terms on the model's page (google/medasr), fetch the files with your own token, and set the "
    "option model to their folder or put them in the folder medasr of the models folder."
)

_PUBLISHED = ("config.json", "model.safetensors")
_FILES = {
    "sherpa": "model.int8.onnx or model.onnx with tokens.txt",
    "transformers": "config.json and model.safetensors",
}
_LIBRARIES = {"sherpa": ("sherpa_onnx",), "transformers": ("transformers", "torch")}
_EXTRAS = {"sherpa": "medasr", "transformers": "medasr-torch"}


def find_folder(model: Path | None, model_directory: Path | None) -> Path:
    """The model's folder; `ModelUnavailableError` says how to get it."""
    folder = model or (model_directory / "medasr" if model_directory else None)
    if folder is None or not folder.is_dir():
        raise ModelUnavailableError(HOW_TO_GET_IT)
    return folder


def choose_runtime(folder: Path, wanted: Literal["auto", "sherpa", "transformers"]) -> RuntimeName:
    """The runtime to use: with `auto` the first whose files are there, installed before not.

    Raises `ModelUnavailableError` where the files of the wanted one are not all there,
    `MissingDependencyError` where its libraries are not installed.
    """
    candidates: tuple[RuntimeName, ...] = (
        ("sherpa", "transformers") if wanted == "auto" else (wanted,)
    )
    complete = [name for name in candidates if _is_complete(folder, name)]
    if not complete:
        needed = ", or ".join(f"{_FILES[name]} (runtime {name})" for name in candidates)
        raise ModelUnavailableError(f"The folder of MedASR is not complete: it needs {needed}.")
    for name in complete:
        if all(importlib.util.find_spec(library) for library in _LIBRARIES[name]):
            return name
    first = complete[0]
    raise MissingDependencyError(
        f"These files of MedASR need {' and '.join(_LIBRARIES[first])}: "
        f"install it with  pip install 'medscribe[{_EXTRAS[first]}]'"
    )


def onnx_file(folder: Path) -> Path | None:
    """The graph that sherpa-onnx is to load; None where there is none."""
    return next((folder / name for name in ONNX_FILES if (folder / name).is_file()), None)


def check_architecture(folder: Path) -> None:
    """Raises `ConfigurationError` for a transformers model that is no MedASR."""
    try:
        kind = json.loads((folder / "config.json").read_text(encoding="utf-8")).get("model_type")
    except (OSError, ValueError, AttributeError):
        kind = None
    if kind != "lasr_ctc":
        raise ConfigurationError(
            "The folder in option model holds another model than MedASR (its config.json does not "
            "say lasr_ctc): set model to MedASR's folder."
        )


def _is_complete(folder: Path, name: RuntimeName) -> bool:
    if name == "sherpa":
        return onnx_file(folder) is not None and (folder / "tokens.txt").is_file()
    return all((folder / needed).is_file() for needed in _PUBLISHED)
