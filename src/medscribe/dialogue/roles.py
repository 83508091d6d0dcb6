"""Utterances with anonymous speakers -> the same with roles, from what each speaker says.

A linear model gives every turn its log-odds "clinician against patient"; a speaker is judged by
all of its turns together. Companions are told by who is spoken of, see `companions.py`.
`models/roles.card.md` says what the model was trained on and how well all this does.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from itertools import pairwise
from pathlib import Path

from medscribe.dialogue.clinician_and_patient import (
    LEAST_DIFFERENCE,
    LEAST_OF_A_COLLEAGUE,
    MOST_OF_A_LAYMAN,
    Voice,
    infer_roles,
)
from medscribe.dialogue.companion_signs import TurnSigns, read_signs
from medscribe.dialogue.companions import Turn, find_companions, relation_said, speaks_of_itself
from medscribe.dialogue.corrections import with_roles
from medscribe.dialogue.exchanged_tags import tags_exchanged
from medscribe.domain.transcript import Relation, Role, RoleBasis, Speaker, Utterance

_PLACEHOLDER = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")


def turn_terms(text: str) -> set[str]:
    """Words and pairs of neighbouring words of a turn, lower case, without placeholders.

    "Any allergies, <NAME_1>?" -> {"any", "allergies", "any allergies"}. Punctuation does not
    count: raw speech recognition has none.
    """
    lowered = text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    terms: set[str] = set()
    for piece in _PLACEHOLDER.split(lowered):
        words = _WORD.findall(piece)
        terms.update(words)
        terms.update(f"{first} {second}" for first, second in pairwise(words))
    return terms


@dataclass(frozen=True)
class RoleModel:
    """Logistic regression over the known terms of a turn: intercept + sum of weights / sqrt(count).

    `weights`: log-odds per term, positive speaks for a clinician.
    """

    weights: Mapping[str, float]
    intercept: float

    def turn_scores(self, texts: Sequence[str]) -> list[float]:
        """Log-odds clinician against patient of each turn; 0.0 where it has no known word."""
        return [self._score(text) for text in texts]

    def _score(self, text: str) -> float:
        known = [self.weights[term] for term in turn_terms(text) if term in self.weights]
        if not known:
            return 0.0
        return self.intercept + math.fsum(known) / math.sqrt(len(known))


@cache
def load_role_model() -> RoleModel:
    """The model that ships with MedScribe."""
    with as_file(files("medscribe.dialogue") / "models" / "roles.json") as path:
        return read_role_model(path)


def read_role_model(path: Path) -> RoleModel:
    """A model as `medscribe.training.roles` writes it."""
    content = json.loads(path.read_text("utf-8"))
    weights = {term: value / 100 for term, value in content["weights_in_hundredths"].items()}
    return RoleModel(weights=weights, intercept=content["intercept"])


@dataclass(frozen=True)
class Reading:
    """What a turn's words tell: their log-odds (0.0: no known word) and the signs in them."""

    score: float
    signs: TurnSigns


def read_turn(text: str, model: RoleModel) -> Reading:
    """Reads one turn; the same whatever stands around it."""
    return Reading(score=model.turn_scores([text])[0], signs=read_signs(text))


def assign_roles(
    utterances: Sequence[Utterance], model: RoleModel
) -> tuple[list[Utterance], list[Speaker]]:
    """The utterances with roles, and the speakers in order of first appearance.

    A role that is given already stays (basis TAGS; the other turns of that speaker get it too),
    and is marked as contradicted where the clinician speaks like the patient or the companion and
    the other way round. Clinician and patient among the others are told by how they sound
    (`infer_roles`); who then speaks for the patient is a companion (`find_companions`); who sounds
    like another clinician, the less so where it says to be one, is one; the rest stay UNKNOWN.
    """
    return decide_roles(utterances, [read_turn(each.text, model) for each in utterances])


