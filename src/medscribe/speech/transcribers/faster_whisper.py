"""Speech -> words with Whisper on CTranslate2 (faster-whisper): CPU or CUDA, no torch.

The model must be a complete folder: nothing is left for the library to look up in the network.
"""

from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field

from medscribe.domain.provenance import Provenance
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import DecodeQuality, Segment, Word
from medscribe.errors import ConfigurationError, ModelUnavailableError
from medscribe.speech.hub import quiet_hub
from medscribe.speech.models import find_whisper_model, missing_files, pull_model
from medscribe.speech.prompt_budget import words_within_budget
from medscribe.speech.repetition import loops
from medscribe.speech.silence import holds_no_speech
from medscribe.speech.transcriber import Transcriber

SUMMARY = "Whisper on CTranslate2: for real notes, CPU or GPU, needs a model"
REQUIRES: tuple[str, ...] = ("faster_whisper", "ctranslate2")
EXTRA: str | None = "whisper"

RANDOM_SEED = 20_260_101

TEMPERATURES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""Tried in turn while the decoder repeats itself or is unsure: a single value switches that off."""

PREVIEW_TOKENS_PER_SECOND = 10
"""More than anybody can say: a preview that loops must end before the next one is due."""

PREVIEW_TOKENS = (20, 200)
"""The fewest and the most tokens a preview may have; with a full prompt 240 are left."""


class Options(BaseModel, extra="forbid", frozen=True):
    """Which model, on what, and how thoroughly it searches."""

    model: str = "base.en"
    """Name as shown by `medscribe models list`, or a folder. Default base.en: 2 cores suffice."""

    model_directory: Path | None = None
    """Folder that holds the models by name. Default: none, only the hub's cache."""

    device: Literal["auto", "cpu", "cuda"] = "auto"
    """Default auto: CUDA where a GPU answers, else the CPU."""

    compute_type: str | None = None
    """CTranslate2's number format. Default: int8 on the CPU, float16 on CUDA; int8_float16 needs
    half the GPU memory."""

    beam_size: int = Field(default=5, ge=1, le=20)
    """Hypotheses kept while decoding. Default 5, Whisper's own; 1 is about a quarter quicker.
    Previews always take 1."""

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
        """See `Transcriber`. Of `prompt` the first 100 tokens are used, of `context` the last 100.

        Raises `ConfigurationError` for a language that the model does not know.
        """
        self._check_language(language)
        if holds_no_speech(samples):
            return []
        prompts = self._prompts(prompt, context)
        if preview:
            return self._decode(samples, language, prompts | _quick(len(samples)))
        segments = self._decode(samples, language, prompts | self._thorough())
        if loops([word.text for segment in segments for word in segment.words]):
            warmer = prompts | self._thorough() | {"temperature": TEMPERATURES[1:]}
            segments = self._decode(samples, language, warmer)
        return segments

    def translate(
        self, samples: NDArray[np.float32], *, language: str, prompt: str | None = None
    ) -> list[Segment]:
        """What was said in `language`, in English words; samples, times and errors as above.

        English comes out as it was said. Word times follow the English words, so they are rougher.
        """
        self._check_language(language)
        if holds_no_speech(samples):
            return []
        settings = self._prompts(prompt, None) | self._thorough() | {"task": "translate"}
        return self._decode(samples, language, settings)

    def _check_language(self, language: str) -> None:
        if language not in self._model.supported_languages:
            raise ConfigurationError(
                f"Model {self.made_by.model} does not know the language {language}: choose a "
                "multilingual model or set the language to en."
            )

    def _thorough(self) -> dict[str, object]:
        """The decoder's settings for words that stay."""
        return {
            "beam_size": self._beam_size,
            "temperature": TEMPERATURES,
            "hallucination_silence_threshold": 2.0,
        }

    def _prompts(self, prompt: str | None, context: str | None) -> dict[str, object]:
        """Hotwords and carried text within their budgets; None where there are none."""

        def count(text: str) -> int:
            return len(self._tokens(text))

        carried = words_within_budget(context, count, last=True)
        return {
            "hotwords": words_within_budget(prompt, count, last=False) or None,
            "initial_prompt": self._tokens(" " + carried) if carried else None,
        }

    def _tokens(self, text: str) -> list[int]:
        ids: list[int] = self._model.hf_tokenizer.encode(text, add_special_tokens=False).ids
        return ids

    def _decode(
        self, samples: NDArray[np.float32], language: str, settings: Mapping[str, object]
    ) -> list[Segment]:
        segments, _ = self._model.transcribe(
            np.ascontiguousarray(samples, dtype=np.float32),
            language=language,
            # The library would carry text over from a window that went wrong.
            condition_on_previous_text=False,
            word_timestamps=True,
            # The caller cuts at silence; a second filter would shift times.
            vad_filter=False,
            **settings,
        )
        return _segments(segments, len(samples) / SAMPLE_RATE)


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


def _quick(samples: int) -> dict[str, object]:
    """The decoder's settings for a preview: one hypothesis, no second try, a bounded length."""
    fewest, most = PREVIEW_TOKENS
    expected = PREVIEW_TOKENS_PER_SECOND * samples // SAMPLE_RATE
    return {
        "beam_size": 1,
        # Nothing is drawn by lot at 0, so a preview leaves the next final as it would have been.
        "temperature": 0.0,
        "max_new_tokens": min(most, fewest + expected),
    }


def _segments(decoded: Iterable[Any], duration: float) -> list[Segment]:
    """Whisper's segments; decoding happens while they are read."""
    segments = (
        Segment(words=tuple(_words(piece.words or (), duration)), quality=_quality(piece))
        for piece in decoded
    )
    return [segment for segment in segments if segment.words]


def _quality(piece: Any) -> DecodeQuality:
    return DecodeQuality(
        mean_log_probability=piece.avg_logprob,
        compression_ratio=piece.compression_ratio,
        no_speech_probability=min(1.0, max(0.0, piece.no_speech_prob)),
        temperature=piece.temperature or 0.0,
        tokens=tuple(piece.tokens),
    )


def _words(words: Iterable[Any], duration: float) -> Iterable[Word]:
    for word in words:
        text = word.word.strip()
        if not text:
            continue
        start = min(max(0.0, word.start), duration)
        span = TimeSpan(start=start, end=min(max(start, word.end), duration))
        yield Word(text=text, span=span, probability=min(1.0, max(0.0, float(word.probability))))
