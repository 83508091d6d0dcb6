"""English number words -> digits: "one hundred and forty two" -> "142", "two oh five" -> "205"."""

from itertools import pairwise
from typing import NamedTuple

UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4,
    "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
TEENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
NUMBER_WORDS = frozenset([*UNITS, *TEENS, *TENS])
_DIGITS = {**UNITS, "oh": 0, "o": 0}
_YEARS = range(1900, 2100)
_FRACTIONS = {"half": "5", "quarter": "25"}


class Spoken(NamedTuple):
    """A number read from words: its digits, and how many words it took."""

    digits: str
    words: int


def read_number(words: list[str], at: int) -> Spoken | None:
    """The longest number that starts at `words[at]` (lower case); None if none starts there.

    Understands cardinals, spoken pairs ("one fifty" = 150, "two oh five" = 205), years ("nineteen
    eighty six", "twenty twenty"), decimals ("ninety eight point six"), "two and a half", and runs
    of four or more single digits (a number read out digit by digit).
    """
    listed = _digit_run(words, at)
    if listed:
        return listed
    whole = _cardinal(words, at)
    if whole is None:
        return None
    value, following = whole
    decimals = _decimals(words, following)
    first = _below_hundred(words, at)
    if decimals and first and value in _YEARS and first[1] < following:
        # "twenty twelve point five" are two numbers: no year has a fraction.
        return Spoken(str(first[0]), first[1] - at)
    if decimals:
        return Spoken(f"{value}.{decimals.digits}", following + decimals.words - at)
    if words[following : following + 2] in (["and", "a"], ["and", "one"]) and (
        len(words) > following + 2
    ):
        fraction = _FRACTIONS.get(words[following + 2])
        if fraction:
            return Spoken(f"{value}.{fraction}", following + 3 - at)
    return Spoken(str(value), following - at)


def read_bare_decimal(words: list[str], at: int) -> Spoken | None:
    """ "point five" -> "0.5"; None where `words[at]` does not start one."""
    decimals = _decimals(words, at)
    return Spoken(f"0.{decimals.digits}", decimals.words) if decimals else None


def _word(words: list[str], at: int) -> str:
    return words[at] if at < len(words) else ""


def _digit_run(words: list[str], at: int) -> Spoken | None:
    end = at
    while _word(words, end) in _DIGITS and _word(words, end) != "o":
        end += 1
    if end - at < 4 or words[at] == "oh":
        return None
    values = [_DIGITS[word] for word in words[at:end]]
    if all(after - before == 1 for before, after in pairwise(values)):
        return None  # "four five six seven days" is hesitation, not a number read out
    return Spoken("".join(str(_DIGITS[word]) for word in words[at:end]), end - at)


def _below_hundred(words: list[str], at: int) -> tuple[int, int] | None:
    word = _word(words, at)
    if word in TENS:
        unit = UNITS.get(_word(words, at + 1), 0)
        return (TENS[word] + unit, at + 2) if unit else (TENS[word], at + 1)
    if word in TEENS:
        return TEENS[word], at + 1
    if word in UNITS:
        return UNITS[word], at + 1
    return None


def _cardinal(words: list[str], at: int) -> tuple[int, int] | None:
    if words[at] in ("a", "an") and _word(words, at + 1) in ("hundred", "thousand"):
        first: tuple[int, int] | None = (1, at + 1)
    else:
        first = _below_hundred(words, at)
    if first is None:
        return None
    value, following = first
    if _word(words, following) not in SCALES:
        return _spoken_pair(words, value, following) or first
    total = 0
    current = value
    while True:
        word = _word(words, following)
        if word == "hundred" and current < 100:
            current, following = current * 100, following + 1
        elif word in SCALES and word != "hundred":
            total, current, following = total + current * SCALES[word], 0, following + 1
        else:
            break
        skipped = 1 if _word(words, following) == "and" else 0
        rest = _below_hundred(words, following + skipped)
        if rest:
            current, following = current + rest[0], rest[1]
    return total + current, following


def _spoken_pair(words: list[str], value: int, following: int) -> tuple[int, int] | None:
    """ "one fifty" -> 150, "two oh five" -> 205, "twenty nineteen" -> 2019."""
    if _word(words, following) == "oh" and 1 <= _DIGITS.get(_word(words, following + 1), 0) <= 9:
        return value * 100 + _DIGITS[words[following + 1]], following + 2
    rest = _below_hundred(words, following)
    if rest is None or not 10 <= rest[0] <= 99:
        return None
    is_year = (value == 19) or (value == 20 and rest[0] <= 29)
    if 1 <= value <= 9 or is_year:
        return value * 100 + rest[0], rest[1]
    return None


def _decimals(words: list[str], at: int) -> Spoken | None:
    if _word(words, at) != "point":
        return None
    end = at + 1
    digits = ""
    while _word(words, end) in _DIGITS:
        digits += str(_DIGITS[words[end]])
        end += 1
    if not digits:
        pair = _below_hundred(words, at + 1)
        if pair is None:
            return None
        digits, end = str(pair[0]), pair[1]
    return Spoken(digits, end - at)
