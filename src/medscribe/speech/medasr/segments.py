"""Lines of words -> segments: a segment ends with its sentence, its line, or before a pause."""

from collections.abc import Iterable

from medscribe.domain.transcript import Segment, Word

PAUSE_SECONDS = 2.0
"""Longer than the breath between two sentences."""


def segments_of(lines: Iterable[list[Word]]) -> list[Segment]:
    """Segments in order of time, none of them empty."""
    segments: list[Segment] = []
    for line in lines:
        current: list[Word] = []
        for word in line:
            if current and _parted(current[-1], word):
                segments.append(Segment(words=tuple(current)))
                current = []
            current.append(word)
        if current:
            segments.append(Segment(words=tuple(current)))
    return segments


def _parted(before: Word, word: Word) -> bool:
    """Whether a sentence ended before `word`, or nobody spoke for long."""
    ended = before.text.endswith((".", "?", "!")) and not word.text[0].islower()
    return ended or word.span.start - before.span.end >= PAUSE_SECONDS
