"""What every language model keeps: a whole valid answer or one clear error, over real HTTP."""

import json
import logging
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pydantic import BaseModel

from medscribe.errors import AnswerCancelledError, ConfigurationError, LanguageModelError
from medscribe.llm.model import Author, LanguageModel, Message
from medscribe.llm.models import ollama, openai_compatible, scripted
from medscribe.llm.scripted_server import Fault, ScriptedServer

PAGES = Path(__file__).resolve().parents[2] / "docs" / "engines"
NAME = "Zebulon Quarkfield"
ASK = [
    Message(author=Author.SYSTEM, text="Answer in JSON."),
    Message(author=Author.USER, text=f"[u1] PATIENT: I am {NAME} and my knee hurts."),
]
GOOD: dict[str, Any] = {"summary": "The patient's knee hurts, says the patient.", "count": 3}
HASTE = {"pause_seconds": 0, "answer_seconds": 30}

Door = Callable[..., LanguageModel]


class Summary(BaseModel, extra="forbid"):
    summary: str
    count: int


def by_openai(server: ScriptedServer, **options: Any) -> LanguageModel:
    chosen = HASTE | {"base_url": server.url} | options
    return openai_compatible.create(openai_compatible.Options(**chosen))


def by_ollama(server: ScriptedServer, **options: Any) -> LanguageModel:
    chosen = HASTE | {"base_url": server.ollama_url, "model": "toy"} | options
    return ollama.create(ollama.Options(**chosen))


def patience(fault: Fault) -> dict[str, float]:
    """Short only where silence is what is tried: a busy machine is silent for a while as well."""
    return {"stall_seconds": 0.4} if fault is Fault.STALLED else {}


DOORS = pytest.mark.parametrize("door", [by_openai, by_ollama])


class Times:
    """Says yes from the so-many-th time on that it is asked."""

    def __init__(self, last: int) -> None:
        self.left = last

    def __call__(self) -> bool:
        self.left -= 1
        return self.left < 0


