"""What was said, when, by whom. `Utterance` is what was really said: sealed at rest."""

from enum import StrEnum

from pydantic import Field

from medscribe.domain.provenance import Provenance
from medscribe.domain.record import Record
from medscribe.domain.spans import TimeSpan


class Word(Record):
    """One recognised word. `probability` is the engine's, 0..1; None where it gives none."""

    text: str
    span: TimeSpan
    probability: float | None = Field(default=None, ge=0, le=1)


class Segment(Record):
    """Words that an engine returned together, in order of time."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


class Transcription(Record):
    """All segments of an encounter, in order of time.

    `draft` is True for an engine whose words are too often wrong to write a note from.
    """

    segments: tuple[Segment, ...]
    duration_seconds: float
    language: str
    draft: bool
    made_by: Provenance

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(word for segment in self.segments for word in segment.words)


class SpeakerTurn(Record):
    """From when to when one voice spoke; `label` is anonymous: "S1", "S2" ..."""

    label: str
    span: TimeSpan


class Role(StrEnum):
    CLINICIAN = "clinician"
    PATIENT = "patient"
    COMPANION = "companion"
    UNKNOWN = "unknown"


class Speaker(Record):
    """A voice and the role inferred for it.

    `margin` is the mean log-odds of clinician against patient over the speaker's turns (positive:
    clinician); None where the role was given and not inferred.
    """

    label: str
    role: Role
    margin: float | None = None


class Utterance(Record):
    """One speaker's uninterrupted words, as really said. Never sent to a model, never stored clear.

    `span` is None for an imported transcript without times; `words` is empty there.
    """

    id: str
    speaker: str
    role: Role
    text: str
    span: TimeSpan | None = None
    words: tuple[Word, ...] = ()
