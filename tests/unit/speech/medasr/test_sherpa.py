"""MedASR through sherpa-onnx: times across windows, and files that would end the process."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

pytest.importorskip("sherpa_onnx", reason="sherpa_onnx is not installed")
pytest.importorskip("onnx", reason="onnx is not installed, it builds the twin")

from tests.medasr_twin import build_sherpa_twin

from medscribe.errors import ConfigurationError, ModelUnavailableError
from medscribe.speech.transcribers import medasr
from medscribe.speech.transcribers.medasr import MedAsrTranscriber, Options

pytestmark = pytest.mark.engine
Samples = NDArray[np.float32]


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_sherpa_twin(tmp_path_factory.mktemp("models") / "medasr")


@pytest.fixture(scope="module")
def engine(twin: Path) -> MedAsrTranscriber:
    return medasr.create(Options(model_directory=twin.parent, num_threads=1))


@pytest.fixture(scope="module")
def beeps_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_sherpa_twin(tmp_path_factory.mktemp("beeps") / "medasr", counts_beeps=True)


@pytest.fixture(scope="module")
def beep_counter(beeps_model: Path) -> MedAsrTranscriber:
    return medasr.create(Options(model=beeps_model, num_threads=1))


def noise(seconds: float, loudness: float = 0.3) -> Samples:
    samples = np.random.default_rng(0).normal(0, loudness, round(seconds * 16000))
    return samples.astype(np.float32)


def beeps(*starts: float, seconds: float) -> Samples:
    """Silence of that length with a beep of 0.2 s at each start."""
    samples = np.zeros(round(seconds * 16000), np.float32)
    for start in starts:
        first = round(start * 16000)
        samples[first : first + 3200] = noise(0.2)[: len(samples) - first]
    return samples


def heard_at(engine: MedAsrTranscriber, samples: Samples) -> list[float]:
    segments = engine.transcribe(samples, language="en")
    return [word.span.start for segment in segments for word in segment.words]


def test_it_says_what_it_is(engine: MedAsrTranscriber) -> None:
    assert engine.made_by.engine == "medasr"
    assert engine.made_by.version.startswith("sherpa-onnx ")
    assert engine.made_by.model == "medasr model.onnx"
    assert not engine.draft


def test_sherpa_gives_no_probabilities(engine: MedAsrTranscriber) -> None:
    segments = engine.transcribe(noise(3), language="en-US")
    words = [word for segment in segments for word in segment.words]
    assert words
    assert {word.probability for word in words} == {None}


def test_every_beep_of_a_long_sound_is_heard_once_at_its_time(
    beep_counter: MedAsrTranscriber,
) -> None:
    # Around the cuts of 20 s windows with 2 s strides: 16, 18, 20, 32, 34 and 36 s.
    starts = [0.5, 7.9, 15.8, 16.9, 17.6, 18.3, 19.9, 31.8, 33.6, 34.3, 41.3, 59.7]
    found = heard_at(beep_counter, beeps(*starts, seconds=60))
    assert len(found) == len(starts)
    # A frame hears 0.145 s, so it reports a beep up to that early.
    assert all(-0.16 <= time - start <= 0.04 for time, start in zip(found, starts, strict=True))


@pytest.mark.parametrize("start", [17.84, 17.88, 17.92, 17.96, 18.0, 18.04])
def test_a_beep_on_the_cut_between_two_windows_is_heard_once(
    beep_counter: MedAsrTranscriber, start: float
) -> None:
    assert len(heard_at(beep_counter, beeps(start, seconds=40))) == 1


@pytest.mark.parametrize(("chunk", "stride"), [(5, 0), (5, 1), (30, 3), (300, 10)])
def test_the_cut_changes_nothing_for_sounds_shorter_than_the_stride(
    beep_counter: MedAsrTranscriber, beeps_model: Path, chunk: float, stride: float
) -> None:
    samples = beeps(1.3, 4.5, 9.1, 14.3, 22.2, seconds=24)
    cut = Options(model=beeps_model, chunk_length_s=chunk, stride_length_s=stride, num_threads=1)
    assert heard_at(medasr.create(cut), samples) == heard_at(beep_counter, samples)


def test_a_cut_that_leaves_nothing_is_refused(twin: Path) -> None:
    with pytest.raises(ConfigurationError, match="chunk_length_s"):
        medasr.create(Options(model=twin, chunk_length_s=4, stride_length_s=2))


def test_another_language_is_refused(engine: MedAsrTranscriber) -> None:
    with pytest.raises(ConfigurationError, match="English only"):
        engine.transcribe(noise(1), language="de")


def test_a_language_model_needs_the_other_runtime(twin: Path) -> None:
    lm = twin / "lm_6.kenlm"
    with pytest.raises(ConfigurationError, match="runtime = transformers"):
        medasr.create(Options(model=twin, runtime="sherpa", language_model=lm))
    with pytest.raises(ModelUnavailableError, match="safetensors"):
        medasr.create(Options(model=twin, language_model=lm))


def test_a_preview_is_heard_like_the_rest(engine: MedAsrTranscriber) -> None:
    samples = noise(2)
    assert engine.transcribe(samples, language="en", preview=True) == engine.transcribe(
        samples, language="en"
    )


def _torn(folder: Path) -> None:
    graph = (folder / "model.onnx").read_bytes()
    (folder / "model.onnx").write_bytes(graph[: len(graph) // 2])


def _no_blank(folder: Path) -> None:
    tokens = folder / "tokens.txt"
    tokens.write_text(tokens.read_text().replace("<blk> 0\n", "▁x 0\n"))


def _another_model(folder: Path) -> None:
    build_sherpa_twin(folder, model_type="sense_voice")


@pytest.mark.parametrize("spoil", [_torn, _no_blank, _another_model])
def test_a_file_that_would_end_the_process_is_refused_in_a_child(
    tmp_path: Path, spoil: object, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = build_sherpa_twin(tmp_path / "medasr")
    assert callable(spoil)
    spoil(folder)
    with pytest.raises(ModelUnavailableError, match="cannot run"):
        medasr.create(Options(model=folder))
    assert capfd.readouterr() == ("", "")


def test_recognition_opens_no_connection(twin: Path) -> None:
    program = (
        "import socket, sys\n"
        "import numpy as np\n"
        "def refuse(*_): sys.exit('a connection was opened')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "from medscribe.speech.transcribers import medasr\n"
        f"engine = medasr.create(medasr.Options(model={str(twin)!r}))\n"
        "noise = np.random.default_rng(0).normal(0, 0.1, 16000).astype(np.float32)\n"
        "assert engine.transcribe(noise, language='en')\n"
        "assert 'torch' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=dict(os.environ)
    )
    assert (done.returncode, done.stderr) == (0, "")
