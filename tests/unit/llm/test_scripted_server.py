"""The server of tests: it answers by a function, counts tokens, and notices who hangs up."""

from typing import Any

from pydantic import BaseModel

from medscribe.llm.model import Author, Message, Usage
from medscribe.llm.models import openai_compatible
from medscribe.llm.scripted_server import Fault, Ledger, ScriptedServer


class Verdict(BaseModel, extra="forbid"):
    colour: str


def test_an_answer_can_be_a_function_of_what_is_asked() -> None:
    def reply(request: dict[str, Any]) -> dict[str, Any] | Fault:
        return {"colour": request["messages"][-1]["content"]}

    with ScriptedServer(reply) as server:
        model = openai_compatible.create(openai_compatible.Options(base_url=server.url))
        said = [
            model.complete([Message(author=Author.USER, text=text)], Verdict).colour
            for text in ("red", "blue")
        ]

    assert said == ["red", "blue"]
    assert server.hung_up == 0


def test_a_word_or_mark_is_a_token_and_a_third() -> None:
    ledger = Ledger()

    number = ledger.read([("user", "My knee hurts.")])
    usage = ledger.write(number, '{"a": 1}')

    assert usage == Usage(prompt_tokens=7, cached_tokens=0, completion_tokens=10)


def test_only_the_beginning_in_common_is_cached_in_blocks_of_16() -> None:
    ledger = Ledger()
    words = [f"word{number}" for number in range(60)]

    for text in (words, [*words, "more"], [words[0], "other", *words[2:]], ["x", *words]):
        ledger.read([("user", " ".join(text))])

    assert [entry.cached_tokens for entry in ledger.entries] == [0, 80, 0, 0]
    assert ledger.total.cached_tokens == 80


def test_the_last_token_of_a_prompt_is_always_read() -> None:
    ledger = Ledger()
    block = " ".join(f"word{number}" for number in range(23))  # and its author: 24 words, 2 blocks

    for _ in range(2):
        ledger.read([("user", block)])

    assert [entry.cached_tokens for entry in ledger.entries] == [0, 16]
