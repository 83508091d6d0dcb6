"""`medscribe serve`: what it refuses, and a server that really runs."""

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from openai import OpenAI
from tests.api.server import LINE, scripted_settings
from typer.testing import CliRunner

from medscribe.cli.serve import serve
from medscribe.errors import ConfigurationError, MedScribeError, ModelUnavailableError

app = typer.Typer()
app.command()(serve)


def failure(*arguments: str) -> MedScribeError:
    error = CliRunner().invoke(app, arguments).exception
    assert isinstance(error, MedScribeError)
    return error


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MEDSCRIBE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("MEDSCRIBE_ALLOW_DOWNLOAD", "false")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7"])
def test_other_machines_are_not_served_without_a_key(host: str) -> None:
    error = failure("--host", host)
    assert isinstance(error, ConfigurationError)
    assert "api_key" in str(error)


def test_a_taken_port_is_told_in_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        error = failure("--port", str(port))
    assert isinstance(error, ConfigurationError)
    assert f"Port {port}" in str(error)


def test_a_model_that_is_not_served_is_told_before_anything_runs() -> None:
    error = failure("--model", "gpt-9", "--port", "0")
    assert "served_models" in str(error)


def test_a_model_that_cannot_be_had_is_told_before_the_first_client(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MEDSCRIBE_ASR", "faster_whisper")
    assert isinstance(failure("--port", "0"), ModelUnavailableError)


def test_the_server_says_where_it_is_serves_and_ends(tmp_path: Path, spoken: Path) -> None:
    settings = scripted_settings(tmp_path)
    program = (
        "import typer; from medscribe.cli.serve import serve; app = typer.Typer(); "
        "app.command()(serve); app()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, "--port", "0"],
        cwd=tmp_path,
        env={
            "PATH": "",
            "MEDSCRIBE_ASR": "scripted",
            "MEDSCRIBE_ASR_OPTIONS": '{"path": "script.txt"}',
            "MEDSCRIBE_DATA_DIR": str(settings.data_dir),
        },
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout is not None
        try:
            shown = (re.search(r"http://127\.0\.0\.1:\d+/v1", line) for line in running.stdout)
            address = next(found[0] for found in shown if found)
            with OpenAI(base_url=address, api_key="none", max_retries=0) as client:
                said = client.audio.transcriptions.create(file=spoken, model="whisper-1")
        finally:
            running.send_signal(signal.SIGINT)
            running.wait(timeout=30)
    assert said.text == LINE
