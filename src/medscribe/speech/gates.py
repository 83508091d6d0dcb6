"""What an engine made of one stretch -> what was said, and what it made up, with the reason.

Recognisers repeat themselves, read their prompt aloud and fill silence with phrases from the
subtitles they learned from. Every engine's words go through here. Where in doubt a word stays:
a sentence left out does more harm than a courtesy too many.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from medscribe.domain.sound import SAMPLE_RATE
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import (
    LOW_CONFIDENCE,
    DecodeQuality,
    RejectedSpeech,
    RejectionReason,
    Segment,
    Word,
)
from medscribe.speech.repetition import Loop, echoes, find_loops

LONGEST_WORD_SECONDS = 2.0
"""Recognisers stretch the first and last word of a stretch over the pause beside them."""

NO_SPEECH_PROBABILITY = 0.6
UNSURE_LOG_PROBABILITY = -1.0
REPETITIVE_RATIO = 2.4
"""These three are Whisper's own thresholds (openai/whisper, `transcribe.py`)."""

SHORT_LOOP_TIMES = 8
"""One or two words over and over count as a loop from here on, and only above
`REPETITIVE_RATIO`: "no, no, no, no" is an answer."""

RISE_DECIBELS = 6.0
"""Speech stands out this far from the quietest moments of its stretch; a hum does not."""

_FRAME = SAMPLE_RATE // 50

_OF_SUBTITLES = re.compile(
    r"(?:thank(?:s| you)(?: so much| very much)? for (?:watching|viewing|listening to this video)"
    r"|(?:please )?(?:like and )?subscribe|(?:please )?subscribe to|don't forget to (?:like|subscr)"
    r"|(?:subtitles?|captions?|transcri(?:bed|ption)|translat(?:ed|ion)) (?:by|provided)"
    r"|(?:i'll )?see you (?:guys )?in the next (?:video|one)|amara org)"
)
_COURTESY = re.compile(
    r"thank(?:s| you)(?: very much| so much)?|you|bye(?: bye)?|goodbye|see you(?: next time)?"
    r"|so|oh|uh|hmm|the end|i'm sorry"
)


@dataclass(frozen=True)
class Gated:
    """Segments that are believed, and the words that are not; together all words of the engine."""

    kept: tuple[Segment, ...]
    rejected: tuple[RejectedSpeech, ...]


def gate(
    segments: Sequence[Segment],
    samples: NDArray[np.float32],
    *,
    prompt: str | None = None,
    context: str | None = None,
) -> Gated:
    """Takes out loops, echoes of `prompt` and `context`, and words made of silence.

    samples: float32 (n,), 16 kHz, the stretch that `segments` were recognised in; times count from
    its start. `prompt` and `context` are what the engine was given. No word lasts longer than
    2 s afterwards. Of a phrase said over and over the first stays, for that is said more often
    than not. A segment keeps its `quality` when it loses words.
    """
    shortened = [_shortened(segment) for segment in segments if segment.words]
    sound = _Sound(samples)
    reasons = [
        [_whole_segment(segment, sound, prompt, context)] * len(segment.words)
        for segment in shortened
    ]
    if prompt and echoes([word.text for piece in shortened for word in piece.words], prompt):
        reasons = [[RejectionReason.PROMPT_ECHO] * len(marks) for marks in reasons]
    _mark_loops(shortened, reasons)
    return _parted(shortened, reasons)


def _shortened(segment: Segment) -> Segment:
    """The same words, none longer than 2 s."""
    if all(word.span.duration <= LONGEST_WORD_SECONDS for word in segment.words):
        return segment
    words = (_capped(word) for word in segment.words)
    return segment.model_copy(update={"words": tuple(words)})


def _capped(word: Word) -> Word:
    end = min(word.span.end, word.span.start + LONGEST_WORD_SECONDS)
    return word.model_copy(update={"span": TimeSpan(start=word.span.start, end=end)})


def _whole_segment(
    segment: Segment, sound: "_Sound", prompt: str | None, context: str | None
) -> RejectionReason | None:
    """Why nothing of a segment is believed; None where at least some of it may be."""
    said = [word.text for word in segment.words]
    if prompt and echoes(said, prompt):
        return RejectionReason.PROMPT_ECHO
    # In 35 PriMock57 visits 0.2 % of sentences of four or more words were really said again word
    # by word soon after ("is there any chance you could be pregnant?"): an echo needs doubt.
    if context and echoes(said, context) and (_doubtful(segment) or sound.is_flat(segment)):
        return RejectionReason.PROMPT_ECHO
    return RejectionReason.SILENCE if _made_of_silence(segment, sound) else None


