"""Texts of a visit -> few long texts, as Presidio is quick on long ones; and findings back.

A hundred short texts cost Presidio thirty times what one long text does.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from medscribe.privacy.rules.finding import Finding

SEPARATOR = "\n¶\n"
"""Between two texts: no pattern of Presidio runs across it, and it takes no word of context."""

MAX_CHARACTERS = 20_000
"""A joined text grows no longer than this, unless one text alone is longer."""


class Joined(NamedTuple):
    """Some of the texts as one: `starts[i]` is where text number `first + i` begins in it."""

    text: str
    first: int
    starts: tuple[int, ...]
    lengths: tuple[int, ...]


def joined(texts: Sequence[str]) -> Iterator[Joined]:
    """All texts in order, joined into as few as `MAX_CHARACTERS` allows."""
    first = 0
    while first < len(texts):
        starts, at, last = [0], len(texts[first]), first + 1
        while last < len(texts) and at + len(SEPARATOR) + len(texts[last]) <= MAX_CHARACTERS:
            starts.append(at + len(SEPARATOR))
            at = starts[-1] + len(texts[last])
            last += 1
        some = texts[first:last]
        yield Joined(SEPARATOR.join(some), first, tuple(starts), tuple(map(len, some)))
        first = last


def apart(whole: Joined, findings: Iterable[Finding]) -> Iterator[tuple[int, Finding]]:
    """Each finding with the number of its text, counted in that text; cut where it spans two."""
    for finding in findings:
        place = max(0, bisect_right(whole.starts, finding.start) - 1)
        while place < len(whole.starts) and whole.starts[place] < finding.end:
            start = max(0, finding.start - whole.starts[place])
            end = min(whole.lengths[place], finding.end - whole.starts[place])
            if start < end:
                yield whole.first + place, finding._replace(start=start, end=end)
            place += 1
