"""What a note must never get wrong: polarity, sex, allergies, doses, follow-up, placeholders."""

import pytest
from tests.unit.note.conversation import talk

from medscribe.domain.note import Note
from medscribe.note.casing import lowered, spoken_case
from medscribe.note.passages import passages_of
from medscribe.note.review_of_systems import review_lines, symptoms_of
from medscribe.note.subject import HE
from medscribe.note.symptom_polarity import symptoms_told
from medscribe.note.template import load_template
from medscribe.note.units import units_of
from medscribe.note.writers.extractive import Options, create


def _note(script: str) -> Note:
    return create(Options(least_worth=0.02)).write(talk(script), load_template("soap"))


def _section(script: str, key: str) -> str:
    sections = {section.key: section.statements for section in _note(script).sections}
    return " ".join(statement.text for statement in sections[key])


def _review(script: str) -> list[str]:
    units = units_of(passages_of(talk(script)))
    return [text for text, _ in review_lines(symptoms_of(units, HE))]


@pytest.mark.parametrize(
    ("said", "reported", "denied"),
    [
        ("No shortness of breath.", [], ["shortness of breath"]),
        ("no shortness of breath", [], ["shortness of breath"]),
        ("No rashes, but my neck has swelling", ["swelling"], ["rashes"]),
        ("No nausea or vomiting, but I do feel dizzy.", ["dizziness"], ["nausea", "vomiting"]),
        ("There is a little swelling in the evening, but no redness.", ["swelling"], ["redness"]),
        ("I have a cough and no fever.", ["cough"], ["fever"]),
        ("I have had no fever, chills, or cough.", [], ["fever", "chills", "cough"]),
        ("I haven't had any cough.", [], []),
        ("I have not had any cough.", [], ["cough"]),
        ("I feel dizzy and short of breath.", ["dizziness", "shortness of breath"], []),
        ("The cough is not getting better.", [], []),
        ("My mother had seizures.", [], []),
        ("I was worried about chest pain.", [], []),
        ("I used to have headaches.", [], []),
        ("No more headaches than usual.", [], []),
        ("No dizziness because of the cough.", [], ["dizziness"]),
    ],
)  # fmt: skip
def test_polarity_holds_for_the_symptom_it_was_said_of(
    said: str, reported: list[str], denied: list[str]
) -> None:
    told = symptoms_told(said)
    assert [t.symptom for t in told if not t.denied] == reported
    assert [t.symptom for t in told if t.denied] == denied


def test_denials_in_sentences_of_their_own_are_denials() -> None:
    script = """
        CLINICIAN  Do you have any chest pain, shortness of breath, or headaches?
        PATIENT    No chest pain. No shortness of breath. I had a headache two times last week.
    """
    assert _review(script) == [
        "Respiratory: Denies shortness of breath.",
        "Cardiovascular: Denies chest pain.",
        "Neurological: Reports headache.",
    ]


def test_a_capital_changes_no_polarity() -> None:
    script = """
        CLINICIAN  Any rashes?
        PATIENT    No rashes, but I guess like my neck seems to be a little swollen.
    """
    assert _review(script) == ["Skin: Denies rashes."]
    assert _review(script.lower().replace("clinician", "CLINICIAN").replace("patient", "PATIENT"))


def test_a_symptom_both_affirmed_and_denied_is_left_out() -> None:
    script = """
        CLINICIAN  Any headaches?
        PATIENT    No.
        PATIENT    I had a headache yesterday.
    """
    assert _review(script) == []


def test_the_first_word_loses_its_capital_and_names_keep_theirs() -> None:
    said = "No rashes, but I had an MRI in Boston. And <UNCERTAIN:DATE_2> OK"
    spoken = "no rashes, but i had an MRI in Boston. and <UNCERTAIN:DATE_2> ok"
    assert spoken_case(said) == spoken
    assert lowered("Is <NAME_1_2> Ill <") == "is <NAME_1_2> ill <"
