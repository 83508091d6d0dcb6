"""Sentences to the patient, in plain words."""

import pytest

from medscribe.note.composing.patient_wording import patient_wording, with_plain_words
from medscribe.note.reading.subject import HE, SHE, UNKNOWN, Subject
from medscribe.note.rules import read_table


@pytest.mark.parametrize(
    ("charted", "subject", "told"),
    [
        ("He should take ibuprofen.", HE, "You should take ibuprofen."),
        ("He has pain and takes aspirin.", HE, "You have pain and take aspirin."),
        ("The patient watches his diet.", HE, "You watch your diet."),
        ("Advised to weigh himself every day.", HE, "Weigh yourself every day."),
        ("Advised not to drive.", HE, "Do not drive."),
        ("Advised her to rest her knee.", SHE, "Rest your knee."),
        ("It helps her absorb the iron.", SHE, "It helps you absorb the iron."),
        ("Refer him to the surgeon.", HE, "We will refer you to the surgeon."),
        ("Contact the office if she has fever.", SHE, "Contact us if you have fever."),
        ("The patient takes the patient's pills.", UNKNOWN, "You take your pills."),
        ("The patient has a cough and their knee hurts.", UNKNOWN,
         "You have a cough and your knee hurts."),
        ("Report it in the patient portal.", UNKNOWN, "Report it in the patient portal."),
        ("Get her off her clopidogrel.", SHE, "We will get you off your clopidogrel."),
        ("Take 10 U QHS.", HE, "Take 10 units at bedtime."),
        ("Take 5 mg q.d. with food.", HE, "Take 5 mg once a day with food."),
        ("Take 5 mg QOD.", HE, "Take 5 mg every other day."),
        ("His wife makes sure he eats.", HE, "Your wife makes sure you eat."),
        ("The patient agrees with the recommended medical treatment plan.", HE,
         "You agreed with this plan."),
    ],
)  # fmt: skip
def test_a_statement_about_the_patient_is_said_to_the_patient(
    charted: str, subject: Subject, told: str
) -> None:
    assert patient_wording(charted, subject) == told


@pytest.mark.parametrize(
    ("charted", "subject"),
    [
        ("His father had a stroke and he worries.", HE),
        ("The surgeon said she should wait.", SHE),
        ("<NAME_1> called and he was told.", HE),
        ("They are swollen.", UNKNOWN),
        ("She brought him in.", UNKNOWN),
    ],
)
def test_where_somebody_else_could_be_meant_the_sentence_stays(
    charted: str, subject: Subject
) -> None:
    assert patient_wording(charted, subject) == charted


@pytest.mark.parametrize(
    ("charted", "plain"),
    [
        ("Hypertension.", "High blood pressure."),
        ("He has an arrhythmia.", "He has an irregular heartbeat."),
        ("Orthostatic hypotension.", "Low blood pressure on standing up."),
        ("Order an EKG.", "Order a heart tracing (EKG)."),
        ("Antihypertension <NAME_1> pre-renal.", "Antihypertension <NAME_1> pre-renal."),
    ],
)
def test_terms_become_plain_words(charted: str, plain: str) -> None:
    assert with_plain_words(charted) == plain


def test_names_and_amounts_of_medicines_stay() -> None:
    told = patient_wording("Start lisinopril 10 mg PO b.i.d. PRN.", HE)

    assert told == "Start lisinopril 10 mg by mouth twice a day as needed."


def test_plain_words_are_plain_themselves() -> None:
    words = read_table("plain_words")["words"]
    assert isinstance(words, dict)

    assert len(words) >= 80
    for term, plain in words.items():
        again = with_plain_words(str(plain))
        assert again == plain or term.lower() in str(plain).lower(), term
