"""A visit so far -> the sections of its note: the same work for a whole visit and for one that
goes on, of which what was worked out before is kept.

Everything kept hangs on the sentences of this visit, and is gone with them.
"""

from collections.abc import Sequence

from medscribe.domain.note import Section
from medscribe.domain.privacy import MaskedUtterance
from medscribe.note.composing.compose import Material, compose
from medscribe.note.composing.draft import Headed, sections_of
from medscribe.note.composing.length import (
    TYPICAL_WORTH,
    expected_words,
    words_in,
    worth_for_length,
)
from medscribe.note.composing.names import StatementNames
from medscribe.note.composing.telegraphic import telegraphic
from medscribe.note.composing.template_fitting import composing_template, fitted
from medscribe.note.reading.classifier import DivisionModel
from medscribe.note.reading.remembering import Memory
from medscribe.note.reading.sorting import TalkSorter
from medscribe.note.reading.talk import GrowingTalk
from medscribe.note.template import NoteStyle, Template

# In a note of few words a sentence must be worth more (best ROUGE on half of PriMock57).
_LEAST_WORTH_IN_BRIEF = 0.3


class GrowingSections:
    """The sections of one visit's note, each time that the visit has gone on.

    `least_worth` of a sentence in the note, 0 to 1; None: chosen for the length of the note.
    """

    def __init__(self, model: DivisionModel, template: Template, least_worth: float | None) -> None:
        self._template, self._outline = template, composing_template(template)
        self._brief = template.style is NoteStyle.TELEGRAPHIC
        if self._brief:
            least_worth = max(least_worth or 0.0, _LEAST_WORTH_IN_BRIEF)
        self._least_worth = least_worth
        self._talk = GrowingTalk()
        self._sorter = TalkSorter(model)
        self._memory = Memory()
        self._names, self._outline_names = StatementNames(), StatementNames()

    def of(self, utterances: Sequence[MaskedUtterance]) -> tuple[Section, ...]:
        """In the order of the template; a section with nothing said has no statements.

        What was said before may have been corrected: from there on all is read anew.
        """
        talk = self._talk.read(utterances)
        material = Material(talk, self._sorter.sort(talk))
        self._outline_names = StatementNames(self._outline_names)
        sections = sections_of(self._composed(material), self._outline_names)
        self._names = StatementNames(self._names)
        sections = fitted(
            sections, self._template, talk.passages, talk.subject, self._names, self._memory
        )
        return telegraphic(sections, self._memory) if self._brief else sections

    def _composed(self, material: Material) -> list[Headed]:
        least = self._least_worth
        composed = compose(material, self._outline, TYPICAL_WORTH if least is None else least)
        if least is not None:
            return composed
        units, places = material.talk.units, material.places
        wanted = expected_words(material.talk.words)
        least = worth_for_length(units, places, words_in(composed), wanted)
        return composed if least == TYPICAL_WORTH else compose(material, self._outline, least)
