"""What the real client is told when something is wrong; it may try again only where that helps."""

import logging
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import openai
import pytest
import structlog
from openai import OpenAI
from tests.api.server import LINE, Site, new_service, running, scripted_settings
from tests.api.sounds import long_flac
from tests.sample_speech import spoken_like

from medscribe.api.service import Service
from medscribe.api.shelf import ModelShelf
from medscribe.domain.provenance import Provenance
from medscribe.errors import ModelUnavailableError, StorageFullError


def refusal(client: OpenAI, file: Any, model: str = "whisper-1", **fields: Any) -> Any:
    with pytest.raises(openai.APIStatusError) as raised:
        client.audio.transcriptions.create(file=file, model=model, **fields)
    error = raised.value
    assert error.request_id
    assert error.body is not None
    assert set(error.body) == {"message", "type", "param", "code"}
    return error


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"response_format": "xml"}, "response_format"),
        ({"temperature": 7}, "temperature"),
        ({"language": "klingon"}, "language"),
        ({"include": ["secrets"]}, "include"),
        (
            {"response_format": "verbose_json", "timestamp_granularities": ["letter"]},
            "timestamp_granularities",
        ),
        ({"chunking_strategy": {"type": "server_vad", "threshold": 3}}, "threshold"),
        ({"chunking_strategy": {"type": "by_moonlight"}}, "chunking_strategy"),
        ({"chunking_strategy": '{"type":' * 5_000}, "chunking_strategy"),
        ({"extra_body": {"chunk_length_s": 20}}, "chunk_length_s"),
        ({"extra_body": {"stream": "perhaps"}}, "stream"),
        ({"known_speaker_names": ["doctor"]}, "known_speaker_references"),
        (
            {"known_speaker_names": ["doctor"], "known_speaker_references": ["data:,x"]},
            "known_speaker_references",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_value_is_named(
    client: OpenAI, silent: Path, fields: dict[str, Any], param: str
) -> None:
    error = refusal(client, silent, **fields)
    assert isinstance(error, openai.BadRequestError)
    assert error.param == param
    assert error.code == "invalid_value"


def test_granularities_need_verbose_json(client: OpenAI, silent: Path) -> None:
    error = refusal(client, silent, timestamp_granularities=["word"])
    assert error.status_code == 400
    assert error.body["message"] == (
        "response_format must be verbose_json if timestamp_granularities[] is provided"
    )


def test_an_unknown_model_is_not_found(client: OpenAI, silent: Path) -> None:
    error = refusal(client, silent, model="gpt-9")
    assert isinstance(error, openai.NotFoundError)
    assert (error.code, error.param) == ("model_not_found", "model")
    with pytest.raises(openai.NotFoundError):
        client.models.retrieve("gpt-9")


def test_a_model_that_is_not_here_is_no_reason_to_send_it_again(tmp_path: Path) -> None:
    class Asked:
        count = 0

        def __call__(self, _name: str) -> Any:
            self.count += 1
            raise ModelUnavailableError("The model is not here: fetch it.")

    asked = Asked()
    medscribe = new_service(scripted_settings(tmp_path)).medscribe
    with running(Service(medscribe, ModelShelf(medscribe.settings, asked))) as site:
        error = refusal(site.client(retries=2), b"sound")
    assert isinstance(error, openai.InternalServerError)
    assert error.status_code == 503
    assert asked.count == 1


@pytest.mark.parametrize("content", [b"", b"Nobody can hear this. " * 50])
def test_what_is_not_sound_is_refused(client: OpenAI, content: bytes) -> None:
    error = refusal(client, content)
    assert error.status_code == 400
    assert (error.code, error.param) == ("invalid_audio", "file")
    assert "Nobody" not in str(error)


def test_a_streamed_request_that_cannot_begin_fails_with_a_status(client: OpenAI) -> None:
    assert refusal(client, b"no sound", stream=True).status_code == 400


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/nowhere", 404),
        ("GET", "/v1/audio/transcriptions", 405),
        ("POST", "/v1/audio/transcriptions", 415),
    ],
)
def test_every_error_has_one_shape(server: Site, method: str, path: str, status: int) -> None:
    answer = httpx2.request(method, server.url + path)
    assert answer.status_code == status
    assert set(answer.json()["error"]) == {"message", "type", "param", "code"}
    assert answer.headers["x-request-id"].startswith("req_")


def test_a_request_without_a_file_is_told_so(server: Site) -> None:
    answer = httpx2.post(
        f"{server.url}/v1/audio/transcriptions", files={"model": (None, b"whisper-1")}
    )
    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == "file"


def test_a_body_that_breaks_off_is_refused(server: Site) -> None:
    answer = httpx2.post(
        f"{server.url}/v1/audio/transcriptions",
        content=b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nRIFF',
        headers={"content-type": "multipart/form-data; boundary=x"},
    )
    assert answer.status_code == 400


@pytest.fixture(scope="module")
def small_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Path]]:
    """A server that takes 1 MB and 3 minutes at most, and its data folder."""
    folder = tmp_path_factory.mktemp("small")
    settings = scripted_settings(folder, max_upload_mb=1, max_audio_hours=0.05)
    with running(new_service(settings)) as site:
        yield site, folder / "data"


def test_a_file_above_the_cap_is_refused_and_leaves_nothing(
    small_server: tuple[Site, Path],
) -> None:
    site, data = small_server
    error = refusal(site.client(), b"\0" * (2 << 20))
    assert error.status_code == 413
    assert error.code == "file_too_large"
    assert list((data / "uploads").iterdir()) == []


