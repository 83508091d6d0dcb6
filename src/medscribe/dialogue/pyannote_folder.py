"""A pyannote pipeline -> the files that it is made of, all on this machine.

The library asks the hub for each part of a pipeline, even for one that lies in the cache, unless it
is named by a path. Here every part becomes a path, so that loading needs no connection.
"""

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from medscribe.errors import (
    ConfigurationError,
    ModelUnavailableError,
    StorageFullError,
    is_disk_full,
)

Fetch = Callable[[str], Path]
"""A repository of the hub -> its folder on this machine."""

COMMUNITY = "pyannote/speaker-diarization-community-1"
# What the library takes where config.yaml is silent.
_PARTS = {
    part: {"checkpoint": COMMUNITY, "subfolder": part}
    for part in ("segmentation", "embedding", "plda")
}
_WEIGHTS = ("pytorch_model.bin", "xvec_transform.npz", "plda.npz")
_CONFIG = "config.yaml"
# Of it. Left out: `preprocessors` and `device`, which would replace the sound and the processor
# that are given.
_KEPT = ("freeze", "params")


def fetch_repository(repository: str, *, token: str | None, allow_download: bool) -> Path:
    """The folder of a hub repository: from the cache, or downloaded where that is allowed.

    token: None takes the environment's HF_TOKEN. Raises `ModelUnavailableError` that says what to
    accept and to give, `StorageFullError` where there is no room.
    """
    # The hub's library reports usage unless told not to before it is imported.
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    import huggingface_hub
    from huggingface_hub.errors import HfHubHTTPError

    transport = HfHubHTTPError.__mro__[1]  # root of the errors of its HTTP library
    try:
        folder = huggingface_hub.snapshot_download(
            repository, token=token, local_files_only=not allow_download
        )
    except (OSError, ValueError, transport) as error:
        if isinstance(error, OSError) and is_disk_full(error):
            raise StorageFullError("No room for the model: free some and try again.") from None
        raise ModelUnavailableError(
            f"The pyannote model {repository} is not on this machine: accept its terms at "
            f"https://hf.co/{repository}, then give the diarizer the options token and "
            "allow_download, or model_directory with a copy of it."
        ) from None
    return Path(folder)


def place_pipeline(folder: Path, fetch: Fetch, place: Path) -> str:
    """Writes the pipeline of `folder` into `place`, all of its parts named by path.

    What it takes from other repositories is fetched. Returns a fingerprint of all weights,
    hexadecimal. Raises `ModelUnavailableError` where a file is missing, `ConfigurationError` where
    it is no diarization pipeline that runs on this machine.
    """
    config = _read_config(folder)
    name, params = str(config["pipeline"]["name"]), dict(config["pipeline"].get("params") or {})
    if not name.startswith("pyannote.audio.pipelines.") or not name.endswith(".SpeakerDiarization"):
        # pyannoteAI's paid pipelines have the same form, and send the recording to a server.
        raise ConfigurationError(
            "This pyannote pipeline does not tell speakers apart on this machine: choose "
            "community-1 or 3.1."
        )
    wanted = {**_PARTS, **{part: params[part] for part in _PARTS if part in params}}
    if params.get("clustering", "VBxClustering") != "VBxClustering":
        wanted["plda"] = {"checkpoint": str(_unused_plda(place))}
    params.update({part: _by_path(value, folder, fetch) for part, value in wanted.items()})
    placed = {key: value for key, value in config.items() if key in _KEPT}
    placed["pipeline"] = {"name": name, "params": params}
    (place / _CONFIG).write_text(json.dumps(placed), "utf-8")  # JSON is YAML
    return _fingerprint([Path(params[part]["checkpoint"]) for part in _PARTS])


def _read_config(folder: Path) -> dict[str, Any]:
    import yaml  # type: ignore[import-untyped]

    try:
        config = yaml.safe_load((folder / _CONFIG).read_text("utf-8"))
    except (OSError, ValueError, yaml.YAMLError):
        config = None
    pipeline = config.get("pipeline") if isinstance(config, dict) else None
    if not isinstance(config, dict) or not isinstance(pipeline, dict) or "name" not in pipeline:
        raise ModelUnavailableError(
            "model_directory holds no pyannote pipeline: it must be a copy of the repository, "
            "with config.yaml and the models beside it."
        )
    return config


def _unused_plda(folder: Path) -> Path:
    """A PLDA that does nothing: 3.1 clusters without, but the library loads one all the same, and
    would take it from the repository of community-1."""
    one = np.eye(2)
    np.savez(folder / "xvec_transform.npz", mean1=one[0], mean2=one[0], lda=one)
    np.savez(folder / "plda.npz", mu=one[0], tr=one, psi=np.array([2.0, 1.0]))
    return folder


def _by_path(value: object, folder: Path, fetch: Fetch) -> dict[str, Any]:
    """How the library is to load a part.

    A mapping and not a plain path: of that it guesses the kind of model by words in the path.
    """
    by_name = isinstance(value, str) and not value.startswith("$model/")
    loose = {"strict": False} if by_name else {}  # as the library loads models that are named
    return {"checkpoint": str(_path(value, folder, fetch)), **loose}


def _path(value: object, folder: Path, fetch: Fetch) -> Path:
    """Where a part lies: below the pipeline's folder, at a path, or in a repository."""
    if isinstance(value, Mapping):
        found = _path(value.get("checkpoint"), folder, fetch)
        found = found / str(value.get("subfolder") or "")
    else:
        name = str(value).partition("@")[0]  # what follows is a revision
        inside = folder / name.removeprefix("$model/")
        found = inside if name.startswith("$model/") or inside.exists() else fetch(name)
    if not found.exists():
        raise ModelUnavailableError(
            "A model of the pyannote pipeline is missing: copy the whole repository to "
            "model_directory."
        )
    return found.resolve()


def _fingerprint(paths: list[Path]) -> str:
    whole = hashlib.sha256()
    for path in paths:
        for file in [path] if path.is_file() else [path / name for name in _WEIGHTS]:
            if file.is_file():
                with file.open("rb") as opened:
                    whole.update(hashlib.file_digest(opened, "sha256").digest())
    return whole.hexdigest()[:12]
