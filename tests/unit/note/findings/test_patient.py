"""Sex and age are told as they were said, and left open where they were not."""

import pytest
from tests.unit.note.conversation import talk

from medscribe.domain.findings import PatientSex
from medscribe.note.findings.extract import extract_findings


def patient(script: str) -> tuple[PatientSex, int | None]:
    found = extract_findings(talk(script))
    return found.sex, found.age_years


@pytest.mark.parametrize(
    ("script", "sex", "age"),
    [
        ("CLINICIAN This is a 59-year-old male with gout.", PatientSex.MALE, 59),
        ("CLINICIAN She is a 27 year old female.", PatientSex.FEMALE, 27),
        ("CLINICIAN <NAME_1> is a very pleasant 61-year-old woman.", PatientSex.FEMALE, 61),
        ("CLINICIAN How old are you?\nPATIENT I'm 45.", PatientSex.UNKNOWN, 45),
        ("CLINICIAN How old are you?\nPATIENT <AGE_OVER_89_1>.", PatientSex.UNKNOWN, 90),
        ("CLINICIAN Good morning, Mrs. <NAME_1>.", PatientSex.FEMALE, None),
        ("MOTHER My son is an 18 month old boy. He has a fever.", PatientSex.MALE, 1),
        ("PATIENT My wife says hello.", PatientSex.UNKNOWN, None),
        ("PATIENT My 12-year-old son had a cold.", PatientSex.UNKNOWN, None),
        ("PATIENT My mother was a 60-year-old woman when she died.", PatientSex.UNKNOWN, None),
        ("CLINICIAN Any family history? PATIENT no", PatientSex.UNKNOWN, None),
        ("CLINICIAN A 50-year-old man. A 50-year-old woman.", PatientSex.UNKNOWN, 50),
    ],
)
def test_sex_and_age_are_as_said(script: str, sex: PatientSex, age: int | None) -> None:
    assert patient(script) == (sex, age)
