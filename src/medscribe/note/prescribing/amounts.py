"""Written text -> strengths ("500 mg"), doses ("1 to 2 tablets") and how long ("for 10 days")."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from medscribe.domain.medication import Quantity

NUMBER = r"\d[\d,]*(?:\.\d+)?"
_MASS = r"mg|mcg|ug|grams?|g|meq|international units|units?|iu"
_ITEM = (
    r"tablets?|tabs?|pills?|capsules?|caplets?|caps?|puffs?|inhalations?|sprays?|drops?|"
    r"teaspoons?|tablespoons?|patch(?:es)?|lozenges?|gumm(?:y|ies)|vials?|packets?|capfuls?|"
    r"scoops?|"
    r"suppositor(?:y|ies)|ml|cc"
)
_PER = r"(?!\s*/|\s+per\s+(?:deci|kg|kilo|liter))"
_TO = r"\s?(?:-|to|or)\s?"
STRENGTH = re.compile(
    rf"(?<![\d/.])(?<!\d,)(?P<low>{NUMBER})(?:[ -]?(?:{_MASS}))?(?:{_TO}(?P<high>{NUMBER}))?"
    rf"[ -]?(?P<unit>{_MASS})\b{_PER}",
    re.IGNORECASE,
)
_PERCENT = re.compile(rf"(?<![\d/.])(?P<low>{NUMBER})\s?%(?P<high>)", re.IGNORECASE)
_COUNT = (
    rf"(?P<low>{NUMBER}|one half(?: of)?(?: a)?|half (?:of )?an?|a half(?: of)?(?: an?)?|half|"
    r"(?<=take )an?|(?<=takes )an?|(?<=taking )an?|(?<=take just )an?|one|a single)"
)
DOSE = re.compile(
    rf"(?<![\d/.])\b{_COUNT}(?:{_TO}(?P<high>{NUMBER}|one|two))?\s"
    rf"(?:{NUMBER}[ -]?(?:mg|mcg|g)\s|more |extra |of (?:the|those|these|your) )?"
    rf"(?P<unit>{_ITEM})\b",
    re.IGNORECASE,
)
_FRACTION_DOSE = re.compile(
    rf"(?<![\d/.])(?P<low>1/2)(?:{_TO}(?P<high>{NUMBER}))?\s(?P<unit>{_ITEM})\b", re.IGNORECASE
)
_WORD_COUNTS = {"one": 1.0, "two": 2.0, "a": 1.0, "an": 1.0, "a single": 1.0}
_SINGULAR = {
    "tab": "tablet", "tabs": "tablet", "cap": "capsule", "caps": "capsule", "patches": "patch",
    "gummies": "gummy", "suppositories": "suppository", "ml": "mL", "cc": "mL", "iu": "units",
    "unit": "units", "units": "units", "international units": "units", "gram": "g", "grams": "g",
    "ug": "mcg", "meq": "mEq",
}  # fmt: skip
_MOST_AT_ONCE = 12.0
"""More than this many tablets are a supply ("90 tablets"), no dose."""

_PERIODS = {"hour": "h", "day": "d", "week": "wk", "month": "mo", "year": "a"}
_WHILE = r"(?P<unit>hour|day|week|month|year)s?"
_DURATIONS = (
    re.compile(
        rf"\b(?:for|over|during|x) (?:the next |another |about |at least |up to |just |only |"
        rf"the first |a total of |a full |the |like )*(?P<value>{NUMBER}|an?|one|couple(?: of)?)"
        rf"(?: more)?[ -]{_WHILE}\b(?! ?-?old|s? now| ago)",
        re.IGNORECASE,
    ),
    re.compile(rf"x ?(?P<value>{NUMBER}) ?{_WHILE}\b", re.IGNORECASE),
    re.compile(
        rf"\b(?P<value>{NUMBER})[ -]{_WHILE}[ -](?:course|taper|treatment)\b", re.IGNORECASE
    ),
    re.compile(
        rf"(?:daily|day|hours?|hrs|night|bid|tid|qid|week),? (?P<value>{NUMBER}) {_WHILE}\b"
        r"(?! (?:a|per|each|every))",
        re.IGNORECASE,
    ),
)


class Amount(NamedTuple):
    """An amount found in a text, with its characters; `high` is the end of a range."""

    low: float
    high: float | None
    unit: str
    start: int
    end: int

    @property
    def quantity(self) -> Quantity:
        return Quantity(value=self.low, unit=self.unit)

    @property
    def quantity_max(self) -> Quantity | None:
        return None if self.high is None else Quantity(value=self.high, unit=self.unit)


def strengths_in(text: str) -> list[Amount]:
    """ "500 mg", "5 to 10 mg", "20 units" in order; never "120 mg/dL"."""
    return list(_amounts(STRENGTH, text))


def percents_in(text: str) -> list[Amount]:
    """ "0.05 %" in order: strengths of what is put on the skin."""
    return [
        Amount(float(m.group("low").replace(",", "")), None, "%", m.start(), m.end())
        for m in _PERCENT.finditer(text)
    ]


def doses_in(text: str) -> list[Amount]:
    """ "2 tablets", "half a tablet", "1 to 2 puffs" in order; a supply ("90 tablets") is none."""
    found = [*_amounts(DOSE, text), *_amounts(_FRACTION_DOSE, text)]
    return sorted(
        (a for a in found if a.low <= _MOST_AT_ONCE or a.unit == "mL"), key=lambda a: a.start
    )


def duration_in(text: str) -> tuple[Quantity, int, int] | None:
    """How long a medicine is to be taken: "for 10 days" -> 10 d, with its characters."""
    for pattern in _DURATIONS:
        found = pattern.search(text)
        if found:
            said = found.group("value").lower()
            value = 2.0 if said.startswith("couple") else _number(said)
            unit = _PERIODS[found.group("unit").lower()]
            # What stands before the number in "once a day 30 days" is no part of it.
            start = found.start("value") if pattern is _DURATIONS[-1] else found.start()
            return Quantity(value=value, unit=unit), start, found.end()
    return None


def singular(word: str) -> str:
    """The unit as it stands in an order: "puffs" -> "puff", "tabs" -> "tablet", "cc" -> "mL"."""
    lower = word.lower()
    if lower in _SINGULAR:
        return _SINGULAR[lower]
    return lower.removesuffix("s") if len(lower) > 3 else lower


def _amounts(pattern: re.Pattern[str], text: str) -> Iterator[Amount]:
    for match in pattern.finditer(text):
        high = match.group("high")
        yield Amount(
            _number(match.group("low")),
            _number(high) if high else None,
            singular(match.group("unit")),
            match.start(),
            match.end(),
        )


def _number(said: str) -> float:
    lower = said.lower().strip()
    if "half" in lower or lower == "1/2":
        return 0.5
    return _WORD_COUNTS.get(lower) or float(lower.replace(",", ""))
