"""Recognition and alignment in another environment: what comes back, and what never may."""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from tests.whisper_twin import build_whisper_twin
from tests.whisperx_standin import build_align_folder, build_standin, wrapped_python

from medscribe.domain.transcript import Segment, Word
from medscribe.errors import ConfigurationError, ModelUnavailableError
from medscribe.speech.transcribers import whisperx
from medscribe.speech.transcribers.whisperx import Options, WhisperXTranscriber

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whisperx")
    build_whisper_twin(folder / "twin", seed=1)
    build_align_folder(folder / "align")
    build_standin(folder / "environment")
    return folder


def options(folder: Path, **other: object) -> Options:
    chosen = {
        "python": folder / "environment" / "python",
        "model": str(folder / "twin"),
        "align_model": str(folder / "align"),
        "device": "cpu",
        "cpu_threads": 1,
        **other,
    }
    return Options(**chosen)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def engine(folder: Path) -> Iterator[WhisperXTranscriber]:
    made = whisperx.create(options(folder))
    assert isinstance(made, WhisperXTranscriber)
    yield made
    made.close()


def hum(seconds: float) -> np.ndarray:
    times = np.arange(int(seconds * 16000)) / 16000
    return (0.1 * np.sin(2 * np.pi * 150 * times)).astype(np.float32)


def words_of(segments: list[Segment]) -> list[Word]:
    return [word for segment in segments for word in segment.words]


def test_words_come_with_times_probability_and_quality(engine: WhisperXTranscriber) -> None:
    segments = engine.transcribe(hum(5), language="en")
    words = words_of(segments)
    assert words
    assert all(0 <= word.span.start <= word.span.end <= 5 for word in words)
    assert all(word.probability is not None for word in words)
    assert all(segment.quality and segment.quality.tokens for segment in segments)


def test_a_final_is_aligned_and_a_preview_is_not(engine: WhisperXTranscriber) -> None:
    aligned = words_of(engine.transcribe(hum(1), language="en", preview=False))
    own = words_of(engine.transcribe(hum(1), language="en", preview=True))
    assert aligned[0].span.start == pytest.approx(0.1, abs=0.05)
    assert own[0].span.start != pytest.approx(aligned[0].span.start, abs=1e-3)


def test_a_language_that_cannot_be_aligned_is_refused(folder: Path) -> None:
    made = whisperx.create(options(folder))
    with pytest.raises(ConfigurationError, match="language"):
        made.transcribe(hum(1), language="xx")


def test_prompts_without_end_leave_room_for_the_answer(engine: WhisperXTranscriber) -> None:
    assert words_of(
        engine.transcribe(
            hum(2), language="en", prompt="medicine " * 2000, context="my knee hurts " * 2000
        )
    )


def test_what_is_said_reaches_no_output_of_the_process(
    engine: WhisperXTranscriber, capfd: pytest.CaptureFixture[str]
) -> None:
    engine.transcribe(hum(2), language="en")
    said, warned = capfd.readouterr()
    assert (said, warned) == ("", "")


def test_a_crash_in_the_middle_of_a_visit_costs_no_stretch(folder: Path) -> None:
    made = whisperx.create(options(folder))
    assert isinstance(made, WhisperXTranscriber)
    before = words_of(made.transcribe(hum(1), language="en", preview=True))
    process_id = made._worker.process_id
    assert process_id is not None
    os.kill(process_id, 9)
    assert words_of(made.transcribe(hum(1), language="en", preview=True)) == before
    made.close()


def test_an_environment_must_be_named(folder: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"docs/engines/whisperx\.md"):
        whisperx.create(options(folder, python=None))


@pytest.mark.parametrize("python", ["nowhere/bin/python", "bare/python"])
def test_an_environment_without_whisperx_is_refused(folder: Path, python: str) -> None:
    wrapped_python(folder / "bare")
    with pytest.raises(ConfigurationError, match="no whisperx"):
        whisperx.create(options(folder, python=folder / python))


def test_offline_both_models_must_be_folders(folder: Path) -> None:
    with pytest.raises(ModelUnavailableError, match="Whisper folder"):
        whisperx.create(options(folder, model="base.en"))
    with pytest.raises(ModelUnavailableError, match="align_model"):
        whisperx.create(options(folder, align_model=None))
    assert whisperx.create(options(folder, align_model=None, offline=False))


def answer(own: list[tuple[str, float]], aligned: list[dict[str, object]]) -> dict[str, object]:
    return {
        "words": [
            {"word": word, "start": at, "end": at + 0.3, "probability": 0.9} for word, at in own
        ],
        "aligned": aligned,
        "avg_logprob": -0.2,
        "compression_ratio": 1.0,
        "no_speech_prob": 0.0,
        "temperature": 0.0,
        "tokens": [],
    }


OWN = [("take", 1.0), ("500", 1.4), ("daily", 1.8)]


def starts(aligned: list[dict[str, object]]) -> list[float]:
    words = words_of(whisperx._segments([answer(OWN, aligned)], 10.0))
    assert [word.text for word in words] == ["take", "500", "daily"]
    assert all(a.span.start <= b.span.start for a, b in itertools.pairwise(words))
    return [word.span.start for word in words]


def test_aligned_times_replace_those_of_whisper() -> None:
    aligned: list[dict[str, object]] = [
        {"word": "take", "start": 1.05, "end": 1.2},
        {"word": "500"},
        {"word": "daily", "start": 1.9, "end": 2.1},
    ]
    assert starts(aligned) == [1.05, 1.4, 1.9]


def test_a_word_aligned_far_away_stays_where_it_was_heard() -> None:
    aligned: list[dict[str, object]] = [
        {"word": "take", "start": 1.05, "end": 1.2},
        {"word": "500", "start": 1.5, "end": 1.6},
        {"word": "daily", "start": 8.0, "end": 8.2},
    ]
    assert starts(aligned) == [1.05, 1.5, 1.8]


def test_an_alignment_of_other_words_is_not_used() -> None:
    assert starts([{"word": "take500", "start": 5.0, "end": 6.0}]) == [1.0, 1.4, 1.8]
