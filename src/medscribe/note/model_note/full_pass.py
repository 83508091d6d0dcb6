"""A whole visit -> its note, in one question, or in parts where the model's context is small."""

from collections.abc import Sequence

from medscribe.domain.note import Note
from medscribe.domain.privacy import PLACEHOLDER, MaskedUtterance
from medscribe.domain.provenance import Provenance
from medscribe.errors import LanguageModelError
from medscribe.llm.model import LanguageModel
from medscribe.llm.visit import visit_lines
from medscribe.note.model_note.answer import changes_from, operations_of, whole_note_form
from medscribe.note.model_note.live import ModelNote, ReadingOptions, empty_note
from medscribe.note.model_note.plan import ReadingPlan, fits
from medscribe.note.model_note.prompt import whole_note_messages
from medscribe.note.statements.operations import apply
from medscribe.note.template import Template

_PARTS = 60


def whole_note(
    utterances: Sequence[MaskedUtterance],
    template: Template,
    model: LanguageModel,
    made_by: Provenance,
    *,
    answer_tokens: int,
    options: ReadingOptions,
) -> Note:
    """Revision 1 of the note of a visit. Raises what `LanguageModel.complete` raises, and
    `LanguageModelError` where no statement of an answer could be put into the note.

    A visit that does not fit the context with its answer is read in parts, each with the note so
    far; `options` say how. Nothing is asked where nothing was said.
    """
    messages = whole_note_messages(template, visit_lines(utterances))
    empty = empty_note(template, made_by)
    if not utterances:
        return empty.model_copy(update={"revision": 1})
    if not fits(messages, answer_tokens, model):
        parts = ReadingOptions(
            plan=ReadingPlan.WINDOW,
            most_utterances=_PARTS,
            overlap=options.overlap,
            answer_tokens=options.answer_tokens,
        )
        return ModelNote(model, template, made_by, parts).update(utterances)
    form = whole_note_form([section.key for section in template.sections])
    answer = model.complete(messages, form, max_tokens=answer_tokens)
    said = " ".join(utterance.text for utterance in utterances)
    placeholders = frozenset(PLACEHOLDER.findall(said))
    operations, refused = operations_of(changes_from(answer), empty, placeholders)
    if refused and not operations:
        raise LanguageModelError(
            "Nothing of the language model's note fits the template's sections: use a server that "
            "enforces response_format json_schema, or a larger model."
        )
    note = apply(empty, operations, utterances)
    return note.model_copy(update={"revision": 1, "read": len(utterances)})
