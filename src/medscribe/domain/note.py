"""The note: sections of statements, each carrying the words it rests on, and changes to it."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from medscribe.domain.provenance import Provenance
from medscribe.domain.record import Record
from medscribe.domain.spans import TextSpan


class QuoteMatch(StrEnum):
    """How a quote was found in the talk. `fuzzy`: nearly; the words of the talk are at `span`."""

    EXACT = "exact"
    FUZZY = "fuzzy"
    NOT_FOUND = "not_found"


class Evidence(Record):
    """Where in the talk a statement comes from.

    `quote` is verbatim text of the masked utterance, or what a model claims to quote; `span` the
    characters it was found at, None where it could not be found. `similarity` (0..1) is 1 where
    the quote stands there letter for letter.
    """

    utterance_id: str
    quote: str
    span: TextSpan | None = None
    similarity: float = Field(default=1.0, ge=0, le=1)

    @property
    def match(self) -> QuoteMatch:
        if self.span is None:
            return QuoteMatch.NOT_FOUND
        return QuoteMatch.EXACT if self.similarity == 1 else QuoteMatch.FUZZY


class Author(StrEnum):
    """Who wrote a statement. No model changes what a clinician wrote."""

    COMPOSER = "composer"
    MODEL = "model"
    CLINICIAN = "clinician"


class StatementStatus(StrEnum):
    """`unsupported`: evidence is missing or not found in the talk; shown, never dropped."""

    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"


class Statement(Record):
    """One sentence of the note. `id` stays the same while its wording changes.

    `problem` is the id of the statement that names the problem to which this one belongs; None in
    sections that are not ordered by problem. What a clinician wrote or accepted has the author
    CLINICIAN, and no writer changes it.
    """

    id: str
    text: str
    evidence: tuple[Evidence, ...]
    author: Author
    status: StatementStatus = StatementStatus.SUPPORTED
    problem: str | None = None


class Section(Record):
    """Statements under one heading; `key` is the template's ("hpi", "plan" ...)."""

    key: str
    title: str
    statements: tuple[Statement, ...]


class Upsert(Record):
    """Put a statement into a section: a new one where `id` is None or unknown, else in place of
    the one with that id. Doing it twice is doing it once."""

    op: Literal["upsert"] = "upsert"
    id: str | None = None
    section: str
    text: str
    evidence: tuple[Evidence, ...]
    problem: str | None = None


class Retract(Record):
    """Take a statement away: the talk has taken it back. `reason` in a few words."""

    op: Literal["retract"] = "retract"
    id: str
    reason: str
    evidence: tuple[Evidence, ...] = ()


NoteOperation = Annotated[Upsert | Retract, Field(discriminator="op")]
"""One change to a note, by stable statement id: order and repetition do no harm."""


class Note(Record):
    """A whole note. `revision` counts from 1 with every change.

    `proposals` are changes to statements of the clinician, for the clinician to decide. `read`
    counts the utterances that the writer has read. `stale`: the talk has gone on, or has been
    corrected, and the chosen writer has not caught up.
    """

    template: str
    revision: int
    sections: tuple[Section, ...]
    made_by: Provenance
    proposals: tuple[NoteOperation, ...] = ()
    read: int = 0
    stale: bool = False

    @property
    def statements(self) -> tuple[Statement, ...]:
        return tuple(statement for section in self.sections for statement in section.statements)
