"""Why a patient came, in a few words."""

import pytest
from tests.talk import talk

from medscribe.note.composing.chief_complaint import chief_complaint
from medscribe.note.reading.passages import passages_of
from medscribe.note.reading.units import units_of


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("CLINICIAN  I see that you hurt your knee, tell me about it.", "knee injury"),
        ("CLINICIAN  You are here for kidney stones your doctor said.", "kidney stones"),
        ("PATIENT    I've had this pain in my back thats dull.", "pain in back"),
        (
            """
            CLINICIAN  You are here with your 3-year-old daughter.
            PATIENT    She has a sore throat.
            """,
            "sore throat",
        ),
    ],
)
def test_the_reason_is_an_ailment(script: str, reason: str) -> None:
    found = chief_complaint(units_of(passages_of(talk(script))))
    assert found is not None
    assert found[0] == reason


def test_a_question_about_a_former_injury_is_no_reason() -> None:
    script = """
        CLINICIAN  Did you hurt your knee before?
        PATIENT    I have a sore throat.
    """
    found = chief_complaint(units_of(passages_of(talk(script))))
    assert found is not None
    assert found[0] == "sore throat"


def test_a_name_ends_the_reason() -> None:
    found = chief_complaint(
        units_of(passages_of(talk("CLINICIAN  She is here for a new eye twitch <NAME_1> hi.")))
    )
    assert found is not None
    assert found[0] == "eye twitch"
