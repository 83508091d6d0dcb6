"""A text -> its runs of spoken or written digits and letters, as people dictate numbers.

"four one two, double five nine" and "412-559" are each one run with the value "412559". Pauses and
slips belong to a run ("five five, uh, no, five six"), as do words that a recogniser writes for
digits ("5 0 1 for two"), the latter only where the digits around them leave no doubt.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from medscribe.privacy.rules.numbers.digit_words import (
    ALPHABET,
    CODE_PREFIXES,
    HOMOPHONES,
    JOINING,
    LOOSE_JOINING,
    TIMES,
    VALUES,
    number_words,
)
from medscribe.privacy.rules.word_list import flags, is_ordinary

_TENS = frozenset(["20", "30", "40", "50", "60", "70", "80", "90"])
_MAX_JOINING = 5
"""Words such as "uh, no wait" between two digits of one number; more of them are talk."""


class Piece(NamedTuple):
    """One word or figure group of a run and the characters it stands for ("seventy" -> "70").

    `guessed`: the word is another one that sounds like a digit ("for").
    """

    start: int
    end: int
    value: str
    spoken: bool
    guessed: bool = False


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
    def groups(self) -> list[str]:
        """What is said as one number each: "six seventy two" is "6" and "72"."""
        groups: list[str] = []
        tens = False
        for piece in self.pieces:
            unit = piece.spoken and len(piece.value) == 1 and piece.value in "123456789"
            if tens and unit:
                groups[-1] = groups[-1][:-1] + piece.value
            else:
                groups.append(piece.value)
            tens = (
                piece.spoken and len(piece.value) == 2 and piece.value[1] == "0" != piece.value[0]
            )
        return groups

    @property
    def value(self) -> str:
        """Its characters in order: "seventy two dash A" is "72A"."""
        return "".join(self.groups)

    @property
    def digits(self) -> int:
        return sum(character.isdigit() for character in self.value)

    @property
    def one_by_one(self) -> bool:
        """Whether it is mostly said digit by digit, as identifiers are and amounts are not."""
        groups = self.groups
        return 2 * sum(len(group) == 1 for group in groups) >= len(groups)


def digit_runs(text: str, *, letters: bool = False, commas: bool = False) -> Iterator[Run]:
    """Runs of digits in order; letters, and looser joining words, belong to them only if `letters`.

    `letters` is for a number that the words before it announce: "m as in mary", "bravo" and "AB12"
    are letters of it. Runs end at other words, so "one twenty over eighty" is two runs, and at
    commas unless `commas`. A decimal point ends a run: "98.6" is no dictated number.
    """
    reader = _Reader(text, letters=letters, commas=commas)
    for match in _words().finditer(text):
        yield from reader.read(match)
    yield from reader.flush()


class _Reader:
    """Reads word by word; holds the run so far and what may still become a part of it."""

    def __init__(self, text: str, *, letters: bool, commas: bool) -> None:
        self._text = text
        self._letters = letters
        self._gap = _gap_with_commas() if commas or letters else _gap()
        self._joining = JOINING | LOOSE_JOINING if letters else JOINING
        self._pieces: list[Piece] = []
        self._held: list[Piece] = []
        self._joined = self._times = 0
        self._begin = self._read_to = 0

    def read(self, match: re.Match[str]) -> Iterator[Run]:
        """The next word; the run before it, if it ends that."""
        start, word = match.start(), match.group().lower()
        if start < self._read_to:
            return  # the "mary" of "m as in mary"
        gap = _gap_with_commas() if self._joined else self._gap
        if self._is_decimal(start):
            yield from self.flush()
        if (self._pieces or self._held) and not gap.fullmatch(self._text, self._read_to, start):
            yield from self.flush()
        self._read_to = match.end()
        value = self._value(match)
        if value is not None:
            yield from self._take(start, value, not word[0].isdigit())
        elif word in TIMES:
            self._times, self._begin = TIMES[word], start
        elif (self._pieces or self._letters) and word in HOMOPHONES and not self._joined:
            self._held.append(Piece(start, match.end(), HOMOPHONES[word], True, True))
        elif self._pieces and word in self._joining and self._joined < _MAX_JOINING:
            self._joined += 1
        else:
            yield from self.flush()

    def _take(self, start: int, value: str, spoken: bool) -> Iterator[Run]:
        begin = self._begin if self._times else start
        piece = Piece(begin, self._read_to, value * max(1, self._times), spoken)
        if self._held and not _beside(self._pieces[-1] if self._pieces else piece, piece):
            yield from self.flush()
        self._pieces += [*self._held, piece]
        self._held, self._joined, self._times = [], 0, 0

    def _value(self, match: re.Match[str]) -> str | None:
        word = match.group()
        if word.isdigit():
            return word
        known = number_words().get(word.lower())
        if known is not None or not self._letters:
            return known
        if len(word) == 1:
            spelled = _as_in().match(self._text, match.end())
            if spelled and (spelled["as"] or spelled["word"][0].lower() == word.lower()):
                self._read_to = spelled.end()
            return word.upper()
        if _mixed().fullmatch(word) and not _counted().fullmatch(word):
            return word.upper()
        if self._is_cluster(word) and _figures_next().match(self._text, match.end()):
            return word.upper()
        return ALPHABET.get(word.lower())

    def _is_decimal(self, start: int) -> bool:
        """Whether a decimal point stands between the last piece and the word at `start`."""
        point = self._text[self._read_to : start] == "."
        return bool(self._pieces) and point and self._text[start].isdigit()

    def _is_cluster(self, word: str) -> bool:
        """Whether a recogniser ran letters of a code together: "hf 6 6 2", "YXX forty one"."""
        lower = word.lower()
        if len(word) > 5 or not word.isalpha() or lower in VALUES:
            return False
        if lower in CODE_PREFIXES or (lower in self._joining and not word.isupper()):
            return lower in CODE_PREFIXES
        vowel = any(letter in "aeiouy" for letter in lower)
        return word.isupper() or (len(word) <= 4 and not (vowel and is_ordinary(flags(lower))))

    def flush(self) -> Iterator[Run]:
        """The run so far, if any; without doubtful digits, it is divided at them."""
        pieces, self._pieces = self._pieces, []
        if self._letters and self._held and not self._joined:
            pieces = [*pieces, *self._held_at_end()]
        self._held, self._joined, self._times = [], 0, 0
        if self._letters:
            pieces = self._without_article(pieces)
        if not pieces:
            return
        if _certain(pieces, self._letters):
            yield Run(tuple(pieces))
            return
        part: list[Piece] = []
        for piece in pieces:
            if not piece.guessed:
                part.append(piece)
            elif part:
                yield Run(tuple(part))
                part = []
        if part:
            yield Run(tuple(part))

    def _held_at_end(self) -> list[Piece]:
        """A doubtful digit that ends the sentence: "... oh one for."."""
        last = self._held[-1]
        return self._held if _sentence_end().match(self._text, last.end) else []

    def _without_article(self, pieces: list[Piece]) -> list[Piece]:
        """Without "a" or "i" at the end that begin what is said next."""
        while pieces and self._text[pieces[-1].start : pieces[-1].end] in ("a", "i", "I"):
            if not _word_next().match(self._text, pieces[-1].end):
                break
            pieces = pieces[:-1]
        return pieces


def _beside(before: Piece, after: Piece) -> bool:
    """Whether "to" between these can be a digit: beside single ones it is, in "10 to 20" not."""
    lengths = sorted((len(before.value), len(after.value)))
    return lengths == [1, 1] or (lengths[0] == 1 and lengths[1] in (3, 4))


def _certain(pieces: Sequence[Piece], announced: bool) -> bool:
    """Whether the digits that were heard as such make the guessed ones believable."""
    if not any(piece.guessed for piece in pieces):
        return True
    heard = [piece for piece in pieces if not piece.guessed]
    single = sum(len(piece.value) == 1 for piece in heard)
    digits = sum(len(piece.value) for piece in heard)
    return single >= 5 or (single >= 3 and (announced or digits >= 6))


@cache
def _words() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*")


@cache
def _gap() -> re.Pattern[str]:
    return re.compile(r"\s*[-–/()#]*\s*")


@cache
def _gap_with_commas() -> re.Pattern[str]:
    return re.compile(r"[\s,.\-–—/()#_]{0,8}")


@cache
def _as_in() -> re.Pattern[str]:
    return re.compile(
        r",?\s+(?:(?P<as>as\s+in|is\s+in)|for|like)\s+(?P<word>[^\W\d_][\w'’-]{1,20})",
        re.IGNORECASE,
    )


@cache
def _mixed() -> re.Pattern[str]:
    """Letters and figures in one word: "7KLM291", "B4"."""
    return re.compile(r"(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z\d]{2,20}")


@cache
def _counted() -> re.Pattern[str]:
    """Figures with their unit: "10mg", "5th", "2x"."""
    return re.compile(
        r"\d+(?:mg|mcg|ml|g|kg|lbs?|cm|mm|st|nd|rd|th|x|h|hrs?|am|pm|yo|y|k|s|min|days?|wks?)",
        re.IGNORECASE,
    )


@cache
def _figures_next() -> re.Pattern[str]:
    words = "|".join((*number_words(), *TIMES))
    return re.compile(
        rf"[\s,-]{{0,3}}(?:(?:um|uh|dash)[\s,]{{1,3}})?(?:\d|(?:{words}|[a-z])\b)", re.IGNORECASE
    )


@cache
def _sentence_end() -> re.Pattern[str]:
    return re.compile(r"\s*(?:[.?!;]|$)")


@cache
def _word_next() -> re.Pattern[str]:
    return re.compile(r"\s+[^\W\d_]{2}")
