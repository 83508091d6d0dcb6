"""A worker in another environment that works, dies, hangs or talks nonsense."""

import os
import sys
import time
from pathlib import Path

import pytest

from medscribe.errors import ConfigurationError, ModelUnavailableError
from medscribe.speech.whisperx.process import WorkerProcess

ECHO = """
import json, sys
options = json.loads(sys.stdin.readline())
print(json.dumps({"ready": True}), flush=True)
for line in sys.stdin:
    print(json.dumps({"options": options, "asked": json.loads(line)}), flush=True)
"""
DIES_ONCE = """
import json, pathlib, sys
mark = pathlib.Path(json.loads(sys.stdin.readline())["mark"])
print(json.dumps({"ready": True}), flush=True)
for line in sys.stdin:
    if not mark.exists():
        mark.touch()
        sys.exit(1)
    print(json.dumps({"alive": True}), flush=True)
"""
ALWAYS_DIES = """
import json, pathlib, sys
starts = pathlib.Path(json.loads(sys.stdin.readline())["mark"])
starts.write_text((starts.read_text() if starts.exists() else "") + ".")
print(json.dumps({"ready": True}), flush=True)
sys.stdin.readline()
"""
HANGS = """
import json, sys, time
sys.stdin.readline()
print(json.dumps({"ready": True}), flush=True)
time.sleep(600)
"""
GARBAGE = """
import sys
sys.stdin.readline()
print('{"ready": true}', flush=True)
for line in sys.stdin:
    print("Segmentation fault", flush=True)
"""
CANNOT_LOAD = """
import sys
sys.stdin.readline()
print('{"error": "OSError"}', flush=True)
"""


def worker(program: str, *, answer_seconds: float = 30, **options: str) -> WorkerProcess:
    return WorkerProcess(
        [sys.executable, "-c", program],
        options,
        start_seconds=30,
        answer_seconds=answer_seconds,
    )


def ends(process_id: int) -> bool:
    """Whether the process is gone within two seconds."""
    for _ in range(100):
        try:
            os.kill(process_id, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


def test_one_process_answers_request_after_request() -> None:
    running = worker(ECHO, model="twin")
    first = running.ask({"audio": "a" * 1_500_000})
    assert first["options"] == {"model": "twin"}
    assert len(first["asked"]["audio"]) == 1_500_000
    process_id = running.process_id
    assert running.ask({"n": 2})["asked"] == {"n": 2}
    assert running.process_id == process_id
    running.close()


def test_nothing_starts_before_it_is_needed() -> None:
    assert worker(ECHO).process_id is None


def test_a_worker_that_dies_is_started_again(tmp_path: Path) -> None:
    running = worker(DIES_ONCE, mark=str(tmp_path / "mark"))
    assert running.ask({}) == {"alive": True}
    running.close()


def test_a_worker_killed_between_requests_is_started_again() -> None:
    running = worker(ECHO)
    running.ask({})
    assert running.process_id is not None
    os.kill(running.process_id, 9)
    assert running.ask({"n": 2})["asked"] == {"n": 2}
    running.close()


def test_starts_come_to_an_end_where_every_worker_dies(tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    running = worker(ALWAYS_DIES, mark=str(starts))
    for _ in range(4):
        with pytest.raises(ModelUnavailableError, match="WhisperX"):
            running.ask({})
    assert len(starts.read_text()) == 3


def test_a_worker_that_hangs_is_killed() -> None:
    running = worker(HANGS, answer_seconds=0.3)
    with pytest.raises(ModelUnavailableError):
        running.ask({"audio": "a" * 1_500_000})
    assert running.process_id is None


def test_nonsense_is_no_answer() -> None:
    with pytest.raises(ModelUnavailableError) as raised:
        worker(GARBAGE).ask({})
    assert "Segmentation" not in str(raised.value)


def test_a_worker_that_cannot_load_its_models_says_what_to_check() -> None:
    with pytest.raises(ConfigurationError, match="OSError"):
        worker(CANNOT_LOAD).ask({})


def test_an_interpreter_that_is_not_there_is_named() -> None:
    nowhere = WorkerProcess(["no-such-python"], {}, start_seconds=5, answer_seconds=5)
    with pytest.raises(ConfigurationError, match="python"):
        nowhere.ask({})


def test_the_worker_ends_with_its_owner() -> None:
    running = worker(ECHO)
    running.ask({})
    process_id = running.process_id
    assert process_id is not None
    del running
    assert ends(process_id)


def test_no_key_of_medscribe_reaches_the_other_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MEDSCRIBE_MASTER_KEY", "secret")
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    program = ECHO.replace('"asked"', '"environment": dict(__import__("os").environ), "asked"')
    running = worker(program)
    environment = running.ask({})["environment"]
    running.close()
    assert not [name for name in environment if name.startswith(("MEDSCRIBE_", "PYTHON"))]
