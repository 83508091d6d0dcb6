"""What was said, when, by whom. `Utterance` is what was really said: sealed at rest."""

from enum import StrEnum

from pydantic import Field

from medscribe.domain.provenance import Provenance
from medscribe.domain.record import Record
from medscribe.domain.spans import TimeSpan

LOW_CONFIDENCE = 0.5
"""Probability below which a word is marked: more likely wrong than right, as its engine sees it."""


class Word(Record):
    """One recognised word. `probability` is the engine's, 0..1; None where it gives none."""

    text: str
    span: TimeSpan
    probability: float | None = Field(default=None, ge=0, le=1)

    @property
    def low_confidence(self) -> bool:
        """Whether the engine itself doubts this word."""
        return self.probability is not None and self.probability < LOW_CONFIDENCE


class DecodeQuality(Record):
    """How sure a decoder was of a segment, in Whisper's terms.

    `mean_log_probability` per token (natural logarithm), `compression_ratio` of its text (above 2.4
    it repeats itself), `no_speech_probability` 0..1, `temperature` it was sampled at.
    """

    mean_log_probability: float
    compression_ratio: float
    no_speech_probability: float = Field(ge=0, le=1)
    temperature: float = Field(ge=0)
    tokens: tuple[int, ...] = ()


class Segment(Record):
    """Words that an engine returned together, in order of time."""

    words: tuple[Word, ...]
    quality: DecodeQuality | None = None

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


class RejectionReason(StrEnum):
    """Why something is not in the transcript: a gate took words out, or (`dropped`) the stretch
    was never recognised, since its owner chose to leave out what the engine could not keep up with.
    """

    REPETITION = "repetition"
    SILENCE = "silence"
    PROMPT_ECHO = "prompt_echo"
    DROPPED = "dropped"


class RejectedSpeech(Record):
    """What an engine returned and nobody is believed to have said; kept for who wants to look."""

    span: TimeSpan
    reason: RejectionReason
    text: str


class Transcription(Record):
    """All segments of an encounter, in order of time.

    `draft` is True for an engine whose words are too often wrong to write a note from.
    `recognised_until`: end of the last stretch that is recognised, seconds; 0 before the first.
    """

    segments: tuple[Segment, ...]
    rejected: tuple[RejectedSpeech, ...] = ()
    recognised_until: float = 0.0
    duration_seconds: float
    language: str
    draft: bool
    made_by: Provenance

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(word for segment in self.segments for word in segment.words)

    @property
    def dropped_seconds(self) -> float:
        """Speech that was never recognised."""
        dropped = (r for r in self.rejected if r.reason is RejectionReason.DROPPED)
        return sum(item.span.duration for item in dropped)


class SpeakerTurn(Record):
    """From when to when one voice spoke; `label` is anonymous: "S1", "S2" ..."""

    label: str
    span: TimeSpan


class Role(StrEnum):
    CLINICIAN = "clinician"
    PATIENT = "patient"
    COMPANION = "companion"
    UNKNOWN = "unknown"


class Relation(StrEnum):
    """Who a companion is to the patient."""

    MOTHER = "mother"
    FATHER = "father"
    WIFE = "wife"
    HUSBAND = "husband"
    PARTNER = "partner"
    DAUGHTER = "daughter"
    SON = "son"
    SISTER = "sister"
    BROTHER = "brother"
    GRANDMOTHER = "grandmother"
    GRANDFATHER = "grandfather"
    AUNT = "aunt"
    UNCLE = "uncle"
    FRIEND = "friend"
    GUARDIAN = "guardian"
    CAREGIVER = "caregiver"
    INTERPRETER = "interpreter"


class RoleBasis(StrEnum):
    """What a speaker's role rests on, the surest last."""

    WORDS = "words"
    MODEL = "model"
    TAGS = "tags"
    CLINICIAN = "clinician"


class Speaker(Record):
    """A voice and its role.

    `margin` is the mean log-odds of clinician against patient over the speaker's turns (positive:
    clinician), also where the role was given; None where no turn has a known word. `contradicted`:
    the speaker's words speak clearly against the role that the transcript's tags gave.
    """

    label: str
    role: Role
    relation: Relation | None = None
    margin: float | None = None
    basis: RoleBasis = RoleBasis.WORDS
    contradicted: bool = False


class SpeakerCorrection(Record):
    """What the clinician says about one voice; None leaves that as it is. Sealed at rest.

    `name` identifies somebody: it is shown with the chart only, and masked wherever it is said.
    `heard`: where that voice spoke when it was corrected, so that a correction made during the
    visit finds its voice again when speakers are told apart anew at the end.
    """

    speaker: str
    role: Role | None = None
    relation: Relation | None = None
    name: str | None = None
    heard: tuple[TimeSpan, ...] = ()


class Utterance(Record):
    """One speaker's uninterrupted words, as really said. Never sent to a model, never stored clear.

    `span` is None for an imported transcript without times; `words` is empty there.
    """

    id: str
    speaker: str
    role: Role
    relation: Relation | None = None
    text: str
    span: TimeSpan | None = None
    words: tuple[Word, ...] = ()
