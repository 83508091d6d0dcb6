"""What a language model promises: messages and the form of an answer -> an answer of that form."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol, TypeVar

from pydantic import BaseModel

from medscribe.domain.provenance import Provenance
from medscribe.domain.record import Record

Answer = TypeVar("Answer", bound=BaseModel)


class Author(StrEnum):
    """Whose words a message holds, as chat completions name them."""

    SYSTEM = "system"
    USER = "user"


class Message(Record):
    """One message of a prompt. What of it was said in a visit comes from `visit_lines` only."""

    author: Author
    text: str


class LanguageModel(Protocol):
    """Answers in a form that is asked for, or not at all."""

    made_by: Provenance

    def complete(
        self, messages: Sequence[Message], answer: type[Answer], *, max_tokens: int = 1024
    ) -> Answer:
        """The answer to `messages`, whole and validated; never a part of one.

        `answer` is a pydantic model; keep it flat and small, since servers turn its JSON schema
        into a grammar. Raises `LanguageModelError` where the server does not answer in time, or
        not in that form, or not to the end within `max_tokens`; `ConfigurationError` where it
        refuses the key or does not know the model.
        """
        ...
