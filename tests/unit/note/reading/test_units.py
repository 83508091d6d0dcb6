"""Passages -> units: questions with their answers."""

import pytest
from tests.talk import talk

from medscribe.note.reading.passages import passages_of
from medscribe.note.reading.questions import Polarity
from medscribe.note.reading.units import Unit, units_of


def _denied(script: str) -> list[str]:
    return [unit.text for unit in _units(script) if unit.polarity is Polarity.NO]


def _units(script: str) -> list[Unit]:
    return units_of(passages_of(talk(script)))


def test_one_no_denies_all_symptoms_asked_for_in_a_breath() -> None:
    denied = _denied("CLINICIAN  Any chest pain? Shortness of breath? Nausea?\nPATIENT  No.")
    for symptom in ("chest pain", "shortness of breath", "nausea"):
        assert any(symptom in text for text in denied), symptom


@pytest.mark.parametrize(
    "script",
    [
        "CLINICIAN  Any chest pain? Nausea?\nPATIENT  Yes.",
        "CLINICIAN  Any chest pain? Do you smoke?\nPATIENT  No.",
        "CLINICIAN  Any chest pain? Nausea?\nPATIENT  No, but my chest is tight on stairs.",
    ],
)
def test_another_answer_says_nothing_of_the_first_symptom(script: str) -> None:
    assert not any("chest pain" in unit.text for unit in _units(script) if unit.fused)
