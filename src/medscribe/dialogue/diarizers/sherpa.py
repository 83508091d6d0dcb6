"""pyannote's segmentation and a speaker embedding model in ONNX form, by sherpa-onnx; no torch."""

import hashlib
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field

from medscribe.dialogue.diarizer import Diarizer
from medscribe.dialogue.exclusive import exclusive_turns
from medscribe.dialogue.sherpa_process import SherpaModels, Voices, check_models, hear_voices
from medscribe.domain.provenance import Provenance
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import SpeakerTurn
from medscribe.errors import ConfigurationError, ModelUnavailableError

SUMMARY = "Neural segmentation and voiceprints in ONNX form, no torch; two models to fetch"
REQUIRES: tuple[str, ...] = ("sherpa_onnx",)
EXTRA: str | None = "sherpa"


class Options(BaseModel, extra="forbid", frozen=True):
    """Where the models are and how voices are told apart."""

    model_directory: Path | None = None
    """Folder with `segmentation.onnx` and `embedding.onnx`. Default: none."""
    segmentation_model: Path | None = None
    """A pyannote segmentation model exported for sherpa-onnx, where it is not in the folder."""
    embedding_model: Path | None = None
    """A speaker embedding model for sherpa-onnx (WeSpeaker, 3D-Speaker, NeMo), likewise."""
    threshold: float = Field(default=0.5, gt=0, lt=2)
    """Cosine distance above which two voices are different people; only where their number is not
    given. The library's default; its best value depends on the embedding model."""
    max_speakers: int = Field(default=4, ge=1, le=8)
    """Most speakers where their number is estimated; doctor, patient and two companions."""
    threads: int = Field(default=2, ge=1, le=64)
    """Processor threads. Two leave room for recognition on a small machine."""


class SherpaDiarizer:
    """See `Diarizer`. The models live in a child process for the time of one recording."""

    def __init__(self, options: Options) -> None:
        """Raises `ModelUnavailableError` where a model is missing or cannot be used."""
        self._options = options
        segmentation = _model(options.segmentation_model, options, "segmentation")
        embedding = _model(options.embedding_model, options, "embedding")
        self._models = SherpaModels(str(segmentation), str(embedding), options.threads)
        check_models(self._models)
        self.made_by = Provenance(
            engine="sherpa",
            version=version("sherpa-onnx"),
            model=f"{_fingerprint(segmentation)} + {_fingerprint(embedding)}",
        )

    def diarize(
        self,
        samples: NDArray[np.float32],
        speech: Sequence[TimeSpan],
        *,
        num_speakers: int | None,
    ) -> list[SpeakerTurn]:
        """See `Diarizer`; channels are taken together, and the model decides where speech is.

        Raises `ModelUnavailableError` where the library dies of this recording.
        """
        if not len(samples) or not any(span.duration > 0 for span in speech):
            return []
        mono = np.asarray(samples if samples.ndim == 1 else samples.mean(axis=1), np.float32)
        voices = Voices(num_speakers, self._options.threshold, self._options.max_speakers)
        heard = hear_voices(self._models, voices, mono)
        return exclusive_turns(heard, duration_seconds=len(mono) / SAMPLE_RATE)


def create(options: Options) -> Diarizer:
    """The diarizer, its models tried out; `ModelUnavailableError` where they cannot be used."""
    return SherpaDiarizer(options)


def _model(path: Path | None, options: Options, name: str) -> Path:
    if path is None and options.model_directory is None:
        raise ConfigurationError(
            "The diarizer sherpa needs the option model_directory (a folder with segmentation.onnx "
            "and embedding.onnx), or segmentation_model and embedding_model."
        )
    chosen = path or Path(options.model_directory or "") / f"{name}.onnx"
    if not chosen.is_file():
        raise ModelUnavailableError(
            f"The {name} model of the diarizer sherpa is not there: fetch it as "
            "docs/engines/sherpa.md says, and check the options model_directory and "
            f"{name}_model."
        )
    return chosen.resolve()


def _fingerprint(path: Path) -> str:
    """Name and content of a model file: a note must say which one made it."""
    with path.open("rb") as file:
        return f"{path.stem} {hashlib.file_digest(file, 'sha256').hexdigest()[:12]}"
