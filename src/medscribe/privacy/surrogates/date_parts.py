"""A date as written or spoken -> where its year, month and day stand, their values and their style.

"03/14/1972", "14 March 1972", "march third nineteen seventy two", "oh three fourteen seventy two".
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
ORDINALS = (
    *("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth", "twentieth"),
)
SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_FILLERS = frozenset(
    [
        *("the", "of", "in", "on", "day", "year", "slash", "dash", "hyphen", "uh", "um", "er"),
        *("and", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"),
    ]
)
_TIME = re.compile(
    r"(?:T|,?\s+(?:at\s+)?)\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|\s?[ap]\.?m\.?)?\s*$"
)
PIVOT = 30
"""Two figures up to this are of the 2000s, later ones of the 1900s: "72" is 1972."""


class Slot(NamedTuple):
    """One part of a date: characters [start, end) of the text, `part` "y", "m" or "d".

    `form`: "figures", "name", "short", "suffix" (14th), "words" or "ordinal" (words). `digits`: how
    many figures a year has, 2 or 4.
    """

    start: int
    end: int
    part: str
    value: int
    form: str
    digits: int = 0


class _Word(NamedTuple):
    text: str
    start: int
    end: int


_Reading = tuple[Slot, int]
"""A part of the date and the index of the word after it."""

_TEMPLATES = (
    *("NY", "NdY", "Ndy", "Nd", "dNY", "dNy", "dN", "YNd", "YN", "N"),
    *("Ymd", "mdY", "dmY", "mdy", "dmy", "mY", "md", "dm", "Y", "D"),
)
"""N: month by name, m: month by number, Y: year in full, y: year in two or four figures, D: a day
that is nothing else ("the 14th"). The first template that takes the whole text holds."""


def read_date(text: str) -> tuple[Slot, ...] | None:
    """The parts of the date that `text` is, in order; None where it is no date that can be read."""
    body = text[: match.start()] if (match := _TIME.search(text)) else text
    words = [_Word(found.group().lower(), *found.span()) for found in _words().finditer(body)]
    words = [part for word in words for part in _compact(word, len(words))]
    for template in _TEMPLATES:
        for slots in _readings(words, 0, template):
            if _is_possible(slots):
                return slots
    return None


def _compact(word: _Word, count: int) -> list[_Word]:
    """Eight or six figures without a sign between: 03141972, 19720314, 031472."""
    text, start = word.text, word.start
    if count > 1 or not text.isdecimal() or len(text) not in (6, 8):
        return [word]
    year_first = len(text) == 8 and text[:2] in ("19", "20") and text[2:4] not in ("19", "20")
    ends = (4, 6, 8) if year_first else (2, 4, len(text))
    begins = (0, *ends[:-1])
    return [_Word(text[b:e], start + b, start + e) for b, e in zip(begins, ends, strict=True)]


def _readings(words: Sequence[_Word], at: int, template: str) -> Iterator[tuple[Slot, ...]]:
    while at < len(words) and words[at].text in _FILLERS:
        at += 1
    if not template:
        if at == len(words):
            yield ()
        return
    if at == len(words):
        return
    for slot, following in _READERS[template[0]](words, at):
        for rest in _readings(words, following, template[1:]):
            yield (slot, *rest)


def _is_possible(slots: Sequence[Slot]) -> bool:
    values = {slot.part: slot.value for slot in slots}
    longest = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    month = values.get("m", 1)
    if not 1 <= month <= 12 or not 1 <= values.get("d", 1) <= longest[month - 1]:
        return False
    year = values.get("y", 2000)
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return leap or (month, values.get("d")) != (2, 29)


def _month_name(words: Sequence[_Word], at: int) -> Iterator[_Reading]:
    word = words[at]
    for number, name in enumerate(MONTHS, 1):
        if word.text == name:
            yield Slot(word.start, word.end, "m", number, "name"), at + 1
        elif word.text == name[:3] or (word.text, number) == ("sept", 9):
            yield Slot(word.start, word.end, "m", number, "short"), at + 1


def _month_number(words: Sequence[_Word], at: int) -> Iterator[_Reading]:
    for slot, following in _small_number(words, at, "m"):
        if 1 <= slot.value <= 12:
            yield slot, following


def _day(words: Sequence[_Word], at: int) -> Iterator[_Reading]:
    yield from _ordinal(words, at)
    yield from _small_number(words, at, "d")


def _ordinal(words: Sequence[_Word], at: int) -> Iterator[_Reading]:
    word, after = words[at], words[at + 1] if at + 1 < len(words) else None
    if word.text.isdecimal() and len(word.text) < 3 and after and after.start == word.end:
        if after.text in ("st", "nd", "rd", "th"):
            yield Slot(word.start, after.end, "d", int(word.text), "suffix"), at + 2
        return
    tens = TENS.index(word.text) if word.text in TENS[2:4] else 0
    if tens and after and after.text in ORDINALS[1:10]:
        value = 10 * tens + ORDINALS.index(after.text)
        yield Slot(word.start, after.end, "d", value, "ordinal"), at + 2
    elif word.text in ORDINALS[1:]:
        yield Slot(word.start, word.end, "d", ORDINALS.index(word.text), "ordinal"), at + 1
    elif word.text == "thirtieth":
        yield Slot(word.start, word.end, "d", 30, "ordinal"), at + 1


def _small_number(words: Sequence[_Word], at: int, part: str) -> Iterator[_Reading]:
    """One or two figures, or the words for them; the longest first."""
    word = words[at]
    if word.text.isdecimal():
        if len(word.text) <= 2:
            yield Slot(word.start, word.end, part, int(word.text), "figures"), at + 1
        return
    for value, following in _two_digits(words, at):
        yield Slot(word.start, words[following - 1].end, part, value, "words"), following


def _two_digits(words: Sequence[_Word], at: int) -> Iterator[tuple[int, int]]:
    """ "seventy two" -> 72, "oh three" -> 3; the longest first."""
    if at >= len(words):
        return
    text, after = words[at].text, words[at + 1].text if at + 1 < len(words) else ""
    unit = SMALL.index(after) if after in SMALL[1:10] else 0
    if text in ("oh", "o", "zero") and unit:
        yield unit, at + 2
    if text in TENS[2:]:
        if unit:
            yield 10 * TENS.index(text) + unit, at + 2
        yield 10 * TENS.index(text), at + 1
    if text in SMALL[1:]:
        yield SMALL.index(text), at + 1


def _full_year(words: Sequence[_Word], at: int) -> Iterator[_Reading]:
    """1972, "nineteen seventy two", "two thousand and five", "nineteen oh five"."""
    word = words[at]
    if word.text.isdecimal():
        if len(word.text) == 4 and word.text[:2] in ("18", "19", "20"):
            yield Slot(word.start, word.end, "y", int(word.text), "figures", 4), at + 1
        return
    for value, following in _spoken_year([one.text for one in words], words, at):
        yield Slot(word.start, words[following - 1].end, "y", value, "words", 4), following


def _spoken_year(
    texts: Sequence[str], words: Sequence[_Word], at: int
) -> Iterator[tuple[int, int]]:
    century = {"eighteen": 1800, "nineteen": 1900, "twenty": 2000}.get(texts[at], 0)
    if century:
        for value, following in _two_digits(words, at + 1):
            if value >= 10 or following - at == 3:
                yield century + value, following
        if texts[at + 1 : at + 2] == ["hundred"]:
            yield century, at + 2
    if list(texts[at : at + 2]) == ["two", "thousand"]:
        rest = at + 3 if texts[at + 2 : at + 3] == ["and"] else at + 2
        for value, following in _two_digits(words, rest):
            yield 2000 + value, following
        yield 2000, at + 2


def _any_year(words: Sequence[_Word], at: int) -> Iterator[_Reading]:
    yield from _full_year(words, at)
    for slot, following in _small_number(words, at, "y"):
        if slot.end - slot.start == 2 or slot.form == "words":
            century = 2000 if slot.value <= PIVOT else 1900
            yield slot._replace(value=century + slot.value, digits=2), following


_READERS: dict[str, Callable[[Sequence[_Word], int], Iterator[_Reading]]] = {
    "N": _month_name,
    "m": _month_number,
    "d": _day,
    "D": _ordinal,
    "Y": _full_year,
    "y": _any_year,
}


@cache
def _words() -> re.Pattern[str]:
    return re.compile(r"\d+|[^\W\d_]+")
