from pathlib import Path

import pytest

from medscribe.evaluation.concepts import concept_f1_percent, concepts
from medscribe.evaluation.corpora import read_predictions, read_split

pytest.importorskip("nltk", reason="the evaluate extra is not installed")


def test_clinical_words_and_neighbouring_pairs_are_concepts() -> None:
    assert concepts("She reports chest pain and a cough.") == {
        "chest",
        "pain",
        "chest pain",
        "cough",
    }


def test_inflected_words_are_the_same_concept() -> None:
    assert concepts("coughing") == concepts("cough") == {"cough"}


def test_drug_names_are_concepts_whatever_their_case() -> None:
    assert concepts("Start Metformin 500 mg") == concepts("metformin") != set()


def test_the_frame_of_a_note_holds_no_concept() -> None:
    assert (
        concepts("HISTORY OF PRESENT ILLNESS\n\nThe patient reports that he is well today.")
        == set()
    )


def test_f1_weighs_what_is_missing_and_what_is_added() -> None:
    assert concept_f1_percent(["fever"], ["fever, and also a cough"]) == pytest.approx(
        100 * 2 * 1 / (1 + 2)
    )
    assert concept_f1_percent(["rash"], ["fever"]) == 0.0


def test_two_notes_without_concepts_agree() -> None:
    assert concept_f1_percent(["The patient is well."], [""]) == 100.0


def test_no_notes_are_refused() -> None:
    with pytest.raises(ValueError, match="no notes"):
        concept_f1_percent([], [])


@pytest.mark.corpus
def test_writers_rank_as_by_the_published_medcon(corpora: Path) -> None:
    folder = corpora / "aci-bench"
    visits = read_split(folder, "test1")
    references = [visit.note or "" for visit in visits]
    medcon = {
        "test1_GPT-4": 57.78,
        "bart-large-xsum-samsum_clinicalnlp_taskB_test1_division_combined": 48.23,
        "BioBART_clinicalnlp_taskB_test1_division_combined": 43.06,
        "UMLS_similarity_clinicalnlp_taskB_test1": 33.30,
    }
    scores = [
        concept_f1_percent(
            read_predictions(folder / "predictions" / f"{name}.csv", visits), references
        )
        for name in medcon
    ]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == pytest.approx(52.1, abs=0.1)
