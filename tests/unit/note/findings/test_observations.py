"""What is said of measurements -> observations; goals, questions and doubtful numbers are none."""

import pytest
from tests.unit.note.conversation import talk

from medscribe.domain.findings import Observation, Temporality
from medscribe.domain.medication import Experiencer, Quantity
from medscribe.note.findings.extract import extract_findings


def observed(script: str) -> dict[str, Observation]:
    return {one.name: one for one in extract_findings(talk(script)).observations}


def readings(script: str) -> list[tuple[str, float | None, str]]:
    return [
        (one.name, one.value.value if one.value else None, one.value.unit if one.value else "")
        for one in extract_findings(talk(script)).observations
    ]


def test_a_blood_pressure_has_two_numbers_and_its_loinc_codes() -> None:
    pressure = observed("CLINICIAN Your blood pressure is one fifty over ninety today.")[
        "blood pressure"
    ]
    assert pressure.value is None
    assert [coding.code for coding in pressure.codings] == ["85354-9"]
    assert [(c.codings[0].code, c.value) for c in pressure.components] == [
        ("8480-6", Quantity(value=150, unit="mm[Hg]")),
        ("8462-4", Quantity(value=90, unit="mm[Hg]")),
    ]


@pytest.mark.parametrize(
    ("said", "name", "value", "unit"),
    [
        ("Your heart rate is seventy two.", "heart rate", 72, "/min"),
        ("Respirations are eighteen.", "respiratory rate", 18, "/min"),
        ("Temperature is 98.6.", "body temperature", 98.6, "[degF]"),
        ("Her temperature was 38.2 degrees Celsius.", "body temperature", 38.2, "Cel"),
        ("You're satting at ninety six percent on room air.", "oxygen saturation", 96, "%"),
        ("You weigh 180 pounds.", "body weight", 180, "[lb_av]"),
        ("His weight is 82 kilograms.", "body weight", 82, "kg"),
        ("You are five foot six tall.", "body height", 66, "[in_i]"),
        ("Your BMI is 31.", "body mass index", 31, "kg/m2"),
        ("Your A1c came back at seven point two.", "hemoglobin A1c", 7.2, "%"),
        ("Your blood sugar was 162.", "glucose", 162, ""),
        ("The creatinine is 1.4.", "creatinine", 1.4, ""),
        ("Your potassium is 3.9 mmol/L.", "potassium", 3.9, "mmol/L"),
        ("Your hemoglobin is 8.2.", "hemoglobin", 8.2, ""),
        ("Your LDL was one hundred and sixty six.", "LDL cholesterol", 166, ""),
        ("Total cholesterol of 247.", "total cholesterol", 247, ""),
        ("Your TSH is 2.6.", "TSH", 2.6, ""),
        ("The INR is two point five.", "INR", 2.5, "{INR}"),
        ("Platelets are 250,000.", "platelets", 250000, ""),
        ("He had a fever of 103.", "body temperature", 103, "[degF]"),
    ],
)
def test_a_reading_is_taken_with_the_unit_that_is_certain(
    said: str, name: str, value: float, unit: str
) -> None:
    assert (name, value, unit) in readings(f"CLINICIAN {said}")


def test_readings_of_two_times_are_two_observations() -> None:
    found = extract_findings(
        talk("CLINICIAN Your A1c was 7.5 last time, now it's 6.9.")
    ).observations
    assert [(one.value and one.value.value, one.assertion.temporality) for one in found] == [
        (7.5, Temporality.PAST),
        (6.9, Temporality.CURRENT),
    ]


def test_down_from_names_the_earlier_reading_second() -> None:
    found = extract_findings(talk("CLINICIAN Your A1c is 6.9, down from 7.5.")).observations
    assert [(one.value and one.value.value, one.assertion.temporality) for one in found] == [
        (6.9, Temporality.CURRENT),
        (7.5, Temporality.PAST),
    ]


@pytest.mark.parametrize(
    "said",
    [
        "We want your blood pressure under 130 over 80.",
        "Your goal A1c is below 7.",
        "If your blood sugar goes over 300, call me.",
        "Keep your LDL less than 100.",
        "Call me if your temperature is above 101.",
        "You lost 10 pounds of weight.",
        "Start metformin 500 milligrams.",
        "Your non-HDL was about 178.",
    ],
)
def test_goals_warnings_and_doses_are_no_observations(said: str) -> None:
    assert extract_findings(talk(f"CLINICIAN {said}")).observations == ()


@pytest.mark.parametrize("said", ["Your heart rate is 720.", "Your A1c is 72."])
def test_an_implausible_reading_is_kept_as_text(said: str) -> None:
    (found,) = extract_findings(talk(f"CLINICIAN {said}")).observations
    assert found.value is None
    assert found.text in ("720", "72")


def test_a_rough_blood_pressure_has_no_numbers() -> None:
    assert "blood pressure" not in observed("CLINICIAN Your pressure has been in the 140s.")


def test_a_decimal_that_the_recogniser_cut_is_kept_as_text() -> None:
    found = observed("CLINICIAN Your temperature was ninety seven . nine and that is fine.")
    temperature = found["body temperature"]
    assert temperature.value is None or temperature.value.value == 97.9
    assert (
        temperature.evidence[0].quote
        in "Your temperature was ninety seven . nine and that is fine."
    )


def test_a_number_in_the_answer_is_a_reading() -> None:
    script = """
    CLINICIAN What was your blood sugar this morning?
    PATIENT About 180.
    CLINICIAN On a scale of one to ten, how bad is the pain?
    PATIENT A seven.
    """
    assert readings(script) == [("glucose", 180, ""), ("pain severity", 7, "{score}")]


def test_a_relatives_reading_is_the_relatives() -> None:
    (found,) = extract_findings(talk("PATIENT My mother's A1c was 9.1.")).observations
    assert found.assertion.experiencer is Experiencer.FAMILY


def test_a_word_is_kept_where_no_number_was_said() -> None:
    assert observed("CLINICIAN Your potassium came back normal.")["potassium"].text == "normal"
    both = extract_findings(talk("CLINICIAN Your A1c is high. Your A1c is 9.2.")).observations
    assert [one.text for one in both] == [None]


def test_muscle_strength_is_no_pain_score() -> None:
    assert extract_findings(talk("CLINICIAN Any pain? Strength is 5/5.")).observations == ()
