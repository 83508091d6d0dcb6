"""Names of Whisper models -> folders on this machine; lists them and fetches what is missing.

Nothing here goes to the network but `pull_model`. A folder counts as a model only when it is
complete, and is put in place by a rename: what is half fetched is never found.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from medscribe.errors import ConfigurationError, ModelUnavailableError, StoreError

Progress = Callable[[str, float, float], None]
"""Called with (what is being done, megabytes done, megabytes in all)."""

NEEDED_FILES = ("config.json", "model.bin", "tokenizer.json")
VOCABULARIES = ("vocabulary.json", "vocabulary.txt")
FETCHED_FILES = [*NEEDED_FILES, "preprocessor_config.json", "vocabulary.*"]


@dataclass(frozen=True)
class WhisperModelInfo:
    """A Whisper model in CTranslate2's form: `size_mb` megabytes on disk.

    `advice`: what it is good for, and the processor cores from which on it keeps up with speech;
    `path`: where it is, None where it is not on this machine.
    """

    name: str
    repository: str
    size_mb: int
    advice: str
    licence: str = "MIT"
    path: Path | None = None


_KNOWN = (
    WhisperModelInfo("tiny.en", "Systran/faster-whisper-tiny.en", 78, "English, 1 core, quickest"),
    WhisperModelInfo("base.en", "Systran/faster-whisper-base.en", 148, "English, 2 cores, default"),
    WhisperModelInfo("small.en", "Systran/faster-whisper-small.en", 486, "English, 4 cores"),
    WhisperModelInfo("medium.en", "Systran/faster-whisper-medium.en", 1530, "English, 8 cores"),
    WhisperModelInfo(
        "distil-large-v3", "Systran/faster-distil-whisper-large-v3", 1520, "English, 8 cores or GPU"
    ),
    WhisperModelInfo(
        "large-v3-turbo",
        "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
        1620,
        "many languages, 8 cores or GPU",
    ),
    WhisperModelInfo("large-v3", "Systran/faster-whisper-large-v3", 3090, "many languages, GPU"),
    WhisperModelInfo("base", "Systran/faster-whisper-base", 148, "many languages, 2 cores"),
    WhisperModelInfo("small", "Systran/faster-whisper-small", 486, "many languages, 4 cores"),
)
"""Repositories as faster-whisper names them; sizes of `model.bin` and its companions there."""


def list_models(models_dir: Path) -> list[WhisperModelInfo]:
    """Every known model, with its path where it is on this machine; then unknown folders."""
    known = [replace(info, path=find_whisper_model(models_dir, info.name)) for info in _KNOWN]
    names = {info.name for info in _KNOWN}
    own = [
        WhisperModelInfo(folder.name, "", _megabytes(folder), "put here by hand", "", folder)
        for folder in (sorted(models_dir.iterdir()) if models_dir.is_dir() else ())
        if folder.name not in names and not missing_files(folder)
    ]
    return known + own


def find_whisper_model(models_dir: Path, name: str) -> Path | None:
    """The complete folder of model `name`: in `models_dir`, else in the Hugging Face cache."""
    if not _is_plain(name):
        return None
    own = models_dir / name
    if not missing_files(own):
        return own
    cached = next((_cached(info.repository) for info in _KNOWN if info.name == name), None)
    return cached if cached is not None and not missing_files(cached) else None


def missing_files(folder: Path) -> list[str]:
    """What a folder lacks to be a model; all of it where there is no such folder.

    Without `tokenizer.json` faster-whisper would quietly ask the network for one.
    """
    missing = [name for name in NEEDED_FILES if not _has(folder / name)]
    if not any(_has(folder / name) for name in VOCABULARIES):
        missing.append(VOCABULARIES[0])
    return missing


def pull_model(name: str, models_dir: Path, progress: Progress) -> Path:
    """Fetches a known model into `models_dir`/`name` unless it is on this machine; its folder.

    Raises `ConfigurationError` for an unknown name, `ModelUnavailableError` with what to do where
    the hub cannot be reached, `StoreError` where the folder cannot be written.
    """
    found = find_whisper_model(models_dir, name)
    if found is not None:
        return found
    info = _known(name)
    try:
        models_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=models_dir, prefix=".fetching-") as unfinished:
            folder = Path(unfinished) / name
            _fetch(info, folder, progress)
            shutil.rmtree(folder / ".cache", ignore_errors=True)
            shutil.rmtree(models_dir / name, ignore_errors=True)
            folder.rename(models_dir / name)
    except OSError:
        raise StoreError(
            "The models folder cannot be written: free some room, mend its permissions or set "
            "MEDSCRIBE_MODELS_DIR."
        ) from None
    return models_dir / name


def _fetch(info: WhisperModelInfo, folder: Path, progress: Progress) -> None:
    """Downloads into `folder`; raises `ModelUnavailableError` unless it is complete afterwards."""
    from medscribe.speech.hub import fetch_repository

    def report(done: float, total: float) -> None:
        progress(f"fetching {info.name}", done, max(total, done))

    arrived = fetch_repository(info.repository, folder, FETCHED_FILES, report)
    if not arrived or missing_files(folder):
        raise ModelUnavailableError(
            f"Model {info.name} could not be fetched: connect to the internet, or copy the files "
            f"of {info.repository} into a folder {info.name} inside the models folder."
        )


def _cached(repository: str) -> Path | None:
    """The newest snapshot of a repository in the Hugging Face cache of this account."""
    home = Path(os.environ.get("HF_HOME", "~/.cache/huggingface")).expanduser()
    cache = Path(os.environ.get("HF_HUB_CACHE", home / "hub")).expanduser()
    snapshots = cache / f"models--{repository.replace('/', '--')}" / "snapshots"
    if not snapshots.is_dir():
        return None
    complete = [folder for folder in snapshots.iterdir() if not missing_files(folder)]
    return max(complete, key=lambda folder: folder.stat().st_mtime, default=None)


def _known(name: str) -> WhisperModelInfo:
    for info in _KNOWN:
        if info.name == name:
            return info
    names = ", ".join(info.name for info in _KNOWN)
    raise ConfigurationError(f"There is no Whisper model of that name: choose one of {names}.")


def _is_plain(name: str) -> bool:
    """A model is named by one word, never by a way out of the models folder."""
    return bool(name) and Path(name).name == name and name not in (".", "..")


def _has(file: Path) -> bool:
    return file.is_file() and file.stat().st_size > 0


def _megabytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir() if file.is_file()) // 1_000_000
