"""MedASR through transformers, on random weights: probabilities, long sound, language model."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

pytest.importorskip("torch", reason="torch is not installed (extra medasr-torch)")
pytest.importorskip("transformers", reason="transformers is not installed (extra medasr-torch)")

from tests.medasr_twin import PIECES, build_transformers_twin

from medscribe.domain.transcript import Word
from medscribe.errors import ConfigurationError, ModelUnavailableError
from medscribe.speech.medasr.greedy import greedy
from medscribe.speech.medasr.transformers_runtime import TransformersRuntime
from medscribe.speech.medasr.windows import windows
from medscribe.speech.transcribers import medasr
from medscribe.speech.transcribers.medasr import MedAsrTranscriber, Options

pytestmark = pytest.mark.models
needs_kenlm = pytest.mark.skipif(
    importlib.util.find_spec("kenlm") is None, reason="the library kenlm is not installed"
)
Samples = NDArray[np.float32]


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_transformers_twin(tmp_path_factory.mktemp("models") / "medasr")


@pytest.fixture(scope="module")
def engine(twin: Path) -> MedAsrTranscriber:
    return medasr.create(Options(model_directory=twin.parent, num_threads=1))


def noise(seconds: float) -> Samples:
    """Noise that swells and fades, so that not every frame sounds alike."""
    count = round(seconds * 16000)
    swell = 0.15 + 0.14 * np.sin(np.arange(count) / 900)
    return (np.random.default_rng(0).normal(0, 1, count) * swell).astype(np.float32)


def words(engine: MedAsrTranscriber, samples: Samples, preview: bool = False) -> list[Word]:
    segments = engine.transcribe(samples, language="en", preview=preview)
    return [word for segment in segments for word in segment.words]


def test_it_loads_from_a_folder_and_says_what_it_is(engine: MedAsrTranscriber) -> None:
    assert engine.made_by.version.startswith("transformers 5.")
    assert engine.made_by.model == "medasr"


def test_words_have_probabilities_and_times_inside_the_sound(engine: MedAsrTranscriber) -> None:
    heard = words(engine, noise(5))
    assert heard
    assert all(0 < (word.probability or 0) <= 1 for word in heard)
    assert all(0 <= word.span.start < word.span.end <= 5 for word in heard)


@pytest.mark.parametrize("seconds", [0.1, 0.145, 0.2, 1.0])
def test_short_sound_does_not_crash(engine: MedAsrTranscriber, seconds: float) -> None:
    assert all(word.span.end <= seconds + 1e-9 for word in words(engine, noise(seconds)))


def test_a_window_has_exactly_its_frames(twin: Path) -> None:
    runtime = TransformersRuntime(twin, 1, None)
    for seconds in (0.1, 0.2, 3.21, 20.0):
        (window,) = windows(noise(seconds), 20, 2)
        frames = runtime._log_probs(window)
        assert frames.shape == (-(-len(noise(seconds)) // 640), len(PIECES) + 3)
        assert np.exp(frames).sum(axis=1) == pytest.approx(1.0, abs=1e-4)


def test_the_frames_of_a_long_sound_are_those_of_its_windows(twin: Path) -> None:
    runtime = TransformersRuntime(twin, 1, None)
    parts = list(windows(noise(45), 20, 2))
    log_probs = np.concatenate([runtime._log_probs(window) for window in parts])
    assert len(log_probs) == 45 * 25
    tokens = runtime.tokens(iter(parts), preview=False)
    assert tokens == greedy(log_probs, runtime._pieces, 0)
    assert [token.start for token in tokens] == sorted(token.start for token in tokens)


def test_the_text_is_what_the_library_itself_decodes(engine: MedAsrTranscriber, twin: Path) -> None:
    import torch
    from transformers import AutoModelForCTC, AutoProcessor

    processor = AutoProcessor.from_pretrained(twin)
    model = AutoModelForCTC.from_pretrained(twin).eval()
    samples = np.pad(noise(4), (0, 1680))
    with torch.inference_mode():
        ids = model.generate(**processor(samples, sampling_rate=16000, return_tensors="pt"))
    expected = processor.batch_decode(ids, skip_special_tokens=True)[0]
    assert " ".join(word.text for word in words(engine, noise(4))) == " ".join(expected.split())


def test_both_runtimes_in_one_folder_are_told_apart_by_the_option(twin: Path) -> None:
    explicit = medasr.create(Options(model=twin, runtime="transformers", num_threads=1))
    assert explicit.made_by.version.startswith("transformers")
    with pytest.raises(ModelUnavailableError, match=r"model\.onnx"):
        medasr.create(Options(model=twin, runtime="sherpa"))


def _copied(twin: Path, folder: Path) -> Path:
    folder.mkdir()
    for file in twin.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


def test_another_architecture_is_refused(twin: Path, tmp_path: Path) -> None:
    folder = _copied(twin, tmp_path / "other")
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"model_type": "wav2vec2"}))
    with pytest.raises(ConfigurationError, match="lasr_ctc"):
        medasr.create(Options(model=folder))


def test_damaged_weights_are_refused(twin: Path, tmp_path: Path) -> None:
    folder = _copied(twin, tmp_path / "torn")
    (folder / "model.safetensors").write_bytes(b"not weights")
    with pytest.raises(ModelUnavailableError, match="fetch it again"):
        medasr.create(Options(model=folder))


@needs_kenlm
def test_a_language_model_steers_the_words_and_a_preview_does_without(
    twin: Path, tmp_path: Path, engine: MedAsrTranscriber
) -> None:
    pieces = [piece.replace("▁", "#") for piece in PIECES]
    # "fever" is all but certain, whatever was said before; everything else is very rare.
    unigrams = [f"{-0.01 if piece == '#fever' else -6.0}\t{piece}\t0" for piece in pieces]
    arpa = tmp_path / "lm_6.arpa"
    lines = ["\\data\\", f"ngram 1={len(pieces) + 3}", "ngram 2=1", "", "\\1-grams:"]
    lines += ["-9\t<unk>", "0\t<s>\t0", "-1\t</s>", *unigrams]
    lines += ["", "\\2-grams:", "-0.01\t#fever #fever", "", "\\end\\", ""]
    arpa.write_text("\n".join(lines), encoding="utf-8")
    steered = medasr.create(
        Options(model=twin, language_model=arpa, language_model_weight=2.0, num_threads=1)
    )
    samples = noise(4)
    assert steered.made_by.model == "medasr lm_6.arpa"
    assert words(steered, samples, preview=True) == words(engine, samples)
    said = [word.text for word in words(steered, samples)]
    assert said.count("fever") > [word.text for word in words(engine, samples)].count("fever")


def test_loading_opens_no_connection_and_prints_nothing(twin: Path) -> None:
    program = (
        "import socket, sys\n"
        "def refuse(*_): sys.exit('a connection was opened')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "from medscribe.speech.transcribers import medasr\n"
        f"medasr.create(medasr.Options(model={str(twin)!r}))\n"
        "from huggingface_hub import constants\n"
        "assert constants.HF_HUB_DISABLE_TELEMETRY\n"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
