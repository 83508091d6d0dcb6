"""Stated allergies are found, with their reactions; what is no allergy is none."""

from datetime import UTC, datetime

import pytest
from tests.talk import talk

from medscribe.domain.medication import Prescription
from medscribe.note.prescription import extract_prescription


def prescription(script: str) -> Prescription:
    return extract_prescription(talk(script), created_at=datetime(2026, 1, 1, tzinfo=UTC))


def stated(script: str) -> list[tuple[str, str | None]]:
    return [(found.substance, found.reaction) for found in prescription(script).allergies]


@pytest.mark.parametrize(
    ("script", "allergies"),
    [
        ("PATIENT  I'm allergic to penicillin. I get hives.", [("penicillin", "hives")]),
        ("PATIENT  I have a sulfa allergy.", [("sulfa", None)]),
        ("PATIENT  Penicillin gives me a rash.", [("penicillin", "a rash")]),
        ("PATIENT  I break out in hives with codeine.", [("codeine", "break out in hives")]),
        ("PATIENT  Latex gives me a rash.", [("latex", "a rash")]),
        (
            "PATIENT  I'm allergic to shellfish and peanuts.",
            [("shellfish", None), ("peanuts", None)],
        ),
        ("PATIENT  I had a bad reaction to contrast dye.", [("contrast dye", None)]),
        (
            "CLINICIAN  you're allergic to percocet and vicodin",
            [("Percocet", None), ("Vicodin", None)],
        ),
        (
            "CLINICIAN  Any allergies to medications?\nPATIENT  Yes, sulfa; I get hives.",
            [("sulfa", "hives")],
        ),
        (
            "CLINICIAN  Do you have any allergies?\nPATIENT  Just penicillin.",
            [("penicillin", None)],
        ),
        ("CLINICIAN  Are you allergic to penicillin?\nPATIENT  Yes.", [("penicillin", None)]),
        ("CLINICIAN  You're allergic to Augmentin, right?\nPATIENT  Yes.", [("Augmentin", None)]),
        (
            "PATIENT  I'm allergic to codeine.\nCLINICIAN  What happens when you take it?\n"
            "PATIENT  I get nauseous.",
            [("codeine", "nauseous")],
        ),
        ("CLINICIAN  Are you allergic to penicillin?\nPATIENT  No.", []),
        ("PATIENT  I'm not allergic to penicillin.", []),
        ("PATIENT  My son is allergic to peanuts.", []),
        ("PATIENT  My allergies have been acting up with the pollen.", []),
        ("CLINICIAN  You have some congestion from the pollen and a cough.", []),
        ("CLINICIAN  If you are allergic to penicillin, tell us.", []),
    ],
)
def test_an_allergy_is_what_is_stated_of_the_patient(
    script: str, allergies: list[tuple[str, str | None]]
) -> None:
    assert stated(script) == allergies


@pytest.mark.parametrize(
    "script",
    [
        "CLINICIAN  No known drug allergies.",
        "CLINICIAN  Any allergies?\nPATIENT  No.",
        "CLINICIAN  are you allergic to any medications\nPATIENT  no not that i know of",
        "PATIENT  I'm not allergic to anything.",
    ],
)
def test_no_known_allergies_is_true_where_somebody_said_so(script: str) -> None:
    made = prescription(script)
    assert made.no_known_allergies is True
    assert made.no_known_allergies_evidence


@pytest.mark.parametrize(
    "script",
    [
        "CLINICIAN  What brings you in?\nPATIENT  My knee.",
        "CLINICIAN  Any seasonal allergies?\nPATIENT  No.",
        "CLINICIAN  Are you allergic to penicillin?\nPATIENT  No.",
        "CLINICIAN  No known drug allergies.\nPATIENT  Well, I'm allergic to penicillin.",
    ],
)
def test_no_known_allergies_is_none_where_nobody_said_so(script: str) -> None:
    assert prescription(script).no_known_allergies is None


def test_an_allergen_is_no_order() -> None:
    made = prescription("PATIENT  I'm allergic to penicillin.\nCLINICIAN  Start doxycycline.")
    assert [order.drug for order in made.orders] == ["doxycycline"]


def test_an_allergy_stated_twice_is_one_with_both_quotes() -> None:
    made = prescription(
        """
        PATIENT    I'm allergic to penicillin.
        CLINICIAN  So you have a penicillin allergy.
        """
    )
    (allergy,) = made.allergies
    assert [quote.utterance_id for quote in allergy.evidence] == ["u1", "u2"]


@pytest.mark.parametrize(
    ("script", "substances"),
    [
        ("PATIENT  I'm not allergic to penicillin, but codeine makes me throw up.", ["codeine"]),
        ("PATIENT  I used to think I was allergic to penicillin but I was tested, I'm not.", []),
        ("PATIENT  I thought I was allergic to penicillin but I'm not sure.", ["penicillin"]),
        ("PATIENT  I'm not allergic to anything but penicillin.", ["penicillin"]),
        ("PATIENT  I have no drug allergies except sulfa.", ["sulfa"]),
        ("PATIENT  Lisinopril made my lips swell up.", ["lisinopril"]),
        ("PATIENT  Codeine makes me sick.", ["codeine"]),
        ("PATIENT  I can't take penicillin. I get hives.", ["penicillin"]),
        ("PATIENT  I can't take ibuprofen. My kidneys are bad.", []),
        (
            "CLINICIAN  Have you ever had a reaction to a medicine?\nPATIENT  Yeah, ciprofloxacin.",
            ["ciprofloxacin"],
        ),
    ],
)
def test_who_tolerates_what_is_told_apart(script: str, substances: list[str]) -> None:
    found = prescription(script)
    assert [allergy.substance for allergy in found.allergies] == substances
    assert found.no_known_allergies is None


def test_the_reaction_to_another_medicine_is_not_taken_over() -> None:
    script = "PATIENT  I'm allergic to sulfa. Lisinopril gives me a cough."
    assert stated(script) == [("sulfa", None), ("lisinopril", "a cough")]
