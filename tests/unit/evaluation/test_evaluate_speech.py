from pathlib import Path

import pytest

from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import Word
from medscribe.errors import InputError
from medscribe.evaluation.recognised_visit import RecognisedVisit
from medscribe.evaluation.speech import evaluate_speech, word_error_rate, word_errors

pytest.importorskip("jiwer", reason="the evaluate extra is not installed")

SAID = {"V1": "D: Any chest pain?\n\nP: Yes.\n", "V2": "D: Okay, thank you very much, sir.\n"}
HEARD = {"V1": "any chest paint yes", "V2": "okay thank you"}


def recognised(path: Path) -> RecognisedVisit:
    words = tuple(
        Word(text=text, span=TimeSpan(start=0, end=1)) for text in HEARD[path.stem].split()
    )
    return RecognisedVisit(words, ("S1",) * len(words), (), audio_seconds=10.0, seconds=2.0)


def test_errors_of_all_files_are_divided_by_all_words_and_terms_said(tmp_path: Path) -> None:
    for name, said in SAID.items():
        (tmp_path / f"{name}.wav").touch()
        (tmp_path / f"{name}.txt").write_text(said, "utf-8")
    (tmp_path / "other.wav").touch()
    assert evaluate_speech(tmp_path, recognised) == {
        "files": 2,
        "wer": pytest.approx(4 / 10),
        "medical_wer": pytest.approx(1 / 2),
        "drug_wer": None,
        "rtf": pytest.approx(0.2),
        "by_file": {
            "V1": {
                "wer": pytest.approx(1 / 4),
                "medical_wer": pytest.approx(1 / 2),
                "drug_wer": None,
                "rtf": pytest.approx(0.2),
            },
            "V2": {
                "wer": pytest.approx(3 / 6),
                "medical_wer": None,
                "drug_wer": None,
                "rtf": pytest.approx(0.2),
            },
        },
    }


def test_substitutions_omissions_and_insertions_all_count() -> None:
    errors = word_errors("any pain in your chest", "any pains your whole chest")
    assert (errors.errors, errors.words) == (3, 5)


def test_case_and_punctuation_are_no_errors() -> None:
    assert word_error_rate("Sharp, OK.", "sharp ok") == 0.0


def test_nothing_heard_is_an_error_rate_of_one() -> None:
    assert word_error_rate("any pain", "") == 1.0


def test_a_reference_without_words_is_refused() -> None:
    with pytest.raises(InputError, match="no words"):
        word_error_rate("...", "any pain")
