"""A text -> its runs of spoken or written digits and letters, as people dictate numbers.

"four one two, double five nine" and "412-559" are each one run with the value "412559".
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

_UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TIMES = {"double": 2, "triple": 3}
_JOINING = frozenset(["dash", "hyphen", "space", "slash", "uh", "um", "er"])
"""Words that may stand inside a dictated number, never at its ends."""


class Piece(NamedTuple):
    """One word or figure group of a run and the characters it stands for ("seventy" -> "70")."""

    start: int
    end: int
    value: str
    spoken: bool


class Run(NamedTuple):
    """A dictated number."""

    pieces: tuple[Piece, ...]

    @property
    def start(self) -> int:
        return self.pieces[0].start

    @property
    def end(self) -> int:
        return self.pieces[-1].end

    @property
    def value(self) -> str:
        """Its characters in order: "seventy two dash A" is "72A"."""
        value, tens = "", False
        for piece in self.pieces:
            unit = piece.spoken and len(piece.value) == 1 and piece.value not in "0O"
            value = value[:-1] + piece.value if tens and unit else value + piece.value
            tens = piece.spoken and len(piece.value) == 2 and piece.value[1] == "0"
        return value

    @property
    def digits(self) -> int:
        return sum(character.isdigit() for character in self.value)

    @property
    def one_by_one(self) -> bool:
        """Whether it is mostly said digit by digit, as identifiers are and amounts are not."""
        return 2 * sum(len(piece.value) == 1 for piece in self.pieces) >= len(self.pieces)


def digit_runs(text: str, *, letters: bool = False, commas: bool = False) -> Iterator[Run]:
    """Runs of digits in order; single letters belong to them only if `letters`.

    Runs end at other words, so "one twenty over eighty" is two runs, and at commas unless
    `commas`. A decimal point ends a run: "98.6" is no dictated number.
    """
    gap = _gap_with_commas() if commas else _gap()
    pieces: list[Piece] = []
    times, read = 1, 0
    begin = 0
    for match in _words().finditer(text):
        word = match.group().lower()
        if pieces and not gap.fullmatch(text, read, match.start()):
            yield Run(tuple(pieces))
            pieces, times = [], 1
        read = match.end()
        value = _value(word, letters)
        if value is not None:
            start = match.start() if times == 1 else begin
            pieces.append(Piece(start, match.end(), value * times, not word[0].isdigit()))
            times = 1
        elif word in _TIMES:
            times, begin = _TIMES[word], match.start()
        elif word not in _JOINING and pieces:
            yield Run(tuple(pieces))
            pieces, times = [], 1
    if pieces:
        yield Run(tuple(pieces))


def number_words() -> dict[str, str]:
    """Number words and their figures: "seventy" -> "70"."""
    return _number_words()


def _value(word: str, letters: bool) -> str | None:
    if word[0].isdigit():
        return word
    if letters and len(word) == 1 and word != "o":
        return word.upper()
    return _number_words().get(word)


@cache
def _number_words() -> dict[str, str]:
    words = {word: str(index) for index, word in enumerate((*_UNITS, *_TEENS))}
    words |= {word: str(10 * index + 20) for index, word in enumerate(_TENS)}
    return words | {"oh": "0", "o": "0", "nought": "0", "naught": "0", "hundred": "00"}


@cache
def _words() -> re.Pattern[str]:
    return re.compile(r"\d+|[^\W\d_]+(?:['’][^\W\d_]+)*")


@cache
def _gap() -> re.Pattern[str]:
    return re.compile(r"\s*[-–/()#]*\s*")


@cache
def _gap_with_commas() -> re.Pattern[str]:
    return re.compile(r"[\s,.\-–/()#]*")
