"""Words of a statement + the talk -> amounts that the talk has in another unit only.

"100 mg" where "100 micrograms" was said, "3 weeks" where "3 days" was: the number alone is right.
"""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

_MICROGRAMS = {"mcg": 1, "mg": 1_000, "g": 1_000_000}
_DOSES = {
    "mcg": "mcg", "microgram": "mcg", "ug": "mcg", "mg": "mg", "milligram": "mg", "g": "g",
    "gram": "g", "unit": "unit", "ml": "ml", "milliliter": "ml", "millilitre": "ml", "cc": "ml",
    "meq": "meq", "milliequivalent": "meq",
}  # fmt: skip
_TIMES = {
    "hour": "hour", "hr": "hour", "h": "hour", "day": "day", "d": "day", "night": "day",
    "week": "week", "wk": "week", "month": "month", "year": "year", "yr": "year",
}  # fmt: skip
_COUNTED = {"a": "1", "an": "1", "one": "1", "next": "1", "last": "1", "past": "1", "couple": "2"}
_TIME_WITHIN = 2
"""Words from a number to its unit in the talk: "3 more weeks"."""

Said = Callable[[int], bool]
"""Whether the number at that place of the talk may be the one that is looked for."""


def dose_unit(word: str) -> str | None:
    """ "milligrams" -> "mg"; None for what is no unit of a dose."""
    return _DOSES.get(word) or _DOSES.get(word.removesuffix("s"))


def has_dose(number: str, unit: str, words: Sequence[str]) -> bool:
    """Whether the talk has this dose, be it in another unit: "125 mcg" is "0.125 mg"."""
    wanted = _mass(number, unit)
    if wanted is None:
        return False
    return any(_mass(word, dose_unit(after) or "") == wanted for word, after in pairwise(words))


def has_other_unit(number: str, unit: str, words: Sequence[str], counts: Said) -> bool:
    """Whether the number is said in the talk, everywhere with a unit of doses other than `unit`."""
    found = {
        dose_unit(words[at + 1]) if at + 1 < len(words) else None
        for at, word in enumerate(words)
        if word == number and counts(at)
    }
    return bool(found) and None not in found and unit not in found


def times_in_other_units(statement: Sequence[str], words: Sequence[str]) -> Iterator[str]:
    """ "3 week" where the talk has 3 days, and 3 weeks nowhere."""
    said = {pair for at in range(len(words)) for pair in _times_at(at, words)}
    for number, after in pairwise(statement):
        unit = _time(after)
        if unit is None or not number[:1].isdigit() or (number, unit) in said:
            continue
        if any((number, other) in said for other in set(_TIMES.values())):
            yield f"{number} {unit}"


def _times_at(at: int, words: Sequence[str]) -> Iterator[tuple[str, str]]:
    number = _COUNTED.get(words[at], words[at])
    if number[:1].isdigit():
        for word in words[at + 1 : at + 1 + _TIME_WITHIN]:
            if unit := _time(word):
                yield number, unit


def _time(word: str) -> str | None:
    return _TIMES.get(word) or _TIMES.get(word.removesuffix("s"))


def _mass(number: str, unit: str) -> Fraction | None:
    if unit not in _MICROGRAMS or not number[:1].isdigit():
        return None
    return Fraction(number) * _MICROGRAMS[unit]
