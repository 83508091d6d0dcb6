"""Pieces of an answer -> records as servers send them: OpenAI's events, Ollama's lines."""

import json
from collections.abc import Sequence
from typing import Any, Protocol

from medscribe.llm.model import Usage


class Format(Protocol):
    """How one kind of server writes. A `usage` of None is not told."""

    content_type: str

    def piece(self, text: str) -> bytes: ...

    def end(self, finish: str, usage: Usage | None) -> bytes: ...

    def failure(self) -> bytes: ...

    def whole(self, text: str, finish: str, usage: Usage | None) -> bytes:
        """The body of an answer that does not come as a stream."""
        ...


class OpenAiFormat:
    """Server-sent events with `chat.completion.chunk` records; counts come after the end."""

    content_type = "text/event-stream; charset=utf-8"

    def piece(self, text: str) -> bytes:
        return _event(_chunk({"content": text}, None))

    def end(self, finish: str, usage: Usage | None) -> bytes:
        events = [_event(_chunk({}, finish))]
        if usage is not None:
            events.append(_event(_chunk(None, None) | {"usage": _openai_counts(usage)}))
        return b"".join([*events, b"data: [DONE]\n\n"])

    def failure(self) -> bytes:
        return _event({"error": {"code": 500, "message": "engine died"}})

    def whole(self, text: str, finish: str, usage: Usage | None) -> bytes:
        message = {"role": "assistant", "content": text}
        choice = {"index": 0, "message": message, "finish_reason": finish}
        record: dict[str, Any] = {"object": "chat.completion", "choices": [choice]}
        if usage is not None:
            record["usage"] = _openai_counts(usage)
        return json.dumps(record, indent=1).encode()


class OllamaFormat:
    """Newline-delimited JSON; the last record is `done` and tells the counts."""

    content_type = "application/x-ndjson"

    def piece(self, text: str) -> bytes:
        return _line({"message": {"role": "assistant", "content": text}, "done": False})

    def end(self, finish: str, usage: Usage | None) -> bytes:
        return self.whole("", finish, usage) + b"\n"

    def failure(self) -> bytes:
        return _line({"error": "an error was encountered while running the model"})

    def whole(self, text: str, finish: str, usage: Usage | None) -> bytes:
        record: dict[str, Any] = {
            "message": {"role": "assistant", "content": text},
            "done": True,
            "done_reason": finish,
        }
        if usage is not None:
            record["eval_count"] = usage.completion_tokens
            if usage.prompt_tokens:
                record["prompt_eval_count"] = usage.prompt_tokens
                record["prompt_eval_cached_count"] = usage.cached_tokens
        return json.dumps(record).encode()


def pieces_of(text: str, characters: int = 12) -> Sequence[str]:
    """A text in pieces of so many characters, some three tokens each."""
    return [text[start : start + characters] for start in range(0, len(text), characters)]


def _chunk(delta: dict[str, str] | None, finish: str | None) -> dict[str, Any]:
    choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
    return {"object": "chat.completion.chunk", "choices": choices}


def _openai_counts(usage: Usage) -> dict[str, Any]:
    return {
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        "total_tokens": usage.prompt_tokens + usage.completion_tokens,
        "prompt_tokens_details": {"cached_tokens": usage.cached_tokens},
    }


def _event(record: dict[str, Any]) -> bytes:
    return b"data: " + json.dumps(record).encode() + b"\n\n"


def _line(record: dict[str, Any]) -> bytes:
    return json.dumps(record).encode() + b"\n"
