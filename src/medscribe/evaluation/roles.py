"""Dialogues with known roles -> how often anonymous speakers get the right one."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from medscribe.dialogue.roles import RoleModel, assign_roles
from medscribe.domain.transcript import Role, Speaker, Utterance
from medscribe.errors import InputError
from medscribe.evaluation.corpora import CorpusVisit, read_every_split, read_split
from medscribe.evaluation.live_roles import evaluate_live_roles
from medscribe.evaluation.role_outcomes import (
    JUDGED,
    Outcome,
    anonymous,
    main_speaker,
    outcome_of,
)


@dataclass(frozen=True)
class _Judged:
    visit: CorpusVisit
    outcome: Outcome
    decided: dict[str, Speaker]


def evaluate_roles(data_dir: Path, model: RoleModel, split: str | None) -> dict[str, Any]:
    """{encounters, right, wrong, undecided, turn_accuracy} and what the tags are worth.

    Without `split` every csv of dialogues is read. An encounter is wrong where its clinician or its
    patient (of several the one who says most) gets another role, undecided where one of them gets
    none. `turn_accuracy`: share of the clinicians' and patients' turns whose own score is on their
    side. All other keys hold names of encounters, or see `_companions` and `evaluate_live_roles`
    (which leaves out encounters that are known for exchanged tags):

    - `not_right`: wrong or undecided;
    - `swapped_tags`: their words contradict their tags, as MedScribe tells of any transcript;
    - `wrong_but_tags_swapped`, `undecided_but_tags_swapped`: known for exchanged tags from a list
      beside the data (`*swapped*.tsv`, the name first in each row);
    - `patients_who_speak_for_another`: tagged patient, called companion, and counted as right:
      corpora of two tags tag a mother who speaks for a small child so.

    Raises `InputError` where no role is known.
    """
    visits = read_split(data_dir, split) if split else read_every_split(data_dir)
    judged = [found for visit in visits if (found := _judged(visit, model))]
    if not judged:
        raise InputError("No dialogue names its clinician or its patient: check the data folder.")
    outcomes = Counter(each.outcome for each in judged)
    known = _known_as_swapped(data_dir)
    wrong, undecided = (
        [each.visit.name for each in judged if each.outcome is outcome]
        for outcome in (Outcome.WRONG, Outcome.UNDECIDED)
    )
    return {
        "encounters": len(judged),
        **{outcome.value: outcomes[outcome] for outcome in Outcome},
        "turn_accuracy": _turn_accuracy([turn for v in visits for turn in v.utterances], model),
        "not_right": wrong + undecided,
        "swapped_tags": [v.name for v in visits if _contradicted(v.utterances, model)],
        "wrong_but_tags_swapped": [name for name in wrong if name in known],
        "undecided_but_tags_swapped": [name for name in undecided if name in known],
        "patients_who_speak_for_another": _speaking_for_another(judged),
        "companions": _companions(judged),
        **evaluate_live_roles(
            [each.visit.utterances for each in judged if each.visit.name not in known], model
        ),
    }


def _judged(visit: CorpusVisit, model: RoleModel) -> _Judged | None:
    decided = decided_from_words(visit.utterances, model)
    outcome = outcome_of(visit.utterances, decided)
    return _Judged(visit, outcome, decided) if outcome else None


def decided_from_words(utterances: Sequence[Utterance], model: RoleModel) -> dict[str, Speaker]:
    """What becomes of each label of the corpus, from words alone."""
    _, speakers = assign_roles(anonymous(utterances), model)
    names = dict.fromkeys(utterance.speaker for utterance in utterances)
    return dict(zip(names, speakers, strict=True))


def _contradicted(utterances: Sequence[Utterance], model: RoleModel) -> bool:
    return any(speaker.contradicted for speaker in assign_roles(utterances, model)[1])


def _known_as_swapped(data_dir: Path) -> frozenset[str]:
    rows = [
        row
        for path in sorted(data_dir.glob("*swapped*.tsv"))
        for row in path.read_text("utf-8").splitlines()[1:]
    ]
    return frozenset(row.split("\t")[0] for row in rows if row)


def _speaking_for_another(judged: Iterable[_Judged]) -> list[str]:
    return [
        each.visit.name
        for each in judged
        if (label := main_speaker(each.visit.utterances, Role.PATIENT)) is not None
        and each.decided[label].role is Role.COMPANION
    ]


def _companions(judged: Iterable[_Judged]) -> dict[str, int]:
    """Voices that the corpus tags as companions, and what they were called.

    `mentions`: how many there are; `right`: companion; `wrong`: clinician or patient; the rest
    unknown. `with_relation`: right, and said to be mother, wife ...
    """
    found: list[Speaker] = []
    for each in judged:
        labels = {u.speaker for u in each.visit.utterances if u.role is Role.COMPANION}
        found += [each.decided[label] for label in sorted(labels)]
    right = [speaker for speaker in found if speaker.role is Role.COMPANION]
    return {
        "mentions": len(found),
        "right": len(right),
        "wrong": sum(speaker.role in JUDGED for speaker in found),
        "with_relation": sum(speaker.relation is not None for speaker in right),
    }


def _turn_accuracy(utterances: Sequence[Utterance], model: RoleModel) -> float:
    turns = [utterance for utterance in utterances if utterance.role in JUDGED]
    scores = model.turn_scores([turn.text for turn in turns])
    right = [
        (score > 0) == (turn.role is Role.CLINICIAN)
        for score, turn in zip(scores, turns, strict=True)
    ]
    return sum(right) / len(right)
