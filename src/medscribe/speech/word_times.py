"""Words with times that an engine outside gave, or without -> words in order of time."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import Word


@dataclass(frozen=True)
class HeardWord:
    """A word as an engine outside returned it; None for what it did not say."""

    text: str
    start: float | None = None
    end: float | None = None
    probability: float | None = None


def in_time(words: Sequence[HeardWord], within: TimeSpan) -> tuple[Word, ...]:
    """The same words, each with a time inside `within`, none starting before the one before it.

    Words without times share the gap between their neighbours by length: digits and symbols have
    none after a forced alignment ("take 500 mg"), and many servers give none at all.
    """
    starts, ends = _known_times(words, within)
    at = 0
    while at < len(words):
        if starts[at] is not None:
            at += 1
            continue
        until = next((i for i in range(at, len(words)) if starts[i] is not None), len(words))
        _share(words, starts, ends, (at, until), within)
        at = until
    return tuple(
        Word(
            text=word.text,
            span=TimeSpan(start=start, end=max(start, end)),
            probability=_probability(word.probability),
        )
        for word, start, end in zip(words, starts, ends, strict=True)
        if start is not None and end is not None
    )


def _known_times(
    words: Sequence[HeardWord], within: TimeSpan
) -> tuple[list[float | None], list[float | None]]:
    """Starts and ends inside `within`, starts in order; None where the engine gave none."""
    starts: list[float | None] = []
    ends: list[float | None] = []
    latest = within.start
    for word in words:
        if not (_is_time(word.start) and _is_time(word.end)):
            starts.append(None)
            ends.append(None)
            continue
        assert word.start is not None
        assert word.end is not None
        latest = min(max(word.start, latest), within.end)
        starts.append(latest)
        ends.append(min(max(word.end, latest), within.end))
    return starts, ends


def _share(
    words: Sequence[HeardWord],
    starts: list[float | None],
    ends: list[float | None],
    run: tuple[int, int],
    within: TimeSpan,
) -> None:
    """Gives the words [first, last) of `run` the time between their neighbours."""
    first, last = run
    before = ends[first - 1] if first else within.start
    after = starts[last] if last < len(words) else within.end
    assert before is not None
    assert after is not None
    edge = min(before, after)
    lengths = [len(word.text) + 1 for word in words[first:last]]
    each = (after - edge) / sum(lengths)
    for number, length in enumerate(lengths, start=first):
        starts[number] = edge
        edge = min(edge + length * each, after)
        ends[number] = edge


def _is_time(seconds: float | None) -> bool:
    return seconds is not None and math.isfinite(seconds)


def _probability(given: float | None) -> float | None:
    if given is None or not math.isfinite(given):
        return None
    return min(1.0, max(0.0, given))
