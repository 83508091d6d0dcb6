"""Prompts -> answers of a server with OpenAI's chat completions: vLLM, llama.cpp, any."""

import json
from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Any

from pydantic import BaseModel, Field

from medscribe.domain.provenance import Provenance
from medscribe.errors import ConfigurationError, LanguageModelError
from medscribe.llm.answers import ask_for, schema_of, whole_answer
from medscribe.llm.context import check_fits
from medscribe.llm.counts import Meter, count_of
from medscribe.llm.exchange import Asker, Part, Question, Server
from medscribe.llm.model import Answer, LanguageModel, Message, Usage, never, unheard
from medscribe.remote import PassingError, ServerAddress, ServerKey

SUMMARY = "Any server with OpenAI's chat completions (vLLM, llama.cpp ...)"
REQUIRES: tuple[str, ...] = ("httpx2",)
EXTRA: str | None = "remote"


class Options(BaseModel, extra="forbid", frozen=True):
    """Which server and model, and how long to wait for it."""

    base_url: ServerAddress
    """Address up to and with `/v1`, such as http://127.0.0.1:8080/v1. No default."""

    model: str = "default"
    """Name of the model there. Default `default`: servers of one model ignore it."""

    api_key: ServerKey | None = Field(default=None, repr=False)
    """Sent as `Authorization: Bearer ...`. Default: none."""

    connect_seconds: float = Field(default=5.0, gt=0)
    """Wait for a connection, s. Default 5: a server in the same building answers at once."""

    answer_seconds: float = Field(default=180.0, gt=0)
    """Wait for a whole answer, s. Default 180: a small model on a CPU reads 3,000 tokens in 100."""

    stall_seconds: float = Field(default=30.0, gt=0)
    """Longest silence between pieces of an answer, s. Default 30: pieces take parts of a second."""

    attempts: int = Field(default=3, ge=1, le=10)
    """Tries while the server is down or busy, or answers in another form. Default 3."""

    pause_seconds: float = Field(default=1.0, ge=0)
    """Pause before the second try, doubled for each one after it, s. Default 1."""

    context_tokens: int | None = Field(default=None, ge=256)
    """What prompt and answer share there, tokens: what may not fit is not asked. Default: not
    known, the server refuses what is too long."""

    priority: int | None = None
    """Field `priority` of vLLM, started with `--scheduling-policy priority`: lower goes first.
    Default: not sent, vLLM refuses it without that policy."""

    stream_usage: bool = True
    """Ask for token counts (`stream_options`). Default true; false for servers that refuse it."""

    thinking: bool | None = None
    """Field `chat_template_kwargs.enable_thinking` of vLLM and llama.cpp. Default: not sent; false
    spares models such as Qwen3 the text before the answer."""


class OpenAiCompatibleModel:
    """One model on one server; several threads may use it."""

    def __init__(self, options: Options) -> None:
        self.made_by = Provenance(
            engine="openai_compatible", version=version("medscribe"), model=options.model
        )
        self._options = options
        self._server = Server(
            base_url=options.base_url,
            api_key=options.api_key,
            connect_seconds=options.connect_seconds,
            answer_seconds=options.answer_seconds,
            stall_seconds=options.stall_seconds,
            attempts=options.attempts,
            pause_seconds=options.pause_seconds,
        )
        self._meter = Meter()

    @property
    def context_tokens(self) -> int | None:
        return self._options.context_tokens

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
        """See `LanguageModel`."""
        if self.context_tokens is not None:
            check_fits(messages, max_tokens, self.context_tokens)
        question = Question(
            path="chat/completions",
            body=self._body(messages, answer, max_tokens),
            max_tokens=max_tokens,
            read_line=_line,
            read_whole=_whole,
            refuse=_refuse,
        )
        return ask_for(
            lambda reply: whole_answer(reply, answer),
            question,
            self._server,
            Asker(cancelled=cancelled, heard=heard, count=self._meter.add),
        )

    def _body(
        self, messages: Sequence[Message], answer: type[BaseModel], max_tokens: int
    ) -> dict[str, Any]:
        schema = {"name": answer.__name__, "strict": True, "schema": schema_of(answer)}
        body: dict[str, Any] = {
            "model": self._options.model,
            "messages": [{"role": each.author.value, "content": each.text} for each in messages],
            "temperature": 0,
            "max_tokens": max_tokens,
            "stream": True,
            "response_format": {"type": "json_schema", "json_schema": schema},
        }
        if self._options.stream_usage:
            body["stream_options"] = {"include_usage": True}
        if self._options.priority is not None:
            body["priority"] = self._options.priority
        if self._options.thinking is not None:
            body["chat_template_kwargs"] = {"enable_thinking": self._options.thinking}
        return body


def create(options: Options) -> LanguageModel:
    """The model; nothing is sent before it is asked."""
    return OpenAiCompatibleModel(options)


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
        "response_format json_schema, and its context must hold prompt and answer."
    )


def _line(line: bytes) -> Part | None:
    """One line of server-sent events; comments, names and the closing mark say nothing."""
    if line.startswith(b"error:"):  # llama.cpp
        raise PassingError("failed in the middle of an answer")
    if not line.startswith(b"data:"):
        return None
    data = line.removeprefix(b"data:").strip()
    return None if data == b"[DONE]" else _part(data, "delta")


def _whole(body: bytes) -> Part:
    return _part(body, "message")


def _part(data: bytes, holder: str) -> Part:
    """First choice and counts of a record; `PassingError` where it is none."""
    try:
        record = json.loads(data)
        if "error" in record and record["error"] is not None:
            raise PassingError("failed in the middle of an answer")
        choices = record["choices"] if holder == "message" else record.get("choices")
        choice = choices[0] if choices else {}
        text = (choice.get(holder) or {}).get("content")
        usage = _usage(record.get("usage"))
        finish = choice.get("finish_reason")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise PassingError("does not speak OpenAI's protocol") from None
    return Part(
        text=text if isinstance(text, str) else "",
        finish=finish if isinstance(finish, str) else None,
        usage=usage,
    )


def _usage(counts: dict[str, Any] | None) -> Usage | None:
    if not counts:
        return None
    details = counts.get("prompt_tokens_details") or {}
    return Usage(
        prompt_tokens=count_of(counts.get("prompt_tokens")),
        cached_tokens=count_of(details.get("cached_tokens")),
        completion_tokens=count_of(counts.get("completion_tokens")),
    )
