"""The patient is written about, never spoken to, and verbs agree."""

import pytest
from tests.unit.note.conversation import talk

from medscribe.note.reading.subject import HE, SHE, UNKNOWN, find_subject
from medscribe.note.reading.third_person import about_patient, first_or_second_person


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("i take it daily and check my sugar", "he takes it daily and checks his sugar"),
        ("i was tired and i have been sleeping", "he was tired and he has been sleeping"),
        ("i been having this cough", "he has been having this cough"),
        ("i do not smoke", "he does not smoke"),
        ("it helps me walk", "it helps him walk"),
        ("i hurt my back", "he hurt his back"),
        ("my wife and i were walking", "his wife and he were walking"),
    ],
)
def test_what_a_patient_says_is_told_of_him(said: str, written: str) -> None:
    assert about_patient(said, pronouns="i", subject=HE) == written


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("you deny fever", "she denies fever"),
        ("it will help you walk if you need it", "it will help her walk if she needs it"),
        ("your knee hurts when you walk", "her knee hurts when she walks"),
        ("you are taking 1,000 mg", "she is taking 1,000 mg"),
    ],
)
def test_what_is_said_to_a_patient_is_told_of_her(said: str, written: str) -> None:
    assert about_patient(said, pronouns="you", subject=SHE) == written


def test_a_placeholder_is_not_a_pronoun() -> None:
    assert about_patient("i saw <NAME_2>", pronouns="i", subject=HE) == "he saw <NAME_2>"


def test_without_a_known_sex_the_patient_is_named_once() -> None:
    told = about_patient("i fell and i hurt my arm", pronouns="i", subject=UNKNOWN)
    assert told == "the patient fell and they hurt their arm"


def test_a_speaker_left_over_is_noticed() -> None:
    assert first_or_second_person("she will call us")
    assert not first_or_second_person("she takes vitamin d")


@pytest.mark.parametrize(
    ("script", "subject"),
    [
        ("CLINICIAN  this is a 58 year old male", HE),
        ("CLINICIAN  good morning mrs. <NAME_1>", SHE),
        ("PATIENT  my husband drove me", SHE),
        ("PATIENT  my knee hurts", UNKNOWN),
    ],
)
def test_the_sex_is_taken_from_what_was_said(script: str, subject: object) -> None:
    assert find_subject(talk(script)) == subject
