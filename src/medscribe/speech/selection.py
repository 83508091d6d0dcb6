"""An engine's name, or `auto` -> the transcriber to use on this machine."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from medscribe.errors import MissingDependencyError, ModelUnavailableError
from medscribe.plugin import create_engine, describe_engine, load_engine
from medscribe.speech.models import Progress, find_whisper_model, list_models, pull_model
from medscribe.speech.transcriber import Transcriber

TRANSCRIBERS = "medscribe.speech.transcribers"
WHISPER = "faster_whisper"
SPHINX = "pocketsphinx"

DRAFT_NOTICE = (
    "No speech model is on this machine, so PocketSphinx is used: draft quality, about 6 of 10 "
    "words of a real visit are wrong. For real notes run  medscribe models pull base.en  "
    "or copy a Whisper model into the models folder."
)


def choose_transcriber(
    name: str,
    models_dir: Path,
    *,
    whisper_model: str = "base.en",
    allow_download: bool,
    options: Mapping[str, Any] | None = None,
    progress: Progress,
    notice: Callable[[str], None],
) -> Transcriber:
    """The transcriber called `name`, with `options` of its own; it is that one or an error.

    `auto`: Whisper with `whisper_model` or any other model that is here, else with a download if
    allowed and possible, else PocketSphinx with one notice that its words are a draft. An engine
    whose weights have terms of their own comes with a notice of them.
    Raises `ModelUnavailableError`, `MissingDependencyError`, `ConfigurationError`.
    """
    chosen = dict(options or {})
    wanted = str(chosen.get("model", whisper_model))
    if name == "auto":
        return _best(models_dir, wanted, allow_download, chosen, progress, notice)
    if name == WHISPER:
        if allow_download and not _is_folder(wanted) and _is_installed(WHISPER):
            pull_model(wanted, models_dir, progress)
        chosen["model"] = wanted
    engine = load_engine(TRANSCRIBERS, name)
    if "model_directory" in engine.Options.model_fields:
        chosen.setdefault("model_directory", models_dir)
    made = _create(name, chosen, allow_download)
    if licence := getattr(engine, "LICENCE_NOTICE", None):
        notice(licence)
    return made


def _best(
    models_dir: Path,
    wanted: str,
    allow_download: bool,
    options: dict[str, Any],
    progress: Progress,
    notice: Callable[[str], None],
) -> Transcriber:
    folder = None
    if _is_installed(WHISPER):
        folder = _present(models_dir, wanted)
        if folder is None and allow_download:
            folder = _fetched(models_dir, wanted, progress)
    if folder is not None:
        named = {**options, "model": str(folder.resolve())}
        return _create(WHISPER, named, allow_download)
    if not _is_installed(SPHINX):
        raise MissingDependencyError(
            "No speech recognition is installed: install it with  pip install "
            "'medscribe[whisper,sphinx]'"
        )
    notice(DRAFT_NOTICE)
    # The options were meant for Whisper; PocketSphinx has its own.
    return _create(SPHINX, {}, allow_download)


def _present(models_dir: Path, wanted: str) -> Path | None:
    """The wanted model, else the smallest that is here and no tiny one: it keeps up anywhere.

    A folder that was named is taken or refused by the engine, never replaced by another model.
    """
    found = find_whisper_model(models_dir, wanted)
    if found is not None:
        return found
    if _is_folder(wanted):
        return Path(wanted)
    others = [model for model in list_models(models_dir) if model.path is not None]
    return (
        min(others, key=lambda model: (model.size_mb < 100, model.size_mb)).path if others else None
    )


def _fetched(models_dir: Path, wanted: str, progress: Progress) -> Path | None:
    try:
        return pull_model(wanted, models_dir, progress)
    except ModelUnavailableError:
        return None


def _is_folder(model: str) -> bool:
    """Whether a model is named by its folder, as the engine takes it."""
    return len(Path(model).parts) > 1 or Path(model).is_dir()


def _is_installed(engine: str) -> bool:
    return describe_engine(TRANSCRIBERS, engine).installed


def _create(name: str, options: dict[str, Any], allow_download: bool) -> Transcriber:
    transcriber: Transcriber = create_engine(
        TRANSCRIBERS, name, options, allow_download=allow_download
    )
    return transcriber
