from pathlib import Path

import pytest

from medscribe.evaluation.corpora import read_predictions, read_split
from medscribe.evaluation.rouge import rouge_percent

pytest.importorskip("rouge_score", reason="the evaluate extra is not installed")

PUBLISHED = {
    "test1_GPT-4": (51.76, 22.58, 30.29, 45.97),
    "bart-large-xsum-samsum_clinicalnlp_taskB_test1_division_combined": (
        53.46,
        25.08,
        29.63,
        48.62,
    ),
    "bart-large-xsum-samsum_clinicalnlp_taskB_test1_full": (40.87, 18.96, 23.02, 34.60),
    "BioBART_clinicalnlp_taskB_test1_division_combined": (49.53, 22.47, 27.26, 44.92),
    "BioBART_clinicalnlp_taskB_test1_full": (39.09, 17.24, 21.51, 33.19),
    "UMLS_similarity_clinicalnlp_taskB_test1": (43.87, 17.55, 25.76, 40.47),
}
"""R1, R2 and RLsum: tables/test1.csv of ACI-Bench (its ROUGE-L is RLsum); RL computed apart."""


@pytest.mark.corpus
@pytest.mark.parametrize("name", PUBLISHED)
def test_published_scores_come_out_to_two_decimals(corpora: Path, name: str) -> None:
    folder = corpora / "aci-bench"
    visits = read_split(folder, "test1")
    notes = read_predictions(folder / "predictions" / f"{name}.csv", visits)
    scores = rouge_percent(notes, [visit.note or "" for visit in visits])
    assert tuple(round(score, 2) for score in scores.values()) == PUBLISHED[name]


def test_words_are_not_stemmed() -> None:
    assert rouge_percent(["coughs"], ["coughing"])["rouge1"] == 0.0


def test_only_the_summary_measure_forgives_the_order_of_lines() -> None:
    scores = rouge_percent(["no fever today\nmild cough now"], ["mild cough now\nno fever today"])
    assert scores["rougeLsum"] == 100.0
    assert scores["rougeL"] == 50.0


def test_the_mean_is_over_notes_and_not_over_words() -> None:
    scores = rouge_percent(["cough", "a b c d e f g h"], ["cough", "no word in common here"])
    assert scores["rouge1"] == 50.0


def test_no_notes_are_refused() -> None:
    with pytest.raises(ValueError, match="no notes"):
        rouge_percent([], [])
