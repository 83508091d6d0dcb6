"""Prompts -> answers of a server with OpenAI's chat completions: vLLM, llama.cpp, Ollama, any."""

import json
from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field

from medscribe.domain.provenance import Provenance
from medscribe.errors import ConfigurationError, LanguageModelError
from medscribe.llm.answers import read_answer, schema_of
from medscribe.llm.model import Answer, LanguageModel, Message, Usage, never, unheard
from medscribe.remote import EndlessAnswerError, PassingError, open_client, post, tried

if TYPE_CHECKING:
    import httpx2

SUMMARY = "Any server with OpenAI's chat completions (vLLM, llama.cpp, Ollama ...)"
REQUIRES: tuple[str, ...] = ("httpx2",)
EXTRA: str | None = "remote"

LARGEST_ANSWER_BYTES = 1_000_000
"""No answer asked for is longer; a server caught in a loop sends blanks until it is stopped."""

LONGEST_PAUSE_SECONDS = 10.0
"""A busy server may ask for more patience; the work that waits here is taken up again later."""


class Options(BaseModel, extra="forbid", frozen=True):
    """Which server and model, and how long to wait for it."""

    base_url: str = Field(pattern=r"^https?://[^\s]+$")
    """Address up to and with `/v1`, such as http://127.0.0.1:8080/v1. No default."""

    model: str = "default"
    """Name of the model there. Default `default`: servers of one model ignore it."""

    api_key: str | None = Field(default=None, repr=False)
    """Sent as `Authorization: Bearer ...`. Default: none."""

    connect_seconds: float = Field(default=5.0, gt=0)
    """Wait for a connection, s. Default 5: a server in the same building answers at once."""

    answer_seconds: float = Field(default=180.0, gt=0)
    """Wait for a whole answer, s. Default 180: a small model on a CPU reads 3,000 tokens in 100."""

    attempts: int = Field(default=3, ge=1, le=10)
    """Tries while the server is down or busy, or answers in another form. Default 3."""

    pause_seconds: float = Field(default=1.0, ge=0)
    """Pause before the second try, doubled for each one after it, s. Default 1."""


class OpenAiCompatibleModel:
    """One model on one server; several threads may use it."""

    def __init__(self, options: Options, client: "httpx2.Client") -> None:
        self.made_by = Provenance(
            engine="openai_compatible", version=version("medscribe"), model=options.model
        )
        self.context_tokens: int | None = None
        self.usage = Usage()
        self._options = options
        self._client = client

    def complete(
        self,
        messages: Sequence[Message],
        answer: type[Answer],
        *,
        max_tokens: int = 1024,
        cancelled: Callable[[], bool] = never,
        heard: Callable[[str], None] = unheard,
    ) -> Answer:
        """See `LanguageModel`."""
        body = self._body(messages, answer, max_tokens)
        attempts = self._options.attempts
        try:
            return tried(
                lambda: _answer_of(self._post(body), answer),
                attempts=attempts,
                pause_seconds=self._options.pause_seconds,
                longest_pause_seconds=LONGEST_PAUSE_SECONDS,
            )
        except PassingError as failure:
            raise LanguageModelError(
                f"The language model's server {failure} ({attempts} tries): check that it runs at "
                "language_model_url. Nothing else depends on it."
            ) from None
        except EndlessAnswerError:
            raise LanguageModelError(
                "The language model's server sends an answer without end: restart it, or switch "
                "off white space in its grammar."
            ) from None

    def _body(
        self, messages: Sequence[Message], answer: type[BaseModel], max_tokens: int
    ) -> dict[str, Any]:
        schema = {"name": answer.__name__, "strict": True, "schema": schema_of(answer)}
        return {
            "model": self._options.model,
            "messages": [{"role": each.author.value, "content": each.text} for each in messages],
            "temperature": 0,
            "max_tokens": max_tokens,
            "stream": False,
            "response_format": {"type": "json_schema", "json_schema": schema},
        }

    def _post(self, body: dict[str, Any]) -> bytes:
        return post(
            self._client,
            "chat/completions",
            _refuse,
            answer_seconds=self._options.answer_seconds,
            most_bytes=LARGEST_ANSWER_BYTES,
            json=body,
        )


def create(options: Options) -> LanguageModel:
    """The model; nothing is sent before it is asked."""
    client = open_client(
        options.base_url,
        api_key=options.api_key,
        connect_seconds=options.connect_seconds,
        answer_seconds=options.answer_seconds,
    )
    return OpenAiCompatibleModel(options, client)


def _refuse(status: int) -> None:
    if status in (401, 403):
        raise ConfigurationError(
            "The language model's server refuses the key: check language_model_key."
        )
    if status == 404:
        raise ConfigurationError(
            "The language model's server does not know this model or address: check "
            "language_model and language_model_url."
        )
    raise LanguageModelError(
        f"The language model's server refuses the request (status {status}): it must support "
        "response_format json_schema, and its context must hold 4,096 tokens."
    )


def _answer_of(body: bytes, answer: type[Answer]) -> Answer:
    text, finish = _choice(body)
    if finish == "length":
        raise LanguageModelError(
            "The language model's answer was cut off at its longest length; a part of an answer "
            "is not used. Give its server a longer context, or use another model."
        )
    if finish != "stop" or text is None:
        raise LanguageModelError("The language model gave no answer: use another model.")
    try:
        return read_answer(text, answer)
    except LanguageModelError:
        raise PassingError("does not answer in the form asked for") from None


def _choice(body: bytes) -> tuple[str | None, str | None]:
    """Text and finish reason of the first choice."""
    try:
        choice = json.loads(body)["choices"][0]
        text, finish = choice["message"].get("content"), choice.get("finish_reason")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise PassingError("does not speak OpenAI's protocol") from None
    return (text if isinstance(text, str) else None), finish
