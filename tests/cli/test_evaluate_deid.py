"""`medscribe evaluate deid` prints one JSON object with the documented keys."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

KEYS = {
    "texts",
    "recall",
    "precision",
    "f1",
    "uncertain_share",
    "hard_negative_false_alarm_rate",
    "by_type",
    "seconds",
}


@pytest.fixture
def queries(tmp_path: Path) -> Path:
    path = tmp_path / "corpus" / "queries.txt"
    path.parent.mkdir()
    path.write_text(
        "===QUERY===\nMay Dr. Orsolya Brandt (call 206-555-0142) give 20 mg?\n===PHI_TAGS===\n"
        '{"identifier_type": "NAME", "value": "Dr. Orsolya Brandt"}\n'
        '{"identifier_type": "PHONE_NUMBER", "value": "206-555-0142"}\n'
        "===QUERY===\nIs 20 mg safe with food?\n===PHI_TAGS===\n",
        "utf-8",
    )
    return path


def test_deid_scores_the_detectors_of_the_settings(run: Run, queries: Path) -> None:
    done = run("evaluate", "deid", "--data", queries.parent, "--json")
    assert done.code == 0
    result = json.loads(done.out)
    assert set(result) >= KEYS
    assert (result["texts"], result["recall"], result["precision"]) == (2, 1.0, 1.0)
    assert result["hard_negative_false_alarm_rate"] == 0.0
    assert "Orsolya" not in done.out


def test_what_was_missed_is_printed_before_the_figures(run: Run, queries: Path) -> None:
    queries.write_text(
        queries.read_text("utf-8") + "===QUERY===\nWhat about xyzzy?\n===PHI_TAGS===\n"
        '{"identifier_type": "UNIQUE_IDENTIFIER", "value": "xyzzy"}\n',
        "utf-8",
    )
    done = run("evaluate", "deid", "--data", queries, "--show-missed", "--json")
    *missed, figures = done.out.splitlines()
    assert any("missed UNIQUE_IDENTIFIER" in line and "[[xyzzy]]" in line for line in missed)
    assert json.loads(figures)["recall"] < 1


def test_a_detector_that_does_not_exist_is_refused(run: Run, queries: Path) -> None:
    done = run("evaluate", "deid", "--data", queries, "--detector", "nobody")
    assert done.code != 0
    assert "clinical" in done.err


def test_a_folder_without_tagged_texts_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = run("evaluate", "deid", "--data", tmp_path / "empty")
    assert done.code != 0
    assert "Nothing to mask was found" in done.err
