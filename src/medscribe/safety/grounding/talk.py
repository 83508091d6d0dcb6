"""The utterances of a visit -> the talk as rules read it: words in a row, numbers as digits."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from medscribe.clinical.drugs import find_drugs
from medscribe.clinical.number_words import read_number
from medscribe.clinical.numbers import normalise_numbers
from medscribe.domain.privacy import PLACEHOLDER

_GLUED = (
    "mg|mcg|ug|kg|lbs?|ml|dl|cc|cm|mm|meq|iu|units?|tabs?|caps?|puffs?|hrs?|hours?|days?|wks?|"
    "weeks?|mo|months?|yrs?|yo|years?|am|pm|bpm"
)
NUMBER = re.compile(
    rf"(?<![\w.,])(?>\d+(?:,\d{{3}})*(?:\.\d+)?)(?:(?=(?:{_GLUED})\b)|(?![A-Za-z]\w))",
    re.IGNORECASE,
)
"""A number, a unit of its own right behind it or not ("500mg"), but not "1st" and "5HT"."""

WORD = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|[a-z]+(?:['’][a-z]+)?", re.IGNORECASE)
_AS_NUMBERS = {
    "once": "1",
    "twice": "2",
    "couple": "2",
    "half": "0.5",
    "quarter": "0.25",
    "fortnight": "2",
    "dozen": "12",
    "single": "1",
}


@dataclass(frozen=True)
class DrugPlace:
    """An ingredient named in the talk, by the place of the name's first word in `Talk.words`."""

    ingredient: str
    at: int


@dataclass(frozen=True)
class Talk:
    """`words` lower-case in the order of the talk, numbers as digits; `begins` the places at which
    utterances begin; `numbers` all that were said, also the parts of "one fifty"."""

    words: tuple[str, ...]
    begins: tuple[int, ...]
    numbers: frozenset[str]
    drugs: tuple[DrugPlace, ...]


def read_talk(texts: Iterable[str]) -> Talk:
    """`texts` are the utterances in order; placeholders count as no word."""
    words: list[str] = []
    begins: list[int] = []
    numbers: set[str] = set()
    drugs: list[DrugPlace] = []
    for text in texts:
        begins.append(len(words))
        said = PLACEHOLDER.sub(" ", text)
        written = normalise_numbers(said)
        for drug in find_drugs(written):
            at = len(words) + len(words_of(written[: drug.span.start]))
            drugs += [DrugPlace(ingredient, at) for ingredient in drug.ingredients]
        words += words_of(written)
        numbers |= numbers_in(written) | _spelled_out(said)
    return Talk(tuple(words), tuple(begins), frozenset(numbers), tuple(drugs))


def words_of(text: str) -> list[str]:
    """Words and numbers in order, "1,000" as "1000"."""
    return [plain_number(match.group().lower()) for match in WORD.finditer(text)]


def numbers_in(written: str) -> set[str]:
    """Numbers that stand as digits, but not those inside names ("A1c", "L5", "B12")."""
    return {plain_number(match.group()) for match in NUMBER.finditer(written)}


def plain_number(text: str) -> str:
    """ "1,000" -> "1000", "7.50" -> "7.5", "08" -> "8"; anything else as it is."""
    if not text[:1].isdigit():
        return text
    plain = re.sub(r"\A0+(?=\d)", "", text.replace(",", ""))
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _spelled_out(said: str) -> set[str]:
    """Single number words: "one or two days" is written with both numbers by some."""
    words = {match.group().lower() for match in WORD.finditer(said)}
    counted = {number.digits for word in words if (number := read_number([word], 0))}
    return (
        counted
        | {_AS_NUMBERS[word] for word in words if word in _AS_NUMBERS}
        | {plain_number(word) for word in words if word[:1].isdigit()}
    )
