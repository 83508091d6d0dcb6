"""The door to language models over real HTTP: a whole valid answer, or one clear error."""

import json
import socket
from typing import Any

import pytest
from pydantic import BaseModel

from medscribe.errors import ConfigurationError, LanguageModelError, MedScribeError
from medscribe.llm.model import Author, LanguageModel, Message
from medscribe.llm.models import openai_compatible
from medscribe.llm.scripted_server import Fault, ScriptedServer


class Verdict(BaseModel, extra="forbid"):
    colour: str
    count: int


GOOD: dict[str, Any] = {"colour": "blue", "count": 3}
ASK = [
    Message(author=Author.SYSTEM, text="Answer in JSON."),
    Message(author=Author.USER, text="[u1] PATIENT: My knee hurts."),
]


def model_at(url: str, **options: Any) -> LanguageModel:
    chosen = {"base_url": url, "pause_seconds": 0, "answer_seconds": 20} | options
    return openai_compatible.create(openai_compatible.Options(**chosen))


def test_an_answer_comes_back_validated() -> None:
    with ScriptedServer([GOOD]) as server:
        assert model_at(server.url).complete(ASK, Verdict) == Verdict(colour="blue", count=3)


def test_the_request_asks_for_the_schema_and_bounds_the_answer() -> None:
    with ScriptedServer([GOOD]) as server:
        model_at(server.url, model="qwen").complete(ASK, Verdict, max_tokens=77)

    (request,) = server.requests
    assert request["model"] == "qwen"
    assert request["max_tokens"] == 77
    assert request["temperature"] == 0
    assert [message["role"] for message in request["messages"]] == ["system", "user"]
    asked = request["response_format"]
    assert asked["type"] == "json_schema"
    assert set(asked["json_schema"]["schema"]["required"]) == {"colour", "count"}
    assert asked["json_schema"]["schema"]["additionalProperties"] is False


@pytest.mark.parametrize("fault", [Fault.BUSY, Fault.GARBAGE, Fault.WRONG_FORM])
def test_a_passing_fault_is_tried_again(fault: Fault) -> None:
    with ScriptedServer([fault, fault, GOOD]) as server:
        assert model_at(server.url).complete(ASK, Verdict).count == 3


@pytest.mark.parametrize("fault", [Fault.BUSY, Fault.GARBAGE, Fault.WRONG_FORM])
def test_a_fault_that_stays_is_given_up_after_three_tries(fault: Fault) -> None:
    with ScriptedServer([fault]) as server, pytest.raises(LanguageModelError) as failure:
        model_at(server.url).complete(ASK, Verdict)

    assert len(server.requests) == 3
    assert "language_model_url" in str(failure.value)


def test_a_part_of_an_answer_is_a_failure_and_not_tried_again() -> None:
    with ScriptedServer([Fault.TRUNCATED]) as server, pytest.raises(LanguageModelError):
        model_at(server.url).complete(ASK, Verdict)

    assert len(server.requests) == 1


def test_white_space_without_end_is_cut_short() -> None:
    with ScriptedServer([Fault.BLANKS]) as server, pytest.raises(LanguageModelError) as failure:
        model_at(server.url).complete(ASK, Verdict)

    assert "without end" in str(failure.value)


def test_a_server_that_never_answers_is_not_waited_for_without_end() -> None:
    with ScriptedServer([Fault.SLOW]) as server, pytest.raises(LanguageModelError) as failure:
        model_at(server.url, answer_seconds=0.2, attempts=1).complete(ASK, Verdict)

    assert "in time" in str(failure.value)


def test_a_server_that_is_not_there_is_one_clear_sentence() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"

    with pytest.raises(LanguageModelError) as failure:
        model_at(url).complete(ASK, Verdict)

    assert "cannot be reached" in str(failure.value)


def test_a_refused_key_is_a_matter_of_settings() -> None:
    with ScriptedServer([Fault.REFUSED]) as server, pytest.raises(ConfigurationError) as failure:
        model_at(server.url).complete(ASK, Verdict)

    assert "language_model_key" in str(failure.value)


@pytest.mark.parametrize("bad", [{"colour": "Zebulon"}, {"colour": "a", "count": 1, "Quark": 2}])
def test_no_message_quotes_what_the_model_said(bad: dict[str, Any]) -> None:
    with ScriptedServer([bad]) as server, pytest.raises(MedScribeError) as failure:
        model_at(server.url).complete(ASK, Verdict)

    assert "Zebulon" not in str(failure.value)
    assert "Quark" not in str(failure.value)


def test_the_key_is_sent_and_never_printed() -> None:
    options = openai_compatible.Options(base_url="http://127.0.0.1:1/v1", api_key="secret-key-1")

    assert "secret-key-1" not in repr(options)


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")

    with ScriptedServer([GOOD]) as server:
        assert model_at(server.url).complete(ASK, Verdict).colour == "blue"


def test_a_prompt_in_any_script_arrives_as_it_is() -> None:
    ask = [Message(author=Author.USER, text="Ménière, 38 °C, β-blocker")]

    with ScriptedServer([GOOD]) as server:
        model_at(server.url).complete(ask, Verdict)

    assert json.dumps(server.requests[0]["messages"], ensure_ascii=False).count("Ménière") == 1
