"""Speech -> draft words with PocketSphinx, whose US English sounds lie inside its wheel.

Nothing is downloaded and no GPU is used. Which words follow which comes from `speech/sphinx`, a
language model of clinic visits. The words are still wrong too often to write a note from (about
6 of 10 of a real visit), hence `draft`; the times are sound (10 ms frames).
"""

import re
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field

from medscribe.domain.provenance import Provenance
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import Segment, Word
from medscribe.errors import ConfigurationError
from medscribe.speech.pauses import between_pauses
from medscribe.speech.pcm import pcm16
from medscribe.speech.silence import holds_no_speech
from medscribe.speech.transcriber import Transcriber

SUMMARY = "PocketSphinx: draft quality, English, no download, no GPU"
REQUIRES: tuple[str, ...] = ("pocketsphinx",)
EXTRA: str | None = "sphinx"

FRAME_SECONDS = 0.01

_CLINIC = Path(__file__).resolve().parent.parent / "sphinx"
_PRONUNCIATION = re.compile(r"\(\d+\)$")


class Options(BaseModel, extra="forbid", frozen=True):
    """How PocketSphinx searches."""

    vocabulary: Literal["clinic", "general"] = "clinic"
    """Which words it expects. Default clinic, see `speech/sphinx/clinic.card.md`; general: the
    wheel's own model of news and letters."""

    language_weight: float = Field(default=5.0, gt=0, le=20)
    """Weight of the language model against the sound, no unit. Default 5: fewest errors."""


class PocketSphinxTranscriber:
    """One decoder; calls from several threads take turns."""

    draft = True

    def __init__(self, options: Options) -> None:
        import pocketsphinx

        self.made_by = Provenance(
            engine="pocketsphinx",
            version=version("pocketsphinx"),
            model=f"en-us {options.vocabulary}",
        )
        self._lock = Lock()
        # The C library writes its log to stderr from below Python, transcript included.
        self._decoder = pocketsphinx.Decoder(
            loglevel="FATAL", lw=options.language_weight, **_words_expected(options.vocabulary)
        )
        self._cepstral_means = self._decoder.get_cmn()

    def transcribe(
        self,
        samples: NDArray[np.float32],
        *,
        language: str,
        prompt: str | None = None,
        context: str | None = None,
        preview: bool = False,
    ) -> list[Segment]:
        """See `Transcriber`; `prompt` and `context` are ignored: the language model is fixed.

        Raises `ConfigurationError` for another language than English.
        """
        if language.split("-")[0].lower() != "en":
            raise ConfigurationError(
                "PocketSphinx knows English only: set the language to en or choose another engine."
            )
        if holds_no_speech(samples):
            return []
        segments = []
        # It adapts to one voice and expects one sentence: both change at a pause.
        for start, end in between_pauses(samples):
            piece = samples[start:end]
            if not holds_no_speech(piece):
                segments.append(self._recognise(piece, start / SAMPLE_RATE))
        return [segment for segment in segments if segment.words]

    def _recognise(self, piece: NDArray[np.float32], offset: float) -> Segment:
        """The words of one stretch that begins `offset` seconds into the samples."""
        pcm = pcm16(piece)
        with self._lock:
            return Segment(words=_words(self._decode(pcm), offset, len(piece) / SAMPLE_RATE))

    def _decode(self, pcm: bytes) -> list[Any]:
        """PocketSphinx's segments of one whole utterance; [] where it found no path."""
        decoder = self._decoder
        # From the same start every time, estimate of the noise included: what a chunk gives must
        # not depend on those before it, nor on how often it was previewed.
        decoder.reinit_feat()
        decoder.set_cmn(self._cepstral_means)
        decoder.start_utt()
        decoder.process_raw(pcm, full_utt=True)
        decoder.end_utt()
        return list(decoder.seg()) if decoder.hyp() is not None else []


def create(options: Options) -> Transcriber:
    """PocketSphinx with the weights of its wheel."""
    return PocketSphinxTranscriber(options)


def _words_expected(vocabulary: str) -> dict[str, str]:
    """The decoder's settings for a vocabulary; none for the wheel's own."""
    if vocabulary == "general":
        return {}
    return {"lm": str(_CLINIC / "clinic.lm.bin"), "dict": str(_CLINIC / "clinic.dict")}


def _words(pieces: list[Any], offset: float, duration: float) -> tuple[Word, ...]:
    """Words of the decoder's segments, fillers (`<s>`, `<sil>`, `[NOISE]`) left out."""
    return tuple(
        Word(
            text=_PRONUNCIATION.sub("", piece.word),
            span=_span(piece.start_frame, piece.end_frame, offset, duration),
            probability=min(1.0, max(0.0, float(piece.prob))),
        )
        for piece in pieces
        if not piece.word.startswith(("<", "["))
    )


def _span(first_frame: int, last_frame: int, offset: float, duration: float) -> TimeSpan:
    """Frames [first, last] -> seconds, never past the end of the stretch."""
    start = min(first_frame * FRAME_SECONDS, duration)
    end = max(start, min((last_frame + 1) * FRAME_SECONDS, duration))
    return TimeSpan(start=offset + start, end=offset + end)
