"""Bad input: one clear line, an exit code by class, nothing half-written, no traceback."""

import sys
import wave
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run

INPUT, CONFIGURATION, MODEL = 3, 4, 6
SECRET = "Zebulon Quark has syphilis"


def empty(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def text_named_wav(path: Path) -> Path:
    path.write_text(SECRET * 100)
    return path


def directory(path: Path) -> Path:
    path.mkdir()
    return path


def missing(path: Path) -> Path:
    return path


def silence(path: Path) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(bytes(2 * 16_000 * 5))
    return path


@pytest.mark.parametrize("make", [empty, text_named_wav, directory, missing, silence])
@pytest.mark.parametrize("command", ["scribe", "transcribe"])
def test_what_is_no_speech_is_one_line_and_leaves_nothing(
    run: Run, tmp_path: Path, make: Callable[[Path], Path], command: str
) -> None:
    path = make(tmp_path / "Zebulon Quark.wav")

    extra = ["--out", tmp_path / "out"] if command == "scribe" else []
    done = run(command, path, "--quiet", "--asr", "pocketsphinx", *extra)

    assert done.code == INPUT, done.err
    assert done.err.count("\n") == 1
    assert "Zebulon" not in done.out + done.err
    assert "Traceback" not in done.err
    assert not (tmp_path / "out").exists()
    assert not list((tmp_path / "data").rglob("*.seg"))


def test_ten_hours_of_silence_are_refused_before_they_fill_the_memory(
    run: Run, tmp_path: Path
) -> None:
    import av
    import numpy as np

    path = tmp_path / "silence.flac"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("flac", rate=4_000, layout="mono")
        block = np.zeros((1, 4_000 * 60), dtype=np.int16)
        for _ in range(10 * 60):
            frame = av.AudioFrame.from_ndarray(block, format="s16", layout="mono")
            frame.sample_rate = 4_000
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))

    done = run("scribe", path, "--quiet", "--out", tmp_path / "out")

    assert done.code == INPUT
    assert "max_audio_hours" in done.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("content", "names"),
    [("", "empty"), ("no speaker labels here, only words", "label"), ("\x00\x01\x02", "text")],
)
def test_what_is_no_transcript_is_one_line(
    run: Run, tmp_path: Path, content: str, names: str
) -> None:
    path = tmp_path / "dialogue.txt"
    path.write_text(content)

    done = run("note", path)

    assert done.code == INPUT
    assert done.err.count("\n") == 1
    assert "only words" not in done.err


def test_a_transcript_with_one_speaker_still_becomes_a_note(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "dialogue.txt"
    path.write_text("D: The patient has a cough.\nD: The lungs are clear. We will get an x-ray.\n")

    done = run("note", path)

    assert done.code == 0, done.err


@pytest.mark.parametrize(
    ("arguments", "choices"),
    [
        (["--asr", "nothing"], "pocketsphinx"),
        (["--template", "nothing"], "soap"),
    ],
)
def test_an_unknown_engine_or_template_names_the_choices(
    run: Run, tmp_path: Path, arguments: list[str], choices: str
) -> None:
    done = run("scribe", silence(tmp_path / "visit.wav"), *arguments, "--out", tmp_path / "out")

    assert done.code == CONFIGURATION
    assert choices in done.err
    assert done.err.count("\n") == 1


def test_a_missing_model_says_how_to_get_it(run: Run, tmp_path: Path) -> None:
    from tests.sample_speech import spoken_like

    path = spoken_like(tmp_path / "visit.wav")
    done = run("scribe", path, "--quiet", "--asr", "faster_whisper", "--out", tmp_path / "out")

    assert done.code == MODEL
    assert "medscribe models pull" in done.err
    assert not (tmp_path / "out").exists()


def test_an_unknown_setting_is_named(run: Run, dialogue: Path, tmp_path: Path) -> None:
    (tmp_path / "medscribe.toml").write_text('colour = "green"\n')

    done = run("note", dialogue)

    assert done.code == CONFIGURATION
    assert "colour" in done.err


def test_a_settings_file_that_is_no_toml_is_one_line(
    run: Run, dialogue: Path, tmp_path: Path
) -> None:
    (tmp_path / "medscribe.toml").write_text("this is = = not toml")

    done = run("note", dialogue)

    assert done.code == CONFIGURATION
    assert done.err.count("\n") == 1


def test_neither_audio_nor_transcript_is_one_line(run: Run) -> None:
    done = run("scribe")

    assert done.code == INPUT
    assert "--transcript" in done.err


def test_a_reference_that_is_none_is_refused_before_the_recording_is_stored(
    run: Run, tmp_path: Path
) -> None:
    from tests.sample_speech import spoken_like

    visit = spoken_like(tmp_path / "visit.wav")
    done = run("scribe", visit, "--quiet", "--reference", tmp_path / "none.txt")

    assert done.code == INPUT
    assert not list((tmp_path / "data").rglob("*.seg"))


def test_an_output_folder_that_is_a_file_is_refused_before_the_visit_is_stored(
    run: Run, dialogue: Path
) -> None:
    done = run("scribe", "--transcript", dialogue, "--out", dialogue)

    assert done.code == INPUT
    assert "ready_for_review" not in run("encounters", "list").out


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file that breaks off when read")
def test_a_recording_that_cannot_be_read_is_one_line(run: Run) -> None:
    done = run("transcribe", "/proc/self/mem", "--quiet")

    assert done.code == INPUT
    assert done.err.count("\n") == 1


@pytest.mark.parametrize("made", ["sentences", "drugs", "diagnoses", "concepts", "language"])
def test_a_corpus_that_is_not_there_is_told(run: Run, tmp_path: Path, made: str) -> None:
    done = run("train", made, "--data", tmp_path, "--out", tmp_path / "made")

    assert done.code == INPUT
    assert "--data" in done.err or "name the folder" in done.err
