"""What the stages of one encounter have worked out so far."""

from medscribe.domain.analysis import VisitAnalysis
from medscribe.domain.findings import ClinicalFindings
from medscribe.domain.medication import Prescription
from medscribe.domain.note import Note
from medscribe.domain.privacy import MaskedUtterance, PiiDecision, VaultEntry
from medscribe.domain.record import Record
from medscribe.domain.safety import SafetyAlert
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import (
    Speaker,
    SpeakerCorrection,
    SpeakerTurn,
    Transcription,
    Utterance,
)


class EncounterResults(Record):
    """One field per result; None until its stage has run. The store seals each field on its own.

    `voice` is where somebody speaks, `speech` the stretches to recognise, at most 28 s each.
    `transcription` grows while the transcribe stage runs. An imported transcript starts with
    `utterances` and has no `speech`. `corrections` and `pii_decisions` are the clinician's; the
    stages heed them and never change them.
    """

    voice: tuple[TimeSpan, ...] | None = None
    speech: tuple[TimeSpan, ...] | None = None
    transcription: Transcription | None = None
    turns: tuple[SpeakerTurn, ...] | None = None
    speakers: tuple[Speaker, ...] | None = None
    utterances: tuple[Utterance, ...] | None = None
    corrections: tuple[SpeakerCorrection, ...] | None = None
    pii_decisions: tuple[PiiDecision, ...] | None = None
    masked: tuple[MaskedUtterance, ...] | None = None
    vault: tuple[VaultEntry, ...] | None = None
    note: Note | None = None
    prescription: Prescription | None = None
    findings: ClinicalFindings | None = None
    alerts: tuple[SafetyAlert, ...] | None = None
    analysis: VisitAnalysis | None = None
