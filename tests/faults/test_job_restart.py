"""A server killed in the middle of a job: started anew, it finishes the job with the same words."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from tests.sample_speech import spoken_like

from medscribe.bootstrap import build
from medscribe.domain.encounter import EncounterStatus
from medscribe.settings import load_settings

PROGRAM = Path(__file__).parents[1] / "api" / "job_server.py"
KILLED = -9
PATIENCE = 120.0

# Long enough for two steps of a minute of speech, so that the stage is cut off in its middle.
RECORDING_SECONDS = 85.0
TIMES = frozenset({"created_at", "finished_at", "timings", "id", "links"})


@contextmanager
def server(folder: Path, kill_at: int = 0) -> Iterator[tuple[httpx2.Client, subprocess.Popen[str]]]:
    """A server process on the data of `folder`, and a client of it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # The same line for every stretch: a new process reads the script from its start again.
    script = folder / "script.txt"
    script.write_text("I have had a cough for two weeks and no fever.\n" * 50)
    arguments = [str(folder / "data"), str(script), str(port), str(kill_at)]
    process = subprocess.Popen([sys.executable, str(PROGRAM), *arguments], text=True)
    try:
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}") as client:
            wait_until_it_listens(client, process)
            yield client, process
    finally:
        process.terminate()
        process.wait(PATIENCE)


def wait_until_it_listens(client: httpx2.Client, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server did not start"
        try:
            client.get("/transcribe")
        except httpx2.ConnectError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server does not listen")


def submit(client: httpx2.Client, folder: Path) -> str:
    recording = spoken_like(folder / "visit.wav", RECORDING_SECONDS).read_bytes()
    answer = client.post("/transcribe", files={"file": ("visit.wav", recording)})
    assert answer.status_code == 202
    return str(answer.json()["id"])


def result_of(client: httpx2.Client, job_id: str) -> dict[str, Any]:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if client.get(f"/transcribe/{job_id}").json()["status"] == "done":
            result: dict[str, Any] = client.get(f"/transcribe/{job_id}/result").json()
            return {name: value for name, value in result.items() if name not in TIMES}
        time.sleep(0.2)
    raise AssertionError("the job does not come to an end")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("undisturbed")
    with server(folder) as (client, _):
        return result_of(client, submit(client, folder))


# One stretch into the first step, and into the second, when the first is in the store.
@pytest.mark.parametrize("kill_at", [1, 4])
def test_a_job_outlives_its_server(
    tmp_path: Path, undisturbed: dict[str, Any], kill_at: int
) -> None:
    with server(tmp_path, kill_at) as (client, process):
        job_id = submit(client, tmp_path)
        assert process.wait(PATIENCE) == KILLED

    with server(tmp_path) as (client, process):
        # Nobody asks for it: the server finds it by itself.
        assert result_of(client, job_id) == undisturbed


def test_a_server_that_is_asked_to_stop_stops_and_keeps_the_job(tmp_path: Path) -> None:
    with server(tmp_path) as (client, process):
        job_id = submit(client, tmp_path)
        process.terminate()
        # 0, or the signal that it obeyed.
        assert process.wait(PATIENCE) in (0, -15)

    medscribe = build(load_settings(data_dir=tmp_path / "data"))
    assert medscribe.store.get(job_id).status is not EncounterStatus.FAILED
    assert medscribe.audio_log(job_id).length == RECORDING_SECONDS * 16_000
    medscribe.close()
