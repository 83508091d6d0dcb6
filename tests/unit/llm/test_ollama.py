"""Ollama: its context is asked for and checked, and what may have been cut is no answer."""

from typing import Any

import pytest
from pydantic import BaseModel

from medscribe.errors import ConfigurationError, LanguageModelError
from medscribe.llm.model import Author, LanguageModel, Message, Usage
from medscribe.llm.models import ollama
from medscribe.llm.scripted_server import Fault, ScriptedServer


class Verdict(BaseModel, extra="forbid"):
    colour: str


GOOD: dict[str, Any] = {"colour": "blue"}
LINES = "\n".join(f"[u{number}] PATIENT: My knee hurts when I climb." for number in range(60))
ASK = [Message(author=Author.USER, text=LINES)]


def model_at(server: ScriptedServer, **options: Any) -> LanguageModel:
    chosen = {"base_url": server.ollama_url, "model": "toy", "pause_seconds": 0} | options
    return ollama.create(ollama.Options(**chosen))


def test_context_length_and_form_are_asked_for() -> None:
    with ScriptedServer([GOOD]) as server:
        model_at(server, num_ctx=8192, keep_alive="30m").complete(ASK, Verdict, max_tokens=99)

    (request,) = server.requests
    assert request["options"] == {"num_ctx": 8192, "num_predict": 99, "temperature": 0}
    assert request["format"]["required"] == ["colour"]
    assert request["keep_alive"] == "30m"
    assert request["truncate"] is False
    assert request["shift"] is False
    assert "think" not in request


def test_thinking_can_be_switched_off() -> None:
    with ScriptedServer([GOOD]) as server:
        model_at(server, thinking=False).complete(ASK, Verdict)

    assert server.requests[0]["think"] is False


def test_a_model_that_was_not_pulled_is_told_how_to_fetch() -> None:
    with ScriptedServer([GOOD], pulled=["other"]) as server:
        with pytest.raises(ConfigurationError, match="ollama pull"):
            model_at(server).complete(ASK, Verdict)

        assert server.requests == []


def test_the_address_of_its_openai_endpoint_is_taken_as_well() -> None:
    with ScriptedServer([GOOD]) as server:
        assert model_at(server, base_url=server.url + "/").complete(ASK, Verdict).colour == "blue"


def test_a_model_that_vanishes_is_told_how_to_fetch() -> None:
    with (
        ScriptedServer([Fault.UNKNOWN_MODEL]) as server,
        pytest.raises(ConfigurationError, match="ollama pull"),
    ):
        model_at(server).complete(ASK, Verdict)


def test_a_context_that_the_model_was_not_trained_for_is_a_matter_of_settings() -> None:
    with ScriptedServer([GOOD], trained_context=4096) as server:
        with pytest.raises(ConfigurationError, match="num_ctx"):
            model_at(server, num_ctx=8192).complete(ASK, Verdict)

        assert server.requests == []


def test_an_answer_out_of_a_smaller_context_than_asked_for_is_none() -> None:
    with (
        ScriptedServer([GOOD], allocated_context=4096) as server,
        pytest.raises(LanguageModelError, match="4096"),
    ):
        model_at(server).complete(ASK, Verdict)


def test_an_answer_to_half_a_context_of_prompt_is_none() -> None:
    half = Usage(prompt_tokens=66, cached_tokens=16, completion_tokens=5)

    with (
        ScriptedServer([GOOD], tells=lambda usage: half) as server,
        pytest.raises(LanguageModelError, match="whole prompt"),
    ):
        model_at(server).complete(ASK, Verdict)


def test_a_prompt_that_reaches_the_room_of_the_answer_is_a_failure() -> None:
    full = Usage(prompt_tokens=2048 - 256)

    with (
        ScriptedServer([GOOD], tells=lambda usage: full) as server,
        pytest.raises(LanguageModelError, match="no room"),
    ):
        model_at(server, num_ctx=2048).complete(ASK, Verdict, max_tokens=256)


def test_a_prompt_uncounted_because_cached_is_no_error_where_it_had_room() -> None:
    with ScriptedServer([GOOD], tells=lambda usage: Usage(completion_tokens=5)) as server:
        model = model_at(server)

        assert model.complete(ASK, Verdict) == model.complete(ASK, Verdict)


@pytest.mark.parametrize("told", [None, Usage(prompt_tokens=3)])
def test_a_prompt_uncounted_in_a_context_unknown_is_a_failure(told: Usage | None) -> None:
    with (
        ScriptedServer([GOOD], tells=lambda usage: told, allocated_context=0) as server,
        pytest.raises(LanguageModelError, match="whole prompt"),
    ):
        model_at(server).complete(ASK, Verdict)


def test_an_older_server_that_tells_no_context_is_believed_for_its_counts() -> None:
    with ScriptedServer([GOOD], allocated_context=0) as server:
        assert model_at(server).complete(ASK, Verdict).colour == "blue"


def test_a_prompt_read_before_is_no_error() -> None:
    with ScriptedServer([GOOD]) as server:
        model = model_at(server)
        first = model.complete(ASK, Verdict)
        second = model.complete(ASK, Verdict)

    assert first == second
    assert model.usage.cached_tokens > model.usage.prompt_tokens / 3
