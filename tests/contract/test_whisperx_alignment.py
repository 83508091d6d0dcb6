"""The real WhisperX, in an environment of its own, on models with random weights.

Needs MEDSCRIBE_WHISPERX_PYTHON: the interpreter of an environment made as docs/engines/whisperx.md
says.
"""

import os
import subprocess
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from tests.whisper_twin import build_whisper_twin

from medscribe.speech.transcribers import whisperx
from medscribe.speech.transcribers.whisperx import Options, WhisperXTranscriber

pytestmark = pytest.mark.models
TWIN = Path(__file__).resolve().parents[1] / "wav2vec2_twin.py"


@pytest.fixture(scope="module")
def interpreter() -> Path:
    named = os.environ.get("MEDSCRIBE_WHISPERX_PYTHON")
    if not named:
        pytest.skip("no environment with WhisperX (set MEDSCRIBE_WHISPERX_PYTHON)")
    return Path(named)


@pytest.fixture(scope="module")
def engine(interpreter: Path, tmp_path_factory: pytest.TempPathFactory) -> WhisperXTranscriber:
    folder = tmp_path_factory.mktemp("whisperx")
    subprocess.run([interpreter, TWIN, folder / "align"], check=True, capture_output=True)
    made = whisperx.create(
        Options(
            python=interpreter,
            model=str(build_whisper_twin(folder / "twin", seed=1)),
            align_model=str(folder / "align"),
            device="cpu",
            cpu_threads=1,
        )
    )
    assert isinstance(made, WhisperXTranscriber)
    return made


def test_words_are_aligned_inside_the_stretch_and_in_order(engine: WhisperXTranscriber) -> None:
    times = np.arange(6 * 16000) / 16000
    samples = (0.1 * np.sin(2 * np.pi * 150 * times)).astype(np.float32)
    asked = {"language": "en", "prompt": None, "context": None, "preview": False}
    answer = engine._worker.ask(whisperx._spoken(samples) | asked)
    assert all(len(one["words"]) == len(one["aligned"]) for one in answer["segments"])
    assert all("start" in word for one in answer["segments"] for word in one["aligned"])
    words = [
        word for segment in engine.transcribe(samples, language="en") for word in segment.words
    ]
    assert words
    assert all(0 <= word.span.start <= word.span.end <= 6 for word in words)
    assert all(a.span.start <= b.span.start for a, b in pairwise(words))
