"""Speech -> words with Whisper, their times from WhisperX's forced alignment.

WhisperX cannot share an environment with the other engines: it wants an older torch and an older
model hub. It runs in one of its own, in a process that is asked over pipes.
"""

import base64
import subprocess
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field

from medscribe.domain.provenance import Provenance
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import DecodeQuality, Segment
from medscribe.errors import ConfigurationError, ModelUnavailableError
from medscribe.speech.models import missing_files
from medscribe.speech.pcm import pcm16
from medscribe.speech.silence import holds_no_speech
from medscribe.speech.transcriber import Transcriber
from medscribe.speech.whisperx.process import WorkerProcess
from medscribe.speech.word_times import HeardWord, in_time

SUMMARY = "Whisper with WhisperX's word alignment, in a Python environment of its own"
REQUIRES: tuple[str, ...] = ()
EXTRA: str | None = None

FARTHEST_SECONDS = 2.0
"""An aligned word farther than this from where Whisper heard it is misplaced: users report errors
of 3 to 20 s (m-bain/whisperX issues 1220, 1298)."""

_WORKER = Path(__file__).resolve().parent.parent / "whisperx" / "worker.py"
_PROBE = (
    "import importlib.util as u, sys; "
    "sys.exit(0 if u.find_spec('whisperx') and u.find_spec('faster_whisper') else 3)"
)
_PROBE_SECONDS = 60


class Options(BaseModel, extra="forbid", frozen=True):
    """Which environment, which models, on what."""

    python: Path | None = None
    """Interpreter of the environment that holds WhisperX. No default; it must be set."""

    model: str = "base.en"
    """Folder of a Whisper model in CTranslate2's form; with `offline` off also a name. Default
    base.en."""

    align_model: str | None = None
    """Folder of a Wav2Vec2 model with letters, for the language spoken; with `offline` off also a
    name. Default: WhisperX's own choice for the language, which it downloads."""

    offline: bool = True
    """Whether nothing may be fetched. Default yes: both models must then be folders."""

    device: Literal["auto", "cpu", "cuda"] = "auto"
    """Default auto: CUDA where torch finds a GPU, else the CPU."""

    compute_type: str | None = None
    """CTranslate2's number format. Default: int8 on the CPU, float16 on CUDA."""

    beam_size: int = Field(default=5, ge=1, le=20)
    """Hypotheses kept while decoding. Default 5, Whisper's own; previews take 1."""

    cpu_threads: int = Field(default=0, ge=0, le=256)
    """Threads per stretch. Default 0: OMP_NUM_THREADS where it is set, else 4."""

    start_seconds: float = Field(default=300.0, gt=0)
    """Wait for the process to load its models, s. Default 300: torch and a large model from a slow
    disk, or a download."""

    answer_seconds: float = Field(default=180.0, gt=0)
    """Wait for the words of one stretch, s. Default 180: a large model on a CPU takes a minute."""


class WhisperXTranscriber:
    """One process with its models; calls from several threads take turns."""

    draft = False

    def __init__(self, options: Options, python: Path) -> None:
        self.made_by = Provenance(
            engine="whisperx", version=version("medscribe"), model=Path(options.model).name
        )
        self._worker = WorkerProcess(
            [str(python), str(_WORKER)],
            options.model_dump(mode="json", exclude={"python", "start_seconds", "answer_seconds"}),
            start_seconds=options.start_seconds,
            answer_seconds=options.answer_seconds,
        )

    def transcribe(
        self,
        samples: NDArray[np.float32],
        *,
        language: str,
        prompt: str | None = None,
        context: str | None = None,
        preview: bool = False,
    ) -> list[Segment]:
        """See `Transcriber`; the first 100 tokens of `prompt` and the last of `context` are used.

        A preview has Whisper's own word times. Raises `ModelUnavailableError` where the process
        dies over a stretch, `ConfigurationError` where it cannot start or refuses the request.
        """
        if holds_no_speech(samples):
            return []
        asked = {"language": language, "prompt": prompt, "context": context, "preview": preview}
        answer = self._worker.ask(_spoken(samples) | asked)
        if "segments" not in answer:
            raise ConfigurationError(
                f"WhisperX refuses this stretch ({str(answer.get('error', 'unknown'))[:60]}): "
                "check that its models know the language."
            )
        return _segments(answer["segments"], len(samples) / SAMPLE_RATE)

    def close(self) -> None:
        """Ends the process; it would end with this one anyway."""
        self._worker.close()