@pytest.mark.parametrize("end", [b"", b"\r\n--x--\r\n"], ids=["of the file", "behind all parts"])
def test_an_endless_upload_is_answered_as_soon_as_the_cap_is_passed(
    small_server: tuple[Site, Path], end: bytes
) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="v"\r\n\r\n' + end
        while sent < 200 << 20:
            sent += 1 << 16
            yield b"\0" * (1 << 16)

    answer = httpx2.post(
        f"{small_server[0].url}/v1/audio/transcriptions",
        content=endless(),
        headers={"content-type": "multipart/form-data; boundary=x"},
    )
    assert answer.status_code == 413
    assert answer.json()["error"]["code"] == "file_too_large"


def test_a_field_longer_than_any_use_of_it_is_refused(client: OpenAI, silent: Path) -> None:
    error = refusal(client, silent, prompt="metoprolol, " * 10_000)
    assert (error.status_code, error.param) == (413, "prompt")


def test_an_announced_size_is_refused_before_a_byte_of_it_came(
    small_server: tuple[Site, Path],
) -> None:
    host, port = small_server[0].url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as wire:
        wire.sendall(
            b"POST /v1/audio/transcriptions HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            b"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 99999999999\r\n\r\n"
        )
        assert b" 413 " in wire.recv(4096)


def test_a_small_file_that_holds_much_sound_is_refused(
    small_server: tuple[Site, Path], tmp_path: Path
) -> None:
    bomb = long_flac(tmp_path / "v.flac", minutes=30)
    assert bomb.stat().st_size < 1 << 20
    error = refusal(small_server[0].client(), bomb)
    assert error.status_code == 400
    assert "longer than 3 minutes" in error.message


class Blocked:
    """A recogniser that says its line when it is let."""

    draft = False
    made_by = Provenance(engine="scripted", version="0")

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.free = threading.Event()
        self.calls = 0

    def transcribe(self, samples, *, language, prompt=None, context=None, preview=False):
        self.calls += 1
        self.begun.set()
        assert self.free.wait(30)
        return []


def blocked_service(folder: Path, waiting: int) -> tuple[Service, Blocked]:
    blocked = Blocked()
    settings = scripted_settings(folder, max_waiting_requests=waiting, served_models={})
    medscribe = new_service(settings).medscribe
    return Service(medscribe, ModelShelf(settings, lambda _name: blocked)), blocked


def test_who_comes_when_the_line_is_full_is_told_when_to_come_again(
    tmp_path: Path, spoken: Path
) -> None:
    service, blocked = blocked_service(tmp_path, waiting=0)
    with running(service) as site, ThreadPoolExecutor(1) as pool:
        first = pool.submit(
            site.client().audio.transcriptions.create, file=spoken, model="whisper-1"
        )
        assert blocked.begun.wait(30)
        error = refusal(site.client(), spoken)
        blocked.free.set()
        assert first.result().text == ""
    assert isinstance(error, openai.RateLimitError)
    assert 1 <= int(error.response.headers["retry-after"]) <= 120


def test_nothing_more_is_recognised_for_a_client_that_has_gone(
    tmp_path: Path, spoken: Path
) -> None:
    service, blocked = blocked_service(tmp_path, waiting=1)
    with running(service) as site:
        request = httpx2.Request(
            "POST",
            f"{site.url}/v1/audio/transcriptions",
            files={"file": spoken_like(tmp_path / "visit.wav", 60.0).read_bytes()},
        )
        head = "".join(f"{name}: {value}\r\n" for name, value in request.headers.items())
        with socket.create_connection(("127.0.0.1", request.url.port or 0)) as wire:
            wire.sendall(f"POST {request.url.path} HTTP/1.1\r\n{head}\r\n".encode())
            wire.sendall(request.read())
            assert blocked.begun.wait(30)
        time.sleep(0.5)  # the server hears of it
        blocked.free.set()
        site.client().audio.transcriptions.create(file=spoken, model="whisper-1")
    # One stretch of the long recording, one of the next client's.
    assert blocked.calls == 2


def test_a_full_disk_and_a_fault_are_told_apart(tmp_path: Path, spoken: Path) -> None:
    class Failing:
        draft = False
        made_by = Provenance(engine="scripted", version="0")
        error: Exception = StorageFullError("The disk is full: free some space.")

        def transcribe(self, samples, **_others):
            raise self.error

    failing = Failing()
    medscribe = new_service(scripted_settings(tmp_path)).medscribe
    with (
        structlog.testing.capture_logs() as logs,
        running(Service(medscribe, ModelShelf(medscribe.settings, lambda _name: failing))) as site,
    ):
        assert refusal(site.client(), spoken).status_code == 507
        failing.error = ValueError("Zebedee Quill has a rash")
        error = refusal(site.client(retries=2), spoken)
    assert (error.status_code, error.code) == (500, "internal_error")
    assert "Zebedee" not in str(error.body) + str(logs)
    (told,) = [line for line in logs if line["event"] == "request failed"]
    assert told["error"] == "ValueError"
    assert told["request"] == error.request_id


def test_the_log_names_no_file_and_no_word(
    tmp_path: Path, spoken: Path, caplog: pytest.LogCaptureFixture
) -> None:
    service = new_service(scripted_settings(tmp_path))
    with structlog.testing.capture_logs() as logs, caplog.at_level(logging.DEBUG):
        with running(service) as site:
            site.client().audio.transcriptions.create(
                file=("zebedee-quill.wav", spoken.read_bytes()),
                model="whisper-1",
                prompt="Zebedee Quill",
                extra_query={"patient": "quill"},
            )
        # The client is a program of its own; its log is not the server's.
        ours = [line for line in caplog.records if not line.name.startswith(("openai", "httpx"))]
    said = str(logs) + " ".join(line.getMessage() for line in ours)
    assert "/v1/audio/transcriptions" in said
    for secret in ("uill", "ebedee", LINE.split()[2]):
        assert secret not in said
