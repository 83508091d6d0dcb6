"""What a statement of a note can be about: parts of a note, and the groups they form."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Part(StrEnum):
    """A part of a visit that a section may hold. The first four are the divisions of every note;
    `ASSESSMENT` and `PLAN` are halves of the last, `PROBLEMS` a part of the assessment; the others
    are the smallest parts. A problem is `DIAGNOSES` where the clinician named it, and
    `PRESENTING_PROBLEM` where it only repeats why the patient came."""

    SUBJECTIVE = "subjective"
    EXAM = "exam"
    RESULTS = "results"
    ASSESSMENT_AND_PLAN = "assessment_and_plan"
    ASSESSMENT = "assessment"
    PLAN = "plan"
    COMPLAINT = "complaint"
    HISTORY = "history"
    PAST_HISTORY = "past_history"
    ALLERGIES = "allergies"
    MEDICATIONS = "medications"
    FAMILY_HISTORY = "family_history"
    SOCIAL_HISTORY = "social_history"
    REVIEW_OF_SYSTEMS = "review_of_systems"
    VITALS = "vitals"
    FINDINGS = "findings"
    PROBLEMS = "problems"
    DIAGNOSES = "diagnoses"
    PRESENTING_PROBLEM = "presenting_problem"
    IMPRESSIONS = "impressions"
    PRESCRIPTIONS = "prescriptions"
    TESTS = "tests"
    REFERRALS = "referrals"
    FOLLOW_UP = "follow_up"
    WORK = "work"
    ADVICE = "advice"
    MEASURES = "measures"


_SUBJECTIVE = (
    Part.COMPLAINT,
    Part.HISTORY,
    Part.PAST_HISTORY,
    Part.ALLERGIES,
    Part.MEDICATIONS,
    Part.FAMILY_HISTORY,
    Part.SOCIAL_HISTORY,
    Part.REVIEW_OF_SYSTEMS,
)
_EXAM = (Part.VITALS, Part.FINDINGS)
_PROBLEMS = (Part.DIAGNOSES, Part.PRESENTING_PROBLEM)
_ASSESSMENT = (*_PROBLEMS, Part.IMPRESSIONS)
_PLAN = (
    Part.PRESCRIPTIONS,
    Part.TESTS,
    Part.REFERRALS,
    Part.FOLLOW_UP,
    Part.WORK,
    Part.ADVICE,
    Part.MEASURES,
)
GROUPS: Mapping[Part, tuple[Part, ...]] = MappingProxyType(
    {
        Part.SUBJECTIVE: _SUBJECTIVE,
        Part.EXAM: _EXAM,
        Part.PROBLEMS: _PROBLEMS,
        Part.ASSESSMENT: _ASSESSMENT,
        Part.PLAN: _PLAN,
        Part.ASSESSMENT_AND_PLAN: _ASSESSMENT + _PLAN,
    }
)
"""Groups of parts; what is in none of them is a smallest part."""

DIVISIONS = (Part.SUBJECTIVE, Part.EXAM, Part.RESULTS, Part.ASSESSMENT_AND_PLAN)


def smallest(part: Part) -> tuple[Part, ...]:
    """The smallest parts that `part` is made of; itself where it is one."""
    return GROUPS.get(part, (part,))


def division_of(part: Part) -> Part:
    """The division that `part` belongs to: `FOLLOW_UP` to `ASSESSMENT_AND_PLAN`."""
    lowest = smallest(part)[0]
    return next(division for division in DIVISIONS if lowest in smallest(division))


def smallest_parts() -> tuple[Part, ...]:
    """All smallest parts, in the order of a note."""
    return tuple(part for division in DIVISIONS for part in smallest(division))
