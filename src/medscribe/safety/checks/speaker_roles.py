"""Draft -> alerts where it is doubtful who is the clinician and who the patient."""

import math
from collections import Counter
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from medscribe.domain.safety import SafetyAlert, Severity
from medscribe.domain.transcript import Role, RoleBasis, Speaker
from medscribe.safety.check import Draft

SUMMARY = "Warns where speaker tags seem exchanged or mixed, or a role is not known for sure."
REQUIRES: tuple[str, ...] = ()
EXTRA: str | None = None

LEAST_DIFFERENCE = 1.0
"""Mean log-odds between tagged clinician and tagged patient below which their turns seem mixed.
Truly tagged visits of ACI-Bench, PriMock57 and 213 interviews have 2.5 or more."""

LEAST_TURNS = 12
"""Turns that both must have for that; excerpts of a few turns come as low with true tags."""

FEW_TURNS = 6
"""Turns that both must have where the tagged patient sounds more like a clinician than the tagged
clinician does: of 684 excerpts of 14 turns with true tags none did, of those with every second tag
wrong one in four."""

LEAST_OF_A_STRANGER = 3
"""Turns of a voice without a role beside clinician and patient that are worth a question."""

_SOURCE = "role model (roles.card.md)"


class Options(BaseModel):
    """Nothing to choose."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SpeakerRoles:
    """Hard where the tags of a transcript seem to be wrong: history and plan are then attributed to
    the wrong person. Advisory where clinician, patient or who else speaks are not known, where two
    voices are the patient, or where a role is a language model's. What the clinician said is not
    doubted.
    """

    name = "speaker_roles"

    def check(self, draft: Draft) -> list[SafetyAlert]:
        return [*self._exchanged(draft), *self._mixed(draft), *self._unsure(draft)]

    def _exchanged(self, draft: Draft) -> list[SafetyAlert]:
        wrong = [speaker for speaker in draft.speakers if speaker.contradicted]
        if not wrong:
            return []
        details = ", ".join(
            f"{speaker.label} is called {speaker.role.value} and speaks like the "
            f"{'patient' if speaker.role is Role.CLINICIAN else 'clinician'}"
            for speaker in wrong
        )
        return [
            self._alert(
                Severity.HARD,
                f"The transcript's speaker tags seem to be exchanged: {details}. Check who is who "
                "before you rely on this note.",
            )
        ]

    def _mixed(self, draft: Draft) -> list[SafetyAlert]:
        turns = Counter(utterance.speaker for utterance in draft.utterances)
        exchanged = any(speaker.contradicted for speaker in draft.speakers)
        alike = _difference(draft.speakers, turns, LEAST_TURNS) < LEAST_DIFFERENCE
        opposite = _difference(draft.speakers, turns, FEW_TURNS) < 0
        if exchanged or not (alike or opposite):
            return []
        return [
            self._alert(
                Severity.HARD,
                "The transcript's speaker tags seem to be wrong in places: those called clinician "
                "and those called patient speak alike. Check who said what before you rely on this "
                "note.",
            )
        ]

    def _unsure(self, draft: Draft) -> list[SafetyAlert]:
        speakers = draft.speakers
        details = [
            f"It is not known which voice is the {role.value}: say who is who "
            f"({_listed(speakers)})."
            for role in (Role.CLINICIAN, Role.PATIENT)
            if not _is_known(role, speakers)
        ]
        patients = [speaker for speaker in speakers if speaker.role is Role.PATIENT]
        if len(patients) > 1:
            details.append(f"More than one voice is the patient ({_listed(patients)}): check them.")
        if not details:
            details += _strangers(draft)
        guessed = [speaker for speaker in speakers if speaker.basis is RoleBasis.MODEL]
        if guessed:
            details.append(
                f"Who is who was decided by a language model ({_listed(guessed)}): check it."
            )
        return [self._alert(Severity.ADVISORY, detail) for detail in details]

    def _alert(self, severity: Severity, detail: str) -> SafetyAlert:
        return SafetyAlert(check=self.name, severity=severity, detail=detail, source=_SOURCE)


def _difference(speakers: Sequence[Speaker], turns: Counter[str], least_turns: int) -> float:
    """Mean log-odds of the tagged clinician less the tagged patient; infinite where one of them
    has not that many turns."""
    tagged = [
        speaker
        for speaker in speakers
        if speaker.basis is RoleBasis.TAGS and turns[speaker.label] >= least_turns
    ]
    clinicians, patients = (
        [each.margin for each in tagged if each.role is role and each.margin is not None]
        for role in (Role.CLINICIAN, Role.PATIENT)
    )
    return max(clinicians) - min(patients) if clinicians and patients else math.inf


def _strangers(draft: Draft) -> list[str]:
    """Of voices beside clinician and patient that say something and have no role."""
    turns = Counter(utterance.speaker for utterance in draft.utterances)
    strangers = [
        speaker.label
        for speaker in draft.speakers
        if speaker.role is Role.UNKNOWN and turns[speaker.label] >= LEAST_OF_A_STRANGER
    ]
    return [
        f"It is not known who {label} is: say whether a companion or a clinician."
        for label in strangers
    ]


def _is_known(role: Role, speakers: Sequence[Speaker]) -> bool:
    """Whether some voice has that role, or none is wanted: a companion may speak for a patient who
    says nothing, and somebody who dictates is alone."""
    roles = {speaker.role for speaker in speakers}
    if role in roles or not speakers:
        return True
    if Role.UNKNOWN in roles:
        return False
    return role is Role.PATIENT and (Role.COMPANION in roles or len(speakers) == 1)


def _listed(speakers: Sequence[Speaker]) -> str:
    return ", ".join(f"{speaker.label} {speaker.role.value}" for speaker in speakers)


def create(_options: Options) -> SpeakerRoles:
    return SpeakerRoles()
