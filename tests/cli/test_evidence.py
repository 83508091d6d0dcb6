"""From a statement to the words and the sound it rests on, and back."""

import io
import wave
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.sample_speech import SAMPLE_RECORDING

pytestmark = pytest.mark.engine


@pytest.fixture
def heard(run: Run, tmp_path: Path) -> str:
    """The id of a kept recording."""
    done = run(
        "scribe", SAMPLE_RECORDING, "--asr", "pocketsphinx",
        "--out", tmp_path / "o", "--keep", "--quiet",
    )  # fmt: skip
    assert done.code == 0, done.err
    return next(line for line in done.out.splitlines() if "Kept as" in line).rsplit(" ", 1)[-1]


@pytest.fixture
def written(run: Run, dialogue: Path, tmp_path: Path) -> str:
    """The id of a kept visit that came as text."""
    done = run("scribe", "--transcript", dialogue, "--out", tmp_path / "o", "--keep")
    assert done.code == 0, done.err
    return done.out.strip().rsplit(" ", 1)[-1]


def test_every_statement_is_shown_with_its_quotes(run: Run, written: str) -> None:
    shown = run("encounters", "evidence", written).out
    assert "s1  " in shown
    assert "(exact): " in shown


def test_an_utterance_leads_to_the_statements_that_rest_on_it(run: Run, written: str) -> None:
    everything = run("encounters", "evidence", written).out
    utterance = next(line.split()[0] for line in everything.splitlines() if "(exact)" in line)
    some = run("encounters", "evidence", written, "--utterance", utterance).out
    assert utterance in some
    assert len(some) < len(everything)
    assert run("encounters", "evidence", written, "--utterance", "u999").out == ""


def test_a_statement_can_be_heard(run: Run, heard: str, tmp_path: Path) -> None:
    clip = tmp_path / "clip.wav"
    done = run("encounters", "evidence", heard, "--statement", "s1", "--sound", clip)
    assert done.code == 0, done.err
    assert "heard at 0" in done.out
    assert clip.stat().st_mode & 0o077 == 0
    with wave.open(io.BytesIO(clip.read_bytes())) as sound:
        assert 0.5 < sound.getnframes() / sound.getframerate() < 60


def test_a_statement_of_a_written_visit_has_no_sound(
    run: Run, written: str, tmp_path: Path
) -> None:
    done = run(
        "encounters", "evidence", written, "--statement", "s1", "--sound", tmp_path / "c.wav"
    )
    assert done.code == 3
    assert "came as text" in done.err


@pytest.mark.parametrize("options", [["--statement", "s999"], ["--sound", "x.wav"]])
def test_what_does_not_go_is_one_line(run: Run, written: str, options: list[str]) -> None:
    done = run("encounters", "evidence", written, *options)
    assert done.code == 3
    assert done.err.count("\n") == 1
