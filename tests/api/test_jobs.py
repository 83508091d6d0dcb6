"""`/transcribe` over real HTTP: taken in before it is acknowledged, worked on, told, forgotten."""

import io
import json
import threading
import time
import wave
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
import pytest
from tests.api.server import new_service, running
from tests.sample_speech import SAMPLE_SCRIPT, sample_seconds

from medscribe.api.jobs import routes
from medscribe.api.service import service_of
from medscribe.bootstrap import build
from medscribe.llm.scripted_server import Fault, ScriptedServer
from medscribe.settings import Settings, load_settings

PATIENCE = 60.0
ANALYSIS = {
    "summary": "A cough and its treatment.",
    "topics": ["cough"],
    "action_items": ["The patient rests."],
}


def settings_at(folder: Path, **more: Any) -> Settings:
    chosen: dict[str, Any] = {
        "data_dir": folder / "data",
        "asr": "scripted",
        "asr_options": {"path": str(SAMPLE_SCRIPT)},
        **more,
    }
    return load_settings(**chosen)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[httpx2.Client]:
    with (
        running(new_service(settings_at(tmp_path))) as site,
        httpx2.Client(base_url=site.url) as opened,
    ):
        yield opened


def wav(samples: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(np.round(samples * 32767).astype("<i2").tobytes())
    return buffer.getvalue()


def spoken(seconds: float = 12.0) -> bytes:
    return wav(sample_seconds(0, seconds))


def submit(client: httpx2.Client, recording: bytes, **fields: str) -> httpx2.Response:
    return client.post("/transcribe", files={"file": ("visit.wav", recording)}, data=fields)


def finished(client: httpx2.Client, job_id: str) -> dict[str, Any]:
    """The job when it has come to an end; every look on the way must be a sane one."""
    deadline = time.monotonic() + PATIENCE
    before = 0.0
    while time.monotonic() < deadline:
        job = client.get(f"/transcribe/{job_id}").json()
        assert before <= job["progress"] <= 1
        before = job["progress"]
        if job["status"] in ("done", "failed", "cancelled"):
            return job
        time.sleep(0.05)
    raise AssertionError("the job does not come to an end")


def test_a_recording_becomes_a_transcript_in_every_format(client: httpx2.Client) -> None:
    taken = submit(client, spoken(16.0))
    job = finished(client, taken.json()["id"])

    assert taken.status_code == 202
    assert taken.headers["location"] == f"/transcribe/{job['id']}"
    assert (job["status"], job["progress"], job["error"]) == ("done", 1.0, None)
    assert set(job["timings"]) == {"detect_speech", "transcribe", "attribute"}
    result = client.get(job["links"]["result"]).json()
    first = " ".join(SAMPLE_SCRIPT.read_text("utf-8").splitlines()[0].split())
    assert result["text"].startswith(first)
    assert result["analysis"] is None
    assert {speaker["label"] for speaker in result["speakers"]} == {"S1", "S2"}
    assert result["utterances"][0]["words"][0]["text"] == first.split()[0]
    shapes = {"text": "[00:00] ", "srt": "1\n00:00:00", "vtt": "WEBVTT", "rttm": "SPEAKER "}
    for form, beginning in shapes.items():
        answer = client.get(job["links"]["result"], params={"format": form})
        assert answer.text.startswith(beginning), form
        assert "json" not in answer.headers["content-type"]


def test_a_recording_that_is_cut_off_is_used_and_the_client_is_told(client: httpx2.Client) -> None:
    whole, cut = spoken(), spoken()[: len(spoken()) // 2]

    assert submit(client, whole).json()["truncated"] is False
    taken = submit(client, cut).json()
    assert taken["truncated"] is True
    assert finished(client, taken["id"])["status"] == "done"


def test_an_unknown_format_is_refused(client: httpx2.Client) -> None:
    job = submit(client, spoken()).json()

    answer = client.get(f"/transcribe/{job['id']}/result", params={"format": "docx"})

    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == "format"


def test_what_is_no_sound_is_refused_at_once_and_leaves_nothing(client: httpx2.Client) -> None:
    answer = submit(client, b"Zebulon Quark, born 1970")

    assert answer.status_code == 400
    assert "Zebulon" not in answer.text
    assert client.get("/transcribe").json()["data"] == []


@pytest.mark.parametrize(
    ("fields", "param", "status"),
    [
        ({"model": "nosuch"}, "model", 404),
        ({"num_speakers": "many"}, "num_speakers", 400),
        ({"language": "Klingonese"}, "language", 400),
        ({"analysis": "perhaps"}, "analysis", 400),
        ({"hotwords": "x" * 100}, "hotwords", 400),
    ],
)
def test_a_wrong_field_is_named(
    client: httpx2.Client, fields: dict[str, str], param: str, status: int
) -> None:
    answer = submit(client, spoken(), **fields)

    assert answer.status_code == status
    assert answer.json()["error"]["param"] == param


def test_a_request_without_a_file_is_refused(client: httpx2.Client) -> None:
    answer = client.post("/transcribe", data={"language": "en"}, files={"other": (None, b"x")})

    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == "file"


def test_analysis_without_a_language_model_says_which_setting(client: httpx2.Client) -> None:
    answer = submit(client, spoken(), analysis="true")

    assert answer.status_code == 400
    assert "language_model_url" in answer.json()["error"]["message"]


def test_a_silent_recording_fails_with_its_stage_and_reason(client: httpx2.Client) -> None:
    job = finished(client, submit(client, wav(np.zeros(48_000))).json()["id"])

    assert job["status"] == "failed"
    assert job["error"]["stage"] == "detect_speech"
    assert "No speech" in job["error"]["message"]
    answer = client.get(job["links"]["result"])
    assert answer.status_code == 409
    assert "No speech" in answer.json()["error"]["message"]


def test_one_failing_job_does_not_stop_the_others(client: httpx2.Client) -> None:
    bad = submit(client, wav(np.zeros(48_000))).json()["id"]
    good = submit(client, spoken()).json()["id"]

    assert finished(client, good)["status"] == "done"
    assert finished(client, bad)["status"] == "failed"
    assert [job["id"] for job in client.get("/transcribe").json()["data"]] == [bad, good]


def test_a_deleted_job_is_gone_with_its_sound(client: httpx2.Client, tmp_path: Path) -> None:
    job = finished(client, submit(client, spoken()).json()["id"])

    answer = client.delete(f"/transcribe/{job['id']}")

    assert answer.json()["deleted"] is True
    assert not list((tmp_path / "data").rglob("*.seg"))
    assert client.get(f"/transcribe/{job['id']}").json()["status"] == "cancelled"
    assert client.get(job["links"]["result"]).status_code == 410
    assert client.get("/transcribe").json()["data"] == []


def test_clients_that_delete_a_job_at_once_are_all_told_that_it_is_gone(
    client: httpx2.Client,
) -> None:
    job_id = submit(client, wav(np.zeros(480_000))).json()["id"]
    with ThreadPoolExecutor(8) as pool:
        answers = pool.map(client.delete, [f"/transcribe/{job_id}"] * 16)
        statuses = {answer.status_code for answer in answers}

    assert statuses == {200}


def test_more_uploads_than_the_disk_can_be_lent_to_are_told_to_come_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "MOST_UPLOADS", 0)
    with running(new_service(settings_at(tmp_path))) as site:
        answer = httpx2.post(f"{site.url}/transcribe", files={"file": b"sound"})

    assert answer.status_code == 429
    assert answer.headers["retry-after"].isdigit()


@pytest.mark.parametrize("path", ["", "/result"])
def test_an_unknown_job_is_not_found(client: httpx2.Client, path: str) -> None:
    answer = client.get(f"/transcribe/{'0' * 32}{path}")

    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "job_not_found"
    assert client.delete(f"/transcribe/{'0' * 32}").status_code == 404


class Gate:
    """Progress that stands still at the first stretch until it is opened."""

    def __init__(self) -> None:
        self.reached, self.opened = threading.Event(), threading.Event()

    def report(self, doing: str, _done: float, _total: float) -> None:
        if doing == "Recognising speech":
            self.reached.set()
            assert self.opened.wait(PATIENCE)


@pytest.fixture
def gate() -> Iterator[Gate]:
    made = Gate()
    yield made
    made.opened.set()


@pytest.fixture
def gated(tmp_path: Path, gate: Gate) -> Iterator[httpx2.Client]:
    """A client of a server whose jobs stand still while they are recognised."""
    service = service_of(build(settings_at(tmp_path), progress=gate.report))
    with running(service) as site, httpx2.Client(base_url=site.url) as opened:
        yield opened
        gate.opened.set()


def test_a_client_that_tries_again_gets_the_same_job(gated: httpx2.Client, gate: Gate) -> None:
    first = submit(gated, spoken())
    assert gate.reached.wait(PATIENCE)
    again = submit(gated, spoken())
    other = submit(gated, spoken(), num_speakers="1")

    assert again.status_code == 202
    assert again.json()["id"] == first.json()["id"]
    assert other.json()["id"] != first.json()["id"]


def test_a_result_that_is_not_there_yet_is_a_conflict(gated: httpx2.Client, gate: Gate) -> None:
    job = submit(gated, spoken()).json()
    assert gate.reached.wait(PATIENCE)

    shown = gated.get(f"/transcribe/{job['id']}").json()
    answer = gated.get(f"/transcribe/{job['id']}/result")

    assert shown["status"] == "transcribing"
    assert answer.status_code == 409
    assert "not done" in answer.json()["error"]["message"]


def test_what_a_worker_found_out_after_the_cancelling_is_not_kept(
    gated: httpx2.Client, gate: Gate, tmp_path: Path
) -> None:
    job = submit(gated, spoken()).json()
    assert gate.reached.wait(PATIENCE)

    gated.delete(f"/transcribe/{job['id']}")
    gate.opened.set()
    following = finished(gated, submit(gated, spoken(8.0)).json()["id"])

    assert following["status"] == "done"
    assert gated.get(f"/transcribe/{job['id']}").json()["status"] == "cancelled"
    assert len(list((tmp_path / "data" / "audio").iterdir())) == 1


def analysed(tmp_path: Path, *script: dict[str, Any] | Fault) -> tuple[dict[str, Any], list[Any]]:
    """The result of a job with analysis by a server with that script, and what it was sent."""
    with ScriptedServer(script) as model:
        service = new_service(settings_at(tmp_path, language_model_url=model.url))
        with running(service) as site, httpx2.Client(base_url=site.url) as client:
            job = submit(client, spoken(), analysis="true").json()
            assert finished(client, job["id"])["status"] == "done"
            return client.get(f"/transcribe/{job['id']}/result").json(), model.requests


def test_an_analysis_comes_with_the_transcript(tmp_path: Path) -> None:
    result, _ = analysed(tmp_path, ANALYSIS)

    assert result["analysis"]["summary"] == ANALYSIS["summary"]
    assert result["analysis"]["topics"] == ["cough"]
    assert result["analysis"]["made_by"]["engine"] == "openai_compatible"
    assert result["analysis_error"] is None


def test_without_the_language_model_the_transcript_is_there_all_the_same(tmp_path: Path) -> None:
    result, _ = analysed(tmp_path, Fault.TRUNCATED)

    assert result["text"]
    assert result["analysis"] is None
    assert "language model" in result["analysis_error"]


def test_an_analysis_that_failed_is_tried_again_with_the_same_request(tmp_path: Path) -> None:
    with ScriptedServer([Fault.TRUNCATED, ANALYSIS]) as model:
        service = new_service(settings_at(tmp_path, language_model_url=model.url))
        with running(service) as site, httpx2.Client(base_url=site.url) as client:
            first = submit(client, spoken(), analysis="true").json()
            finished(client, first["id"])
            again = submit(client, spoken(), analysis="true").json()
            job = finished(client, again["id"])
            result = client.get(job["links"]["result"]).json()

    assert again["id"] == first["id"]
    assert result["analysis"]["summary"] == ANALYSIS["summary"]
    assert result["analysis_error"] is None


def test_a_slow_language_model_holds_up_no_other_job(tmp_path: Path) -> None:
    with ScriptedServer([Fault.SLOW]) as model:
        service = new_service(settings_at(tmp_path, language_model_url=model.url))
        with running(service) as site, httpx2.Client(base_url=site.url) as client:
            slow = submit(client, spoken(), analysis="true").json()["id"]
            while client.get(f"/transcribe/{slow}").json()["status"] != "analysing":
                time.sleep(0.05)
            other = finished(client, submit(client, spoken(8.0)).json()["id"])
            still = client.get(f"/transcribe/{slow}").json()["status"]
            model.let_go()

    assert (other["status"], still) == ("done", "analysing")


def test_a_language_model_sees_no_name_and_the_caller_sees_them_all(tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_text("Good morning, I am Doctor Zebulon Quark. Call me on 555-201-9988.\n" * 30)
    answer = ANALYSIS | {"summary": "<NAME_1> greets."}
    with ScriptedServer([answer]) as model:
        settings = settings_at(
            tmp_path, language_model_url=model.url, asr_options={"path": str(script)}
        )
        with running(new_service(settings)) as site, httpx2.Client(base_url=site.url) as client:
            job = finished(client, submit(client, spoken(), analysis="true").json()["id"])
            result = client.get(job["links"]["result"]).json()

    sent = json.dumps(model.requests)
    assert "<NAME_1>" in sent
    assert "Zebulon" not in sent
    assert "9988" not in sent
    assert "Zebulon" in result["text"]
    assert "Zebulon" in result["analysis"]["summary"]
