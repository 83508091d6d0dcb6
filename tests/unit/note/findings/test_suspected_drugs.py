"""Words that may be misheard medicines raise a question beside a dose or an order."""

import pytest
from tests.unit.note.conversation import talk

from medscribe.note.findings.extract import extract_findings


def offered(script: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.heard, one.meant) for one in extract_findings(talk(script)).suspected_drugs]


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("metro prolol", "metoprolol"),
        ("listenopril", "lisinopril"),
        ("gaba pentin", "gabapentin"),
        ("amlodopine", "amlodipine"),
        ("metforman", "metformin"),
        ("atorva statin", "atorvastatin"),
        ("sertralean", "sertraline"),
    ],
)
def test_a_misheard_medicine_beside_a_dose_is_asked_after(heard: str, meant: str) -> None:
    found = offered(f"CLINICIAN Let's start {heard} 50 milligrams once a day.")
    assert [one for one, _ in found] == [heard]
    assert meant in found[0][1]


def test_the_words_stay_as_they_were_heard() -> None:
    (one,) = extract_findings(talk("CLINICIAN I'll refill your listenopril today.")).suspected_drugs
    assert one.evidence[0].quote == "listenopril"


def test_the_same_words_are_asked_after_once() -> None:
    script = """
    CLINICIAN Take metforman 500 milligrams.
    CLINICIAN So metforman 500 milligrams twice a day.
    """
    (one,) = extract_findings(talk(script)).suspected_drugs
    assert len(one.evidence) == 2


@pytest.mark.parametrize(
    "script",
    [
        "CLINICIAN Let's start lisinopril 10 milligrams.",
        "PATIENT The listenopril story was in the paper.",
        "CLINICIAN Take a deep breath. Take it easy. Continue the exercises.",
        "CLINICIAN I'll increase the frequency of your visits.",
        "PATIENT I started feeling tired after taking the stairs.",
    ],
)
def test_known_names_and_other_talk_raise_no_question(script: str) -> None:
    assert offered(script) == []
