"""A masked visit -> its note: one full pass, held against the note there was before."""

from collections.abc import Sequence

from medscribe.domain.note import Note
from medscribe.domain.privacy import MaskedUtterance
from medscribe.errors import ConfigurationError, LanguageModelError
from medscribe.note.statements.revise import reconcile
from medscribe.note.template import Template
from medscribe.pipeline.work import Engines


def draft_note(
    masked: Sequence[MaskedUtterance], template: Template, engines: Engines, before: Note | None
) -> Note:
    """The note of the whole visit; statements that `before` had keep their ids.

    What a clinician wrote in `before` stays. Where the writer's model is away or refuses the key,
    the stand-in writes, and the note is marked stale; without a stand-in the error is raised.
    """
    note = _written(masked, template, engines)
    return reconcile(before, note) if before is not None else note


def _written(masked: Sequence[MaskedUtterance], template: Template, engines: Engines) -> Note:
    try:
        return engines.writer().write(masked, template)
    except (LanguageModelError, ConfigurationError):
        if engines.stand_in is None:
            raise
        note = engines.stand_in().write(masked, template)
        return note.model_copy(update={"stale": True})
