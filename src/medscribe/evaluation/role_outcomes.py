"""Roles that were decided and the known ones -> right, wrong or undecided."""

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum

from medscribe.domain.transcript import Role, Speaker, Utterance

JUDGED = (Role.CLINICIAN, Role.PATIENT)


class Outcome(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    UNDECIDED = "undecided"


def outcome_of(utterances: Sequence[Utterance], decided: Mapping[str, Speaker]) -> Outcome | None:
    """Whether `decided` (by label) are the roles in the utterances; None where none is known.

    A voice tagged patient may be a companion, see `evaluate_roles`.
    """
    pairs = [
        (role, decided[label].role)
        for role in JUDGED
        if (label := main_speaker(utterances, role)) is not None
    ]
    if not pairs:
        return None
    if all(given in _fitting(role) for role, given in pairs):
        return Outcome.RIGHT
    missing = all(given in (*_fitting(role), Role.UNKNOWN) for role, given in pairs)
    return Outcome.UNDECIDED if missing else Outcome.WRONG


def anonymous(utterances: Sequence[Utterance]) -> list[Utterance]:
    """The same without roles, relations and telling labels: S1, S2 ... by first appearance."""
    names = list(dict.fromkeys(utterance.speaker for utterance in utterances))
    labels = {name: f"S{number}" for number, name in enumerate(names, start=1)}
    return [
        each.model_copy(
            update={"speaker": labels[each.speaker], "role": Role.UNKNOWN, "relation": None}
        )
        for each in utterances
    ]


def main_speaker(utterances: Sequence[Utterance], role: Role) -> str | None:
    """The label that says most in that role."""
    words: Counter[str] = Counter()
    for utterance in utterances:
        if utterance.role is role:
            words[utterance.speaker] += len(utterance.text.split())
    return max(words, key=lambda label: words[label], default=None)


def _fitting(role: Role) -> tuple[Role, ...]:
    return (Role.PATIENT, Role.COMPANION) if role is Role.PATIENT else (role,)
