"""What every recognition engine promises, checked on each of them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.recognition_server import speech_server
from tests.whisper_twin import build_whisper_twin
from tests.whisperx_standin import build_align_folder, build_standin

from medscribe.domain.transcript import Word
from medscribe.plugin import engine_names
from medscribe.speech.transcriber import Transcriber
from medscribe.speech.transcribers import (
    faster_whisper,
    openai_audio,
    pocketsphinx,
    scripted,
    whisperx,
)

pytestmark = pytest.mark.engine
Samples = NDArray[np.float32]


def _pocketsphinx(_folder: Path, _closing: ExitStack) -> Transcriber:
    return pocketsphinx.create(pocketsphinx.Options())


def _faster_whisper(folder: Path, _closing: ExitStack) -> Transcriber:
    twin = build_whisper_twin(folder / "twin", seed=1)
    return faster_whisper.create(faster_whisper.Options(model=str(twin), cpu_threads=1))


def _scripted(folder: Path, _closing: ExitStack) -> Transcriber:
    folder.mkdir(exist_ok=True)
    script = folder / "script.txt"
    script.write_text("My left knee hurts.\n" * 50)
    return scripted.create(scripted.Options(path=script))


def _openai_audio(_folder: Path, closing: ExitStack) -> Transcriber:
    server = closing.enter_context(speech_server())
    return openai_audio.create(openai_audio.Options(base_url=server.url))


def _whisperx(folder: Path, closing: ExitStack) -> Transcriber:
    made = whisperx.create(
        whisperx.Options(
            python=build_standin(folder / "environment"),
            model=str(build_whisper_twin(folder / "twin", seed=1)),
            align_model=str(build_align_folder(folder / "align")),
            device="cpu",
            cpu_threads=1,
        )
    )
    assert isinstance(made, whisperx.WhisperXTranscriber)
    closing.callback(made.close)
    return made


Make = Callable[[Path, ExitStack], Transcriber]
ENGINES: list[Make] = [_pocketsphinx, _faster_whisper, _scripted, _openai_audio, _whisperx]


@pytest.fixture(scope="module", params=ENGINES)
def transcriber(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Transcriber]:
    make: Make = request.param
    with ExitStack() as closing:
        yield make(tmp_path_factory.mktemp("engine"), closing)


@pytest.fixture(scope="module")
def spoken() -> Samples:
    """Three seconds of the sample visit, 16 kHz."""
    from faster_whisper.audio import decode_audio

    visit = Path(__file__).resolve().parents[2] / "samples" / "visit.ogg"
    return decode_audio(str(visit))[16000:64000]


def heard(transcriber: Transcriber, samples: Samples, prompt: str | None = None) -> list[Word]:
    segments = transcriber.transcribe(samples, language="en", prompt=prompt)
    assert all(segment.words for segment in segments)
    return [word for segment in segments for word in segment.words]


def test_times_are_in_order_and_inside_the_samples(
    transcriber: Transcriber, spoken: Samples
) -> None:
    words = heard(transcriber, spoken)
    assert words
    assert all(0 <= word.span.start <= word.span.end <= len(spoken) / 16000 for word in words)
    assert all(a.span.start <= b.span.start for a, b in pairwise(words))


def test_words_are_plain_text_with_a_probability_or_none(
    transcriber: Transcriber, spoken: Samples
) -> None:
    for word in heard(transcriber, spoken):
        assert word.text == word.text.strip() != ""
        assert not word.text.startswith(("<", "["))
        assert not word.text.endswith(")")
        assert word.probability is None or 0 <= word.probability <= 1


@pytest.mark.parametrize("seconds", [0.0, 0.01, 1.0, 30.0])
def test_silence_has_no_words(transcriber: Transcriber, seconds: float) -> None:
    assert heard(transcriber, np.zeros(int(seconds * 16000), np.float32)) == []


@pytest.mark.parametrize("seconds", [0.01, 0.09, 0.11, 0.25])
def test_a_very_short_sound_does_not_crash(transcriber: Transcriber, seconds: float) -> None:
    noise = np.random.default_rng(0).normal(0, 0.1, int(seconds * 16000)).astype(np.float32)
    words = heard(transcriber, noise)
    assert all(word.span.end <= seconds + 1e-9 for word in words)


def test_samples_beyond_full_scale_do_not_crash(transcriber: Transcriber, spoken: Samples) -> None:
    heard(transcriber, spoken * 40)


def test_hotwords_are_taken_or_ignored_but_never_an_error(
    transcriber: Transcriber, spoken: Samples
) -> None:
    heard(transcriber, spoken, prompt="lisinopril metformin " * 100)


def test_a_very_long_context_is_taken_or_ignored_but_never_an_error(
    transcriber: Transcriber, spoken: Samples
) -> None:
    long = "And then the pain went down into my left leg. " * 500
    for preview in (True, False):
        transcriber.transcribe(
            spoken, language="en", prompt="lisinopril " * 500, context=long, preview=preview
        )


def test_a_preview_is_made_of_words_in_time_like_any_other(
    transcriber: Transcriber, spoken: Samples
) -> None:
    segments = transcriber.transcribe(spoken, language="en", preview=True)
    words = [word for segment in segments for word in segment.words]
    assert words
    assert all(0 <= word.span.start <= word.span.end <= len(spoken) / 16000 for word in words)
    assert transcriber.transcribe(np.zeros(16000, np.float32), language="en", preview=True) == []


@pytest.mark.parametrize("make", ENGINES)
def test_previews_never_change_what_the_next_final_says(
    make: Make, tmp_path: Path, spoken: Samples
) -> None:
    with ExitStack() as closing:
        asked = [make(tmp_path / name, closing) for name in ("often", "once")]
        for seconds in (1, 2, 3):
            asked[0].transcribe(spoken[: seconds * 16000], language="en", preview=True)
        often, once = (heard(transcriber, spoken) for transcriber in asked)
    assert [(word.text, word.span) for word in often] == [(word.text, word.span) for word in once]


def test_the_samples_are_left_as_they_are(transcriber: Transcriber, spoken: Samples) -> None:
    given = spoken * 1.5
    kept = given.copy()
    heard(transcriber, given)
    np.testing.assert_array_equal(given, kept)


def test_the_engine_says_what_it_is(transcriber: Transcriber) -> None:
    assert transcriber.made_by.engine in engine_names("medscribe.speech.transcribers")
    assert transcriber.made_by.version
    assert transcriber.draft is (transcriber.made_by.engine == "pocketsphinx")
