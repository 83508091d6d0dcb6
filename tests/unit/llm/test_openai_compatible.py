"""Chat completions: what is asked for, and how answers of different servers are read."""

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from pydantic import BaseModel

from medscribe.errors import ConfigurationError, LanguageModelError, MedScribeError
from medscribe.llm.model import Author, LanguageModel, Message, Usage
from medscribe.llm.models import openai_compatible
from medscribe.llm.scripted_server import Fault, ScriptedServer
from medscribe.plugin import create_engine


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


def asked(**options: Any) -> dict[str, Any]:
    with ScriptedServer([GOOD]) as server:
        model_at(server.url, **options).complete(ASK, Verdict, max_tokens=77)
    (request,) = server.requests
    return request


def test_the_request_asks_for_the_schema_and_bounds_the_answer() -> None:
    request = asked(model="qwen")

    assert request["model"] == "qwen"
    assert request["max_tokens"] == 77
    assert request["temperature"] == 0
    assert request["stream"] is True
    assert request["stream_options"] == {"include_usage": True}
    assert [message["role"] for message in request["messages"]] == ["system", "user"]
    form = request["response_format"]
    assert form["type"] == "json_schema"
    assert set(form["json_schema"]["schema"]["required"]) == {"colour", "count"}
    assert form["json_schema"]["schema"]["additionalProperties"] is False


def test_fields_that_only_some_servers_know_are_sent_on_request_only() -> None:
    assert not {"priority", "chat_template_kwargs"} & set(asked())
    assert asked(priority=10)["priority"] == 10
    assert asked(thinking=False)["chat_template_kwargs"] == {"enable_thinking": False}
    assert "stream_options" not in asked(stream_usage=False)


def test_a_fault_names_the_setting_that_holds_the_address() -> None:
    with ScriptedServer([Fault.BUSY]) as server, pytest.raises(LanguageModelError) as failure:
        model_at(server.url).complete(ASK, Verdict)

    assert "language_model_url" in str(failure.value)


def test_a_server_that_is_not_there_is_one_clear_sentence() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"

    with pytest.raises(LanguageModelError) as failure:
        model_at(url).complete(ASK, Verdict)

    assert "cannot be reached" in str(failure.value)


@pytest.mark.parametrize("bad", [{"colour": "Zebulon"}, {"colour": "a", "count": 1, "Quark": 2}])
def test_no_message_quotes_what_the_model_said(bad: dict[str, Any]) -> None:
    with ScriptedServer([bad]) as server, pytest.raises(MedScribeError) as failure:
        model_at(server.url).complete(ASK, Verdict)

    assert "Zebulon" not in str(failure.value)
    assert "Quark" not in str(failure.value)


def test_the_key_is_never_printed() -> None:
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


def test_a_server_that_tells_no_counts_counts_as_nothing() -> None:
    with ScriptedServer([GOOD], tells=lambda usage: None) as server:
        model = model_at(server.url)
        model.complete(ASK, Verdict)

    assert model.usage == Usage()


def test_whoever_listens_may_fail_and_the_server_stops() -> None:
    def broken(piece: str) -> None:
        raise OSError("the screen is gone")

    with ScriptedServer([GOOD], piece_seconds=0.05) as server:
        with pytest.raises(OSError, match="screen"):
            model_at(server.url).complete(ASK, Verdict, heard=broken)

        assert server.wait_for_hang_up()


@pytest.mark.parametrize(
    "wrong",
    [
        {"base_url": "http://127.0.0.1:99999/v1"},
        {"base_url": "http://server:eighty/v1"},
        {"base_url": "http://["},
        {"api_key": "schl\u00fcssel"},
        {"api_key": "key\n"},
    ],
)
def test_an_address_or_key_that_cannot_be_is_refused_before_anything_is_sent(
    wrong: dict[str, str],
) -> None:
    options = {"base_url": "http://127.0.0.1:9/v1"} | wrong
    with pytest.raises(ConfigurationError) as refused:
        create_engine("medscribe.llm.models", "openai_compatible", options)
    assert next(iter(wrong)) in str(refused.value)
    assert next(iter(wrong.values())) not in str(refused.value)


def test_a_record_with_an_empty_error_is_no_error() -> None:
    class Nulls(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            choice = {"message": {"content": json.dumps(GOOD)}, "finish_reason": "stop"}
            body = json.dumps({"error": None, "choices": [choice]}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Nulls) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        model = model_at(f"http://127.0.0.1:{server.server_port}/v1", attempts=1)
        assert model.complete(ASK, Verdict).count == 3
        server.shutdown()
