"""Training on a tiny made-up corpus: it learns, it repeats itself, it refuses nothing to learn."""

import csv
from pathlib import Path

import pytest

from medscribe.errors import InputError
from medscribe.note.reading.classifier import NONE, read_model
from medscribe.training.note import train_note_model, unigram_f1
from medscribe.training.note_boundaries import train_boundaries
from medscribe.training.note_casing import learn_casing
from medscribe.training.note_labels import inverse_document_frequency, label, note_lines, stems_of

DIALOGUE = """[doctor] any chest pain today ?
[patient] no .
[patient] my left knee hurts when i climb stairs .
[doctor] your lungs are clear to auscultation .
[doctor] i will order a knee mri and start meloxicam {dose} milligrams .
[patient] how about that football game .
"""
NOTE = """CHIEF COMPLAINT

Left knee pain.

HISTORY OF PRESENT ILLNESS

The left knee hurts when climbing stairs. He denies chest pain.

PHYSICAL EXAM

Lungs are clear to auscultation.

PLAN

Order a knee MRI and start Mobic, meloxicam {dose} mg.
"""


def _corpus(folder: Path, visits: int = 8) -> Path:
    for name in ("train.csv", "valid.csv"):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["dataset", "encounter_id", "dialogue", "note"])
            for number in range(visits // 2):
                dose = 7 + number
                rows.writerow(
                    ["aci", f"{name}{number}", DIALOGUE.format(dose=dose), NOTE.format(dose=dose)]
                )
    return folder


def test_a_model_is_written_that_can_be_read(tmp_path: Path) -> None:
    out = tmp_path / "model" / "extractive.npz"
    figures = train_note_model(_corpus(tmp_path), out)
    assert figures["visits"] == 8
    assert figures["division_accuracy"] > 0.7
    assert len(read_model(out).features) > 10


def test_the_same_visits_give_the_same_file(tmp_path: Path) -> None:
    first, second = tmp_path / "a" / "m.npz", tmp_path / "b" / "m.npz"
    train_note_model(_corpus(tmp_path), first)
    train_note_model(tmp_path, second)
    assert first.read_bytes() == second.read_bytes()


def test_too_few_visits_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        train_note_model(_corpus(tmp_path, visits=2), tmp_path / "m.npz")


def test_a_sentence_is_labelled_by_the_heading_it_came_under() -> None:
    lines = note_lines(NOTE.format(dose=7))
    idf = inverse_document_frequency([stems_of(NOTE)])
    assert label("your lungs are clear to auscultation", lines, idf, 0.25)[0] == "exam"
    assert label("order a knee mri", lines, idf, 0.25)[0] == "assessment_and_plan"
    assert label("how about that football game", lines, idf, 0.25)[0] == NONE


def test_casing_is_learnt_from_the_middle_of_sentences() -> None:
    notes = ["He takes Mobic daily.\nPLAN\nStart Mobic.", "Today the MRI and an MRI of it."]
    assert learn_casing(notes) == {"mobic": "Mobic", "mri": "MRI"}
    assert "mobic" not in learn_casing(notes, frozenset({"mobic"}))


def test_boundaries_are_learnt_from_punctuation(tmp_path: Path) -> None:
    turns = [f"i hurt my knee {n} times . do you think it is broken ?" for n in range(40)]
    figures = train_boundaries(turns, tmp_path / "boundaries.npz")
    assert figures["f1"] > 0.9


def test_unigram_f1_counts_words() -> None:
    assert unigram_f1("knee pain", "Knee pain.") == 1
    assert unigram_f1("knee", "hip") == 0
