"""The end of the talk -> whether the patient accepted the plan, in the patient's own words."""

from collections.abc import Sequence

from medscribe.domain.transcript import Role
from medscribe.note.passages import Passage
from medscribe.note.rules import load_pattern

ACCEPTED = "The patient agrees with the recommended medical treatment plan."
# Before this part of the talk "sounds good" accepts the examination, not the plan.
_FROM_POSITION = 0.6


def plan_acceptance(passages: Sequence[Passage]) -> list[Passage]:
    """Sentences in which the patient accepts what was proposed ("sounds good"), at most two, the
    last first; empty where nobody says so."""
    accepting = [
        passage
        for passage in passages
        if passage.position >= _FROM_POSITION
        and passage.role in (Role.PATIENT, Role.COMPANION)
        and load_pattern("acceptance", "accepts").match(passage.said)
    ]
    return accepting[:-3:-1]
