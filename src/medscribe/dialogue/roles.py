"""Utterances with anonymous speakers -> the same with roles, from what each speaker says.

A linear model gives every turn its log-odds "clinician against patient"; a speaker is judged by
all of its turns together. `models/roles.card.md` says what it was trained on and how well it does.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from itertools import pairwise
from pathlib import Path

from medscribe.domain.transcript import Role, Speaker, Utterance

LEAST_DIFFERENCE = 1.0
"""Log-odds between two speakers below which neither gets a role. At 1.0 excerpts of five turns of
MTS-Dialog validation and ACI-Bench valid were never decided wrongly, 2 in 100 were left open."""

LEAST_MARGIN = 1.0
"""Log-odds that a speaker who is heard alone must reach, on either side, to get a role."""

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

    def speaker_score(self, texts: Iterable[str]) -> float:
        """Mean log-odds over the turns that have known words; 0.0 where none has."""
        scores = [score for text in texts if (score := self._score(text)) != 0.0]
        return math.fsum(scores) / len(scores) if scores else 0.0

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


def assign_roles(
    utterances: Sequence[Utterance], model: RoleModel
) -> tuple[list[Utterance], list[Speaker]]:
    """The utterances with roles, and the speakers in order of first appearance.

    A role that is given already stays; the other turns of that speaker get it too. Of two
    speakers, the one who sounds more like a clinician is the clinician and the other the patient,
    UNKNOWN both where they differ by less than `LEAST_DIFFERENCE`. Of more than two, the two who
    say most are decided like that and the rest stay UNKNOWN: a companion cannot be told from a
    patient by words. A single speaker is judged alone against `LEAST_MARGIN`.
    """
    given = _given_roles(utterances)
    spoken: dict[str, list[str]] = {}
    for utterance in utterances:
        spoken.setdefault(utterance.speaker, []).append(utterance.text)
    scores = {label: model.speaker_score(texts) for label, texts in spoken.items()}
    roles = {**_inferred_roles(spoken, scores, given), **given}
    speakers = [
        Speaker(label=label, role=roles[label], margin=None if label in given else scores[label])
        for label in spoken
    ]
    return [_with_role(utterance, roles[utterance.speaker]) for utterance in utterances], speakers


def _given_roles(utterances: Sequence[Utterance]) -> dict[str, Role]:
    """Per speaker the role that most of its turns were given; no entry where none was."""
    counts: dict[str, Counter[Role]] = {}
    for utterance in utterances:
        if utterance.role is not Role.UNKNOWN:
            counts.setdefault(utterance.speaker, Counter())[utterance.role] += 1
    return {label: roles.most_common(1)[0][0] for label, roles in counts.items()}


def _inferred_roles(
    spoken: Mapping[str, Sequence[str]], scores: Mapping[str, float], given: Mapping[str, Role]
) -> dict[str, Role]:
    """Roles of the speakers that were given none."""
    open_labels = [label for label in spoken if label not in given]
    roles = dict.fromkeys(open_labels, Role.UNKNOWN)
    if given:
        if len(open_labels) == 1:
            roles[open_labels[0]] = _beside_given(scores[open_labels[0]], scores, given)
        return roles
    by_length = sorted(open_labels, key=lambda label: -_word_count(spoken[label]))
    if len(by_length) == 1:
        roles[by_length[0]] = _alone(scores[by_length[0]])
    elif by_length:
        first, second = sorted(by_length[:2], key=lambda label: -scores[label])
        if scores[first] - scores[second] >= LEAST_DIFFERENCE:
            roles[first], roles[second] = Role.CLINICIAN, Role.PATIENT
    return roles


def _alone(score: float) -> Role:
    if abs(score) < LEAST_MARGIN:
        return Role.UNKNOWN
    return Role.CLINICIAN if score > 0 else Role.PATIENT


def _beside_given(score: float, scores: Mapping[str, float], given: Mapping[str, Role]) -> Role:
    """The one speaker without a role beside speakers with one: it takes the free side, if any.

    Beside a known clinician alone it is the patient where it sounds less like a clinician; beside
    a clinician and a patient it may be anybody.
    """
    taken = set(given.values())
    if {Role.CLINICIAN, Role.PATIENT} <= taken:
        return Role.UNKNOWN
    for side, other, sign in (
        (Role.CLINICIAN, Role.PATIENT, 1),
        (Role.PATIENT, Role.CLINICIAN, -1),
    ):
        if side in taken:
            nearest = min(sign * scores[label] for label, role in given.items() if role is side)
            return other if nearest - sign * score >= LEAST_DIFFERENCE else Role.UNKNOWN
    return _alone(score)


def _word_count(texts: Iterable[str]) -> int:
    return sum(len(text.split()) for text in texts)


def _with_role(utterance: Utterance, role: Role) -> Utterance:
    if utterance.role is not Role.UNKNOWN:
        return utterance
    return utterance.model_copy(update={"role": role})
