"""The catalogue of models: what counts as one, where it is looked for, how it is fetched."""

import json
import shutil
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from tests.whisper_twin import build_whisper_twin

from medscribe.errors import ConfigurationError, ModelUnavailableError, StoreError
from medscribe.speech.models import (
    NEEDED_FILES,
    find_whisper_model,
    list_models,
    missing_files,
    pull_model,
)

pytestmark = pytest.mark.engine
COMMIT = "0" * 40


@pytest.fixture(autouse=True)
def nothing_cached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "cache"))


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_whisper_twin(tmp_path_factory.mktemp("models") / "tiny.en")


class Hub(BaseHTTPRequestHandler):
    """As much of the hub as fetching one repository needs; `folder` holds its files."""

    def __init__(self, folder: Path, *args: object) -> None:
        self.folder = folder
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if path == "/":
            self._answer(b"")
        elif "/revision/" in path:
            self._answer(json.dumps({"id": "a/b", "sha": COMMIT, "siblings": []}).encode())
        elif "/tree/" in path:
            files = [
                {"type": "file", "path": file.name, "size": file.stat().st_size, "oid": "1" * 40}
                for file in self.folder.iterdir()
            ]
            self._answer(json.dumps(files).encode())
        else:
            self._answer((self.folder / path.rsplit("/", 1)[-1]).read_bytes())

    def do_HEAD(self) -> None:
        self.do_GET()

    def _answer(self, body: bytes) -> None:
        name = self.path.split("?")[0].rsplit("/", 1)[-1]
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Type", "application/json")
        self.send_header("ETag", f'"{name}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing: the test's output is not a web server's log."""


@pytest.fixture
def hub(twin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A hub on this machine; its files may be changed by the test."""
    files = tmp_path / "hub"
    shutil.copytree(twin, files)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Hub, files))
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    Thread(target=server.serve_forever, daemon=True).start()
    yield files
    server.shutdown()
    server.server_close()


def ignore(*_: object) -> None:
    """Progress that nobody watches."""


@pytest.mark.parametrize("missing", [*NEEDED_FILES, "vocabulary.json"])
def test_an_incomplete_folder_is_no_model(twin: Path, tmp_path: Path, missing: str) -> None:
    shutil.copytree(twin, tmp_path / "tiny.en")
    assert find_whisper_model(tmp_path, "tiny.en") == tmp_path / "tiny.en"
    (tmp_path / "tiny.en" / missing).write_bytes(b"")
    assert missing_files(tmp_path / "tiny.en") == [missing]
    assert find_whisper_model(tmp_path, "tiny.en") is None


def test_a_model_in_the_hub_cache_is_found(twin: Path, tmp_path: Path) -> None:
    snapshot = tmp_path / "cache" / "models--Systran--faster-whisper-tiny.en" / "snapshots" / COMMIT
    shutil.copytree(twin, snapshot)
    assert find_whisper_model(tmp_path / "models", "tiny.en") == snapshot
    assert find_whisper_model(tmp_path / "models", "base.en") is None


@pytest.mark.parametrize("name", ["", ".", "..", "../tiny.en", "/tiny.en"])
def test_a_name_never_leads_out_of_the_models_folder(twin: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "models").mkdir()
    shutil.copytree(twin, tmp_path / "tiny.en")
    assert find_whisper_model(tmp_path / "models", name) is None


def test_the_list_shows_what_is_here_and_what_is_not(twin: Path, tmp_path: Path) -> None:
    shutil.copytree(twin, tmp_path / "tiny.en")
    shutil.copytree(twin, tmp_path / "our-own")
    here = {model.name for model in list_models(tmp_path) if model.path}
    absent = {model.name for model in list_models(tmp_path) if not model.path}
    assert here == {"tiny.en", "our-own"}
    assert {"base.en", "small.en", "large-v3-turbo"} <= absent


def test_a_model_is_fetched_whole_and_reported_on(hub: Path, tmp_path: Path) -> None:
    seen: list[tuple[str, float, float]] = []
    folder = pull_model("tiny.en", tmp_path / "models", lambda *now: seen.append(now))
    assert folder == tmp_path / "models" / "tiny.en"
    assert (folder / "model.bin").read_bytes() == (hub / "model.bin").read_bytes()
    assert [entry.name for entry in folder.parent.iterdir()] == ["tiny.en"]
    assert seen
    assert all(0 <= done <= total for _, done, total in seen)


def test_an_incomplete_fetch_leaves_nothing_behind(hub: Path, tmp_path: Path) -> None:
    (hub / "tokenizer.json").unlink()
    with pytest.raises(ModelUnavailableError):
        pull_model("tiny.en", tmp_path / "models", ignore)
    assert list((tmp_path / "models").iterdir()) == []


def test_without_a_hub_the_error_says_how_to_do_it_by_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(ModelUnavailableError, match="copy the files of Systran/faster-whisper"):
        pull_model("base.en", tmp_path / "models", ignore)


def test_a_model_that_is_here_is_not_fetched_again(
    twin: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    shutil.copytree(twin, tmp_path / "tiny.en")
    assert pull_model("tiny.en", tmp_path, ignore) == tmp_path / "tiny.en"


def test_an_unknown_name_is_refused_with_the_choices(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"base\.en"):
        pull_model("enormous", tmp_path, ignore)


def test_a_models_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError):
        pull_model("tiny.en", tmp_path / "file" / "models", ignore)
