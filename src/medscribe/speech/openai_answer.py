"""The answer of an OpenAI-compatible transcription server -> segments of words with times.

Servers differ: OpenAI's `whisper-1` gives bare words for the whole answer, whisper.cpp's server
gives tokens inside each segment, others no words or nothing but text. The text is what was said;
words and tokens only tell when.
"""

import math
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import DecodeQuality, Segment
from medscribe.speech.word_times import HeardWord, in_time

_TAG = re.compile(r"\[[^\[\]]*\]|\([^()]*\)|<[^<>]*>|[\[\]()<>\u266a]")
"""What is not said but described: [BLANK_AUDIO], (music), notes of a song."""


@dataclass(frozen=True)
class _Piece:
    """One segment of the answer; times None where the server gave none."""

    words: tuple[str, ...]
    span: TimeSpan | None
    quality: DecodeQuality | None


def segments_of_answer(answer: Any, duration: float) -> list[Segment]:
    """Segments of a decoded JSON answer to `duration` seconds of sound.

    Raises ValueError for what is no answer of a transcription; the message never quotes it.
    """
    if not isinstance(answer, dict) or not isinstance(answer.get("text"), str):
        raise ValueError("the answer has no text")
    whole = TimeSpan(start=0.0, end=duration)
    listed = [item for item in _list(answer, "segments") if isinstance(item.get("text"), str)]
    pieces = [_piece(item, whole) for item in listed] or [
        _Piece(words=_said(answer["text"]), span=None, quality=None)
    ]
    timed = _list(answer, "words") or [word for item in listed for word in _list(item, "words")]
    heard = _timed([word for piece in pieces for word in piece.words], timed)
    return _segments(pieces, heard, whole)


def _list(item: dict[str, Any], key: str) -> list[dict[str, Any]]:
    found = item.get(key)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _said(text: str) -> tuple[str, ...]:
    """The words of a text; halves of characters that JSON can hold and no file can are dropped."""
    return tuple(_TAG.sub(" ", text.encode("utf-8", "ignore").decode("utf-8")).split())


def _piece(item: dict[str, Any], whole: TimeSpan) -> _Piece:
    start, end = _number(item, "start"), _number(item, "end")
    span = None
    if start is not None and end is not None:
        start = min(max(whole.start, start), whole.end)
        span = TimeSpan(start=start, end=min(max(start, end), whole.end))
    return _Piece(words=_said(item["text"]), span=span, quality=_quality(item))


def _quality(item: dict[str, Any]) -> DecodeQuality | None:
    """Whisper's own numbers; None where the server gives none. whisper.cpp has no ratio."""
    certainty, no_speech = _number(item, "avg_logprob"), _number(item, "no_speech_prob")
    if certainty is None or no_speech is None:
        return None
    text = item["text"].encode("utf-8", "ignore")
    ratio = _number(item, "compression_ratio")
    tokens = item.get("tokens")
    return DecodeQuality(
        mean_log_probability=certainty,
        compression_ratio=len(text) / len(zlib.compress(text)) if ratio is None else ratio,
        no_speech_probability=min(1.0, max(0.0, no_speech)),
        temperature=max(0.0, _number(item, "temperature") or 0.0),
        tokens=tuple(token for token in tokens if type(token) is int)
        if isinstance(tokens, list)
        else (),
    )


def _number(item: dict[str, Any], key: str) -> float | None:
    found = item.get(key)
    if isinstance(found, bool) or not isinstance(found, int | float) or not math.isfinite(found):
        return None
    return float(found)


def _timed(said: Sequence[str], timed: Sequence[dict[str, Any]]) -> list[HeardWord]:
    """The words said with the times of the words or tokens that share their letters.

    Letters are what both have: "X-ray," may come as "x ray" or as " X", "-", "ray", ",".
    """
    ours = [(letter, n) for n, word in enumerate(said) for letter in _letters(word)]
    theirs = [
        (letter, n)
        for n, item in enumerate(timed)
        if isinstance(item.get("word"), str)
        for letter in _letters(item["word"])
    ]
    matcher = SequenceMatcher(None, [c for c, _ in ours], [c for c, _ in theirs], autojunk=False)
    spoken: dict[int, list[dict[str, Any]]] = {}
    for block in matcher.get_matching_blocks():
        for offset in range(block.size):
            item = timed[theirs[block.b + offset][1]]
            spoken.setdefault(ours[block.a + offset][1], []).append(item)
    return [_heard(word, spoken.get(number, [])) for number, word in enumerate(said)]


def _letters(word: str) -> str:
    return "".join(letter for letter in word.casefold() if letter.isalnum())


def _heard(word: str, spoken: Sequence[dict[str, Any]]) -> HeardWord:
    if not spoken:
        return HeardWord(text=word)
    given = [p for item in spoken if (p := _number(item, "probability")) is not None]
    return HeardWord(
        text=word,
        start=_number(spoken[0], "start"),
        end=_number(spoken[-1], "end"),
        probability=min(given) if given else None,
    )


def _segments(
    pieces: Sequence[_Piece], heard: Sequence[HeardWord], whole: TimeSpan
) -> list[Segment]:
    segments: list[Segment] = []
    first, at = 0, whole.start
    for piece in pieces:
        words = heard[first : first + len(piece.words)]
        first += len(piece.words)
        timed = in_time(words, _within(words, piece.span or whole, at, whole))
        if timed:
            at = timed[-1].span.start
            segments.append(Segment(words=timed, quality=piece.quality))
    return segments


def _within(words: Sequence[HeardWord], span: TimeSpan, at: float, whole: TimeSpan) -> TimeSpan:
    """Where the words may lie: their segment, widened to their own times, not before `at`."""
    starts = [word.start for word in words if word.start is not None]
    ends = [word.end for word in words if word.end is not None]
    start = max(at, min([span.start, *starts]))
    return TimeSpan(start=start, end=min(max([start, span.end, *ends]), whole.end))
