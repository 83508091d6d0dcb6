"""Words of everyday talk become those of a chart; amounts, times and negations stay."""

import pytest
from tests.unit.note.conversation import talk

from medscribe.domain.note import Note
from medscribe.note.reading.subject import UNKNOWN
from medscribe.note.reading.third_person import about_patient
from medscribe.note.render import note_text
from medscribe.note.rules import load_rules, reworded
from medscribe.note.template import load_template
from medscribe.note.writers.extractive import Options, create


def _charted(said: str) -> str:
    return reworded(said, load_rules("register"))


@pytest.mark.parametrize(
    ("said", "charted"),
    [
        ("take it twice a day", "take it twice daily"),
        ("15 mg a day", "15 mg daily"),
        ("about 2 weeks ago", "approximately 2 weeks ago"),
        ("a little bit of swelling", "some swelling"),
        ("a little elevated", "slightly elevated"),
        ("it really hurts", "it hurts"),
        ("once a week", "once a week"),
    ],
)
def test_words_of_talk_become_those_of_a_chart(said: str, charted: str) -> None:
    assert _charted(said) == charted


def _written(script: str) -> Note:
    return create(Options()).write(talk(script), load_template("soap"))


def test_what_is_said_to_a_device_is_no_part_of_the_note() -> None:
    text = note_text(
        _written(
            """
            CLINICIAN  I understand you're here for left knee pain.
            PATIENT    Yes, my left knee hurts.
            CLINICIAN  Hey dragon, show me the left knee x-ray. Here there is no fracture. Dragon, order meloxicam fifteen milligrams once a day.
            """  # noqa: E501
        )
    )
    assert "ragon" not in text
    assert "how me" not in text
    assert "meloxicam 15 mg once daily" in text


@pytest.mark.parametrize(
    ("said", "pronouns", "told"),
    [
        ("i take it and my knee hurts", "i", "the patient takes it and their knee hurts"),
        ("i was sick when i took it", "i", "the patient was sick when they took it"),
        ("i fell and i am sore", "i", "the patient fell and they are sore"),
        ("call me if you need your pills", "you", "call me if the patient needs their pills"),
        ("they told me that i have gout", "i", "they told the patient that the patient has gout"),
    ],
)
def test_a_patient_of_unknown_sex_is_named_once(said: str, pronouns: str, told: str) -> None:
    assert about_patient(said, pronouns=pronouns, subject=UNKNOWN) == told