def create(options: Options) -> Transcriber:
    """The engine; its process starts with the first stretch.

    Raises `ConfigurationError` where no environment with WhisperX is named,
    `ModelUnavailableError` where nothing may be fetched and a model is no complete folder.
    """
    if options.python is None:
        raise ConfigurationError(
            "Engine whisperx needs a Python environment of its own: make one as "
            "docs/engines/whisperx.md says and name its interpreter in option python."
        )
    _check_environment(options.python)
    if options.offline:
        _check_models(options)
    return WhisperXTranscriber(options, options.python)


def _check_environment(python: Path) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - the interpreter is a setting
            [str(python), "-c", _PROBE], capture_output=True, timeout=_PROBE_SECONDS, check=False
        )
        found = done.returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        found = False
    if not found:
        raise ConfigurationError(
            "The interpreter in option python of engine whisperx cannot be run or has no "
            "whisperx and faster-whisper: install them there as docs/engines/whisperx.md says."
        )


def _check_models(options: Options) -> None:
    missing = missing_files(Path(options.model))
    if missing:
        raise ModelUnavailableError(
            f"The Whisper folder of engine whisperx is missing or lacks {', '.join(missing)}: copy "
            "the whole model, or set offline = false to fetch it by name."
        )
    if options.align_model is None or not (Path(options.align_model) / "config.json").is_file():
        raise ModelUnavailableError(
            "Option align_model of engine whisperx must be a folder with a Wav2Vec2 model, or "
            "offline = false to fetch one."
        )


def _spoken(samples: NDArray[np.float32]) -> dict[str, Any]:
    """The samples as the worker takes them: PCM16 in base64."""
    pcm = pcm16(samples)
    return {"audio": base64.b64encode(pcm).decode("ascii")}


def _segments(answers: Sequence[Mapping[str, Any]], duration: float) -> list[Segment]:
    segments: list[Segment] = []
    earliest = 0.0
    for answer in answers:
        words = in_time(_heard(answer), TimeSpan(start=earliest, end=duration))
        if words:
            earliest = words[-1].span.start
            segments.append(Segment(words=words, quality=_quality(answer)))
    return segments


def _heard(answer: Mapping[str, Any]) -> list[HeardWord]:
    """Whisper's words, at their aligned times where those are believable."""
    own = [word for word in answer["words"] if word["word"]]
    aligned = answer["aligned"]
    if len(aligned) != len(own):
        # Not word for word the same: these are not the times of those words.
        aligned = [{}] * len(own)
    return [_placed(word, place) for word, place in zip(own, aligned, strict=True)]


def _placed(word: Mapping[str, Any], place: Mapping[str, Any]) -> HeardWord:
    start, end = place.get("start"), place.get("end")
    if start is None or end is None or abs(start - word["start"]) > FARTHEST_SECONDS:
        start, end = word["start"], word["end"]
    return HeardWord(text=word["word"], start=start, end=end, probability=word["probability"])


def _quality(answer: Mapping[str, Any]) -> DecodeQuality:
    return DecodeQuality(
        mean_log_probability=answer["avg_logprob"],
        compression_ratio=answer["compression_ratio"],
        no_speech_probability=min(1.0, max(0.0, answer["no_speech_prob"])),
        temperature=answer["temperature"],
        tokens=tuple(answer["tokens"]),
    )
