"""Text -> its words without case and punctuation, numbers as digits, each with its place."""

import re
from dataclasses import dataclass

from medscribe.clinical.numbers import normalise
from medscribe.domain.spans import TextSpan

_TOKEN = re.compile(
    r"<[A-Z][A-Z0-9_:]*>|\d+(?:[.,:/]\d+)*%?|[^\W\d_]+(?:['’][^\W\d_]+)*|\w+", re.UNICODE
)
_NOT_HEARD = re.compile(r"['’]|(?<=\d),(?=\d{3}(?!\d))")
"""Apostrophes, and the comma in "1,000"."""

_HESITATIONS = frozenset(["um", "uh", "uhm", "er", "erm", "hm", "hmm", "mm", "mhm", "ah"])


@dataclass(frozen=True)
class FoldedText:
    """`joined` are the words, lower-case, with one space between; `starts` and `ends` their
    characters in the text they come from, one entry each per word."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @property
    def joined(self) -> str:
        return " ".join(self.words)

    def span(self, first: int, last: int) -> TextSpan:
        """Characters of the text from word `first` to word `last`, both included."""
        return TextSpan(start=self.starts[first], end=self.ends[last])

    def word_at(self, character: int) -> int:
        """Index of the word in which character `character` of `joined` stands, or that follows."""
        end = -1
        for index, word in enumerate(self.words):
            end += len(word) + 1
            if character < end:
                return index
        return len(self.words) - 1

    def find(self, part: "FoldedText") -> TextSpan | None:
        """Where the words of `part` stand in a row."""
        size = len(part.words)
        for first in range(len(self.words) - size + 1):
            if size and self.words[first : first + size] == part.words:
                return self.span(first, first + size - 1)
        return None


def fold(text: str) -> FoldedText:
    """ "Um, it's ten milligrams -- I think" -> its 10 mg i think. Placeholders stay whole; places
    are those in `text`."""
    written = normalise(text)
    words, starts, ends = [], [], []
    for match in _TOKEN.finditer(written.text):
        word = _NOT_HEARD.sub("", match.group().lower())
        if word not in _HESITATIONS:
            span = written.original_span(match.start(), match.end())
            words.append(word)
            starts.append(span.start)
            ends.append(span.end)
    return FoldedText(tuple(words), tuple(starts), tuple(ends))
