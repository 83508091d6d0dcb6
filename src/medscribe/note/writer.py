"""What a note writer promises."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from medscribe.domain.note import Note
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.provenance import Provenance
from medscribe.note.template import Template


def never() -> bool:
    """For callers that do not cancel."""
    return False


@dataclass(frozen=True)
class UpdateCadence:
    """When a growing note is worth an update: at a pause after `words` new words, or after
    `seconds` whatever was said. `background`: an update takes seconds, nobody waits for it."""

    words: int
    seconds: float
    background: bool = True


class LiveNote(Protocol):
    """One note while its visit goes on. One thread calls it."""

    def update(
        self, utterances: Sequence[MaskedUtterance], *, cancelled: Callable[[], bool] = never
    ) -> Note:
        """The note of all that was said so far, its revision one higher where it changed.

        `utterances` are all of the visit; what was there before may have been corrected. Raises
        `LanguageModelError` where the writer's model fails; the note before is then kept, and the
        next update catches up. `cancelled` is asked while a model answers.
        """
        ...


class NoteWriter(Protocol):
    """Writes a note from masked speech only."""

    made_by: Provenance
    cadence: UpdateCadence

    def write(self, utterances: Sequence[MaskedUtterance], template: Template) -> Note:
        """Revision 1 of the note; every statement carries at least one evidence quote.

        Sections stand in the template's order; a section with nothing said has no statements.
        Raises `LanguageModelError` where the writer's model fails.
        """
        ...

    def begin(self, template: Template) -> LiveNote:
        """An empty note that grows."""
        ...
