"""A recogniser in a process of its own says the same, and its death costs nothing."""

import os
import signal
import sys
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
import pytest
from tests.sample_speech import sample_seconds

from medscribe.errors import ConfigurationError, StageError
from medscribe.speech.apart import Recipe, TranscriberApart, _serve
from medscribe.speech.transcribers import pocketsphinx

pytestmark = pytest.mark.engine


def recipe(name: str, **options: object) -> Recipe:
    return Recipe(
        name=name,
        models_dir=Path("models"),
        whisper_model="base.en",
        allow_download=False,
        options=dict(options),
    )


def apart(made_with: Recipe) -> TranscriberApart:
    return TranscriberApart(made_with, lambda *_: None, lambda _text: None)


def die(*_: object) -> None:
    """A child whose native library ends its process."""
    os._exit(255)


def serve_interrupted(pipe: Connection, made_with: Recipe) -> None:
    """Ctrl-C before the child could do anything about it."""
    os.kill(os.getpid(), signal.SIGINT)
    _serve(pipe, made_with)


@pytest.fixture
def sphinx() -> Iterator[TranscriberApart]:
    transcriber = apart(recipe("pocketsphinx"))
    yield transcriber
    transcriber.close()


def test_the_words_are_those_of_the_engine_in_this_process(sphinx: TranscriberApart) -> None:
    spoken = sample_seconds(0, 6)
    here = pocketsphinx.create(pocketsphinx.Options())
    assert sphinx.transcribe(spoken, language="en") == here.transcribe(spoken, language="en") != []
    assert (sphinx.draft, sphinx.made_by) == (here.draft, here.made_by)


def test_an_error_of_the_engine_comes_through(sphinx: TranscriberApart) -> None:
    with pytest.raises(ConfigurationError, match="English"):
        sphinx.transcribe(sample_seconds(0, 2), language="de")
    assert sphinx.transcribe(sample_seconds(0, 6), language="en")


def test_an_engine_that_cannot_be_made_is_told_at_once() -> None:
    with pytest.raises(ConfigurationError):
        apart(recipe("scripted", path="no such script"))


def test_a_killed_child_is_started_again_and_the_stretch_is_not_lost(
    sphinx: TranscriberApart,
) -> None:
    spoken = sample_seconds(0, 6)
    before = sphinx.transcribe(spoken, language="en")
    child = sphinx._process
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    child.join()
    assert sphinx.transcribe(spoken, language="en") == before


def test_an_unforeseen_error_names_its_class_and_nothing_else(sphinx: TranscriberApart) -> None:
    with pytest.raises(StageError) as failed:
        sphinx.transcribe(np.zeros((4, 4, 4), np.float32) + 0.1, language=None)  # type: ignore[arg-type]
    assert "failed (" in str(failed.value)


def test_closing_ends_the_child() -> None:
    transcriber = apart(recipe("pocketsphinx"))
    transcriber.close()
    assert not transcriber._process.is_alive()


def test_a_child_that_dies_of_its_engine_is_told_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("medscribe.speech.apart._serve", die)
    with pytest.raises(StageError, match="died while its engine was loaded"):
        apart(recipe("pocketsphinx"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no groups of processes")
def test_an_interrupt_while_the_child_is_born_does_not_kill_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("medscribe.speech.apart._serve", serve_interrupted)
    transcriber = apart(recipe("pocketsphinx"))
    assert transcriber.transcribe(sample_seconds(0, 6), language="en")
    transcriber.close()
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
