"""The encounter: one visit from first sound to note, and how far it has come."""

from datetime import datetime
from enum import StrEnum

from medscribe.domain.record import Record


class Stage(StrEnum):
    """Stages in the order in which an encounter passes them."""

    TRANSCRIBE = "transcribe"
    ATTRIBUTE = "attribute"
    MASK = "mask"
    DRAFT = "draft"
    CHECK = "check"


class EncounterStatus(StrEnum):
    TRANSCRIBING = "transcribing"
    DRAFTING = "drafting"
    CHECKING = "checking"
    READY_FOR_REVIEW = "ready_for_review"
    FAILED = "failed"


class EncounterOptions(Record):
    """How this encounter is to be worked on. `num_speakers` None: estimate it."""

    asr: str = "auto"
    template: str = "soap"
    num_speakers: int | None = 2
    language: str = "en"


class Encounter(Record):
    """One visit. `next_stage` is None when all stages are done; `lease_epoch` fences stale workers.

    `source_sha256` identifies the recording, so that the same file resumes and is not done twice.
    """

    id: str
    status: EncounterStatus
    next_stage: Stage | None
    options: EncounterOptions
    source_sha256: str
    created_at: datetime
    lease_epoch: int = 0
    failed_stage: Stage | None = None
