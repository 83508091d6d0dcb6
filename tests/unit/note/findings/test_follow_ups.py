"""What a clinician plans -> follow-ups; what is past, denied or asked is none."""

import pytest
from tests.unit.note.conversation import talk

from medscribe.domain.findings import FollowUp
from medscribe.domain.medication import Certainty, Quantity
from medscribe.note.findings.extract import extract_findings


def planned(said: str) -> list[FollowUp]:
    return list(extract_findings(talk(f"CLINICIAN {said}")).follow_ups)


@pytest.mark.parametrize(
    ("said", "kind", "text"),
    [
        ("I'll refer you to cardiology.", "referral", "cardiology"),
        ("Let's order an x-ray of your left knee.", "imaging", "x-ray of the left knee"),
        ("I want to get some blood work today.", "lab", "blood work"),
        ("We're going to check a lipid panel.", "lab", "lipid panel"),
        ("I'm going to order an echocardiogram.", "imaging", "echocardiogram"),
        ("You'll need a colonoscopy this year.", "procedure", "colonoscopy"),
        ("I want you to start a low-sodium diet.", "education", "low-sodium diet"),
        ("I'm going to send you to physical therapy.", "referral", "physical therapy"),
        ("I'd recommend an MRI of the neck.", "imaging", "mri of the neck"),
    ],
)
def test_what_is_planned_is_named(said: str, kind: str, text: str) -> None:
    assert [(one.kind.value, one.text) for one in planned(said)] == [(kind, text)]


@pytest.mark.parametrize(
    ("said", "value", "unit"),
    [
        ("I'll see you in three months.", 3, "mo"),
        ("Follow up with me in two to three weeks.", 3, "wk"),
        ("Come back in a year.", 1, "a"),
        ("Let's have you come back in ten days.", 10, "d"),
        ("See you back in a couple of weeks.", 2, "wk"),
        ("Let's get you back here next week.", 1, "wk"),
    ],
)
def test_a_return_visit_tells_how_soon(said: str, value: float, unit: str) -> None:
    (visit,) = planned(said)
    assert visit.kind.value == "return_visit"
    assert visit.within == Quantity(value=value, unit=unit)


@pytest.mark.parametrize(
    "said",
    [
        "We don't need an x-ray.",
        "Let's look at your x-ray.",
        "You had an MRI last year.",
        "Your blood work came back normal.",
        "Have you had a colonoscopy?",
        "It's good to see you again.",
        "There's no need for surgery.",
        "We'll hold off on the MRI.",
    ],
)
def test_what_is_past_denied_or_asked_is_no_plan(said: str) -> None:
    assert planned(said) == []


def test_a_patient_plans_nothing() -> None:
    assert extract_findings(talk("PATIENT I want to get an MRI.")).follow_ups == ()


def test_what_could_be_done_is_possible() -> None:
    (plan,) = planned("If it doesn't improve, we could get an MRI.")
    assert plan.certainty is Certainty.POSSIBLE


def test_the_same_plan_said_twice_is_one_with_both_quotes() -> None:
    (plan,) = planned("I'll order an x-ray of your knee. We'll get the x-ray today.")
    assert plan.text == "x-ray of the knee"
    assert len(plan.evidence) == 2


def test_a_test_tells_how_soon() -> None:
    (plan,) = planned("We'll repeat your A1c in three months.")
    assert (plan.kind.value, plan.within) == ("lab", Quantity(value=3, unit="mo"))
