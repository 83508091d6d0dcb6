"""Speech -> words with Whisper on CTranslate2 (faster-whisper): CPU or CUDA, no torch.

The model must be a complete folder: nothing is left for the library to look up in the network.
"""

from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field

from medscribe.domain.provenance import Provenance
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import Segment, Word
from medscribe.errors import ConfigurationError, ModelUnavailableError
from medscribe.speech.hub import quiet_hub
from medscribe.speech.models import find_whisper_model, missing_files, pull_model
from medscribe.speech.repetition import echoes, loops
from medscribe.speech.silence import holds_no_speech
from medscribe.speech.transcriber import Transcriber

SUMMARY = "Whisper on CTranslate2: for real notes, CPU or GPU, needs a model"
REQUIRES: tuple[str, ...] = ("faster_whisper", "ctranslate2")
EXTRA: str | None = "whisper"

LONGEST_WORD_SECONDS = 2.0
"""Whisper stretches the first and last word of a chunk over the pause beside them."""

MOST_HOTWORD_TOKENS = 100
"""A prompt and its answer share 448 tokens; a longer prompt cuts answers short."""

RANDOM_SEED = 20_260_101

TEMPERATURES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""Tried in turn while the decoder repeats itself or is unsure: a single value switches that off."""


class Options(BaseModel, extra="forbid", frozen=True):
    """Which model, on what, and how thoroughly it searches."""

    model: str = "base.en"
    """Name as shown by `medscribe models list`, or a folder. Default base.en: 2 cores suffice."""

    model_directory: Path | None = None
    """Folder that holds the models by name. Default: none, only the hub's cache."""

    device: Literal["auto", "cpu", "cuda"] = "auto"
    """Default auto: CUDA where a GPU answers, else the CPU."""

    compute_type: str | None = None
    """CTranslate2's number format. Default: int8 on the CPU, float16 on CUDA."""

    beam_size: int = Field(default=5, ge=1, le=20)
    """Hypotheses kept while decoding. Default 5, Whisper's own; 1 is about a quarter quicker."""

    cpu_threads: int = Field(default=0, ge=0, le=256)
    """Threads per chunk. Default 0: OMP_NUM_THREADS where it is set, else 4."""

    allow_download: bool = False
    """Whether a missing model may be fetched. Default no: a recording must not wait for a hub."""


class FasterWhisperTranscriber:
    """One loaded model; CTranslate2 lets several threads use it."""

    draft = False

    def __init__(self, folder: Path, options: Options) -> None:
        self.made_by = Provenance(
            engine="faster_whisper", version=version("faster-whisper"), model=folder.name
        )
        self._beam_size = options.beam_size
        self._model = _load(folder, options)

    def transcribe(
        self,
        samples: NDArray[np.float32],
        *,
        language: str,
        prompt: str | None = None,
        context: str | None = None,
        preview: bool = False,
    ) -> list[Segment]:
        """See `Transcriber`. Of `prompt` as many whole words are used as fit 100 tokens.

        Raises `ConfigurationError` for a language that the model does not know.
        """
        if language not in self._model.supported_languages:
            raise ConfigurationError(
                f"Model {self.made_by.model} does not know the language {language}: choose a "
                "multilingual model or set the language to en."
            )
        if holds_no_speech(samples):
            return []
        hotwords = self._hotwords(prompt)
        segments = self._decode(samples, language, hotwords, TEMPERATURES)
        if loops(_texts(segments)):
            segments = self._decode(samples, language, hotwords, TEMPERATURES[1:])
        # Given little to hear, Whisper reads its prompt aloud.
        return [] if hotwords and echoes(_texts(segments), hotwords) else segments

    def _decode(
        self,
        samples: NDArray[np.float32],
        language: str,
        hotwords: str | None,
        temperatures: tuple[float, ...],
    ) -> list[Segment]:
        segments, _ = self._model.transcribe(
            np.ascontiguousarray(samples, dtype=np.float32),
            language=language,
            beam_size=self._beam_size,
            temperature=list(temperatures),
            # Text carried over from a wrong chunk makes the next one wrong too.
            condition_on_previous_text=False,
            word_timestamps=True,
            # The caller cuts at silence; a second filter would shift times.
            vad_filter=False,
            hallucination_silence_threshold=2.0,
            hotwords=hotwords,
        )
        return _segments(segments, len(samples) / SAMPLE_RATE)

    def _hotwords(self, prompt: str | None) -> str | None:
        """The words of `prompt` that fit; None where there are none."""
        kept = ""
        for word in (prompt or "").split():
            longer = f"{kept} {word}"
            if len(self._model.hf_tokenizer.encode(longer).ids) > MOST_HOTWORD_TOKENS:
                break
            kept = longer
        return kept.strip() or None


