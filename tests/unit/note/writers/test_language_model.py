"""The language model's writer: a full pass, read in parts where the context is small."""

from typing import Any

import pytest
from tests.talk import talk
from tests.unit.note.model_note import thirty_minutes

from medscribe.domain.note import Author, StatementStatus
from medscribe.errors import ConfigurationError, LanguageModelError
from medscribe.llm.context import most_tokens
from medscribe.llm.model import Author as MessageAuthor
from medscribe.llm.model import Message
from medscribe.llm.scripted_server import Fault, ScriptedServer
from medscribe.note.model_note.plan import ReadingPlan
from medscribe.note.template import load_template
from medscribe.note.writer import NoteWriter
from medscribe.note.writers import language_model

TEMPLATE = load_template("soap")
VISIT = talk(
    """
    CLINICIAN  Any allergies, <NAME_1>?
    PATIENT    Penicillin gives me hives.
    """
)
ALLERGY = {
    "section": "allergies",
    "text": "Allergic to penicillin (hives).",
    "quotes": ["u2: Penicillin gives me hives"],
}


def writer_at(url: str, plan: ReadingPlan = ReadingPlan.AUTO, **engine: Any) -> NoteWriter:
    server = {"base_url": url, "pause_seconds": 0, "attempts": 1} | engine
    return language_model.create(language_model.Options(engine_options=server, plan=plan))


def test_a_full_pass_gives_statements_with_quotes_in_the_templates_order() -> None:
    invented = {"section": "chief_complaint", "text": "Cough.", "quotes": ["u1: bad cough"]}
    with ScriptedServer([{"statements": [ALLERGY, invented]}]) as server:
        note = writer_at(server.url).write(VISIT, TEMPLATE)

    assert [section.key for section in note.sections] == [each.key for each in TEMPLATE.sections]
    status = {each.text: each.status for each in note.statements}
    assert status == {
        "Cough.": StatementStatus.UNSUPPORTED,
        "Allergic to penicillin (hives).": StatementStatus.SUPPORTED,
    }
    assert all(each.author is Author.MODEL for each in note.statements)
    assert (note.revision, note.read) == (1, 2)
    made_by = note.made_by
    assert (made_by.engine, made_by.model, made_by.template) == (
        "language_model",
        "default",
        "soap 1",
    )


def test_a_placeholder_that_nobody_said_is_left_out() -> None:
    madeup = {"section": "allergies", "text": "Seen by <NAME_2>.", "quotes": ["u1: Any allergies"]}
    known = {"section": "allergies", "text": "Is <NAME_1>.", "quotes": ["u1: allergies, <NAME_1>"]}
    with ScriptedServer([{"statements": [madeup, known]}]) as server:
        note = writer_at(server.url).write(VISIT, TEMPLATE)

    assert [each.text for each in note.statements] == ["Is <NAME_1>."]


@pytest.mark.parametrize("fault", [Fault.BUSY, Fault.TRUNCATED, Fault.GARBAGE])
def test_a_fault_is_no_note(fault: Fault) -> None:
    with ScriptedServer([fault]) as server, pytest.raises(LanguageModelError):
        writer_at(server.url).write(VISIT, TEMPLATE)


def test_an_answer_of_which_nothing_fits_is_no_empty_note() -> None:
    with (
        ScriptedServer([{"statements": [ALLERGY | {"section": "no_such"}]}]) as server,
        pytest.raises(LanguageModelError, match="sections"),
    ):
        writer_at(server.url).write(VISIT, TEMPLATE)


def test_a_visit_without_speech_asks_nothing() -> None:
    with ScriptedServer([Fault.BUSY]) as server:
        note = writer_at(server.url).write((), TEMPLATE)

    assert (server.requests, note.statements, note.revision) == ([], (), 1)


CONTEXT = 5_000


def fits(request: dict[str, Any]) -> bool:
    messages = [
        Message(author=MessageAuthor(each["role"]), text=each["content"])
        for each in request["messages"]
    ]
    return most_tokens(messages) + request["max_tokens"] <= CONTEXT


def test_a_long_visit_is_read_in_parts_that_fit_the_context() -> None:
    visit = thirty_minutes.visit()
    with ScriptedServer(thirty_minutes.model()) as server:
        note = writer_at(server.url, context_tokens=CONTEXT).write(visit, TEMPLATE)

    assert len(server.requests) > 5
    assert all(map(fits, server.requests))
    assert note.read == len(visit)
    assert len(note.statements) >= 20
    asked = "\n".join(request["messages"][-1]["content"] for request in server.requests)
    assert all(f"[{utterance.id}] " in asked for utterance in visit)


def test_the_plan_turns_to_windows_when_the_visit_outgrows_the_context() -> None:
    visit = thirty_minutes.visit()
    with ScriptedServer([{"operations": []}]) as server:
        live = writer_at(server.url, context_tokens=CONTEXT).begin(TEMPLATE)
        for count in (20, 40, 400, 410):
            live.update(visit[:count])

    held = ["[u1] " in request["messages"][-1]["content"] for request in server.requests]
    assert held[:2] == [True, True]
    assert held[-1] is False
    assert all(map(fits, server.requests))


def test_without_a_known_context_the_cache_decides() -> None:
    visit = thirty_minutes.visit()

    def holds_all(**server_options: Any) -> bool:
        with ScriptedServer([{"operations": []}], **server_options) as server:
            live = writer_at(server.url).begin(TEMPLATE)
            for count in (20, 40, 400, 410):
                live.update(visit[:count])
        return "[u1] " in server.requests[-1]["messages"][-1]["content"]

    assert holds_all()
    assert not holds_all(tells=lambda usage: usage.model_copy(update={"cached_tokens": 0}))


def test_the_cadence_is_a_matter_of_options() -> None:
    engine = {"base_url": "http://127.0.0.1:9/v1"}
    options = language_model.Options(engine_options=engine, update_words=30, update_seconds=20)

    cadence = language_model.create(options).cadence

    assert (cadence.words, cadence.seconds, cadence.background) == (30, 20, True)


def test_a_wrong_engine_or_option_is_named() -> None:
    with pytest.raises(ConfigurationError):
        language_model.create(language_model.Options(engine="nowhere"))
    with pytest.raises(ConfigurationError, match="base_url"):
        language_model.create(language_model.Options())
