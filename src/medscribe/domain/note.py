"""The note: sections of statements, each carrying the words it rests on."""

from enum import StrEnum

from medscribe.domain.provenance import Provenance
from medscribe.domain.record import Record
from medscribe.domain.spans import TextSpan


class Evidence(Record):
    """Where in the talk a statement comes from.

    `quote` is verbatim text of the masked utterance; `span` its characters there, None where the
    quote could not be found in it.
    """

    utterance_id: str
    quote: str
    span: TextSpan | None = None


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
    """One sentence of the note."""

    id: str
    text: str
    evidence: tuple[Evidence, ...]
    author: Author
    status: StatementStatus = StatementStatus.SUPPORTED


class Section(Record):
    """Statements under one heading; `key` is the template's ("hpi", "plan" ...)."""

    key: str
    title: str
    statements: tuple[Statement, ...]


class Note(Record):
    """A whole note. `revision` counts from 1 with every change."""

    template: str
    revision: int
    sections: tuple[Section, ...]
    made_by: Provenance

    @property
    def statements(self) -> tuple[Statement, ...]:
        return tuple(statement for section in self.sections for statement in section.statements)
