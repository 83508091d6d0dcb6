"""The beginning of the talk -> why the patient came, in a few words.

The ways in which a reason is announced are data: `tables/complaint.toml`.
"""

import re
from collections.abc import Iterator, Sequence

from medscribe.note.composing.sided import is_sided_part
from medscribe.note.reading.casing import decapitalised
from medscribe.note.reading.questions import Polarity
from medscribe.note.reading.small_talk import content_words, is_demographic, is_small_talk
from medscribe.note.reading.speakers import gives_history
from medscribe.note.reading.symptom_polarity import Told, symptoms_told
from medscribe.note.reading.systems import symptoms_in
from medscribe.note.reading.third_person import first_or_second_person
from medscribe.note.reading.units import Unit
from medscribe.note.rules import load_pattern

_AILMENT = re.compile(
    r"\b(?:pain|ache|injury|swelling|rash|lump|sore|trouble|difficulty|problems?)\b"
)
_OPEN_END = re.compile(
    r"(?: (?:in|on|of|at|to|and|on and off|as|a|the|with|like|getting|especially))+\Z"
)
# "back" alone is a word of everyday talk, "pain in the back" is not.
_PLACED = re.compile(r"\w{3,} \w{3,}|\b(?:in|of|on) (?:the )?\w{4,}", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:no|not|any|never|without|none|denies|deny)\b")
_HURT = re.compile(r"\b(?:hurt|injured|happened to)\b", re.IGNORECASE)
# Who came along is no reason to come.
_PERSON = re.compile(
    r"\b(?:daughter|son|child|baby|mother|father|mom|dad|wife|husband|\d+[- ](?:year|month)[- ]old)"
    r"(?!'s)\b",
    re.IGNORECASE,
)
_EARLY_UNITS = 40
_LONGEST_WORDS = 8


def chief_complaint(units: Sequence[Unit]) -> tuple[str, Unit] | None:
    """The complaint and the unit it was found in; None where none is recognised early on.

    "i understand you're here for left shoulder pain" -> "left shoulder pain".
    """
    early = [unit for unit in units[:_EARLY_UNITS] if unit.once(_may_tell)]
    early = _patient_before_companions(early)
    clinician = [unit for unit in early if not gives_history(unit.role)]
    for search, among in (("announced", early), ("told", clinician), ("told", early)):
        for unit in among:
            reason = unit.once(_reason, search)
            if reason:
                return reason, unit
    told: dict[str, Unit] = {}
    for unit in early:
        for name in unit.once(_affirmed):
            told.setdefault(name, unit)
    if not told:
        return None
    talked = " ".join(unit.text.lower() for unit in units)
    # What the visit is about is spoken of again and again; of equals the first one counts.
    return max(told.items(), key=lambda item: talked.count(item[0]), default=None)


def _may_tell(unit: Unit) -> bool:
    return bool(unit.text) and not is_demographic(unit.text)


def _symptoms(unit: Unit) -> list[Told]:
    return symptoms_told(unit.text)


def _affirmed(unit: Unit) -> list[str]:
    """The patient's symptoms that a unit affirms."""
    ones = unit.tells_symptoms or not unit.reporter
    if unit.polarity is Polarity.NO or is_small_talk(unit.text) or not ones:
        return []
    return [told.symptom for told in unit.once(_symptoms) if not told.denied]


def _patient_before_companions(units: Sequence[Unit]) -> list[Unit]:
    """Units without what companions tell after the patient has named a symptom."""
    told = (
        unit.at
        for unit in units
        if gives_history(unit.role) and not unit.reporter and unit.once(_symptoms)
    )
    since = next(told, None)
    return [unit for unit in units if not unit.reporter or since is None or unit.at < since]


def _reason(unit: Unit, search: str) -> str | None:
    return next(_reasons(unit.text, search), None)


def _reasons(text: str, search: str) -> Iterator[str]:
    """Reasons that `text` gives; what is only told ("i have ...") must name a symptom."""
    for match in load_pattern("complaint", search).finditer(text):
        cut = load_pattern("complaint", "cut").split(match["reason"])[0]
        cut = _OPEN_END.sub("", load_pattern("complaint", "lead").sub("", cut).strip(" ,"))
        reason = re.sub(r"\b(?:my|your|his|her) (?=\w)", "", decapitalised(cut))
        if _HURT.search(match.group()) and is_sided_part(reason):
            reason = f"{reason} injury"
        short = 1 <= len(reason.split()) <= _LONGEST_WORDS
        unfit = first_or_second_person(reason) or _DENIED.search(reason)
        if not short or unfit or _PERSON.search(reason):
            continue
        announced = search == "announced" and len(content_words(reason)) >= 2
        ailment = _AILMENT.search(reason) and _PLACED.search(reason)
        if announced or ailment or symptoms_in(reason):
            yield reason
