"""Dialogues with known roles -> how often anonymous speakers get the right one."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from medscribe.dialogue.roles import RoleModel, assign_roles
from medscribe.domain.transcript import Role, Utterance
from medscribe.errors import InputError
from medscribe.evaluation.corpora import read_visits

JUDGED = (Role.CLINICIAN, Role.PATIENT)


class Outcome(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    UNDECIDED = "undecided"


def evaluate_roles(data_dir: Path, model: RoleModel, split: str | None) -> dict[str, Any]:
    """{encounters, right, wrong, undecided, turn_accuracy}.

    Speakers are called S1, S2 ... by first appearance before the decision. An encounter is wrong
    where its clinician or its patient (of several the one who says most) gets another role,
    undecided where one of them gets none. `turn_accuracy`: share of the clinicians' and patients'
    turns whose own score is on their side. Raises `InputError` where no role is known.
    """
    visits = [visit.utterances for visit in read_visits(data_dir, split)]
    outcomes = [outcome for turns in visits if (outcome := judge_roles(turns, model))]
    if not outcomes:
        raise InputError("No dialogue names its clinician or its patient: check the data folder.")
    return {
        "encounters": len(outcomes),
        **{outcome.value: outcomes.count(outcome) for outcome in Outcome},
        "turn_accuracy": _turn_accuracy([turn for turns in visits for turn in turns], model),
    }


def judge_roles(utterances: Sequence[Utterance], model: RoleModel) -> Outcome | None:
    """What comes of deciding this dialogue from words alone; None where no role is known."""
    names = list(dict.fromkeys(utterance.speaker for utterance in utterances))
    anonymous = [
        utterance.model_copy(
            update={
                "speaker": f"S{names.index(utterance.speaker) + 1}",
                "role": Role.UNKNOWN,
            }
        )
        for utterance in utterances
    ]
    _, speakers = assign_roles(anonymous, model)
    decided = {name: speaker.role for name, speaker in zip(names, speakers, strict=True)}
    pairs = [(role, decided[name]) for role in JUDGED if (name := _main_speaker(utterances, role))]
    if not pairs:
        return None
    if any(given not in (role, Role.UNKNOWN) for role, given in pairs):
        return Outcome.WRONG
    return Outcome.RIGHT if all(role is given for role, given in pairs) else Outcome.UNDECIDED


def _main_speaker(utterances: Sequence[Utterance], role: Role) -> str | None:
    """The label that says most in that role."""
    words: dict[str, int] = {}
    for utterance in utterances:
        if utterance.role is role:
            said = len(utterance.text.split())
            words[utterance.speaker] = words.get(utterance.speaker, 0) + said
    return max(words, key=lambda label: words[label], default=None)


def _turn_accuracy(utterances: Sequence[Utterance], model: RoleModel) -> float:
    turns = [utterance for utterance in utterances if utterance.role in JUDGED]
    scores = model.turn_scores([turn.text for turn in turns])
    right = [
        (score > 0) == (turn.role is Role.CLINICIAN)
        for score, turn in zip(scores, turns, strict=True)
    ]
    return sum(right) / len(right)
