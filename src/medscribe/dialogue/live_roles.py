"""The utterances of a visit that grows -> roles that are decided early and do not flap."""

from collections.abc import Sequence
from dataclasses import dataclass

from medscribe.dialogue.companions import speaks_of_itself
from medscribe.dialogue.corrections import apply_corrections, with_roles
from medscribe.dialogue.roles import Reading, RoleModel, decide_roles, read_turn
from medscribe.domain.transcript import (
    Relation,
    Role,
    RoleBasis,
    Speaker,
    SpeakerCorrection,
    Utterance,
)
from medscribe.errors import InputError

TURNS_TO_CHANGE = 8
"""Turns for which another decision must hold before it replaces the one that was made."""

DIFFERENCE_TO_CHANGE = 2.0
"""Mean log-odds by which clinician and patient must differ then: twice what a first decision
needs."""

LEAST_EVIDENCE = 6.0
"""Sum of the turns' log-odds, the clinician's less the others', for a first decision. At 6 one of
334 visits was decided wrongly at first, none at 8, where half as many are decided in five turns."""


@dataclass(frozen=True)
class _Decision:
    role: Role
    relation: Relation | None


class LiveRoles:
    """Follows one visit. One thread calls it.

    Feed it all utterances so far, again and again: more of them, or with words given to another
    voice. A role once decided stays unless another decision holds for `TURNS_TO_CHANGE` turns with
    `DIFFERENCE_TO_CHANGE`; that words become too even to decide changes nothing. What the
    clinician says stays for good.
    """

    def __init__(self, model: RoleModel) -> None:
        self._model = model
        self._read: dict[str, Reading] = {}
        self._decided: dict[str, _Decision] = {}
        self._doubted_since: int | None = None
        self._corrections: list[SpeakerCorrection] = []
        self._heard: dict[str, Role] = {}

    def assign(self, utterances: Sequence[Utterance]) -> tuple[list[Utterance], list[Speaker]]:
        """The utterances with roles, and the speakers by first appearance; see `assign_roles`.

        UNKNOWN until the words are clear enough to stay with.
        """
        readings = self._readings(utterances)
        _, speakers = decide_roles(utterances, readings)
        self._forget_all_but({speaker.label for speaker in speakers})
        now = _sure(speakers, utterances, readings)
        self._decide(now, len(utterances), _difference(speakers))
        speakers = [self._with_decision(speaker) for speaker in speakers]
        self._heard = {speaker.label: speaker.role for speaker in speakers}
        return apply_corrections(with_roles(utterances, speakers), speakers, self._applicable())

    def correct(self, correction: SpeakerCorrection) -> None:
        """What the clinician says about a voice, final from the next `assign` on.

        The voice goes by its label, which stays the same through a visit. Raises `InputError` for
        one that the last `assign` did not have.
        """
        if correction.speaker not in self._heard:
            there = ", ".join(self._heard) or "none"
            raise InputError(
                f"There is no voice of that label: choose one of those heard ({there})."
            )
        self._corrections.append(correction.model_copy(update={"heard": ()}))

    def _readings(self, utterances: Sequence[Utterance]) -> list[Reading]:
        """Each text is read once; texts that are not said any more are forgotten."""
        self._read = {
            each.text: self._read.get(each.text) or read_turn(each.text, self._model)
            for each in utterances
        }
        return [self._read[each.text] for each in utterances]

    def _forget_all_but(self, labels: set[str]) -> None:
        """A voice to which nothing is given any more does not stand in the way of the others."""
        self._decided = {
            label: decision for label, decision in self._decided.items() if label in labels
        }

    def _decide(self, now: dict[str, _Decision], turns: int, difference: float) -> None:
        """Takes up what is decided for the first time, and a change that has lasted."""
        merged = {**now, **self._decided}
        for label, decision in self._decided.items():
            if label in now and now[label].role is decision.role:
                merged[label] = _Decision(decision.role, now[label].relation or decision.relation)
        contested = any(
            now[label].role is not decision.role
            for label, decision in self._decided.items()
            if label in now
        )
        if not contested and not _both_sides_twice(merged):
            self._decided, self._doubted_since = merged, None
        elif difference < DIFFERENCE_TO_CHANGE:
            self._doubted_since = None
        elif self._doubted_since is None:
            self._doubted_since = turns
        elif turns - self._doubted_since >= TURNS_TO_CHANGE:
            merged = {**self._decided, **now}
            self._decided = now if _both_sides_twice(merged) else merged
            self._doubted_since = None

    def _with_decision(self, speaker: Speaker) -> Speaker:
        if speaker.basis is not RoleBasis.WORDS:
            return speaker
        decision = self._decided.get(speaker.label, _Decision(Role.UNKNOWN, None))
        update = {"role": decision.role, "relation": decision.relation}
        return speaker.model_copy(update=update)

    def _applicable(self) -> list[SpeakerCorrection]:
        """Corrections of voices that are there: words may all have been given to another."""
        return [each for each in self._corrections if each.speaker in self._heard]


def _sure(
    speakers: Sequence[Speaker], utterances: Sequence[Utterance], readings: Sequence[Reading]
) -> dict[str, _Decision]:
    """The roles from words that may be shown and stayed with.

    None while one voice was heard or little was said; a patient not before it is clear that it will
    not turn out to be a companion, who has said nothing but good morning so far.
    """
    said: dict[str, list[Reading]] = {speaker.label: [] for speaker in speakers}
    for utterance, reading in zip(utterances, readings, strict=True):
        said[utterance.speaker].append(reading)
    clinicians = {speaker.label for speaker in speakers if speaker.role is Role.CLINICIAN}
    evidence = sum(
        reading.score if label in clinicians else -reading.score
        for label, own in said.items()
        for reading in own
    )
    given = any(speaker.basis is not RoleBasis.WORDS for speaker in speakers)
    if not given and (len(said) < 2 or evidence < LEAST_EVIDENCE):
        return {}
    return {
        speaker.label: _Decision(speaker.role, speaker.relation)
        for speaker in speakers
        if speaker.basis is RoleBasis.WORDS
        and speaker.role is not Role.UNKNOWN
        and (speaker.role is not Role.PATIENT or _is_patient(said[speaker.label]))
    }


def _is_patient(own: Sequence[Reading]) -> bool:
    signs = [reading.signs for reading in own]
    of_another = sum(sign.of_another for sign in signs)
    return of_another == 0 or speaks_of_itself(signs)


def _difference(speakers: Sequence[Speaker]) -> float:
    """Mean log-odds of the clinician above the highest other voice; 0.0 where none is known."""
    clinicians = [each.margin or 0.0 for each in speakers if each.role is Role.CLINICIAN]
    others = [each.margin or 0.0 for each in speakers if each.role is not Role.CLINICIAN]
    return min(clinicians) - max(others) if clinicians and others else 0.0


def _both_sides_twice(decisions: dict[str, _Decision]) -> bool:
    """Whether two voices would be the patient, or more than one the clinician who leads."""
    roles = [decision.role for decision in decisions.values()]
    return roles.count(Role.PATIENT) > 1 or (
        roles.count(Role.CLINICIAN) > 1 and Role.PATIENT not in roles
    )
