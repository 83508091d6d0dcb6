"""Statements of a composed note -> the smallest part of a visit that each is about.

"Order an MRI." -> tests, "Advised to rest." -> advice; patterns: `tables/statement_parts.toml`.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from medscribe.clinical.drugs import find_drugs
from medscribe.domain.note import Section, Statement
from medscribe.note.reading.agreement import is_known_verb
from medscribe.note.reading.remembering import Memory
from medscribe.note.rules import load_pattern
from medscribe.note.template import Part

_TABLE = "statement_parts"
_BY_SECTION: Mapping[str, Part] = MappingProxyType(
    {
        "chief_complaint": Part.COMPLAINT,
        "allergies": Part.ALLERGIES,
        "medications": Part.MEDICATIONS,
        "family_history": Part.FAMILY_HISTORY,
        "social_history": Part.SOCIAL_HISTORY,
        "review_of_systems": Part.REVIEW_OF_SYSTEMS,
        "results": Part.RESULTS,
    }
)


def parts_of(
    sections: Sequence[Section], memory: Memory | None = None
) -> list[tuple[Statement, Part]]:
    """Each statement of a note in the outline `soap` with the part it is about, in order."""
    memory = memory or Memory()
    complaints = {
        statement.text.casefold()
        for section in sections
        if section.key == "chief_complaint"
        for statement in section.statements
    }
    return [
        (statement, _part(section.key, statement, complaints, memory))
        for section in sections
        for statement in section.statements
    ]


def _part(key: str, statement: Statement, complaints: set[str], memory: Memory) -> Part:
    if key == "history_of_present_illness":
        return memory.of(_history_part, statement.text)
    if key == "physical_exam":
        return Part.VITALS if statement.text.startswith("Vitals:") else Part.FINDINGS
    if key != "assessment_and_plan":
        return _BY_SECTION[key]
    if statement.problem == statement.id:
        repeated = statement.text.casefold() in complaints
        return Part.PRESENTING_PROBLEM if repeated else Part.DIAGNOSES
    return memory.of(plan_part, statement.text)


def _history_part(text: str) -> Part:
    if _found("past_history", text) and not _found("opening", text):
        return Part.PAST_HISTORY
    return Part.MEDICATIONS if _found("taken", text) and find_drugs(text) else Part.HISTORY


def plan_part(text: str) -> Part:
    """Which smallest part of assessment and plan a statement belongs to.

    A statement that does two things goes by the one that comes first here: "Take ibuprofen and
    follow up in two weeks." -> prescriptions.
    """
    if _found("work", text):
        return Part.WORK
    if _found("referrals", text):
        return Part.REFERRALS
    if _found("comes_back", text):
        return Part.FOLLOW_UP
    if _found("taken_before", text) and find_drugs(text):
        return Part.MEDICATIONS
    if _found("dose", text) and find_drugs(text):
        return Part.PRESCRIPTIONS
    if _found("prescriptions", text) and (find_drugs(text) or _found("medicine", text)):
        return Part.PRESCRIPTIONS
    for part in (Part.TESTS, Part.FOLLOW_UP, Part.ADVICE):
        if _found(part.value, text):
            return part
    request = is_known_verb(text.split(maxsplit=1)[0].lower()) if text.strip() else False
    return Part.MEASURES if request or _found("acts", text) else Part.IMPRESSIONS


def _found(name: str, text: str) -> bool:
    return bool(load_pattern(_TABLE, name).search(text))
