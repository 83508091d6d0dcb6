"""What fits a model's context -> how much of a visit each prompt holds."""

from collections.abc import Callable, Sequence
from enum import StrEnum

from medscribe.llm.context import most_tokens
from medscribe.llm.model import LanguageModel, Message
from medscribe.note.model_note.reading import Unread

UNKNOWN_CONTEXT_TOKENS = 8_192
"""Taken for the context of a model that does not tell it, where its cache is not known either."""


class ReadingPlan(StrEnum):
    """`prefix`: every prompt holds the visit from its beginning, which a prefix cache has read
    already. `window`: only the note and what is unread. `auto`: `prefix` while the visit fits the
    model's context (where that is not known: 8,192 tokens, or while the server tells of cache
    hits), then `window`."""

    PREFIX = "prefix"
    WINDOW = "window"
    AUTO = "auto"


def fits(messages: Sequence[Message], answer_tokens: int, model: LanguageModel) -> bool:
    """Whether prompt and answer surely fit; True where the context is not known."""
    context = model.context_tokens
    return context is None or most_tokens(messages) + answer_tokens <= context


def reads_whole_visit(
    plan: ReadingPlan, messages: Sequence[Message], answer_tokens: int, model: LanguageModel
) -> bool:
    """Whether a prompt holds the visit from its beginning; `messages` are that prompt."""
    if plan is not ReadingPlan.AUTO:
        return plan is ReadingPlan.PREFIX
    if model.context_tokens is not None:
        return fits(messages, answer_tokens, model)
    small = most_tokens(messages) + answer_tokens <= UNKNOWN_CONTEXT_TOKENS
    return small or model.usage.cached_tokens > 0


def first_part(unread: Unread, most: int, has_room: Callable[[Unread], bool]) -> Unread:
    """The beginning of what is unread, of `most` new utterances and for which there is room; all
    corrections if they fit, as after roles were exchanged they may not, and one line at least: a
    model that cannot read it says so itself."""
    size = min(most, len(unread.new))
    while size > 1 and not has_room(_beginning(unread, size)):
        size //= 2
    part = _beginning(unread, size)
    changed = len(unread.changed)
    while changed > 1 and not has_room(part):
        changed //= 2
        part = _corrections(unread, changed)
    return part


def rest_after(unread: Unread, part: Unread) -> Unread:
    """What is unread after an answer covered `part`."""
    return Unread(
        new=unread.new[len(part.new) :],
        corrected=unread.corrected[len(part.corrected) :],
        gone=unread.gone[len(part.gone) :],
    )


def _beginning(unread: Unread, size: int) -> Unread:
    return Unread(new=unread.new[:size], corrected=unread.corrected, gone=unread.gone)


def _corrections(unread: Unread, size: int) -> Unread:
    gone = max(0, size - len(unread.corrected))
    return Unread(corrected=unread.corrected[:size], gone=unread.gone[:gone])
