"""What a language model promises: messages and the form of an answer -> an answer of that form."""

from collections.abc import Callable, Sequence
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


class Usage(Record):
    """Tokens of whole answers, as the server counts them; 0 where it does not tell.

    `cached_tokens` are those of the prompt that it had read before, a part of `prompt_tokens`.
    """

    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0

    def plus(self, other: "Usage") -> "Usage":
        """Both together."""
        return Usage(
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
        )


def never() -> bool:
    """The answer stays wanted."""
    return False


def unheard(piece: str) -> None:
    """Nobody listens to the answer as it comes."""


class LanguageModel(Protocol):
    """Answers in a form that is asked for, or not at all."""

    made_by: Provenance

    @property
    def context_tokens(self) -> int | None:
        """What prompt and answer share, tokens; None: not known."""
        ...

    @property
    def usage(self) -> Usage:
        """All tokens of this model object so far, failed tries included where they were told."""
        ...

    def complete(
        self,
        messages: Sequence[Message],
        answer: type[Answer],
        *,
        max_tokens: int = 1024,
        cancelled: Callable[[], bool] = never,
        heard: Callable[[str], None] = unheard,
    ) -> Answer:
        """The answer to `messages`, whole and validated; never a part of one.

        `answer` is a pydantic model; keep it flat and small, since servers turn its JSON schema
        into a grammar. `heard` gets the answer's text piece by piece as it comes, before it is
        validated: show it, do not act on it. An empty piece says that a try failed: drop what was
        heard, the text starts anew. `cancelled` is asked between pieces and 20 times a second;
        when it says True, the connection is closed, so that the server stops. Both are called in
        the thread that asks.

        Raises `AnswerCancelledError` then; `LanguageModelError` where the server does not answer
        in time, or not in that form, or not to the end within `max_tokens`, or where prompt and
        answer do not fit its context; `ConfigurationError` where it refuses the key or does not
        know the model.
        """
        ...
