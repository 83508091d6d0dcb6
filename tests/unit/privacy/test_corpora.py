"""Names on the open corpora: recall and false alarms do not fall below what was measured."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from medscribe.privacy.rules.finding import SURE
from medscribe.privacy.rules.names.names import find_names

csv.field_size_limit(10_000_000)


def dialogues(folder: Path, split: str) -> Iterator[tuple[list[str], set[str]]]:
    """The turns of each visit, and the words of the names in its metadata."""
    with (folder / f"{split}_metadata.csv").open(encoding="utf-8") as file:
        rows = {row["encounter_id"]: row for row in csv.DictReader(file)}
    with (folder / f"{split}.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            known = rows[row["encounter_id"]]
            columns = ("patient_firstname", "patient_familyname", "doctor_name")
            names = " ".join(known[column] for column in columns).lower()
            yield (
                [re.sub(r"^\[\w+\]\s*", "", turn) for turn in row["dialogue"].split("\n[")],
                set(re.findall("[a-z]+", names)) - {"dr"},
            )


@pytest.mark.corpus
def test_names_in_visits_without_capitals_are_found(corpora: Path) -> None:
    mentions = certain = 0
    for turns, names in dialogues(corpora / "aci-bench", "valid"):
        for text, findings in zip(turns, find_names(turns), strict=True):
            for match in re.finditer("[a-z]+", text.lower()):
                if match.group() not in names:
                    continue
                mentions += 1
                certain += any(
                    found.start <= match.start()
                    and match.end() <= found.end
                    and found.score >= SURE
                    for found in findings
                )
    assert mentions > 40
    assert certain / mentions >= 0.96


@pytest.mark.corpus
def test_visits_without_capitals_have_hardly_a_false_name(corpora: Path) -> None:
    visits = list(dialogues(corpora / "aci-bench", "valid"))
    doubtful = sum(
        found.score < SURE and text[found.start : found.end].lower() not in names
        for turns, names in visits
        for text, findings in zip(turns, find_names(turns), strict=True)
        for found in findings
    )
    assert doubtful / len(visits) < 0.3


@pytest.mark.corpus
def test_diagnoses_are_hardly_ever_taken_for_names(corpora: Path) -> None:
    path = corpora / "drugs" / "icd10cm_2026_04_codes.tsv"
    with path.open(encoding="utf-8") as file:
        titles = [row["description"] for row in csv.DictReader(file, delimiter="\t")][::20]
    wrong = sum(any(found.score >= SURE for found in findings) for findings in find_names(titles))
    assert wrong / len(titles) < 0.01
