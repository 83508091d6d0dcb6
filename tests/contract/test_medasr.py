"""What every recognition engine promises, checked on MedASR in both runtimes."""

import importlib.util
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.contract.test_transcribers import (  # noqa: F401 - its checks run here, on this engine
    heard,
    spoken,
    test_a_preview_is_made_of_words_in_time_like_any_other,
    test_a_very_long_context_is_taken_or_ignored_but_never_an_error,
    test_a_very_short_sound_does_not_crash,
    test_hotwords_are_taken_or_ignored_but_never_an_error,
    test_samples_beyond_full_scale_do_not_crash,
    test_silence_has_no_words,
    test_the_samples_are_left_as_they_are,
    test_times_are_in_order_and_inside_the_samples,
    test_words_are_plain_text_with_a_probability_or_none,
)
from tests.medasr_twin import build_sherpa_twin, build_transformers_twin

from medscribe.errors import ConfigurationError
from medscribe.speech.transcriber import Transcriber
from medscribe.speech.transcribers import medasr

pytestmark = pytest.mark.engine


def _sherpa(folder: Path) -> Transcriber:
    return medasr.create(medasr.Options(model=build_sherpa_twin(folder / "medasr"), num_threads=1))


def _transformers(folder: Path) -> Transcriber:
    twin = build_transformers_twin(folder / "medasr")
    return medasr.create(medasr.Options(model=twin, num_threads=1))


def _torch_is_missing() -> bool:
    return any(importlib.util.find_spec(name) is None for name in ("torch", "transformers"))


needs_torch = pytest.mark.skipif(
    _torch_is_missing(), reason="torch and transformers are not installed (extra medasr-torch)"
)


@pytest.fixture(
    scope="module",
    params=[_sherpa, pytest.param(_transformers, marks=[pytest.mark.models, needs_torch])],
)
def transcriber(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Transcriber:
    make: Callable[[Path], Transcriber] = request.param
    return make(tmp_path_factory.mktemp("engine"))


def test_the_engine_says_what_it_is(transcriber: Transcriber) -> None:
    assert transcriber.made_by.engine == "medasr"
    assert transcriber.made_by.version
    assert not transcriber.draft


def test_the_same_sound_gives_the_same_words(
    transcriber: Transcriber,
    spoken: NDArray[np.float32],  # noqa: F811 - the fixture imported above
) -> None:
    first = transcriber.transcribe(spoken, language="en")
    assert first == transcriber.transcribe(spoken, language="en", context="said before")


def test_previews_never_change_what_the_next_final_says(
    transcriber: Transcriber,
    spoken: NDArray[np.float32],  # noqa: F811 - the fixture imported above
) -> None:
    once = heard(transcriber, spoken)
    for seconds in (1, 2, 3):
        transcriber.transcribe(spoken[: seconds * 16000], language="en", preview=True)
    assert heard(transcriber, spoken) == once


def test_another_language_is_refused(
    transcriber: Transcriber,
    spoken: NDArray[np.float32],  # noqa: F811 - the fixture imported above
) -> None:
    with pytest.raises(ConfigurationError, match="English"):
        transcriber.transcribe(spoken, language="de")
