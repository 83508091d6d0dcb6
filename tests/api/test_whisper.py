"""The real decoder behind the server, on a Whisper with random weights."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openai
import pytest
from openai import OpenAI
from tests.api.server import new_service, running
from tests.whisper_twin import build_whisper_twin

from medscribe.settings import Settings

pytestmark = [
    pytest.mark.engine,
    # The client calls translations deprecated; servers and other clients use them.
    pytest.mark.filterwarnings("ignore:deprecated:DeprecationWarning"),
]


@pytest.fixture(scope="module")
def whisper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenAI]:
    folder = tmp_path_factory.mktemp("whisper")
    settings = Settings(
        asr="faster_whisper",
        asr_options={
            "model": str(build_whisper_twin(folder / "twin", seed=1)),
            "cpu_threads": 1,
            "beam_size": 1,
        },
        data_dir=folder / "data",
        allow_download=False,
    )
    with running(new_service(settings)) as site:
        yield site.client()


def test_word_times_and_decode_quality_are_whispers_own(whisper: OpenAI, spoken: Path) -> None:
    found = whisper.audio.transcriptions.create(
        file=spoken,
        model="whisper-1",
        response_format="verbose_json",
        timestamp_granularities=["word", "segment"],
    )
    assert found.segments
    assert found.words
    assert found.text.split() == [word.word for word in found.words]
    assert all(0 <= word.start <= word.end <= 12 for word in found.words)
    for segment in found.segments:
        assert segment.tokens
        assert segment.avg_logprob < 0
        assert 0 <= segment.no_speech_prob <= 1
        assert segment.compression_ratio > 0


def test_translation_is_whispers_own_task(whisper: OpenAI, spoken: Path) -> None:
    found: Any = whisper.audio.translations.create(
        file=spoken, model="whisper-1", response_format="verbose_json"
    )
    assert found.language == "english"
    assert found.task == "translate"
    assert len(found.segments) > 0


def test_an_engine_that_cannot_translate_says_which_can(client: OpenAI, silent: Path) -> None:
    with pytest.raises(openai.BadRequestError, match="faster_whisper") as raised:
        client.audio.translations.create(file=silent, model="whisper-1")
    assert raised.value.param == "model"


def test_a_language_that_the_model_does_not_know_is_the_clients_error(
    whisper: OpenAI, spoken: Path
) -> None:
    with pytest.raises(openai.BadRequestError, match="does not know the language") as raised:
        whisper.audio.transcriptions.create(file=spoken, model="whisper-1", language="fr")
    assert raised.value.param == "language"
