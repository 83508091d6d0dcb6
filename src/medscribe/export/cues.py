"""One utterance -> subtitle cues short enough to read."""

from dataclasses import dataclass
from itertools import accumulate, pairwise

from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import Word

LONGEST_SECONDS = 7.0
"""How long a subtitle may stay: 7 s (BBC and Netflix subtitle guidelines)."""

MOST_CHARACTERS = 84
"""Two lines of 42 characters (Netflix timed text style guide)."""


@dataclass(frozen=True)
class Cue:
    """Words of one voice shown from `span.start` to `span.end`."""

    voice: str
    text: str
    span: TimeSpan


def cues_of(voice: str, text: str, span: TimeSpan, words: tuple[Word, ...]) -> list[Cue]:
    """Cues of at most about 7 s and 84 characters, in order of time.

    Cut at the times of `words` where they spell `text`; else (masked or corrected text) the words
    are given times in proportion to their letters.
    """
    tokens = text.split()
    if [word.text for word in words] == tokens:
        times = [word.span for word in words]
    else:
        times = _spread(tokens, span)
    cues: list[Cue] = []
    first = 0
    for last in range(len(tokens)):
        if last + 1 == len(tokens) or not _fits(tokens, times, first, last + 1):
            inside = TimeSpan(start=times[first].start, end=_end(times, first, last))
            cues.append(Cue(voice=voice, text=" ".join(tokens[first : last + 1]), span=inside))
            first = last + 1
    return cues


def _fits(tokens: list[str], times: list[TimeSpan], first: int, last: int) -> bool:
    """Whether words first..last (inclusive) make one readable cue."""
    characters = sum(len(token) + 1 for token in tokens[first : last + 1]) - 1
    return characters <= MOST_CHARACTERS and times[last].end - times[first].start <= LONGEST_SECONDS


def _end(times: list[TimeSpan], first: int, last: int) -> float:
    """When the cue disappears; never before it appears, even if words overlap."""
    return max(times[first].start, times[last].end)


def _spread(tokens: list[str], span: TimeSpan) -> list[TimeSpan]:
    """Times for tokens that have none: the span shared out by letters."""
    total = sum(len(token) for token in tokens) or 1
    edges = [span.start + span.duration * done / total for done in _running(tokens)]
    return [TimeSpan(start=a, end=max(a, b)) for a, b in pairwise(edges)]


def _running(tokens: list[str]) -> list[int]:
    return list(accumulate((len(token) for token in tokens), initial=0))
