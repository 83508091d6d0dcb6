"""The background runner: wakes on submit, one failure stops nobody, stops cleanly."""

import threading
from collections.abc import Callable, Iterator

import pytest

from medscribe.errors import AudioError, StaleLeaseError
from medscribe.jobs.runner import Runner

PATIENCE = 20.0


class Encounters:
    """Steps left per encounter, an exception in place of a step; notes what was done."""

    def __init__(self, script: dict[str, list[bool | Exception]]) -> None:
        self.script = script
        self.done: list[str] = []
        self.given_up: list[tuple[str, str]] = []
        self.changed = threading.Condition()

    def work(self, encounter_id: str) -> bool:
        with self.changed:
            step = self.script[encounter_id].pop(0)
            self.done.append(encounter_id)
            self.changed.notify_all()
        if isinstance(step, Exception):
            raise step
        return step

    def give_up(self, encounter_id: str, error_class: str) -> None:
        with self.changed:
            self.given_up.append((encounter_id, error_class))
            self.changed.notify_all()

    def until(self, fact: Callable[[], bool]) -> bool:
        with self.changed:
            return self.changed.wait_for(fact, PATIENCE)


@pytest.fixture
def running() -> Iterator[Callable[..., Runner]]:
    runners: list[Runner] = []

    def run(encounters: Encounters, **options: object) -> Runner:
        work = options.pop("work", encounters.work)
        runner = Runner(work, encounters.give_up, pause_seconds=0, **options)  # type: ignore
        runners.append(runner)
        runner.start()
        return runner

    yield run
    for runner in runners:
        assert runner.stop(PATIENCE)


def test_a_submitted_encounter_is_worked_to_its_end(running: Callable[..., Runner]) -> None:
    encounters = Encounters({"a": [True, True, False]})
    runner = running(encounters)

    runner.submit("a")

    assert encounters.until(lambda: encounters.script["a"] == [])
    assert runner.at_work in ("a", None)


def test_what_a_sweep_finds_at_the_start_is_done_without_being_asked_for(
    running: Callable[..., Runner],
) -> None:
    encounters = Encounters({"left": [True, False]})

    running(encounters, sweep=lambda: ["left"])

    assert encounters.until(lambda: encounters.done == ["left", "left"])


def test_an_encounter_that_fails_stops_no_other(running: Callable[..., Runner]) -> None:
    encounters = Encounters(
        {"bad": [AudioError("No speech.")], "odd": [ValueError()] * 3, "good": [True, False]}
    )
    runner = running(encounters)

    for name in encounters.script:
        runner.submit(name)

    assert encounters.until(lambda: len(encounters.given_up) == 2)
    assert encounters.until(lambda: encounters.script["good"] == [])
    assert set(encounters.given_up) == {("bad", "AudioError"), ("odd", "ValueError")}
    assert not runner.holds("bad")
    assert not runner.holds("odd")


def test_a_passing_fault_is_tried_again(running: Callable[..., Runner]) -> None:
    encounters = Encounters({"a": [OSError(), OSError(), False]})
    runner = running(encounters)

    runner.submit("a")

    assert encounters.until(lambda: encounters.script["a"] == [])
    assert encounters.given_up == []


def test_a_short_encounter_does_not_wait_for_a_long_one(running: Callable[..., Runner]) -> None:
    encounters = Encounters({"long": [True] * 50 + [False], "short": [True, False]})
    runner = running(encounters)

    runner.submit("long")
    runner.submit("short")

    assert encounters.until(lambda: encounters.script["long"] == [])
    assert encounters.done.index("short") < encounters.done.count("long") - 1


def test_a_forgotten_encounter_is_left_at_its_next_check(running: Callable[..., Runner]) -> None:
    entered, go_on = threading.Event(), threading.Event()
    ended: list[str] = []
    encounters = Encounters({})

    def work(_encounter_id: str) -> bool:
        entered.set()
        assert go_on.wait(PATIENCE)
        try:
            runner.check()
        except StaleLeaseError:
            ended.append("stopped")
            raise
        return True

    runner = running(encounters, work=work)
    runner.submit("a")
    assert entered.wait(PATIENCE)
    runner.forget("a")
    go_on.set()
    assert runner.stop(PATIENCE)

    assert ended == ["stopped"]
    assert encounters.given_up == []


def test_stopping_leaves_the_rest_for_the_next_start(running: Callable[..., Runner]) -> None:
    encounters = Encounters({"a": [True] * 10_000})
    runner = running(encounters)
    runner.submit("a")
    assert encounters.until(lambda: len(encounters.done) > 3)

    assert runner.stop(PATIENCE)

    assert encounters.script["a"]
    assert encounters.given_up == []


def test_an_encounter_that_was_finished_can_be_asked_for_again(
    running: Callable[..., Runner],
) -> None:
    encounters = Encounters({"a": [False, False]})
    runner = running(encounters)
    runner.submit("a")
    assert encounters.until(lambda: len(encounters.done) == 1)
    while runner.holds("a"):
        threading.Event().wait(0.001)

    runner.submit("a")

    assert encounters.until(lambda: len(encounters.done) == 2)
