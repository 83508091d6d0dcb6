"""Dialogues fed turn by turn -> how early live roles are right, and how often they change."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from medscribe.dialogue.live_roles import LiveRoles
from medscribe.dialogue.roles import RoleModel, assign_roles
from medscribe.domain.transcript import Role, Speaker, Utterance
from medscribe.evaluation.role_outcomes import Outcome, anonymous, outcome_of

EARLY = (5, 10)


@dataclass(frozen=True)
class _Course:
    """What became of one visit. `early`: outcome after so many turns, of visits that have them."""

    early: dict[int, Outcome]
    changes: int
    as_offline: bool


def evaluate_live_roles(
    dialogues: Sequence[Sequence[Utterance]], model: RoleModel
) -> dict[str, Any]:
    """{first_5_turns, first_10_turns, changes_after_first_decision, live_ends_as_offline}.

    `first_N_turns`: of the dialogues with at least N turns, {dialogues, right, wrong: shares},
    judged against all that is known of them. A change is a voice whose role becomes another after
    it was decided: {dialogues, more_than_once} with any and with more than one such moment.
    `live_ends_as_offline`: share of dialogues whose last roles are those of the whole visit.
    """
    courses = [course for each in dialogues if (course := _course(each, model))]
    return {
        **{f"first_{turns}_turns": _shares(courses, turns) for turns in EARLY},
        "changes_after_first_decision": {
            "dialogues": sum(course.changes > 0 for course in courses),
            "more_than_once": sum(course.changes > 1 for course in courses),
        },
        "live_ends_as_offline": sum(course.as_offline for course in courses) / max(1, len(courses)),
    }


def _course(utterances: Sequence[Utterance], model: RoleModel) -> _Course:
    live = LiveRoles(model)
    turns = anonymous(utterances)
    early: dict[int, Outcome] = {}
    roles: dict[str, Role] = {}
    changes = 0
    for heard in range(1, len(turns) + 1):
        _, speakers = live.assign(turns[:heard])
        changed = any(roles.get(each.label, each.role) is not each.role for each in speakers)
        changes += changed
        roles |= {
            each.label: each.role
            for each in speakers
            if each.label in roles or each.role is not Role.UNKNOWN
        }
        if heard in EARLY:
            early[heard] = _early_outcome(utterances, speakers)
    _, offline = assign_roles(turns, model)
    return _Course(early, changes, [s.role for s in speakers] == [s.role for s in offline])


def _early_outcome(utterances: Sequence[Utterance], speakers: Sequence[Speaker]) -> Outcome:
    """Voices that have not spoken yet are undecided."""
    names = list(dict.fromkeys(utterance.speaker for utterance in utterances))
    decided = {name: Speaker(label=name, role=Role.UNKNOWN) for name in names}
    decided |= dict(zip(names, speakers, strict=False))
    return outcome_of(utterances, decided) or Outcome.UNDECIDED


def _shares(courses: Sequence[_Course], turns: int) -> dict[str, float]:
    outcomes = [course.early[turns] for course in courses if turns in course.early]
    shares = {
        outcome.value: outcomes.count(outcome) / max(1, len(outcomes))
        for outcome in (Outcome.RIGHT, Outcome.WRONG)
    }
    return {"dialogues": len(outcomes), **shares}
