"""One stretch of a recording -> its words with times of the recording, gated."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import RejectedSpeech, Segment, Transcription, Word
from medscribe.speech.gates import gate
from medscribe.speech.transcriber import Transcriber

CARRIED_WORDS = 60
"""About 100 tokens, the most that an engine takes as context."""

CARRIED_FOR_SECONDS = 30.0
"""After a longer silence what was said before is no help, and may be repeated."""


@dataclass(frozen=True)
class Recognised:
    """Words of one stretch that passed the gates, and what did not; times of the recording."""

    span: TimeSpan
    segments: tuple[Segment, ...]
    rejected: tuple[RejectedSpeech, ...]


def begin_transcription(transcriber: Transcriber, language: str) -> Transcription:
    """A transcription that holds nothing yet."""
    return Transcription(
        segments=(),
        duration_seconds=0.0,
        language=language,
        draft=transcriber.draft,
        made_by=transcriber.made_by,
    )


def recognise_stretch(
    transcriber: Transcriber,
    samples: NDArray[np.float32],
    span: TimeSpan,
    *,
    before: Transcription,
    hotwords: Sequence[str] = (),
) -> Recognised:
    """The final words of the stretch `span`.

    samples: float32 (n,), 16 kHz mono, of the stretch alone. `before`: what was recognised so far;
    its last words are context, its language is spoken on.
    """
    prompt = ", ".join(hotwords) or None
    context = carried_text(before, span.start)
    found = transcriber.transcribe(
        samples, language=before.language, prompt=prompt, context=context
    )
    gated = gate(found, samples, prompt=prompt, context=context)
    return Recognised(
        span=span,
        segments=tuple(_later(segment, span.start) for segment in gated.kept),
        rejected=tuple(
            item.model_copy(update={"span": _shifted(item.span, span.start)})
            for item in gated.rejected
        ),
    )


def with_stretch(transcription: Transcription, recognised: Recognised) -> Transcription:
    """`transcription` and the words of its next stretch."""
    return transcription.model_copy(
        update={
            "segments": (*transcription.segments, *recognised.segments),
            "rejected": (*transcription.rejected, *recognised.rejected),
            "recognised_until": recognised.span.end,
        }
    )


def carried_text(before: Transcription, start: float) -> str | None:
    """The last words said before `start` seconds, as context for the next stretch.

    None after a long silence, and where the last words fell to a gate: errors breed errors.
    """
    if not before.segments:
        return None
    last = before.segments[-1].words[-1].span.end
    if start - last > CARRIED_FOR_SECONDS:
        return None
    if before.rejected and before.rejected[-1].span.end >= last:
        return None
    words: list[str] = []
    for segment in reversed(before.segments):
        words = [word.text for word in segment.words] + words
        if len(words) >= CARRIED_WORDS:
            break
    return " ".join(words[-CARRIED_WORDS:])


def _later(segment: Segment, seconds: float) -> Segment:
    words = tuple(_shifted_word(word, seconds) for word in segment.words)
    return segment.model_copy(update={"words": words})


def _shifted_word(word: Word, seconds: float) -> Word:
    return word.model_copy(update={"span": _shifted(word.span, seconds)})


def _shifted(span: TimeSpan, seconds: float) -> TimeSpan:
    return TimeSpan(start=span.start + seconds, end=span.end + seconds)
