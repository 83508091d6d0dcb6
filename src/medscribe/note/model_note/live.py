"""What was said so far -> a note that grows by operations which a language model asks for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from medscribe.domain.note import Note, Section
from medscribe.domain.privacy import PLACEHOLDER, MaskedUtterance
from medscribe.domain.provenance import Provenance
from medscribe.errors import AnswerCancelledError, LanguageModelError
from medscribe.llm.model import LanguageModel, Message
from medscribe.note.model_note.answer import changes_form, operations_of
from medscribe.note.model_note.plan import (
    ReadingPlan,
    first_part,
    fits,
    reads_whole_visit,
    rest_after,
)
from medscribe.note.model_note.prompt import update_messages
from medscribe.note.model_note.reading import Reading, Unread
from medscribe.note.statements.evidence_index import recheck
from medscribe.note.statements.operations import apply
from medscribe.note.statements.statement_ids import highest_number, ids_in
from medscribe.note.template import Template
from medscribe.note.writer import never

Said = Sequence[MaskedUtterance]

_FEWEST_UTTERANCES = 5


@dataclass(frozen=True)
class ReadingOptions:
    """How a visit is read: `most_utterances` new ones in a prompt, in the window plan after
    `overlap` that were read before; `answer_tokens` for one answer."""

    plan: ReadingPlan = ReadingPlan.AUTO
    most_utterances: int = 40
    overlap: int = 2
    answer_tokens: int = 1024


class ModelNote:
    """The note of one visit. One thread calls it.

    `refused` counts the operations of the model that could not be: on ids or sections that are not
    there, without text, with placeholders that the visit does not have.
    """

    def __init__(
        self,
        model: LanguageModel,
        template: Template,
        made_by: Provenance,
        options: ReadingOptions,
    ) -> None:
        self.refused = 0
        self._model, self._template, self._options = model, template, options
        self._form = changes_form([section.key for section in template.sections])
        self._shown = self._note = empty_note(template, made_by)
        self._reading = Reading()
        self._most = options.most_utterances
        self._issued = 0

    @property
    def note(self) -> Note:
        """The note of the last update that succeeded, or that was adopted."""
        return self._shown

    def adopt(self, note: Note) -> None:
        """Go on from `note`, such as one that the clinician has edited meanwhile."""
        self._shown = self._note = note
        self._issued = max(self._issued, highest_number(ids_in(note)))

    def update(self, utterances: Said, *, cancelled: Callable[[], bool] = never) -> Note:
        """See `LiveNote`. Nothing is asked where nothing is unread.

        More than `most_utterances` new ones are read in several questions. Where one of these
        fails, the answers before it count for the next update, and that begins with fewer at once,
        since answers that are too long fail too.
        """
        unread = self._reading.unread(utterances)
        self._note = recheck(self._note, utterances, unread.changed)
        try:
            while unread:
                part = self._ask(utterances, unread, cancelled)
                unread = rest_after(unread, part)
        except AnswerCancelledError:
            raise
        except LanguageModelError:
            self._most = max(_FEWEST_UTTERANCES, self._most // 2)
            raise
        self._shown = self._note = _finished(self._shown, self._note, len(utterances))
        return self._shown

    def _ask(self, utterances: Said, unread: Unread, cancelled: Callable[[], bool]) -> Unread:
        """Ask about the first part of what is unread, and apply what the model wants changed."""
        part, messages = self._question(utterances, unread)
        tokens = self._options.answer_tokens
        answer = self._model.complete(messages, self._form, max_tokens=tokens, cancelled=cancelled)
        placeholders = {
            placeholder
            for utterance in utterances
            for placeholder in PLACEHOLDER.findall(utterance.text)
        }
        operations, refused = operations_of(answer.operations, self._note, placeholders)
        self._note = apply(self._note, operations, utterances, issued=self._issued)
        self._issued = max(self._issued, highest_number(ids_in(self._note)))
        self.refused += refused
        self._reading.cover(utterances, part)
        self._most = self._options.most_utterances
        return part

    def _question(self, utterances: Said, unread: Unread) -> tuple[Unread, list[Message]]:
        tokens, most = self._options.answer_tokens, self._most
        whole = self._messages(self._reading.told_with(utterances), unread)
        if reads_whole_visit(self._options.plan, whole, tokens, self._model):
            part = first_part(unread, most, lambda _: True)
            return part, self._messages(self._reading.tell(utterances, part), part)

        def windowed(part: Unread) -> list[Message]:
            overlap = self._options.overlap
            return self._messages(self._reading.window(utterances, part, overlap), part)

        part = first_part(unread, most, lambda part: fits(windowed(part), tokens, self._model))
        return part, windowed(part)

    def _messages(self, lines: Sequence[str], part: Unread) -> list[Message]:
        return update_messages(self._template, lines, self._note, part)


def empty_note(template: Template, made_by: Provenance) -> Note:
    """All sections of the template, nothing said."""
    sections = tuple(
        Section(key=section.key, title=section.title, statements=())
        for section in template.sections
    )
    return Note(template=template.name, revision=0, sections=sections, made_by=made_by)


def _finished(before: Note, after: Note, read: int) -> Note:
    """`after` as one change of `before`."""
    differs = (after.sections, after.proposals) != (before.sections, before.proposals)
    revision = max(1, before.revision + differs)
    return after.model_copy(update={"revision": revision, "read": read, "stale": False})
