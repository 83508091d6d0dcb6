"""A unit -> whether it has to be in the note however little the model thinks of it.

Follow-up intervals, what to come back for, amounts prescribed, starts, stops and changes of a
medicine, doses, and allergies: what harms somebody if a note leaves it out. The wordings are in
`tables/must_keep.toml`.
"""

import re

from medscribe.clinical.drugs import find_drugs
from medscribe.domain.transcript import Role
from medscribe.note.reading.small_talk import is_demographic
from medscribe.note.reading.speakers import gives_history
from medscribe.note.reading.units import Unit
from medscribe.note.rules import load_pattern

_DOSE = re.compile(
    r"\b\d[\d.,]* ?(?:mg|mcg|micrograms?|milligrams?|grams?|g|units?|ml|puffs?)\b", re.I
)
_TAKES = re.compile(
    r"\b(?:take|takes|taking|gave|given|give|giving|on|use|using|prescribed|called|started|stopped)\b",
    re.I,
)
_PLAN = "assessment_and_plan"


def must_keep(unit: Unit) -> str | None:
    """The division a unit has to stand in; "" if only that it must stand; None if neither.

    "come back in 4 weeks" of the clinician -> "assessment_and_plan".
    """
    if not unit.text or is_demographic(unit.text):
        return None
    if _states_allergy(unit.text):
        return "subjective"
    told_to_clinician = gives_history(unit.role)
    if not told_to_clinician and not unit.fused and _is_instruction(unit.text):
        return _PLAN
    if not find_drugs(unit.text):
        return None
    taken = unit.fused or unit.role is not Role.UNKNOWN
    told = taken and (_DOSE.search(unit.text) or (told_to_clinician and _TAKES.search(unit.text)))
    return "" if told else None


def _states_allergy(text: str) -> bool:
    return bool(load_pattern("must_keep", "allergy").search(text))


def _is_instruction(text: str) -> bool:
    # Before what is told of the past: "if what you had comes back, call me".
    if load_pattern("must_keep", "safety_net").search(text):
        return True
    if load_pattern("must_keep", "not_now").search(text):
        return False
    if load_pattern("must_keep", "follow_up").search(text):
        return True
    if load_pattern("must_keep", "quantity").search(text):
        return True
    if not load_pattern("must_keep", "instruction").search(text):
        return False
    named = load_pattern("must_keep", "medicine").search(text) or _DOSE.search(text)
    return bool(named or find_drugs(text))
