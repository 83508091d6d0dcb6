"""The local queue: bounded retry, nothing forgotten, errors of the tree are final."""

import pytest

from medscribe.errors import AudioError, StageError, StaleLeaseError
from medscribe.jobs.local import LocalQueue


class Worker:
    """Does what its script says per encounter: a number of steps, or an error to raise."""

    def __init__(self, script: dict[str, list[bool | Exception]]) -> None:
        self.script = script
        self.given_up: list[tuple[str, str]] = []

    def work(self, encounter_id: str) -> bool:
        step = self.script[encounter_id].pop(0)
        if isinstance(step, Exception):
            raise step
        return step

    def give_up(self, encounter_id: str, error_class: str) -> None:
        self.given_up.append((encounter_id, error_class))


def queue_of(worker: Worker) -> LocalQueue:
    return LocalQueue(worker.work, worker.give_up, max_attempts=3, pause_seconds=0)


def test_an_encounter_is_worked_until_nothing_is_left() -> None:
    worker = Worker({"a": [True, True, False]})
    queue = queue_of(worker)
    queue.submit("a")

    queue.drain()

    assert worker.script["a"] == []


def test_submitting_twice_is_submitting_once() -> None:
    worker = Worker({"a": [False]})
    queue = queue_of(worker)
    queue.submit("a")
    queue.submit("a")

    queue.drain()

    assert worker.script["a"] == []


def test_a_passing_fault_is_tried_again() -> None:
    worker = Worker({"a": [ValueError(), OSError(), False]})
    queue = queue_of(worker)
    queue.submit("a")

    queue.drain()

    assert worker.given_up == []


def test_a_step_that_succeeds_starts_the_count_anew() -> None:
    fault = ValueError()
    worker = Worker({"a": [fault, fault, True, fault, fault, False]})
    queue = queue_of(worker)
    queue.submit("a")

    queue.drain()

    assert worker.given_up == []


def test_a_fault_that_stays_is_given_up_after_three_tries() -> None:
    worker = Worker({"a": [ValueError("Zebulon")] * 4})
    queue = queue_of(worker)
    queue.submit("a")

    with pytest.raises(StageError) as failure:
        queue.drain()

    assert worker.given_up == [("a", "ValueError")]
    assert len(worker.script["a"]) == 1
    assert "Zebulon" not in str(failure.value)


def test_an_error_of_the_tree_is_final_and_stops_nobody_else() -> None:
    worker = Worker({"bad": [AudioError("No speech.")], "good": [True, False]})
    queue = queue_of(worker)
    queue.submit("bad")
    queue.submit("good")

    with pytest.raises(AudioError):
        queue.drain()

    assert worker.given_up == [("bad", "AudioError")]
    assert worker.script["good"] == []


def test_an_encounter_that_another_worker_took_over_is_not_called_failed() -> None:
    worker = Worker({"a": [StaleLeaseError("taken over")]})
    queue = queue_of(worker)
    queue.submit("a")

    with pytest.raises(StaleLeaseError):
        queue.drain()

    assert worker.given_up == []