def decide_roles(
    utterances: Sequence[Utterance], readings: Sequence[Reading]
) -> tuple[list[Utterance], list[Speaker]]:
    """`assign_roles` of turns that are read already: one reading for each utterance."""
    given = _given_roles(utterances)
    voices = _voices(utterances, readings)
    roles = {**infer_roles(voices, given), **given}
    turns = [
        Turn(each.speaker, reading.signs)
        for each, reading in zip(utterances, readings, strict=True)
    ]
    relations = _place_companions(turns, voices, roles, given)
    relations |= {each.speaker: each.relation for each in utterances if each.relation}
    contradicted = tags_exchanged(
        _scores_of([Role.CLINICIAN], given, voices),
        _scores_of([Role.PATIENT, Role.COMPANION], given, voices),
    )
    speakers = [
        Speaker(
            label=label,
            role=roles[label],
            relation=relations.get(label) if roles[label] is Role.COMPANION else None,
            margin=voice.margin,
            basis=RoleBasis.TAGS if label in given else RoleBasis.WORDS,
            contradicted=contradicted and label in given,
        )
        for label, voice in voices.items()
    ]
    return with_roles(utterances, speakers), speakers


def _voices(utterances: Sequence[Utterance], readings: Sequence[Reading]) -> dict[str, Voice]:
    said: dict[str, list[tuple[str, Reading]]] = {}
    for utterance, reading in zip(utterances, readings, strict=True):
        said.setdefault(utterance.speaker, []).append((utterance.text, reading))
    return {
        label: Voice(
            scores=tuple(reading.score for _, reading in turns if reading.score != 0.0),
            words=sum(len(text.split()) for text, _ in turns),
            signs=tuple(reading.signs for _, reading in turns),
        )
        for label, turns in said.items()
    }


def _given_roles(utterances: Sequence[Utterance]) -> dict[str, Role]:
    """Per speaker the role that most of its turns were given; no entry where none was."""
    counts: dict[str, Counter[Role]] = {}
    for utterance in utterances:
        if utterance.role is not Role.UNKNOWN:
            counts.setdefault(utterance.speaker, Counter())[utterance.role] += 1
    return {label: roles.most_common(1)[0][0] for label, roles in counts.items()}


def _scores_of(
    roles: Collection[Role], given: Mapping[str, Role], voices: Mapping[str, Voice]
) -> list[float]:
    """Of the voices that were given one of these roles."""
    return [score for label in given if given[label] in roles for score in voices[label].scores]


def _place_companions(
    turns: Sequence[Turn],
    voices: Mapping[str, Voice],
    roles: dict[str, Role],
    given: Mapping[str, Role],
) -> dict[str, Relation | None]:
    """Enters companions, further clinicians and a patient who says little into `roles`.

    Returns the companions' relations. The patient may say less than the relatives, as a child does:
    once they are companions, the one voice that is left and speaks of itself is the patient.
    """
    clinicians = [label for label, role in roles.items() if role is Role.CLINICIAN]
    relations = {
        label: relation_said(turns, label, clinicians)
        for label, role in given.items()
        if role is Role.COMPANION
    }
    if not clinicians:
        return relations
    most = max(voices[label].score for label in clinicians)
    candidates = [
        label
        for label, voice in voices.items()
        if label not in given and roles[label] is not Role.CLINICIAN
    ]
    for label in candidates:
        if roles[label] is Role.UNKNOWN and _is_colleague(voices[label], roles.values()):
            roles[label] = Role.CLINICIAN
    candidates = [each for each in candidates if most - voices[each].score >= LEAST_DIFFERENCE]
    clinical = [label for label in candidates if voices[label].score > MOST_OF_A_LAYMAN]
    found = find_companions(turns, candidates, clinicians, clinical)
    roles |= dict.fromkeys(found, Role.COMPANION)
    left = [
        label
        for label in candidates
        if roles[label] is Role.UNKNOWN and speaks_of_itself(voices[label].signs)
    ]
    if Role.PATIENT not in roles.values() and len(left) == 1:
        roles[left[0]] = Role.PATIENT
    return relations | found


def _is_colleague(voice: Voice, roles: Collection[Role]) -> bool:
    """Whether a voice beside a clinician treats, too: it says so, or presents "the patient", or,
    beside a patient, sounds it more than once."""
    if any(sign.treats for sign in voice.signs):
        return voice.score > 0
    if any(sign.says_patient for sign in voice.signs):
        return voice.score > MOST_OF_A_LAYMAN
    sounds = voice.score >= LEAST_OF_A_COLLEAGUE and len(voice.scores) > 1
    return sounds and Role.PATIENT in roles
