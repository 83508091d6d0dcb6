"""A note keeps step with its visit, and no failure of a writer holds the visit up."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from structlog.typing import EventDict
from tests.talk import talk

from medscribe.domain.note import Note
from medscribe.llm.scripted_server import Fault, ScriptedServer
from medscribe.note.template import load_template
from medscribe.note.writer import NoteWriter, UpdateCadence
from medscribe.note.writers import extractive, language_model
from medscribe.pipeline.live_note import GrowingNote

TALK = talk(
    """
    CLINICIAN  What brings you in?
    PATIENT    My left knee has hurt for two weeks.
    CLINICIAN  Take naproxen 500 milligrams twice a day.
    """
)
UPSERT = {
    "op": "upsert",
    "id": "",
    "section": "history_of_present_illness",
    "text": "Left knee pain for two weeks.",
    "quotes": ["u2: My left knee has hurt for two weeks."],
    "problem": "",
    "reason": "",
}
ANSWER = {"operations": [UPSERT]}


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def logs() -> Iterator[list[EventDict]]:
    with structlog.testing.capture_logs() as logged:
        yield logged


@pytest.fixture
def clock() -> Clock:
    return Clock()


def growing(writer: NoteWriter, clock: Clock) -> GrowingNote:
    stand_in = extractive.create(extractive.Options())
    return GrowingNote(writer, stand_in, load_template("soap"), clock=clock)


def asking(server: ScriptedServer) -> NoteWriter:
    options = language_model.Options(
        engine_options={"base_url": server.url, "attempts": 1, "answer_seconds": 20},
        update_words=5,
    )
    return language_model.create(options)


@pytest.fixture
def script() -> list[dict[str, Any] | Fault]:
    return [ANSWER]


@pytest.fixture
def server(script: list[dict[str, Any] | Fault]) -> Iterator[ScriptedServer]:
    with ScriptedServer(script) as opened:
        yield opened


def settled(note: GrowingNote) -> Note | None:
    """The note when the update in flight is over."""
    note.wait()
    return note.latest


def broken_writer(*, background: bool = False) -> NoteWriter:
    """One that fails with what was said in its message."""

    class Broken:
        def update(self, _utterances: object, *, cancelled: object = None) -> Note:
            raise RuntimeError("My left knee")

    cadence = UpdateCadence(words=1, seconds=60, background=background)
    writer: NoteWriter = type(
        "BrokenWriter", (), {"cadence": cadence, "begin": lambda *_: Broken()}
    )()
    return writer


def test_a_writer_without_a_model_has_its_note_at_once(clock: Clock) -> None:
    note = growing(extractive.create(extractive.Options()), clock)
    note.offer(TALK)
    assert note.latest is not None
    assert "knee" in " ".join(statement.text for statement in note.latest.statements)
    assert not note.latest.stale


def test_the_visit_does_not_wait_for_a_language_model(server: ScriptedServer, clock: Clock) -> None:
    note = growing(asking(server), clock)
    note.offer(TALK)
    assert [statement.text for statement in (settled(note) or pytest.fail()).statements] == [
        "Left knee pain for two weeks."
    ]


def test_few_new_words_wait_for_the_cadence_and_then_do_not(
    server: ScriptedServer, clock: Clock
) -> None:
    note = growing(asking(server), clock)
    note.offer(TALK[:1])
    assert not note.busy
    assert server.requests == []
    clock.now = 61.0
    note.offer(TALK[:1])
    settled(note)
    assert len(server.requests) == 1


def test_a_second_update_waits_for_the_first(clock: Clock) -> None:
    with ScriptedServer([Fault.SLOW]) as server:
        note = growing(asking(server), clock)
        note.offer(TALK[:2])
        note.offer(TALK)
        assert note.busy
        assert note.close() is None
        assert len(server.requests) <= 1


@pytest.mark.parametrize("script", [[Fault.BUSY, ANSWER], [Fault.TRUNCATED, ANSWER]])
def test_the_stand_in_writes_while_the_model_is_away_and_the_model_catches_up(
    server: ScriptedServer, clock: Clock
) -> None:
    note = growing(asking(server), clock)
    note.offer(TALK)
    stood_in = settled(note)
    assert stood_in is not None
    assert stood_in.stale
    assert stood_in.made_by.engine == "extractive"
    clock.now = 61.0
    longer = (*TALK, *(one.model_copy(update={"id": "u4"}) for one in TALK[1:2]))
    note.offer(longer)
    caught_up = settled(note)
    assert caught_up is not None
    assert not caught_up.stale
    assert caught_up.made_by.engine == "language_model"
    asked = str(server.requests[-1]["messages"])
    assert all(f"[{one.id}]" in asked for one in longer)


def test_what_was_corrected_calls_the_update_in_flight_off(clock: Clock) -> None:
    with ScriptedServer([Fault.SLOW, ANSWER]) as server:
        note = growing(asking(server), clock)
        note.offer(TALK)
        while note.busy and not server.requests:
            time.sleep(0.01)
        note.correct()
        assert settled(note) is None
        assert len(server.requests) == 1
        note.offer(TALK)
        written = settled(note)
    assert written is not None
    assert written.made_by.engine == "language_model"
    assert not written.stale


def test_a_writer_that_breaks_does_not_break_the_visit_and_nothing_said_is_logged(
    clock: Clock, logs: list[EventDict]
) -> None:
    note = growing(broken_writer(), clock)
    note.offer(TALK)
    assert note.latest is not None
    assert note.latest.stale
    assert [entry["log_level"] for entry in logs] == ["error"]
    assert "knee" not in str(logs)


@pytest.mark.parametrize("background", [False, True])
def test_a_stand_in_that_breaks_as_well_does_not_break_the_visit(
    background: bool, clock: Clock, logs: list[EventDict], capsys: pytest.CaptureFixture[str]
) -> None:
    broken = broken_writer(background=background)
    note = GrowingNote(broken, broken, load_template("soap"), clock=clock)
    note.offer(TALK)
    assert settled(note) is None
    assert [entry["log_level"] for entry in logs] == ["error", "error"]
    assert "knee" not in str(logs) + capsys.readouterr().err


def test_after_a_failure_the_model_is_asked_again_though_nothing_new_was_said(
    clock: Clock,
) -> None:
    with ScriptedServer([Fault.BUSY, ANSWER]) as server:
        note = growing(asking(server), clock)
        note.offer(TALK)
        assert (settled(note) or pytest.fail()).stale
        clock.now = 61.0
        note.offer(TALK)
        assert not (settled(note) or pytest.fail()).stale
