"""What the Whisper engine refuses, and the traps of its library that it keeps away from."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from tests.whisper_twin import build_whisper_twin

from medscribe.errors import ConfigurationError, ModelUnavailableError
from medscribe.speech.transcribers import faster_whisper
from medscribe.speech.transcribers.faster_whisper import LONGEST_WORD_SECONDS, Options

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_whisper_twin(tmp_path_factory.mktemp("models") / "twin", seed=1)


def hum(seconds: float) -> np.ndarray:
    times = np.arange(int(seconds * 16000)) / 16000
    return (0.1 * np.sin(2 * np.pi * 150 * times)).astype(np.float32)


def test_a_missing_folder_is_not_taken_for_a_name_on_the_hub(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailableError):
        faster_whisper.create(Options(model=str(tmp_path / "nowhere" / "model")))


@pytest.mark.parametrize(
    "missing", ["tokenizer.json", "model.bin", "config.json", "vocabulary.json"]
)
def test_an_incomplete_model_is_refused_by_the_name_of_what_it_lacks(
    twin: Path, tmp_path: Path, missing: str
) -> None:
    shutil.copytree(twin, tmp_path / "copy")
    (tmp_path / "copy" / missing).unlink()
    with pytest.raises(ModelUnavailableError, match=missing):
        faster_whisper.create(Options(model=str(tmp_path / "copy")))


def test_a_name_that_is_not_here_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailableError, match=r"medscribe models pull medium\.en"):
        faster_whisper.create(Options(model="medium.en", model_directory=tmp_path))


def test_a_model_is_found_by_name_in_the_models_folder(twin: Path) -> None:
    transcriber = faster_whisper.create(
        Options(model="twin", model_directory=twin.parent, cpu_threads=1)
    )
    assert transcriber.made_by.model == "twin"
    assert not transcriber.draft


def test_a_damaged_model_is_refused(twin: Path, tmp_path: Path) -> None:
    shutil.copytree(twin, tmp_path / "copy")
    (tmp_path / "copy" / "model.bin").write_bytes(b"not a model")
    with pytest.raises(ConfigurationError):
        faster_whisper.create(Options(model=str(tmp_path / "copy"), device="cpu"))


def test_a_language_the_model_does_not_know_is_refused(twin: Path) -> None:
    transcriber = faster_whisper.create(Options(model=str(twin), cpu_threads=1))
    with pytest.raises(ConfigurationError, match="multilingual"):
        transcriber.transcribe(hum(1), language="de")


def test_no_end_of_hotwords_leaves_room_for_the_answer(twin: Path) -> None:
    transcriber = faster_whisper.create(Options(model=str(twin), cpu_threads=1))
    prompt = " ".join(f"medicine{number}" for number in range(500))
    segments = transcriber.transcribe(hum(2), language="en", prompt=prompt)
    assert all(word.span.end <= 2 for segment in segments for word in segment.words)
    assert len(transcriber._hotwords(prompt)) <= 100  # type: ignore[attr-defined]


def test_words_are_never_longer_than_two_seconds(twin: Path) -> None:
    transcriber = faster_whisper.create(Options(model=str(twin), cpu_threads=1))
    segments = transcriber.transcribe(hum(20), language="en")
    words = [word for segment in segments for word in segment.words]
    assert words
    assert max(word.span.duration for word in words) <= LONGEST_WORD_SECONDS + 1e-9


def test_recognition_opens_no_connection_and_reports_no_usage(twin: Path) -> None:
    program = (
        "import socket, sys\n"
        "import numpy as np\n"
        "def refuse(*_): sys.exit('a connection was opened')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "from medscribe.speech.transcribers import faster_whisper\n"
        f"options = faster_whisper.Options(model={str(twin)!r}, cpu_threads=1)\n"
        "noise = np.random.default_rng(0).normal(0, 0.1, 16000).astype(np.float32)\n"
        "faster_whisper.create(options).transcribe(noise, language='en')\n"
        "from huggingface_hub import constants\n"
        "assert constants.HF_HUB_DISABLE_TELEMETRY\n"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment
    )
    assert (done.returncode, done.stderr) == (0, "")