def _made_of_silence(segment: Segment, sound: "_Sound") -> bool:
    """Whether nobody said this: what it is, how sure the engine was and what there was to hear.

    A patient's "thank you" rises above the room, or the engine is sure of it; Whisper's "Thank
    you." over a fan does neither. Phrases of subtitles need only one sign against them.
    """
    quality = segment.quality
    if (
        quality
        and quality.no_speech_probability > NO_SPEECH_PROBABILITY
        and (quality.mean_log_probability <= UNSURE_LOG_PROBABILITY or sound.is_flat(segment))
    ):
        return True
    plain = " ".join(re.findall(r"[\w']+", segment.text.lower()))
    if _OF_SUBTITLES.match(plain):
        return _doubtful(segment) or sound.is_flat(segment)
    if _COURTESY.fullmatch(plain):
        return (_doubtful(segment) or not _rated(segment)) and sound.is_flat(segment)
    return False


def _rated(segment: Segment) -> bool:
    """Whether the engine says how sure it is."""
    return segment.quality is not None or any(w.probability is not None for w in segment.words)


def _doubtful(segment: Segment) -> bool:
    """Whether the engine itself is more unsure than sure of a segment."""
    if segment.quality and _unsure(segment.quality):
        return True
    given = [word.probability for word in segment.words if word.probability is not None]
    return bool(given) and sum(given) / len(given) < LOW_CONFIDENCE


def _unsure(quality: DecodeQuality) -> bool:
    return (
        quality.no_speech_probability > NO_SPEECH_PROBABILITY
        or quality.mean_log_probability <= UNSURE_LOG_PROBABILITY
    )


class _Sound:
    """The loudness of a stretch, computed only when somebody asks."""

    def __init__(self, samples: NDArray[np.float32]) -> None:
        self._samples = samples

    @cached_property
    def _loudness(self) -> NDArray[np.float32]:
        """Decibels of each whole 20 ms frame; float32 (frames,)."""
        whole = len(self._samples) // _FRAME
        frames = np.asarray(self._samples[: whole * _FRAME], np.float32).reshape(whole, _FRAME)
        power = np.einsum("ij,ij->i", frames, frames) / _FRAME
        loudness: NDArray[np.float32] = 10 * np.log10(power + 1e-10)
        return loudness

    @cached_property
    def _floor(self) -> float:
        return float(np.percentile(self._loudness, 5)) if len(self._loudness) else 0.0

    def is_flat(self, segment: Segment) -> bool:
        """Whether nothing rises above the quietest moments while the words are said to sound.

        False where their times lie outside the stretch.
        """
        first = int(segment.words[0].span.start * SAMPLE_RATE) // _FRAME
        last = int(segment.words[-1].span.end * SAMPLE_RATE) // _FRAME + 1
        heard = self._loudness[first:last]
        return len(heard) > 0 and float(np.percentile(heard, 90)) < self._floor + RISE_DECIBELS


def _mark_loops(segments: Sequence[Segment], reasons: list[list[RejectionReason | None]]) -> None:
    """Marks the repeats of phrases, which may run over several segments."""
    places = [
        (number, index)
        for number, segment in enumerate(segments)
        for index in range(len(segment.words))
        if reasons[number][index] is None
    ]
    said = [segments[number].words[index].text for number, index in places]
    for loop in (*find_loops(said), *_short_loops(segments, places, said)):
        for number, index in places[loop.again : loop.end]:
            reasons[number][index] = RejectionReason.REPETITION


def _short_loops(
    segments: Sequence[Segment], places: list[tuple[int, int]], said: list[str]
) -> list[Loop]:
    """One or two words without end, where Whisper's own measure says that it repeats itself."""
    repetitive = {
        number
        for number, segment in enumerate(segments)
        if segment.quality and segment.quality.compression_ratio > REPETITIVE_RATIO
    }
    if not repetitive:
        return []
    return [
        loop
        for loop in find_loops(said, shortest=1, times=SHORT_LOOP_TIMES)
        if all(number in repetitive for number, _ in places[loop.start : loop.end])
    ]


def _parted(segments: Sequence[Segment], reasons: list[list[RejectionReason | None]]) -> Gated:
    """Segments and a reason for each of their words -> the kept ones and the others."""
    kept: list[Segment] = []
    rejected: list[RejectedSpeech] = []
    for segment, marks in zip(segments, reasons, strict=True):
        words = tuple(w for w, mark in zip(segment.words, marks, strict=True) if mark is None)
        if words:
            kept.append(
                segment
                if len(words) == len(segment.words)
                else segment.model_copy(update={"words": words})
            )
        rejected.extend(_runs(segment.words, marks))
    return Gated(tuple(kept), tuple(rejected))


def _runs(words: tuple[Word, ...], marks: list[RejectionReason | None]) -> list[RejectedSpeech]:
    """Neighbouring words that are rejected for the same reason, together."""
    runs: list[tuple[RejectionReason, list[Word]]] = []
    before: RejectionReason | None = None
    for word, reason in zip(words, marks, strict=True):
        if reason is not None and reason is before:
            runs[-1][1].append(word)
        elif reason is not None:
            runs.append((reason, [word]))
        before = reason
    return [
        RejectedSpeech(
            span=TimeSpan(start=run[0].span.start, end=max(word.span.end for word in run)),
            reason=reason,
            text=" ".join(word.text for word in run),
        )
        for reason, run in runs
    ]
