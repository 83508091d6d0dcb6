"""Prompts -> answers of Ollama's own interface, where the context is asked for and checked.

Its OpenAI endpoint ignores `num_ctx` and cuts a prompt to 4,096 tokens without a word.
"""

import json
from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Any

from pydantic import BaseModel, Field

from medscribe.domain.provenance import Provenance
from medscribe.errors import ConfigurationError, LanguageModelError
from medscribe.llm.answers import ask_for, schema_of, whole_answer
from medscribe.llm.context import check_fits, fewest_tokens
from medscribe.llm.counts import Meter, count_of
from medscribe.llm.exchange import Asker, Part, Question, Server
from medscribe.llm.model import Answer, LanguageModel, Message, Usage, never, unheard
from medscribe.llm.ollama_server import OllamaServer, not_pulled
from medscribe.remote import PassingError, ServerAddress, ServerKey

SUMMARY = "Ollama, by its own interface: never cuts a prompt without a word"
REQUIRES: tuple[str, ...] = ("httpx2",)
EXTRA: str | None = "remote"


class Options(BaseModel, extra="forbid", frozen=True):
    """Which server and model, its context, and how long to wait for it."""

    base_url: ServerAddress = "http://127.0.0.1:11434"
    """Address; the `/v1` of its OpenAI endpoint is dropped. Default http://127.0.0.1:11434: where
    Ollama listens by itself."""

    model: str
    """Name of a model that was pulled, such as qwen2.5:7b. No default."""

    api_key: ServerKey | None = Field(default=None, repr=False)
    """Sent as `Authorization: Bearer ...`, for a proxy that asks for it. Default: none."""

    num_ctx: int = Field(default=16_384, ge=256)
    """What prompt and answer share, tokens. Default 16,384: a visit of 30 minutes takes some
    9,000, and memory grows with it."""

    keep_alive: str = Field(default="10m", pattern=r"^-?\d+(\.\d+)?(ms|s|m|h)?$")
    """How long the model stays loaded after an answer. Default 10m: the pauses of a visit."""

    thinking: bool | None = None
    """Field `think`. Default: not sent; false spares thinking models the text before the answer."""

    connect_seconds: float = Field(default=5.0, gt=0)
    """Wait for a connection, s. Default 5: a server in the same building answers at once."""

    answer_seconds: float = Field(default=300.0, gt=0)
    """Wait for a whole answer, s. Default 300: the model may have to be loaded before."""

    stall_seconds: float = Field(default=30.0, gt=0)
    """Longest silence between pieces of an answer, s. Default 30: pieces take parts of a second."""

    attempts: int = Field(default=3, ge=1, le=10)
    """Tries while the server is down or busy, or answers in another form. Default 3."""

    pause_seconds: float = Field(default=1.0, ge=0)
    """Pause before the second try, doubled for each one after it, s. Default 1."""


class OllamaModel:
    """One model of one Ollama; several threads may use it."""

    def __init__(self, options: Options) -> None:
        self.made_by = Provenance(
            engine="ollama", version=version("medscribe"), model=options.model
        )
        self._options = options
        self._server = Server(
            base_url=options.base_url.rstrip("/").removesuffix("/v1"),
            api_key=options.api_key,
            connect_seconds=options.connect_seconds,
            answer_seconds=options.answer_seconds,
            stall_seconds=options.stall_seconds,
            attempts=options.attempts,
            pause_seconds=options.pause_seconds,
        )
        self._known = OllamaServer(self._server, options.model, options.num_ctx)
        self._meter = Meter()

    @property
    def context_tokens(self) -> int | None:
        return self._options.num_ctx

    @property
    def usage(self) -> Usage:
        return self._meter.total

    def complete(
        self,
        messages: Sequence[Message],
        answer: type[Answer],
        *,
        max_tokens: int = 1024,
        cancelled: Callable[[], bool] = never,
        heard: Callable[[str], None] = unheard,
    ) -> Answer:
        """See `LanguageModel`. An answer to a prompt that may have been cut is a failure."""
        check_fits(messages, max_tokens, self._options.num_ctx)
        asker = Asker(cancelled=cancelled, heard=heard, count=self._meter.add)
        self._known.check_model()
        question = Question(
            path="api/chat",
            body=self._body(messages, answer, max_tokens),
            max_tokens=max_tokens,
            read_line=_line,
            read_whole=_part,
            refuse=_refuse,
        )
        value, usage = ask_for(
            lambda reply: (whole_answer(reply, answer), reply.usage), question, self._server, asker
        )
        self._known.check_read_whole(usage, fewest_tokens(messages), max_tokens)
        return value

    def _body(
        self, messages: Sequence[Message], answer: type[BaseModel], max_tokens: int
    ) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self._options.model,
            "messages": [{"role": each.author.value, "content": each.text} for each in messages],
            "stream": True,
            "format": schema_of(answer),
            "options": {
                "num_ctx": self._options.num_ctx,
                "num_predict": max_tokens,
                "temperature": 0,
            },
            # Newer servers then refuse what does not fit; older ones do not know the fields.
            "truncate": False,
            "shift": False,
            "keep_alive": self._options.keep_alive,
        }
        if self._options.thinking is not None:
            body["think"] = self._options.thinking
        return body


def create(options: Options) -> LanguageModel:
    """The model; nothing is sent before it is asked."""
    return OllamaModel(options)


def _refuse(status: int) -> None:
    if status in (401, 403):
        raise ConfigurationError("Ollama refuses the key: check language_model_key.")
    if status == 404:
        raise not_pulled()
    raise LanguageModelError(
        f"Ollama refuses the request (status {status}): prompt and answer must fit num_ctx "
        "(language_model_options), and the model must support structured outputs."
    )


def _line(line: bytes) -> Part | None:
    return _part(line) if line else None


def _part(data: bytes) -> Part:
    """One record of a stream, or the one of a whole answer; `PassingError` where it is none."""
    try:
        record = json.loads(data)
        if "error" in record and record["error"] is not None:
            raise PassingError("failed in the middle of an answer")
        text = record["message"].get("content")
        finish = record.get("done_reason", "unknown") if record["done"] else None
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise PassingError("does not speak Ollama's protocol") from None
    return Part(
        text=text if isinstance(text, str) else "",
        finish=finish if isinstance(finish, str) else None,
        usage=_usage(record) if finish else None,
    )


def _usage(record: dict[str, Any]) -> Usage:
    return Usage(
        prompt_tokens=count_of(record.get("prompt_eval_count")),
        cached_tokens=count_of(record.get("prompt_eval_cached_count")),
        completion_tokens=count_of(record.get("eval_count")),
    )
