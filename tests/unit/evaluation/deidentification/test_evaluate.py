import json
from pathlib import Path

import pytest
from tests.unit.evaluation.deidentification.marked_words import MarkedWords

from medscribe.bootstrap import build_engines
from medscribe.errors import InputError
from medscribe.evaluation.deidentification.evaluate import evaluate_deid
from medscribe.settings import load_settings

QUERY = """===QUERY===
Is it safe for Odile?
===PHI_TAGS===
{"identifier_type": "NAME", "value": "Odile"}
"""
DIALOGUES = (
    'encounter_id,dialogue,note\nD1,"[doctor] hi , odile .\n[patient] hi , doctor ek .\n'
    '[doctor] rex says hi , odile .",n\n'
)
METADATA = "encounter_id,doctor_name,patient_firstname,patient_familyname\nD1,Dr. Ek,Odile,Strand\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Queries directly in the folder, dialogues one level below, the same again two below."""
    (tmp_path / "queries.txt").write_text(QUERY, "utf-8")
    below = tmp_path / "dialogues"
    for place in (below, below / "again"):
        place.mkdir()
        (place / "valid.csv").write_text(DIALOGUES, "utf-8")
        (place / "valid_metadata.csv").write_text(METADATA, "utf-8")
    return tmp_path


def test_a_folder_is_read_with_what_lies_one_level_below(folder: Path) -> None:
    result = evaluate_deid(folder, [MarkedWords({"Odile": 0.9, "odile": 0.9})])
    assert set(result["by_source"]) == {"queries.txt", "valid.csv"}
    # One query; the visit as it is, with written and with spoken identifiers.
    assert result["texts"] == 4
    assert result["by_source"]["queries.txt"]["recall"] == 1.0


def test_names_of_the_visit_and_false_masks_are_counted(folder: Path) -> None:
    detector = MarkedWords({"odile": 0.9, "ek": 0.5, "rex": 0.9})
    names = evaluate_deid(folder / "dialogues", [detector])["patient_names"]
    assert (names["mentions"], names["recall"]) == (3, 1.0)
    assert names["certain_recall"] == pytest.approx(2 / 3)
    assert (names["unlabelled_masks_per_visit"], names["false_masks_per_visit"]) == (1.0, 1.0)


def test_other_names_stand_in_the_place_of_the_visits_own(folder: Path) -> None:
    detector = MarkedWords({"odile": 0.9})
    result = evaluate_deid(folder / "dialogues", [detector])
    assert result["other_names"] == {"mentions": 3, "recall": 0.0, "certain_recall": 0.0}
    assert any("odile" not in text and "rex says hi" in text for text in detector.seen)


def test_injected_identifiers_are_scored_by_form(folder: Path) -> None:
    result = evaluate_deid(folder / "dialogues", [MarkedWords({"odile": 0.9})])
    assert set(result["by_form"]) == {"written", "spoken"}
    assert result["by_form"]["spoken"]["recall"] == 0.0
    assert result["by_form"]["spoken"]["by_label"]["phone"]["gold"] >= 1
    assert result["hard_negatives"] == 12
    assert result["hard_negative_false_alarm_rate"] == 0.0


def test_the_seed_alone_decides_what_is_injected(folder: Path) -> None:
    def said(seed: int) -> list[str]:
        detector = MarkedWords({"odile": 0.9})
        evaluate_deid(folder / "dialogues", [detector], seed=seed)
        return detector.seen

    assert said(1) == said(1)
    assert said(1) != said(2)


def test_what_was_missed_is_told_only_to_who_asks(folder: Path) -> None:
    lines: list[str] = []
    detector = MarkedWords({"rex": 0.9})
    result = evaluate_deid(folder, [detector], show=lines.append)
    assert any(
        line.startswith("queries.txt: missed NAME") and "[[Odile]]" in line for line in lines
    )
    assert any("unlabelled NAME certain" in line and "[[rex]]" in line for line in lines)
    assert "odile" not in json.dumps(result).casefold()


def test_a_single_file_is_read_by_what_it_holds(folder: Path) -> None:
    detector = MarkedWords({"Odile": 0.9})
    assert evaluate_deid(folder / "queries.txt", [detector])["recall"] == 1.0
    csv = evaluate_deid(folder / "dialogues" / "valid.csv", [detector])
    assert csv["patient_names"]["mentions"] == 3


def test_a_folder_with_nothing_to_mask_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Hello.", "utf-8")
    with pytest.raises(InputError, match="Nothing to mask"):
        evaluate_deid(tmp_path, [MarkedWords({})])
    with pytest.raises(InputError, match="no file or folder"):
        evaluate_deid(tmp_path / "none", [MarkedWords({})])


@pytest.mark.corpus
def test_tagged_queries_are_masked_as_promised(corpora: Path) -> None:
    detectors = build_engines(load_settings()).detectors()
    result = evaluate_deid(corpora / "deid" / "asq_phi.txt", detectors)
    assert (result["texts"], result["unlocated_tags"], result["unknown_types"]) == (526, 0, [])
    assert result["recall"] >= 0.95
    assert result["hard_negative_false_alarm_rate"] < 0.05


@pytest.mark.corpus
def test_dialogues_are_masked_as_promised(corpora: Path) -> None:
    detectors = build_engines(load_settings()).detectors()
    result = evaluate_deid(corpora / "aci-bench", detectors, splits=["valid"])
    assert result["by_form"]["written"]["recall"] >= 0.97
    assert result["by_form"]["spoken"]["recall"] >= 0.90
    assert result["patient_names"]["recall"] >= 0.96
