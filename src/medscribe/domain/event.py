"""What happened to an encounter, in order; carries ids and counts, never what was said."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from medscribe.domain.record import Record


class EventKind(StrEnum):
    CREATED = "created"
    AUDIO_STORED = "audio_stored"
    STAGE_DONE = "stage_done"
    STAGE_FAILED = "stage_failed"
    READY = "ready"
    REVISED = "revised"
    REVEALED = "revealed"
    PURGED = "purged"


class Event(Record):
    """One entry of an encounter's history; `sequence` counts from 1 within the encounter."""

    encounter_id: str
    sequence: int
    kind: EventKind
    at: datetime
    facts: dict[str, str | int | float] = Field(default_factory=dict)
