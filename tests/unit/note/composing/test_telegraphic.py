"""Notes in few words, as general practitioners write them."""

import pytest
from tests.unit.note.conversation import talk

from medscribe.note.composing.telegraphic import in_few_words
from medscribe.note.render import note_text
from medscribe.note.template import load_template
from medscribe.note.writers.extractive import Options, create

VISIT = """
    CLINICIAN  Good morning, how can I help?
    PATIENT    I've had diarrhea for the last three days.
    CLINICIAN  Any blood in your stools?
    PATIENT    No.
    CLINICIAN  Any fever?
    PATIENT    No.
    CLINICIAN  Do you have any allergies?
    PATIENT    I'm allergic to penicillin.
    CLINICIAN  Do you smoke?
    PATIENT    No.
    CLINICIAN  I think you have gastroenteritis. I want you to drink plenty of fluids. I'm going to prescribe some loperamide two milligrams. I'll see you again in two weeks.
    PATIENT    Sounds good.
"""  # noqa: E501


@pytest.mark.parametrize(
    ("sentence", "jotted"),
    [
        ("The patient has had some diarrhea for the last 3 days.", ["Diarrhea for 3/7."]),
        ("He denies fever.", ["No fever."]),
        ("He has not had any vomiting.", ["No vomiting."]),
        ("She does not smoke.", ["Does not smoke."]),
        ("Gastrointestinal: Denies nausea or vomiting.", ["No nausea or vomiting."]),
        ("She lives with her husband.", ["Lives with husband."]),
        ("The patient takes ramipril 5 mg once daily.", ["Takes ramipril 5 mg OD."]),
        ("We will prescribe amoxicillin 500 mg 3 times daily for 7 days.",
         ["Amoxicillin 500 mg TDS for 7/7."]),
        ("The patient will follow up in 2 weeks.", ["Review in 2/52."]),
        ("Symptoms started 6 months ago.", ["Sx started 6/12 ago."]),
        ("<NAME_1> has a cough.", ["<NAME_1> has cough."]),
    ],
)  # fmt: skip
def test_a_sentence_is_jotted_down(sentence: str, jotted: list[str]) -> None:
    assert in_few_words(sentence) == jotted


@pytest.mark.parametrize(
    "sentence",
    [
        "The patient has no chest pain.",
        "He does not have a rash.",
        "There is no blood.",
        "She has never smoked.",
        "It was not painful.",
        "He has pain and he is not sleeping.",
    ],
)
def test_a_denial_stays_a_denial(sentence: str) -> None:
    short = " ".join(in_few_words(sentence)).lower()
    assert {"no", "not", "never"} & set(short.replace(".", "").split())


@pytest.mark.parametrize(
    ("sentence", "jotted"),
    [
        ("It started a week ago.", "Started 1/52 ago."),
        ("Advised to come back in a week.", "Review in 1/52."),
        ("The patient has had a cough for a day.", "Cough for 1/7."),
        ("She has a few beers a week.", "A few beers weekly."),
        ("He feels a little better.", "Feels a little better."),
        ("He drinks 3 days a week.", "Drinks 3 days weekly."),
        ("Not really no chest pain.", "No chest pain."),
        ("That is not right.", "Not right."),
        ("There is blood in his poo.", "Blood in stool."),
        ("She has blood in her wee.", "Blood in urine."),
        ("She has no allergies to penicillin.", "No allergies to penicillin."),
        ("No known drug allergies except latex.", "No known drug allergies except latex."),
        ("She has no known drug allergies.", "NKDA."),
    ],
)
def test_fewer_words_say_the_same(sentence: str, jotted: str) -> None:
    assert in_few_words(sentence) == [jotted]


def test_a_visit_becomes_a_gp_note_with_its_evidence() -> None:
    template = load_template("gp_telegraphic")
    note = create(Options()).write(talk(VISIT), template)
    text = note_text(note)
    assert "Hx: Diarrhea for 3/7." in text
    assert "No fever" in text
    assert "Imp: Gastroenteritis." in text
    assert "Review in 2/52." in text
    assert "penicillin" in text.lower()
    assert all(statement.evidence for statement in note.statements)
    assert len({statement.id for statement in note.statements}) == len(note.statements)


def test_what_the_review_repeats_is_said_once() -> None:
    note = create(Options()).write(talk(VISIT), load_template("gp_telegraphic"))
    assert note_text(note).lower().count("diarrhea") == 1
