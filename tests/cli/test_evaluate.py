"""`medscribe evaluate` prints one JSON object with the documented keys."""

import csv
import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import VISIT, Run
from tests.sample_speech import SAMPLE_RECORDING, SAMPLE_SCRIPT

NOTE = "CHIEF COMPLAINT\n\nCough.\n\nASSESSMENT AND PLAN\n\nBronchitis. Start benzonatate."


@pytest.fixture
def notes_folder(tmp_path: Path) -> Path:
    """A folder laid out like ACI-Bench, with one visit in its split `mini`."""
    folder = tmp_path / "notes"
    folder.mkdir()
    with (folder / "visits_mini.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["dataset", "encounter_id", "dialogue", "note"])
        writer.writerow(["made-up", "E1", VISIT, NOTE])
    (folder / "visits_mini_metadata.csv").write_text("dataset,encounter_id\nmade-up,E1\n")
    return folder


def test_notes_are_scored_in_percent(run: Run, notes_folder: Path) -> None:
    done = run("evaluate", "notes", "--data", notes_folder, "--split", "mini", "--json")

    assert done.code == 0, done.err
    result = json.loads(done.out)
    assert result["n"] == result["subsets"]["made-up"]["n"] == 1
    assert result["hard_flag_rate"] == 0
    assert 10 < result["rouge1"] < 100


def test_given_predictions_are_scored_instead(run: Run, notes_folder: Path, tmp_path: Path) -> None:
    perfect = tmp_path / "perfect.csv"
    with perfect.open("w", newline="") as file:
        csv.writer(file).writerows([["encounter_id", "note"], ["E1", NOTE]])

    done = run(
        "evaluate", "notes", "--data", notes_folder, "--split", "mini",
        "--predictions", perfect, "--json",
    )  # fmt: skip

    assert json.loads(done.out)["rouge1"] == pytest.approx(100.0)


def test_a_split_that_is_not_there_is_one_line(run: Run, notes_folder: Path) -> None:
    done = run("evaluate", "notes", "--data", notes_folder, "--split", "test9", "--json")

    assert done.code in (3, 4)
    assert done.err.count("\n") == 1


@pytest.fixture
def recordings_folder(tmp_path: Path) -> Path:
    """A folder laid out like the interviews: a recording and what was said in it."""
    folder = tmp_path / "visits"
    (folder / "audio").mkdir(parents=True)
    (folder / "transcripts").mkdir()
    shutil.copy(SAMPLE_RECORDING, folder / "audio" / "visit.ogg")
    said = SAMPLE_SCRIPT.read_text().replace("CLINICIAN  ", "D: ").replace("PATIENT    ", "P: ")
    (folder / "transcripts" / "visit.txt").write_text(said)
    return folder


def test_speech_and_diarization_report_rates_and_files(
    run: Run, recordings_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The script in long lines, one per stretch: most words are right, their times are not.
    monkeypatch.setenv("MEDSCRIBE_ASR_OPTIONS", json.dumps({"path": str(SAMPLE_SCRIPT)}))

    speech = run("evaluate", "speech", "--data", recordings_folder, "--asr", "scripted", "--json")
    voices = run(
        "evaluate", "diarization", "--data", recordings_folder, "--asr", "scripted", "--json"
    )

    heard = json.loads(speech.out)
    assert list(heard) == ["files", "wer", "medical_wer", "drug_wer", "rtf", "by_file"]
    assert 0 < heard["wer"] < 1
    told = json.loads(voices.out)
    assert list(told) == ["files", "word_speaker_error", "der", "jer", "rtf", "by_file"]
    assert told["files"] == 1
    assert told["der"] is None


def test_stored_hypotheses_are_scored_without_hearing_anything(
    run: Run, recordings_folder: Path, tmp_path: Path
) -> None:
    stored = tmp_path / "stored"
    stored.mkdir()
    shutil.copy(recordings_folder / "transcripts" / "visit.txt", stored / "visit_transcript.txt")

    done = run(
        "evaluate", "speech", "--data", recordings_folder, "--hypotheses", stored, "--json"
    )  # fmt: skip

    heard = json.loads(done.out)
    assert (heard["files"], heard["medical_wer"], heard["rtf"]) == (1, 0.0, None)


@pytest.mark.corpus
def test_all_visits_of_primock57_get_their_roles(run: Run, corpora: Path) -> None:
    done = run("evaluate", "roles", "--data", corpora / "primock57", "--json")

    result = json.loads(done.out)
    assert list(result)[:5] == ["encounters", "right", "wrong", "undecided", "turn_accuracy"]
    assert result["not_right"] == result["swapped_tags"] == []
    assert result["right"] == result["encounters"] > 0
