"""PocketSphinx: what it hears, that chunks do not influence each other, and that it is quiet."""

import subprocess
import sys

import numpy as np
import pytest
from tests.sample_speech import sample_seconds

from medscribe.errors import ConfigurationError
from medscribe.speech.transcriber import Transcriber
from medscribe.speech.transcribers import pocketsphinx

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def transcriber() -> Transcriber:
    return pocketsphinx.create(pocketsphinx.Options())


def heard(transcriber: Transcriber, samples: np.ndarray) -> list[str]:
    return [
        word.text
        for segment in transcriber.transcribe(samples, language="en")
        for word in segment.words
    ]


def test_most_words_of_a_clear_voice_are_heard(transcriber: Transcriber) -> None:
    words = heard(transcriber, sample_seconds(0.4, 8.0))
    expected = {"good", "morning", "doctor", "full", "name", "date", "birth"}
    assert len(expected & set(words)) >= 5


def test_what_a_chunk_gives_does_not_depend_on_those_before_it(transcriber: Transcriber) -> None:
    chunk = sample_seconds(0.4, 3.0)
    alone = heard(transcriber, chunk)
    heard(transcriber, sample_seconds(9.0, 12.0) * 0.1)
    assert heard(transcriber, chunk) == alone


@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_other_languages_than_english_are_refused(transcriber: Transcriber, language: str) -> None:
    with pytest.raises(ConfigurationError, match="English"):
        transcriber.transcribe(np.zeros(16000, np.float32), language=language)


def test_the_library_writes_nothing_to_the_terminal() -> None:
    program = (
        "import numpy as np\n"
        "from medscribe.speech.transcribers import pocketsphinx\n"
        "engine = pocketsphinx.create(pocketsphinx.Options())\n"
        "noise = np.random.default_rng(0).normal(0, 0.1, 8000).astype(np.float32)\n"
        "engine.transcribe(noise, language='en')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")
