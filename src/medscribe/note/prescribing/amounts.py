"""Written text -> strengths ("500 mg"), doses ("1 to 2 tablets") and how long ("for 10 days")."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from medscribe.domain.medication import Quantity

NUMBER = r"\d[\d,]*(?:\.\d+)?"
_MASS = r"mg|mcg|ug|milligrams?|micrograms?|grams?|g|meq|international units|units?|iu"
_ITEM = (
    r"tablets?|tabs?|pills?|capsules?|caplets?|caps?|puffs?|inhalations?|sprays?|squirts?|drops?|"
    r"teaspoon(?:ful)?s?|tablespoon(?:ful)?s?|tsp|tbsp|patch(?:es)?|lozenges?|gumm(?:y|ies)|vials?|"
    r"packets?|capfuls?|scoops?|pumps?|clicks?|strips?|films?|suppositor(?:y|ies)|injections?|"
    r"shots?|applicatorfuls?|nebuli[sz]er treatments?|nebs?|ampules?|softgels?|gelcaps?|ounces?|"
    r"oz|ml|cc"
)
# "250 mg per 5 mL" says how strong a liquid is, not what is given.
_PER = r"(?!\s*/|\s+(?:per|in|in every)\s+(?:each\s+)?(?:deci|kg|kilo|liter|ml|\d|_|teaspoon))"
_TO = r"\s?(?:-|to|or|until)\s?"
_PART = (
    r"\b(?:half an?|a half(?: an?)?|half|three[ -]quarters(?: of)? an?|"
    r"(?:an? )?quarter(?: of)?(?: an?)?)"
)
STRENGTH = re.compile(
    rf"(?<![\d/.])(?<!\d,)(?P<low>{NUMBER}|{_PART})(?:/{NUMBER})*(?:[ -]?(?:{_MASS}))?"
    rf"(?:{_TO}(?P<high>{NUMBER}))?[ -]?(?P<unit>{_MASS})\b{_PER}",
    re.IGNORECASE,
)
_PERCENT = re.compile(rf"(?<![\d/.])(?P<low>{NUMBER})\s?%(?P<high>)", re.IGNORECASE)
_FRACTION = (
    r"(?:(?:a |one[ -])?half(?: of)?(?: (?:an?|your|the|one))?|(?:a |one[ -])?quarter(?: of)?"
    r"(?: (?:an?|your|the|one))?|three[ -]quarters(?: of an?)?|1/2|1/4|3/4)"
)
_TAKE = r"(?:take|takes|taking|use|using|have|give|try|inhale|apply|put|insert|place|chew|of)"
_COUNT = (
    rf"(?P<low>{NUMBER}(?:[ -]1/2| and (?:a|one)[ -]half)?|{_FRACTION}|"
    r"(?<=take )an?|(?<=takes )an?|(?<=taking )an?|"
    r"(?<=take just )an?|(?<=use )an?|(?<=put on )an?|(?<=put )an?|(?<=apply )an?|(?<=insert )an?|"
    r"one|a single|(?:a )?couple(?: of)?|an?(?= (?:full|whole)))"
)
_WHOLE = r"(?:full |whole |more |extra |single |other |of (?:the|those|these|your|them) |of )?"
_UP_TO_WORD = r"one|two|three|four|a whole|a full|a"
DOSE = re.compile(
    rf"(?<![\d/.])(?<!\bin )\b{_COUNT}(?:{_TO}(?P<high>{NUMBER}|{_UP_TO_WORD}))?(?:[ -]|"
    rf"(?<=\d)(?=ml))"
    rf"{_WHOLE}(?:{NUMBER}[ -]?(?:mg|mcg|g|units?)\s|(?:small|heaping|level|regular strength|"
    rf"extra strength|nasal|subcutaneous) )?(?P<unit>{_ITEM})\b",
    re.IGNORECASE,
)
_AND_A_HALF = re.compile(
    rf"\b(?P<low>a|an|one|{NUMBER}) (?P<unit>{_ITEM}) and (?:a|one) half\b(?P<high>)", re.IGNORECASE
)
# "take one daily", "2 at bedtime": so many of what the medicine comes in.
_BARE_COUNT = re.compile(
    rf"(?:\A\W*|\b{_TAKE} (?:up to |just |only |about )*|, (?:so )?(?:just )?|\b(?:and|then) )"
    rf"(?P<low>[1-9]|one|two|three|four|{_FRACTION})(?:{_TO}(?P<high>[1-9]|one|two|three|four))?"
    r"(?:,? (?:of (?:them|those|these)|more|each|pills? each))?(?P<unit>)"
    r"(?=,? (?:(?:by mouth|po|orally|sublingual|every|each|daily|nightly|twice|three times|once|at|"
    r"in the|before|after|with|today|tonight|now|as needed|prn|q|qd|qhs|bid|tid|qid|first thing|on "
    r"(?:day|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|for (?:the )?|a day|when|if|"
    r"per|tomorrow|this|right|\d times)\b)|[\s.,!?]*\Z)",
    re.IGNORECASE,
)
_NOT_A_COUNT = re.compile(
    r"\A(?:\d+|one|two|three|four)(?: (?:to|or) \w+)? (?:times|days|weeks|months|hours)", re.I
)
_WORD_COUNTS = {
    "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "a": 1.0, "an": 1.0, "a single": 1.0,
    "a whole": 1.0, "a full": 1.0, "five": 5.0, "six": 6.0, "first": 1.0, "next": 1.0,
    "following": 1.0, "coming": 1.0,
}  # fmt: skip
_SINGULAR = {
    "tab": "tablet", "tabs": "tablet", "cap": "capsule", "caps": "capsule", "patches": "patch",
    "gummies": "gummy", "suppositories": "suppository", "ml": "mL", "cc": "mL", "iu": "units",
    "unit": "units", "units": "units", "international units": "units", "gram": "g", "grams": "g",
    "ug": "mcg", "meq": "mEq", "milligram": "mg", "milligrams": "mg", "microgram": "mcg",
    "micrograms": "mcg", "tsp": "teaspoon", "tbsp": "tablespoon", "ounces": "oz",
    "ounce": "oz", "oz": "oz", "teaspoonful": "teaspoon", "teaspoonfuls": "teaspoon",
    "tablespoonful": "tablespoon", "tablespoonfuls": "tablespoon", "squirt": "spray",
    "squirts": "spray",
}  # fmt: skip
_MOST_AT_ONCE = 12.0
"""More than this many tablets are a supply ("90 tablets"), no dose."""
_MOST_OF_ONE = 3.0
"""So many may be said with a singular word ("three tablet"); more is the strength of one."""
ITEM = "dose"
"""The unit of what was counted without a word for it ("take two at bedtime")."""

_PERIODS = {"hour": "h", "day": "d", "night": "d", "week": "wk", "month": "mo", "year": "a"}
_WHILE = r"(?P<unit>hour|day|night|week|month|year)s?"
_HOW_LONG = rf"(?P<value>{NUMBER}|an?|one|two|three|four|five|six|couple(?: of)?)"
_DURATIONS = (
    re.compile(
        rf"\b(?:for|over|during|x|times(?= \d)) (?:the (?:next|following|first|entire|full|whole|"
        rf"rest of "
        rf"the)?|another |about |at least |up to |just |only |a total of |a full |an additional |"
        rf"like |first | )*{_HOW_LONG}(?: more| full| total| to \d+)?[ -]{_WHILE}\b"
        r"(?! ?-?old|s? now| ago|s? (?:a|per|each|every) )",
        re.IGNORECASE,
    ),
    re.compile(rf"x ?(?P<value>{NUMBER}) ?{_WHILE}\b", re.IGNORECASE),
    re.compile(
        rf"\b(?:for|over) the (?:whole |entire )?(?P<value>first|next|following|coming) {_WHILE}\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<value>{NUMBER}|one|two|three|four)[ -]{_WHILE}[ -](?:course|taper|treatment|burst|"
        r"supply of treatment)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:daily|day|hours?|hrs|night|bid|tid|qid|week|bedtime|morning),? (?P<value>{NUMBER}) "
        rf"{_WHILE}\b(?! (?:a|per|each|every|before|after|later|prior))",
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
    halves = [a._replace(low=a.low + 0.5) for a in _amounts(_AND_A_HALF, text)]
    found = halves or list(_amounts(DOSE, text))
    return sorted(
        (a for a in found if not _is_no_count(a, text)),
        key=lambda a: a.start,
    )


def _is_no_count(amount: Amount, text: str) -> bool:
    """A supply ("90 tablets"), or a strength ("the same 6.25 tablet", "the 10 capsule")."""
    if amount.unit in ("mL", "oz"):
        return False
    single = not text[amount.start : amount.end].lower().endswith("s") and amount.high is None
    odd = amount.low > _MOST_OF_ONE and (single or amount.low % 1 != 0)
    return amount.low > _MOST_AT_ONCE or (odd and amount.unit in ("tablet", "capsule", "pill"))


def counts_in(text: str) -> list[Amount]:
    """ "take one daily", "2 at bedtime": counts of what has no word, their unit is `ITEM`."""
    found = (
        m for m in _BARE_COUNT.finditer(text) if not _NOT_A_COUNT.match(text[m.start("low") :])
    )
    return [
        Amount(
            _number(m["low"]), _number(m["high"]) if m["high"] else None, ITEM, m.start("low"),
            m.end("high") if m["high"] else m.end("low"),
        )
        for m in found
    ]  # fmt: skip


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
    mixed = re.match(r"(\d+)(?:[ -]1/2| and (?:a|one)[ -]half)\Z", lower)
    if mixed:
        return float(mixed[1]) + 0.5
    if ("three" in lower and "quarter" in lower) or lower == "3/4":
        return 0.75
    if "quarter" in lower or lower == "1/4":
        return 0.25
    if "half" in lower or lower == "1/2":
        return 0.5
    if "couple" in lower:
        return 2.0
    return _WORD_COUNTS.get(lower) or float(lower.replace(",", ""))
