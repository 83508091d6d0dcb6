"""What a note writer promises."""

from collections.abc import Sequence
from typing import Protocol

from medscribe.domain.note import Note
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.provenance import Provenance
from medscribe.note.template import Template


class NoteWriter(Protocol):
    """Writes a note from masked speech only."""

    made_by: Provenance

    def write(self, utterances: Sequence[MaskedUtterance], template: Template) -> Note:
        """Revision 1 of the note; every statement carries at least one evidence quote.

        Sections stand in the template's order; a section with nothing said has no statements.
        """
        ...