def create(options: Options) -> Transcriber:
    """Whisper from a complete folder on this machine.

    Raises `ModelUnavailableError` where there is none (and none may be fetched),
    `ConfigurationError` where device and number format do not go together.
    """
    quiet_hub()
    return FasterWhisperTranscriber(_folder(options), options)


def _folder(options: Options) -> Path:
    """The model's folder; never a name that the library could take for one on the hub."""
    given = Path(options.model)
    if len(given.parts) > 1 or given.is_dir():
        missing = missing_files(given)
        if missing:
            raise ModelUnavailableError(
                f"The model folder is missing or lacks {', '.join(missing)}: copy the whole model."
            )
        return given
    models_dir = options.model_directory or Path()
    found = find_whisper_model(models_dir, options.model)
    if found is None and options.allow_download and options.model_directory is not None:
        return pull_model(options.model, options.model_directory, lambda *_: None)
    if found is None:
        raise ModelUnavailableError(
            f"Model {options.model} is not on this machine: run  medscribe models pull "
            f"{options.model}  or copy its folder into the models folder."
        )
    return found


def _load(folder: Path, options: Options) -> Any:
    """The loaded model; with device auto a GPU that does not work is passed over."""
    import ctranslate2
    from faster_whisper import WhisperModel

    # Above temperature 0 words are drawn by lot; a worker's lot is cast once, when it starts.
    ctranslate2.set_random_seed(RANDOM_SEED)
    gpu = options.device != "cpu" and ctranslate2.get_cuda_device_count() > 0
    devices = ["cuda"] if options.device == "cuda" else ["cuda", "cpu"] if gpu else ["cpu"]
    for device in devices:
        compute_type = options.compute_type or ("float16" if device == "cuda" else "int8")
        try:
            return WhisperModel(
                str(folder.resolve()),
                device=device,
                compute_type=compute_type,
                cpu_threads=options.cpu_threads,
                local_files_only=True,
            )
        except (RuntimeError, ValueError):
            continue
    raise ConfigurationError(
        f"Model {folder.name} could not be loaded on {devices[-1]} as {compute_type}: try "
        "device = cpu and compute_type = int8, or fetch the model again."
    )


def _segments(decoded: Iterable[Any], duration: float) -> list[Segment]:
    """Whisper's segments; decoding happens while they are read."""
    segments = (tuple(_words(piece.words or (), duration)) for piece in decoded)
    return [Segment(words=words) for words in segments if words]


def _words(words: Iterable[Any], duration: float) -> Iterable[Word]:
    for word in words:
        text = word.word.strip()
        if not text:
            continue
        start = min(max(0.0, word.start), duration)
        end = min(max(start, word.end), start + LONGEST_WORD_SECONDS, duration)
        probability = min(1.0, max(0.0, float(word.probability)))
        yield Word(text=text, span=TimeSpan(start=start, end=end), probability=probability)


def _texts(segments: list[Segment]) -> list[str]:
    return [word.text for segment in segments for word in segment.words]
