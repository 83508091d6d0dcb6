"""A model's reply -> a validated value, or one clear error."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from medscribe.errors import LanguageModelError
from medscribe.llm.exchange import Asker, Question, Reply, Server, ask
from medscribe.llm.model import Answer
from medscribe.remote import EndlessAnswerError, PassingError

T = TypeVar("T")


def ask_for(accept: Callable[[Reply], T], question: Question, server: Server, asker: Asker) -> T:
    """What `accept` makes of the server's reply; what fails is one `LanguageModelError`."""
    with one_sentence(server):
        return ask(server, question, accept, asker)


@contextmanager
def one_sentence(server: Server) -> Iterator[None]:
    """Makes a `LanguageModelError` of what goes wrong on the way to a server and back."""
    try:
        yield
    except PassingError as failure:
        raise LanguageModelError(
            f"The language model's server {failure} ({server.attempts} tries): check that it runs "
            "at language_model_url. Nothing else depends on it."
        ) from None
    except EndlessAnswerError:
        raise LanguageModelError(
            "The language model's server sends an answer without end: restart it, or switch "
            "off white space in its grammar."
        ) from None


def whole_answer(reply: Reply, answer: type[Answer]) -> Answer:
    """The value in a reply that came to its own end; nothing of any other is used.

    Raises `LanguageModelError`; `PassingError` where another try may do better.
    """
    if reply.finish is None:
        raise PassingError("broke off in the middle of an answer")
    if reply.finish == "length":
        raise LanguageModelError(
            "The language model's answer was cut off at its longest length; a part of an answer "
            "is not used. Give its server a longer context, or use another model."
        )
    if reply.finish == "content_filter":
        raise LanguageModelError(
            "The language model's server withheld its answer (content filter): switch the filter "
            "off there, or use another model."
        )
    if reply.finish != "stop" or not reply.text:
        raise LanguageModelError("The language model gave no answer: use another model.")
    try:
        return read_answer(reply.text, answer)
    except LanguageModelError:
        raise PassingError("does not answer in the form asked for") from None


def read_answer(text: str, answer: type[Answer]) -> Answer:
    """The JSON object in `text` as `answer`; white space around it is allowed, nothing else.

    Raises `LanguageModelError`, which never quotes the text: it speaks of a visit.
    """
    try:
        return answer.model_validate_json(text)
    except ValidationError as error:
        raise LanguageModelError(
            f"The language model's answer does not have the form asked for ({_faults(error)}). "
            "Use a server that enforces response_format json_schema, or a larger model."
        ) from None


def schema_of(answer: type[BaseModel]) -> dict[str, object]:
    """JSON schema of `answer` as servers take it; its unknown fields are forbidden."""
    return answer.model_json_schema() | {"additionalProperties": False}


def _faults(error: ValidationError) -> str:
    """Kinds of what is wrong, such as "missing"; field names are ours only where they are known."""
    return ", ".join(sorted({item["type"] for item in error.errors(include_input=False)}))
