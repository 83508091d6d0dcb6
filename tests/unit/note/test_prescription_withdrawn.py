"""What was withdrawn, is meant for later or only limits a dose is not what is ordered today."""

from datetime import UTC, datetime

import pytest
from tests.talk import talk

from medscribe.domain.medication import MedicationOrder, OrderAction, Prescription, Quantity
from medscribe.note.prescription import extract_prescription


def prescription(script: str) -> Prescription:
    return extract_prescription(talk(script), created_at=datetime(2026, 1, 1, tzinfo=UTC))


def orders(script: str) -> dict[str, MedicationOrder]:
    return {order.drug: order for order in prescription(script).orders}


@pytest.mark.parametrize(
    "script",
    [
        "CLINICIAN  I'd like to start atorvastatin 20 milligrams daily.\n"
        "PATIENT  No, I don't want to take that.\n"
        "CLINICIAN  Okay, we won't start it.",
        "CLINICIAN  I recommend prednisone 40 milligrams a day for five days.\n"
        "PATIENT  I'd rather not take prednisone.\n"
        "CLINICIAN  That's fine. We'll leave the prednisone off.",
        "CLINICIAN  Start Augmentin 875 milligrams twice a day.\n"
        "PATIENT  Wait, I'm allergic to that.\n"
        "CLINICIAN  Then we won't use Augmentin.",
    ],
)
def test_a_start_that_is_taken_back_is_no_order(script: str) -> None:
    assert not orders(script)


@pytest.mark.parametrize(
    "limit",
    [
        "Don't start it before your scan.",
        "We won't use metformin for more than a month.",
        "I will not prescribe it without a blood test.",
    ],
)
def test_a_condition_takes_no_start_back(limit: str) -> None:
    found = orders(f"CLINICIAN  Start metformin 500 milligrams. {limit}")
    assert found["metformin"].action is OrderAction.START


def test_a_start_after_a_withdrawal_holds() -> None:
    found = orders(
        "CLINICIAN  Last week I did not start metformin. Today we will start metformin 500 mg."
    )
    assert found["metformin"].action is OrderAction.START


def test_do_not_take_it_any_more_is_a_stop() -> None:
    found = orders("CLINICIAN  Do not take the naproxen anymore.")
    assert found["naproxen"].action is OrderAction.STOP


def test_switch_the_one_to_the_other_stops_and_starts() -> None:
    found = orders("CLINICIAN  Switch the omeprazole 20 milligrams to pantoprazole 40 milligrams.")
    assert {name: order.action for name, order in found.items()} == {
        "omeprazole": OrderAction.STOP,
        "pantoprazole": OrderAction.START,
    }


def test_a_later_step_in_the_sentence_is_a_step_of_its_own() -> None:
    order = orders(
        "CLINICIAN  Start Ozempic 0.25 milligrams once a week, and after four weeks go up to "
        "0.5 milligrams."
    )["Ozempic"]
    assert order.strength == Quantity(value=0.25, unit="mg")
    assert order.duration == Quantity(value=4, unit="wk")
    assert [step.strength for step in order.steps] == [
        Quantity(value=0.25, unit="mg"),
        Quantity(value=0.5, unit="mg"),
    ]


def test_an_increase_after_the_first_week_is_a_second_step() -> None:
    order = orders(
        "CLINICIAN  Start metoprolol 25 milligrams daily for a week and then increase to "
        "50 milligrams."
    )["metoprolol"]
    assert [step.strength and step.strength.value for step in order.steps] == [25, 50]


def test_a_later_step_in_the_next_sentence_is_not_the_first_dose() -> None:
    order = orders(
        "CLINICIAN  Start Zoloft 25 milligrams daily. After a week, go up to 50 milligrams daily."
    )["Zoloft"]
    assert order.strength == Quantity(value=25, unit="mg")
    assert any("go up to" in quote.quote for quote in order.evidence)


def test_how_often_is_corrected() -> None:
    order = orders(
        "CLINICIAN  Start metoprolol 50 milligrams twice a day. Sorry, I meant once a day."
    )["metoprolol"]
    assert order.frequency is not None
    assert order.frequency.count == 1


def test_a_limit_before_the_name_is_no_strength() -> None:
    order = orders("CLINICIAN  Take Tylenol, but don't take more than 3 grams of Tylenol a day.")[
        "Tylenol"
    ]
    assert order.strength is None
    assert order.max_per_day == Quantity(value=3, unit="g")


def test_give_yourself_insulin_is_an_instruction() -> None:
    order = orders("CLINICIAN  Give yourself Lantus ten units at night.")["Lantus"]
    assert order.action is OrderAction.START
