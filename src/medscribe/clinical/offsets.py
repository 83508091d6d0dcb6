"""Edits on a text -> the edited text, every character still knowing where it came from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from medscribe.domain.spans import TextSpan


class Edit(NamedTuple):
    """Characters [start, end) of a text are to become `new`."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class NormalisedText:
    """A rewritten text; `origins[i]` is the half-open range [start, end) of characters of the
    *original* text that character `i` stands for.

    "take ten mg" -> "take 10 mg": the characters "1" and "0" both come from [5, 8), "ten".
    """

    text: str
    origins: tuple[tuple[int, int], ...]

    @classmethod
    def unchanged(cls, text: str) -> "NormalisedText":
        """The text as it is, each character its own origin."""
        return cls(text, tuple((i, i + 1) for i in range(len(text))))

    def original_span(self, start: int, end: int) -> TextSpan:
        """Characters of the original text behind [start, end) of this one.

        An empty range gives an empty span; `IndexError` for a range outside the text.
        """
        if start >= end:
            at = self.origins[start][0] if start < len(self.origins) else self._original_end()
            return TextSpan(start=at, end=at)
        return TextSpan(start=self.origins[start][0], end=self.origins[end - 1][1])

    def part(self, start: int, end: int) -> "NormalisedText":
        """Characters [start, end), still knowing where they came from."""
        return NormalisedText(self.text[start:end], self.origins[start:end])

    def edited(self, edits: Iterable[Edit]) -> "NormalisedText":
        """The text with all `edits` made at once; an edit that overlaps an earlier one is left out.

        A character of a replacement comes from everything that the replacement replaced.
        """
        pieces: list[str] = []
        origins: list[tuple[int, int]] = []
        done = 0
        for edit in sorted(edits):
            if edit.start < done or edit.end <= edit.start:
                continue
            pieces += [self.text[done : edit.start], edit.new]
            origins += self.origins[done : edit.start]
            origin = (self.origins[edit.start][0], self.origins[edit.end - 1][1])
            origins += [origin] * len(edit.new)
            done = edit.end
        pieces.append(self.text[done:])
        origins += self.origins[done:]
        return NormalisedText("".join(pieces), tuple(origins))

    def _original_end(self) -> int:
        return self.origins[-1][1] if self.origins else 0
