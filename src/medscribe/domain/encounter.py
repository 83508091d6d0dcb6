"""The encounter: one visit from first sound to note, and how far it has come."""

from datetime import datetime
from enum import StrEnum

from medscribe.domain.record import Record


class Stage(StrEnum):
    """Stages in the order in which an encounter passes them."""

    DETECT_SPEECH = "detect_speech"
    TRANSCRIBE = "transcribe"
    ATTRIBUTE = "attribute"
    MASK = "mask"
    DRAFT = "draft"
    CHECK = "check"
    ANALYSE = "analyse"

    @property
    def following(self) -> "Stage | None":
        """The stage after this one; None after the last."""
        order = list(Stage)
        position = order.index(self) + 1
        return order[position] if position < len(order) else None


class EncounterStatus(StrEnum):
    """`receiving`: a file is being taken in, nobody was told that it is stored; `recording`: a
    visit is being listened to, and what was heard of it is durable."""

    RECEIVING = "receiving"
    RECORDING = "recording"
    TRANSCRIBING = "transcribing"
    DRAFTING = "drafting"
    CHECKING = "checking"
    READY_FOR_REVIEW = "ready_for_review"
    FAILED = "failed"
    PURGED = "purged"


def status_before(stage: Stage | None) -> EncounterStatus:
    """The status of an encounter whose next stage is `stage` (None: all are done)."""
    if stage is None:
        return EncounterStatus.READY_FOR_REVIEW
    if stage in (Stage.DETECT_SPEECH, Stage.TRANSCRIBE, Stage.ATTRIBUTE):
        return EncounterStatus.TRANSCRIBING
    return EncounterStatus.CHECKING if stage is Stage.CHECK else EncounterStatus.DRAFTING


class EncounterOptions(Record):
    """How this encounter is to be worked on. `num_speakers` None: estimate it.

    `last_stage`: where to stop; a mere transcript needs no note. `analyse`: the configured language
    model reads the masked transcript after that. `hotwords`: words this clinician often says.
    `job`: a client of the server asked for it, and the server's own runner works on it.
    """

    asr: str = "auto"
    template: str = "soap"
    num_speakers: int | None = 2
    language: str = "en"
    last_stage: Stage = Stage.CHECK
    analyse: bool = False
    hotwords: tuple[str, ...] = ()
    job: bool = False

    def stage_after(self, stage: Stage) -> Stage | None:
        """The stage to do after `stage`; None where that was the last one wanted."""
        if stage is Stage.ANALYSE:
            return None
        if stage is self.last_stage:
            return Stage.ANALYSE if self.analyse else None
        return stage.following


class Encounter(Record):
    """One visit. `next_stage` is None when all stages are done; `lease_epoch` fences stale workers.

    `position` counts the steps already committed inside `next_stage`. `source_sha256` identifies
    the recording, so that the same file resumes and is not done twice.
    """

    id: str
    status: EncounterStatus
    next_stage: Stage | None
    position: int = 0
    options: EncounterOptions
    source_sha256: str
    created_at: datetime
    lease_epoch: int = 0
