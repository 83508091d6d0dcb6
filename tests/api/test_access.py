"""Who is let in: with a key its holders, without one this machine alone."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import openai
import pytest
from tests.api.server import Site, new_service, running, scripted_settings
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from medscribe.api.access import is_loopback

KEY = "a key of twenty-four letters"


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    settings = scripted_settings(tmp_path_factory.mktemp("locked"), api_key=KEY)
    with running(new_service(settings)) as site:
        yield site


def test_the_key_opens(locked: Site) -> None:
    assert locked.client(KEY).models.list().data


@pytest.mark.parametrize("key", ["another key of some length", KEY[:-1], "é"])
def test_another_key_does_not(locked: Site, key: str) -> None:
    answer = httpx2.get(
        f"{locked.url}/v1/models", headers={"authorization": f"Bearer {key}".encode()}
    )
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "invalid_api_key"


def test_the_client_knows_what_is_wrong(locked: Site) -> None:
    with pytest.raises(openai.AuthenticationError):
        locked.client("some other key").audio.transcriptions.create(file=b"x", model="auto")


@pytest.mark.parametrize("path", ["/v1/models", "/v1/nowhere", "/transcribe", "/openapi.json"])
def test_nothing_but_health_is_shown_without_a_key(locked: Site, path: str) -> None:
    assert httpx2.get(locked.url + path).status_code == 401
    assert httpx2.get(f"{locked.url}/health").status_code == 200


def test_live_sound_needs_the_key_as_well(locked: Site) -> None:
    address = f"{locked.url.replace('http', 'ws')}/v1/realtime?intent=transcription"
    with pytest.raises(InvalidStatus) as raised, connect(address):
        pass
    assert raised.value.response.status_code == 401


def test_a_key_lets_other_hosts_in(locked: Site) -> None:
    headers = {"authorization": f"Bearer {KEY}", "host": "scribe.clinic.example"}
    assert httpx2.get(f"{locked.url}/v1/models", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "attacker.example"},
        {"host": "127.0.0.1.attacker.example"},
        {"origin": "https://attacker.example"},
        {"origin": "null"},
    ],
    ids=str,
)
def test_without_a_key_no_other_host_and_no_foreign_page(
    server: Site, headers: dict[str, str]
) -> None:
    answer = httpx2.get(f"{server.url}/health", headers=headers)
    assert answer.status_code == 403
    assert answer.json()["error"]["code"] == "foreign_host"


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:8000"])
def test_this_machine_has_several_names(server: Site, host: str) -> None:
    headers = {"host": host, "origin": f"http://{host}"}
    assert httpx2.get(f"{server.url}/health", headers=headers).status_code == 200


def test_no_page_is_given_leave_to_read_answers(server: Site) -> None:
    headers = {"origin": "http://localhost:3000"}
    answer = httpx2.get(f"{server.url}/v1/models", headers=headers)
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_loopback_is_an_address_of_this_machine() -> None:
    assert all(is_loopback(host) for host in ("localhost", "127.0.0.1", "127.8.8.8", "::1"))
    assert not any(is_loopback(host) for host in ("", "0.0.0.0", "::", "10.0.0.1", "localhost.x"))


def test_an_upload_lies_where_its_owner_alone_may_look(server: Site, tmp_path: Path) -> None:
    settings = scripted_settings(tmp_path)
    with running(new_service(settings)) as site:
        httpx2.post(f"{site.url}/v1/audio/transcriptions", files={"file": b"x"})
    folder = settings.data_dir / "uploads"
    assert folder.stat().st_mode & 0o077 == 0
    assert list(folder.iterdir()) == []
