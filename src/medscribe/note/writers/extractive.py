"""Masked utterances -> a note made of what was said: no language model, no download."""

from collections.abc import Callable, Sequence

from pydantic import BaseModel, Field

from medscribe import __version__
from medscribe.domain.note import Note, Section
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.provenance import Provenance
from medscribe.note.composing.compose import compose
from medscribe.note.composing.length import (
    TYPICAL_WORTH,
    expected_words,
    words_in,
    worth_for_length,
)
from medscribe.note.composing.telegraphic import telegraphic
from medscribe.note.composing.template_fitting import composing_template, fitted
from medscribe.note.reading.classifier import DivisionModel, shipped_model
from medscribe.note.reading.features import unit_features
from medscribe.note.reading.passages import passages_of
from medscribe.note.reading.subject import find_subject
from medscribe.note.reading.units import units_of
from medscribe.note.template import NoteStyle, Template
from medscribe.note.writer import LiveNote, NoteWriter, UpdateCadence, never

SUMMARY = "Sentences of the talk, chosen and sorted by a small linear model, reworded by rules."
REQUIRES: tuple[str, ...] = ()
EXTRA: str | None = None

# In a note of few words a sentence must be worth more (best ROUGE on half of PriMock57).
_LEAST_WORTH_IN_BRIEF = 0.3


class Options(BaseModel, extra="forbid", frozen=True):
    """Settings of the extractive writer."""

    least_worth: float | None = Field(default=None, ge=0, le=1)
    """Probability 0..1 that a sentence belongs in a note, from which on it is taken. Default none:
    chosen for each visit, 0.1 to 0.36, so that the note has about 150 words and a fifth of those
    that were said; better ROUGE in cross-validation on ACI-Bench than any one worth."""


def create(options: Options) -> NoteWriter:
    """The writer; the model of the package is read at the first note."""
    return ExtractiveWriter(options)


class ExtractiveWriter:
    """Picks what belongs in a note and words it as a chart does; invents nothing."""

    made_by = Provenance(engine="extractive", version=__version__, model="extractive.npz")
    cadence = UpdateCadence(words=1, seconds=10, background=False)

    def __init__(self, options: Options, model: DivisionModel | None = None) -> None:
        self._options = options
        self._model = model

    def write(self, utterances: Sequence[MaskedUtterance], template: Template) -> Note:
        """Revision 1 of the note; a talk without anything clinical gives empty sections."""
        model = self._model or shipped_model()
        passages = passages_of(utterances)
        units = units_of(passages)
        places = model.sort([unit_features(unit, passages) for unit in units])
        subject = find_subject(utterances)
        outline = composing_template(template)
        brief = template.style is NoteStyle.TELEGRAPHIC

        def composed(least: float) -> tuple[Section, ...]:
            return compose(units, places, subject, outline, least)

        least = self._options.least_worth
        if brief:
            least = max(least or 0.0, _LEAST_WORTH_IN_BRIEF)
        sections = composed(TYPICAL_WORTH if least is None else least)
        if least is None:
            wanted = expected_words(utterances)
            least = worth_for_length(units, places, words_in(sections), wanted)
            sections = sections if least == TYPICAL_WORTH else composed(least)
        sections = fitted(sections, template, passages, subject)
        if brief:
            sections = telegraphic(sections)
        made_by = self.made_by.model_copy(
            update={"template": f"{template.name} {template.version}"}
        )
        return Note(
            template=template.name,
            revision=1,
            sections=sections,
            made_by=made_by,
            read=len(utterances),
        )

    def begin(self, template: Template) -> LiveNote:
        """A note that is composed anew from what was said so far."""
        return ComposedNote(self, template)


class ComposedNote:
    """The extractive note of a visit that goes on."""

    def __init__(self, writer: ExtractiveWriter, template: Template) -> None:
        self._writer, self._template = writer, template
        self._revision = 0

    def update(
        self, utterances: Sequence[MaskedUtterance], *, cancelled: Callable[[], bool] = never
    ) -> Note:
        """See `LiveNote`; it takes no time worth cancelling."""
        self._revision += 1
        note = self._writer.write(utterances, self._template)
        return note.model_copy(update={"revision": self._revision})
