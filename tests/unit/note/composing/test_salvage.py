"""A clinician's sentences without "I" and "we"."""

import pytest
from tests.talk import talk

from medscribe.domain.note import Note
from medscribe.note.composing.salvage import without_speaker
from medscribe.note.template import load_template
from medscribe.note.writers.extractive import Options, create


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("swelling when i press on it", "swelling to palpation"),
        (
            "pain when i push on the outside of your knee",
            "pain to palpation on the outside of your knee",
        ),
        (
            "order a renal ultrasound to make sure that we are not missing anything",
            "order a renal ultrasound",
        ),
        ("order what we call a basic metabolic panel", "order a basic metabolic panel"),
        (
            "the echocardiogram that we did in march was normal",
            "the echocardiogram in march was normal",
        ),
        (
            "refer to physical therapy once we get the mri results back",
            "refer to physical therapy after the mri results",
        ),
        (
            "we switched her from furosemide to torsemide",
            "switched her from furosemide to torsemide",
        ),
        ("your levels are fine, so i am not worried about it", "your levels are fine"),
    ],
)
def test_what_was_found_and_decided_is_left(said: str, left: str) -> None:
    assert without_speaker(said) == left


@pytest.mark.parametrize("said", ["i would like to see that", "we will know more"])
def test_a_sentence_about_the_clinician_alone_leaves_nothing(said: str) -> None:
    assert without_speaker(said) == ""


@pytest.mark.parametrize(
    "said",
    [
        "if it does not heal, we can consider surgery",
        "i do not think that you have a fracture",
        "we will not start insulin unless your sugars go up",
    ],
)
def test_conditions_and_negations_stay(said: str) -> None:
    left = without_speaker(said)
    for word in ("if", "not", "unless"):
        assert (word in said.split()) == (word in left.split())


def _plan(script: str) -> str:
    note: Note = create(Options()).write(talk(script), load_template("soap"))
    return " ".join(statement.text for statement in note.statements)


def test_an_examination_tells_what_pressing_showed() -> None:
    script = """
        CLINICIAN  What brings you in?
        PATIENT    My right knee hurts.
        CLINICIAN  On your knee exam there is some tenderness when I press on it.
    """
    assert "to palpation" in _plan(script)
