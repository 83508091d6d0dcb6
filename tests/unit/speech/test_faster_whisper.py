"""What the Whisper engine refuses, and the traps of its library that it keeps away from."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from faster_whisper.audio import pad_or_trim
from faster_whisper.tokenizer import Tokenizer
from tests.whisper_twin import build_whisper_twin

from medscribe.domain.transcript import Segment, Word
from medscribe.errors import ConfigurationError, ModelUnavailableError
from medscribe.speech.transcribers import faster_whisper
from medscribe.speech.transcribers.faster_whisper import Options

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_whisper_twin(tmp_path_factory.mktemp("models") / "twin", seed=1)


def hum(seconds: float) -> np.ndarray:
    times = np.arange(int(seconds * 16000)) / 16000
    return (0.1 * np.sin(2 * np.pi * 150 * times)).astype(np.float32)


def whisper(twin: Path) -> faster_whisper.FasterWhisperTranscriber:
    transcriber = faster_whisper.create(Options(model=str(twin), cpu_threads=1))
    assert isinstance(transcriber, faster_whisper.FasterWhisperTranscriber)
    return transcriber


def words_of(segments: list[Segment]) -> list[Word]:
    return [word for segment in segments for word in segment.words]


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


PROMPT = " ".join(f"medicine{number}" for number in range(500))
CONTEXT = "my left knee hurts " * 500


def test_prompts_without_end_leave_room_for_the_answer(twin: Path) -> None:
    """Given these, the library alone has no token left to answer with."""
    transcriber = whisper(twin)
    segments = transcriber.transcribe(hum(2), language="en", prompt=PROMPT, context=CONTEXT)
    assert words_of(segments)
    model = transcriber._model
    unlimited, _ = model.transcribe(
        hum(2), hotwords=PROMPT, initial_prompt=CONTEXT, language="en", temperature=0
    )
    assert list(unlimited) == []


def test_a_multilingual_decoder_never_gets_more_tokens_than_it_has_places(twin: Path) -> None:
    """Its longer start makes 450 tokens of two full prompts, and the decoder has 448 places."""
    transcriber = whisper(twin)
    model = transcriber._model
    tokens = Tokenizer(model.hf_tokenizer, True, task="transcribe", language="en")
    sound = model.encode(pad_or_trim(model.feature_extractor(hum(2))))
    full = model.get_prompt(tokens, transcriber._tokens(CONTEXT), hotwords=PROMPT)
    with pytest.raises(RuntimeError, match="position"):
        model.model.generate(sound, [full])
    given = transcriber._prompts(PROMPT, CONTEXT)
    ours = model.get_prompt(tokens, given["initial_prompt"], hotwords=given["hotwords"])
    assert len(ours) <= 205
    assert model.model.generate(sound, [ours])


def test_every_segment_says_how_sure_the_decoder_was(twin: Path) -> None:
    for segment in whisper(twin).transcribe(hum(5), language="en"):
        assert segment.quality is not None
        assert segment.quality.mean_log_probability < 0
        assert segment.quality.compression_ratio > 0
        assert segment.quality.tokens


def test_what_was_said_before_changes_what_is_heard(twin: Path) -> None:
    transcriber = whisper(twin)
    without = transcriber.transcribe(hum(5), language="en", preview=True)
    context = "the knee pain is better"
    after = transcriber.transcribe(hum(5), language="en", context=context, preview=True)
    assert without != after
    again = transcriber.transcribe(hum(5), language="en", context=context, preview=True)
    assert after == again


def test_a_preview_has_words_and_a_bounded_length(twin: Path) -> None:
    words = words_of(whisper(twin).transcribe(hum(1), language="en", preview=True))
    assert 0 < len(words) <= 30


def test_translation_says_what_an_english_model_heard(twin: Path) -> None:
    transcriber = whisper(twin)
    assert words_of(transcriber.translate(hum(3), language="en"))
    assert transcriber.translate(np.zeros(16000, np.float32), language="en") == []
    with pytest.raises(ConfigurationError, match="multilingual"):
        transcriber.translate(hum(1), language="de")


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
