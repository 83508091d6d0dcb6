"""`medscribe scribe` and `medscribe note` on written dialogues."""

import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_a_written_dialogue_yields_all_files_that_need_no_times(
    run: Run, dialogue: Path, tmp_path: Path
) -> None:
    done = run("scribe", "--transcript", dialogue, "--out", tmp_path / "out")

    assert done.code == 0, done.err
    names = {path.name.split("_")[0] for path in (tmp_path / "out").iterdir()}
    assert names == {
        "transcript.txt",
        "transcript.json",
        "note.md",
        "note.json",
        "prescription",
        "alerts.json",
        "record.json",
    }


def test_every_statement_quotes_the_masked_talk_verbatim(
    run: Run, dialogue: Path, tmp_path: Path
) -> None:
    run("scribe", "--transcript", dialogue, "--out", tmp_path / "out")

    note = json.loads((tmp_path / "out" / "note.json").read_text())
    transcript = json.loads((tmp_path / "out" / "transcript.json").read_text())
    said = {turn["id"]: turn["text"] for turn in transcript["utterances"]}
    statements = [s for section in note["sections"] for s in section["statements"]]
    assert statements
    for statement in statements:
        assert statement["evidence"]
        for evidence in statement["evidence"]:
            assert evidence["quote"] in said[evidence["utterance_id"]]


def test_the_prescription_holds_the_order_as_said(run: Run, dialogue: Path, tmp_path: Path) -> None:
    run("scribe", "--transcript", dialogue, "--out", tmp_path / "out")

    (file,) = (tmp_path / "out").glob("prescription_*.json")
    prescription = json.loads(file.read_text())
    (order,) = prescription["orders"]
    assert (order["drug"], order["action"]) == ("benzonatate", "start")
    assert order["strength"] == {"value": 100.0, "unit": "mg"}
    assert order["frequency"]["count"] == 3
    assert order["route"] is None
    assert [allergy["substance"] for allergy in prescription["allergies"]] == ["penicillin"]


def test_names_are_masked_unless_revealed(run: Run, dialogue: Path, tmp_path: Path) -> None:
    run("scribe", "--transcript", dialogue, "--out", tmp_path / "masked")
    run("scribe", "--transcript", dialogue, "--out", tmp_path / "open", "--reveal")

    masked = "".join(path.read_text() for path in (tmp_path / "masked").iterdir())
    assert "Mary" not in masked
    assert "<NAME_1>" in masked
    assert "Mary" in (tmp_path / "open" / "transcript.txt").read_text()


def test_an_encounter_is_forgotten_when_its_files_are_written(
    run: Run, dialogue: Path, tmp_path: Path
) -> None:
    run("scribe", "--transcript", dialogue, "--out", tmp_path / "out")

    listed = run("encounters", "list")

    assert "purged" in listed.out
    assert "ready_for_review" not in listed.out


def test_a_kept_encounter_can_be_exported_and_purged(
    run: Run, dialogue: Path, tmp_path: Path, monkeypatch: object
) -> None:
    (tmp_path / "medscribe.toml").write_text("keep_encounters = true\n")
    run("scribe", "--transcript", dialogue, "--out", tmp_path / "out")
    listed = run("encounters", "list")
    (encounter_id,) = [word for word in listed.out.split() if len(word) == 32]

    exported = run("encounters", "export", encounter_id, "--out", tmp_path / "again")
    purged = run("encounters", "purge", encounter_id)
    after = run("encounters", "export", encounter_id, "--out", tmp_path / "never")

    assert exported.code == purged.code == 0
    assert (tmp_path / "again" / "note.md").read_text() == (
        tmp_path / "out" / "note.md"
    ).read_text()
    assert after.code == 8
    assert not (tmp_path / "never").exists()


def test_note_prints_markdown_or_json(run: Run, dialogue: Path) -> None:
    as_json = run("note", dialogue, "--format", "json")
    as_page = run("note", dialogue)

    assert json.loads(as_json.out)["template"] == "soap"
    assert as_page.out.startswith("# SOAP note")
    assert "ASSESSMENT AND PLAN" in as_page.out


def test_a_transcript_with_times_for_some_turns_only_comes_as_text_and_json(
    run: Run, tmp_path: Path
) -> None:
    turns = [
        {"speaker": "doctor", "text": "What brings you in?", "start": 0, "end": 2},
        {"speaker": "patient", "text": "I have had a cough for two weeks."},
    ]
    (tmp_path / "visit.json").write_text(json.dumps(turns))

    done = run("scribe", "--transcript", tmp_path / "visit.json", "--out", tmp_path / "out")

    assert done.code == 0, done.err
    assert (tmp_path / "out" / "transcript.txt").exists()
    assert not (tmp_path / "out" / "transcript.srt").exists()


def test_no_transcript_of_an_earlier_visit_stays_beside_a_new_note(
    run: Run, dialogue: Path, tmp_path: Path
) -> None:
    turns = [{"speaker": "doctor", "text": "Hello, Mr. Quark.", "start": 0, "end": 2}]
    (tmp_path / "earlier.json").write_text(json.dumps(turns))
    out = tmp_path / "out"
    run("scribe", "--transcript", tmp_path / "earlier.json", "--out", out, "--reveal")
    assert "Quark" in (out / "transcript.srt").read_text()

    run("scribe", "--transcript", dialogue, "--out", out)

    kept = [path for path in out.iterdir() if not path.name.startswith("prescription")]
    assert not [path.name for path in kept if "Quark" in path.read_text()]


def test_results_that_cannot_be_written_are_kept_and_can_be_exported(
    run: Run, dialogue: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")

    failed = run("scribe", "--transcript", dialogue, "--out", tmp_path / "file" / "below")
    encounter_id = failed.err.split("encounters export ")[1].split()[0]
    exported = run("encounters", "export", encounter_id, "--out", tmp_path / "out")

    assert failed.code == 8
    assert exported.code == 0
    assert (tmp_path / "out" / "note.md").exists()


def test_a_missing_extra_is_told_before_the_visit_is_worked_through(
    run: Run, dialogue: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fpdf", None)

    done = run("scribe", "--transcript", dialogue, "--out", tmp_path / "o", "--also", "pdf")

    assert done.code == 5
    assert "medscribe[export]" in done.err
    assert not (tmp_path / "data").exists()


def test_documents_are_written_beside_the_other_files(
    run: Run, dialogue: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"

    done = run(
        "scribe", "--transcript", dialogue, "--out", out,
        "--also", "fhir", "--also", "pdf", "--also", "docx",
    )  # fmt: skip

    assert done.code == 0, done.err
    assert json.loads((out / "note.fhir.json").read_text())["resourceType"] == "Bundle"
    assert (out / "note.pdf").read_bytes().startswith(b"%PDF")
    assert (out / "note.docx").read_bytes().startswith(b"PK")
