"""pyannote.audio's speaker diarization: community-1 or 3.1, on a processor or a GPU."""

import contextlib
import os
import pickle
import sys
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field, SecretStr

from medscribe.dialogue.diarizer import Diarizer
from medscribe.dialogue.exclusive import Heard, exclusive_turns
from medscribe.dialogue.pyannote_folder import COMMUNITY, fetch_repository, place_pipeline
from medscribe.domain.provenance import Provenance
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import SpeakerTurn
from medscribe.errors import ConfigurationError, ModelUnavailableError

SUMMARY = "Neural diarization, the most accurate here; torch, and a model behind a licence page"
REQUIRES: tuple[str, ...] = ("pyannote.audio",)
EXTRA: str | None = "diarization"

_REPOSITORIES = {"community-1": COMMUNITY, "3.1": "pyannote/speaker-diarization-3.1"}
# Read when the libraries are imported, never after.
_SILENT = {
    "PYANNOTE_METRICS_ENABLED": "0",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "ORT_DISABLE_TELEMETRY": "1",
}
# The models look at ten seconds; shorter recordings are padded with silence.
_LEAST_SECONDS = 10


class Options(BaseModel, extra="forbid", frozen=True):
    """Which pipeline, where it is, and on what it runs."""

    model: Literal["community-1", "3.1"] = "community-1"
    """Pipeline. community-1 has the lower published error rates; 3.1 for who has it already."""
    model_directory: Path | None = None
    """Folder with a copy of the pipeline's repository, for machines without a connection.
    Default: none, the hub's cache."""
    token: SecretStr | None = None
    """Access token of hf.co, `hf_...`, for downloading. Default: none, the environment's
    HF_TOKEN."""
    allow_download: bool = False
    """Whether the hub may be asked for the pipeline. Default: no; no connection is made."""
    device: str = Field(default="cpu", pattern=r"^(cpu|mps|cuda(:\d+)?)$")
    """Where it runs: `cpu`, `cuda`, `cuda:1`, `mps`. Default: cpu, which every machine has."""
    min_speakers: int = Field(default=2, ge=1, le=8)
    """Fewest speakers where their number is not given; a visit has a clinician and a patient."""
    max_speakers: int = Field(default=4, ge=1, le=8)
    """Most speakers where their number is not given; doctor, patient and two companions."""


class PyannoteDiarizer:
    """See `Diarizer`. Sound is handed over in memory; nothing is written or sent."""

    def __init__(self, options: Options) -> None:
        """Raises `ModelUnavailableError` without the model, `ConfigurationError` without the
        device."""
        if options.min_speakers > options.max_speakers:
            raise ConfigurationError("pyannote: min_speakers must not be above max_speakers.")
        self._options = options
        self._pipeline, fingerprint = _load(options)
        self.made_by = Provenance(
            engine="pyannote",
            version=version("pyannote.audio"),
            model=f"{_model_name(options)} {fingerprint}",
        )

    def diarize(
        self,
        samples: NDArray[np.float32],
        speech: Sequence[TimeSpan],
        *,
        num_speakers: int | None,
    ) -> list[SpeakerTurn]:
        """See `Diarizer`; channels are taken together, and the model decides where speech is."""
        if not len(samples) or not any(span.duration > 0 for span in speech):
            return []
        mono = np.asarray(samples if samples.ndim == 1 else samples.mean(axis=1), np.float32)
        least, most = self._options.min_speakers, self._options.max_speakers
        if num_speakers is not None:
            least = most = num_speakers
        try:
            heard = self._heard(mono, least, most)
        except ValueError:
            # A sound so short that it has fewer voiceprints than speakers asked for.
            heard = self._heard(mono, 1, most)
        return exclusive_turns(heard, duration_seconds=len(mono) / SAMPLE_RATE)

    def _heard(self, mono: NDArray[np.float32], least: int, most: int) -> list[Heard]:
        import torch

        short = max(_LEAST_SECONDS * SAMPLE_RATE - len(mono), 0)
        waveform = torch.from_numpy(np.pad(mono, (0, short)))[None]
        with _quietly():
            output = self._pipeline(
                {"waveform": waveform, "sample_rate": SAMPLE_RATE},
                min_speakers=least,
                max_speakers=most,
            )
        # A pipeline whose config.yaml says `legacy` returns the turns alone, with overlaps.
        turns = getattr(output, "exclusive_speaker_diarization", output)
        return [
            Heard(str(voice), segment.start, segment.end)
            for segment, _, voice in turns.itertracks(yield_label=True)
        ]


def create(options: Options) -> Diarizer:
    """The diarizer, its model loaded; errors as `PyannoteDiarizer`."""
    return PyannoteDiarizer(options)


def _model_name(options: Options) -> str:
    return options.model if options.model_directory is None else options.model_directory.name


def _load(options: Options) -> tuple[Any, str]:
    """The library's pipeline on its device, and the fingerprint of its weights."""
    library = _library()
    token = options.token.get_secret_value() if options.token else None
    fetch = partial(fetch_repository, token=token, allow_download=options.allow_download)
    folder = options.model_directory or fetch(_REPOSITORIES[options.model])
    with tempfile.TemporaryDirectory() as place, _quietly():
        fingerprint = place_pipeline(Path(folder).resolve(), fetch, Path(place))
        pipeline = _pipeline(library, Path(place))
    return _on_device(pipeline, options.device), fingerprint


def _library() -> Any:
    """pyannote.audio, its telemetry off and that of the libraries it imports.

    It sends the length of every recording otherwise, ONNX Runtime a line for every session.
    """
    os.environ |= _SILENT
    with _quietly():
        import pyannote.audio
    return pyannote.audio


def _pipeline(library: Any, folder: Path) -> Any:
    try:
        return library.Pipeline.from_pretrained(folder)
    except (
        *(EOFError, ImportError, LookupError, OSError, RuntimeError, TypeError, ValueError),
        pickle.UnpicklingError,
    ):
        raise ModelUnavailableError(
            "The pyannote pipeline cannot be loaded: it is incomplete, or not for this version of "
            "pyannote.audio. Copy or download its repository anew."
        ) from None


def _on_device(pipeline: Any, device: str) -> Any:
    import torch

    try:
        return pipeline.to(torch.device(device))
    except (AssertionError, RuntimeError):
        raise ConfigurationError(
            f"This machine has no {device} that torch can use: give the diarizer pyannote the "
            "option device = 'cpu'."
        ) from None


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """Without the library's warnings, of an audio decoder that is not used and of sounds too short
    for the speakers asked for; what it prints must not run into a command's output."""
    with warnings.catch_warnings(), contextlib.redirect_stdout(sys.stderr):
        warnings.simplefilter("ignore")
        yield