@pytest.fixture(params=["openai_compatible", "ollama", "scripted"])
def model(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """A model of each kind that has one good answer."""
    if request.param == "scripted":
        path = tmp_path / "answers.json"
        path.write_text(json.dumps([GOOD]))
        yield scripted.create(scripted.Options(path=path))
        return
    with ScriptedServer([GOOD]) as server:
        yield by_ollama(server) if request.param == "ollama" else by_openai(server)


def test_an_answer_is_whole_and_validated(model: LanguageModel) -> None:
    assert model.complete(ASK, Summary) == Summary(**GOOD)


def test_what_is_heard_joins_to_the_answer(model: LanguageModel) -> None:
    pieces: list[str] = []

    answer = model.complete(ASK, Summary, heard=pieces.append)

    assert len(pieces) > 2
    assert all(pieces)
    assert Summary.model_validate_json("".join(pieces)) == answer


def test_an_answer_of_another_form_is_none(model: LanguageModel) -> None:
    class Verdict(BaseModel, extra="forbid"):
        colour: str

    with pytest.raises(LanguageModelError) as failure:
        model.complete(ASK, Verdict)

    assert GOOD["summary"] not in str(failure.value)


def test_an_answer_can_be_called_off_while_it_comes(model: LanguageModel) -> None:
    pieces: list[str] = []

    with pytest.raises(AnswerCancelledError):
        model.complete(ASK, Summary, heard=pieces.append, cancelled=lambda: len(pieces) == 2)

    assert len(pieces) == 2


@DOORS
@pytest.mark.parametrize("fault", [Fault.STALLED, Fault.SLOW, Fault.BLANKS])
def test_calling_off_hangs_up_so_that_the_server_stops(door: Door, fault: Fault) -> None:
    with ScriptedServer([fault]) as server:
        with pytest.raises(AnswerCancelledError):
            door(server).complete(ASK, Summary, cancelled=Times(2))

        assert server.wait_for_hang_up()
        assert len(server.requests) == 1


@DOORS
def test_calling_off_ends_the_pause_before_another_try(door: Door) -> None:
    with ScriptedServer([Fault.BUSY]) as server:
        with pytest.raises(AnswerCancelledError):
            door(server, pause_seconds=60).complete(ASK, Summary, cancelled=Times(10))

        assert len(server.requests) == 1


PASSING = [
    Fault.BUSY,
    Fault.GARBAGE,
    Fault.WRONG_FORM,
    Fault.STALLED,
    Fault.DROPPED,
    Fault.UNFINISHED,
    Fault.FAILED,
]


@DOORS
@pytest.mark.parametrize("fault", PASSING)
def test_a_passing_fault_is_tried_again(door: Door, fault: Fault) -> None:
    with ScriptedServer([fault, fault, GOOD]) as server:
        assert door(server, **patience(fault)).complete(ASK, Summary) == Summary(**GOOD)


@DOORS
@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_that_stays_is_given_up_after_three_tries(door: Door, fault: Fault) -> None:
    with ScriptedServer([fault]) as server:
        with pytest.raises(LanguageModelError) as failure:
            door(server, **patience(fault)).complete(ASK, Summary)

        assert len(server.requests) == 3
    assert "3 tries" in str(failure.value)


@DOORS
@pytest.mark.parametrize("fault", [Fault.TRUNCATED, Fault.CONTENT_FILTER, Fault.BLANKS])
def test_an_answer_without_its_own_end_is_none_and_not_tried_again(
    door: Door, fault: Fault
) -> None:
    with ScriptedServer([fault, GOOD]) as server:
        with pytest.raises(LanguageModelError):
            door(server).complete(ASK, Summary)

        assert len(server.requests) == 1


@DOORS
def test_blanks_without_end_are_cut_early_and_the_server_stops(door: Door) -> None:
    heard: list[str] = []

    with ScriptedServer([Fault.BLANKS]) as server:
        with pytest.raises(LanguageModelError) as failure:
            door(server).complete(ASK, Summary, heard=heard.append)

        assert server.wait_for_hang_up()
    assert "without end" in str(failure.value)
    assert len("".join(heard)) <= 2_000


@DOORS
def test_an_answer_longer_than_its_tokens_can_be_is_cut_short(door: Door) -> None:
    with ScriptedServer([GOOD | {"summary": "pain " * 2_000}]) as server:
        with pytest.raises(LanguageModelError) as failure:
            door(server).complete(ASK, Summary, max_tokens=64)

        assert server.wait_for_hang_up()
    assert "without end" in str(failure.value)


@DOORS
def test_a_server_that_never_answers_is_not_waited_for_without_end(door: Door) -> None:
    with ScriptedServer([Fault.SLOW]) as server:
        with pytest.raises(LanguageModelError) as failure:
            door(server, answer_seconds=0.2, attempts=1).complete(ASK, Summary)

        assert server.wait_for_hang_up()
    assert "in time" in str(failure.value)


@DOORS
def test_a_trickle_does_not_outlast_the_time_for_an_answer(door: Door) -> None:
    with ScriptedServer([GOOD], piece_seconds=0.2) as server:
        with pytest.raises(LanguageModelError) as failure:
            door(server, answer_seconds=0.5, attempts=1).complete(ASK, Summary)

        assert server.wait_for_hang_up()
    assert "in time" in str(failure.value)


@DOORS
@pytest.mark.parametrize("fault", [Fault.REFUSED, Fault.UNKNOWN_MODEL])
def test_a_refused_key_or_model_is_a_matter_of_settings(door: Door, fault: Fault) -> None:
    with ScriptedServer([fault]) as server:
        with pytest.raises(ConfigurationError):
            door(server).complete(ASK, Summary)

        assert len(server.requests) == 1


@DOORS
def test_a_failed_try_takes_back_what_was_heard(door: Door) -> None:
    heard: list[str] = []

    with ScriptedServer([Fault.DROPPED, GOOD]) as server:
        answer = door(server).complete(ASK, Summary, heard=heard.append)

    assert heard[0]
    anew = len(heard) - heard[::-1].index("")
    assert Summary.model_validate_json("".join(heard[anew:])) == answer


@DOORS
@pytest.mark.parametrize("fault", [None, Fault.WRONG_FORM, Fault.TRUNCATED, Fault.BUSY])
def test_a_server_that_does_not_stream_works_as_well(door: Door, fault: Fault | None) -> None:
    with ScriptedServer([GOOD if fault is None else fault], streams=False) as server:
        if fault is None:
            assert door(server).complete(ASK, Summary) == Summary(**GOOD)
            return
        with pytest.raises(LanguageModelError):
            door(server).complete(ASK, Summary)


@DOORS
def test_all_tokens_are_counted_failed_tries_too(door: Door) -> None:
    with ScriptedServer([Fault.WRONG_FORM, GOOD]) as server:
        model = door(server)
        model.complete(ASK, Summary)

        assert model.usage == server.ledger.total
        assert len(server.ledger.entries) == 2
        assert model.usage.completion_tokens > 0


@DOORS
def test_an_answer_to_the_same_beginning_is_read_from_the_cache(door: Door) -> None:
    lines = "\n".join(f"[u{number}] PATIENT: It hurts here." for number in range(40))
    grown = [ASK[0], Message(author=Author.USER, text=lines + "\n[u40] CLINICIAN: Since when?")]

    with ScriptedServer([GOOD]) as server:
        model = door(server)
        model.complete([ASK[0], Message(author=Author.USER, text=lines)], Summary)
        assert model.usage.cached_tokens == 0
        model.complete(grown, Summary)

    assert model.usage.cached_tokens / server.ledger.entries[1].prompt_tokens > 0.9


@DOORS
def test_what_cannot_fit_the_context_is_not_asked(door: Door) -> None:
    option = {"num_ctx": 512} if door is by_ollama else {"context_tokens": 512}
    long = [Message(author=Author.USER, text="[u1] PATIENT: Yes. " * 60)]

    with ScriptedServer([GOOD]) as server:
        model = door(server, **option)
        with pytest.raises(LanguageModelError) as failure:
            model.complete(long, Summary, max_tokens=200)

        assert model.context_tokens == 512
        assert server.requests == []
    assert "512" in str(failure.value)


@DOORS
@pytest.mark.parametrize("fault", [fault for fault in Fault if fault is not Fault.SLOW])
def test_nothing_said_in_a_visit_stands_in_an_error_or_a_log(
    door: Door, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    with ScriptedServer([fault]) as server, pytest.raises(Exception) as failure:
        door(server, api_key="secret-key-1", **patience(fault)).complete(ASK, Summary)

    told = [str(failure.value), repr(failure.value), caplog.text]
    told += [repr(record.args) for record in caplog.records]
    for word in (*NAME.split(), "knee", "The pat", "secret-key-1"):
        assert not any(word in text for text in told)
    assert failure.value.__cause__ is None


@pytest.mark.parametrize("engine", [openai_compatible, ollama, scripted])
def test_every_option_stands_on_its_page(engine: ModuleType) -> None:
    name = engine.__name__.rsplit(".", 1)[-1]
    page = (PAGES / f"{name}.md").read_text("utf-8")

    rows = re.findall(r"^\| `(\w+)` \|", page.rpartition("**Options**")[2], re.MULTILINE)
    assert set(rows) == set(engine.Options.model_fields)


def test_a_key_that_is_asked_for_is_sent() -> None:
    with ScriptedServer([GOOD]) as server:
        by_openai(server, api_key="secret-key-1").complete(ASK, Summary)
        by_ollama(server, api_key="secret-key-1").complete(ASK, Summary)

    assert server.keys == ["Bearer secret-key-1"] * 2
