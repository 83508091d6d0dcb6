"""Speech -> words with MedASR, Google's recogniser of medical dictation, on the CPU.

Two runtimes: sherpa-onnx (an ONNX export, no torch) and transformers (the weights as published,
with word probabilities and, if wanted, a language model). For dictation only: on conversation it
gets more than every second word wrong (`docs/engines/medasr.md`).
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field

from medscribe.domain.provenance import Provenance
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.domain.transcript import Segment
from medscribe.errors import ConfigurationError
from medscribe.speech.medasr.punctuation import verbatim_words, written_lines
from medscribe.speech.medasr.segments import segments_of
from medscribe.speech.medasr.sherpa_runtime import SherpaRuntime
from medscribe.speech.medasr.tokens import Token, words_of
from medscribe.speech.medasr.transformers_runtime import LanguageSearch, TransformersRuntime
from medscribe.speech.medasr.weights import choose_runtime, find_folder, onnx_file
from medscribe.speech.medasr.windows import Window, check_chunks, windows
from medscribe.speech.silence import holds_no_speech

SUMMARY = "MedASR: medical dictation in English, CPU, needs gated weights of your own"
REQUIRES: tuple[str, ...] = ("sherpa_onnx|transformers",)
EXTRA: str | None = "medasr"

LICENCE_NOTICE = (
    "MedASR's weights stand under Google's Health AI Developer Foundations terms of use, which are "
    "not an open-source licence. MedScribe neither contains nor distributes them. The terms call "
    "any use in diagnosing or treating patients Clinical Use and tie it to conditions, count a "
    "hosted service as Distribution, and forbid the uses of a separate policy. Have a lawyer read "
    "them before patients are involved: "
    "https://developers.google.com/health-ai-developer-foundations/terms"
)
"""To be shown to whoever chooses this engine."""


class Options(BaseModel, extra="forbid", frozen=True):
    """Where the weights are, how long sound is cut, and how words are searched and written."""

    model: Path | None = None
    """Folder of the weights. Default: none, then the folder medasr inside `model_directory`."""

    model_directory: Path | None = None
    """Folder that holds the models by name. Default: none."""

    runtime: Literal["auto", "sherpa", "transformers"] = "auto"
    """What runs the model. Default auto: what the folder holds and what is installed, sherpa
    first, because it needs no torch."""

    chunk_length_s: float = Field(default=20.0, gt=0, le=300)
    """Longest sound heard at once, seconds. Default 20, as the model's authors use it."""

    stride_length_s: float = Field(default=2.0, ge=0, le=60)
    """Overlap on either side that is heard but not taken, seconds. Default 2, as its authors."""

    language_model: Path | None = None
    """KenLM file over MedASR's word pieces (`lm_6.kenlm`). Default none: greedy search. Needs the
    library kenlm and the transformers runtime, sherpa-onnx gives no scores to search in."""

    beam_width: int = Field(default=8, ge=1, le=256)
    """Hypotheses kept with a language model. Default 8, as its authors use it."""

    language_model_weight: float = Field(default=0.5, ge=0, le=5)
    """Weight of the language model against the sound, no unit. Default 0.5: what the decoder that
    the published figures were made with takes when nothing is said."""

    word_bonus: float = Field(default=1.5, ge=-10, le=10)
    """Added for every piece, natural logarithm: a language model alone prefers few pieces. Default
    1.5, from the same decoder."""

    spoken_punctuation: bool = True
    """Whether dictated marks are written as signs ("period" -> "."). Default yes; no leaves the
    words as they were said."""

    num_threads: int = Field(default=0, ge=0, le=256)
    """Threads of one recognition. Default 0: 2 with sherpa, torch's own choice otherwise."""


class Runtime(Protocol):
    """What turns windows of sound into tokens; frames count from the start of the first window.

    Calls from several threads take turns.
    """

    version: str
    model: str

    def tokens(self, windows: Iterable[Window], *, preview: bool) -> list[Token]: ...


class MedAsrTranscriber:
    """One loaded model, cut and written as the options say."""

    draft = False

    def __init__(self, runtime: Runtime, options: Options) -> None:
        self.made_by = Provenance(engine="medasr", version=runtime.version, model=runtime.model)
        self._runtime = runtime
        self._options = options

    def transcribe(
        self,
        samples: NDArray[np.float32],
        *,
        language: str,
        prompt: str | None = None,
        context: str | None = None,
        preview: bool = False,
    ) -> list[Segment]:
        """See `Transcriber`; of any length. `prompt` and `context` are ignored: CTC takes none.

        A segment is a sentence, or ends where a new line was dictated or nobody spoke for 2 s.
        Raises `ConfigurationError` for another language than English.
        """
        if language.split("-")[0].lower() != "en":
            raise ConfigurationError(
                "MedASR knows English only: set the language to en or choose another engine."
            )
        if holds_no_speech(samples):
            return []
        options = self._options
        heard = np.ascontiguousarray(samples, dtype=np.float32)
        pieces = windows(heard, options.chunk_length_s, options.stride_length_s)
        tokens = self._runtime.tokens(pieces, preview=preview)
        words = words_of(tokens, len(samples) / SAMPLE_RATE)
        punctuated = options.spoken_punctuation
        return segments_of(written_lines(words) if punctuated else [verbatim_words(words)])


def create(options: Options) -> MedAsrTranscriber:
    """MedASR from a folder on this machine.

    Raises `ModelUnavailableError` where it is missing, damaged or incomplete,
    `MissingDependencyError` with the extra to install, `ConfigurationError` for options that do
    not go together.
    """
    check_chunks(options.chunk_length_s, options.stride_length_s)
    folder = find_folder(options.model, options.model_directory)
    return MedAsrTranscriber(_load(folder, options), options)


def _load(folder: Path, options: Options) -> Runtime:
    # A language model needs scores, which only transformers gives.
    wanted = options.runtime
    if options.language_model is not None and wanted == "auto":
        wanted = "transformers"
    if options.language_model is not None and wanted == "sherpa":
        raise ConfigurationError(
            "A language model needs runtime = transformers: sherpa-onnx gives no scores for "
            "MedASR. Change the runtime or leave language_model out."
        )
    chosen = choose_runtime(folder, wanted)
    graph = onnx_file(folder)
    if chosen == "sherpa" and graph is not None:
        return SherpaRuntime(graph, options.num_threads or 2)
    return TransformersRuntime(folder, options.num_threads, _language_search(options))


def _language_search(options: Options) -> LanguageSearch | None:
    if options.language_model is None:
        return None
    return LanguageSearch(
        path=options.language_model,
        beam_width=options.beam_width,
        weight=options.language_model_weight,
        word_bonus=options.word_bonus,
    )
