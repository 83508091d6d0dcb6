"""What was withdrawn, is meant for later or only limits a dose is not what is ordered today."""

from datetime import UTC, datetime

from tests.talk import talk

from medscribe.domain.medication import MedicationOrder, OrderAction, Prescription, Quantity
from medscribe.note.prescription import extract_prescription


def prescription(script: str) -> Prescription:
    return extract_prescription(talk(script), created_at=datetime(2026, 1, 1, tzinfo=UTC))


def orders(script: str) -> dict[str, MedicationOrder]:
    return {order.drug: order for order in prescription(script).orders}


def test_switch_the_one_to_the_other_stops_and_starts() -> None:
    found = orders("CLINICIAN  Switch the omeprazole 20 milligrams to pantoprazole 40 milligrams.")
    assert {name: order.action for name, order in found.items()} == {
        "omeprazole": OrderAction.STOP,
        "pantoprazole": OrderAction.START,
    }


def test_a_later_step_in_the_sentence_leaves_no_single_strength() -> None:
    order = orders(
        "CLINICIAN  Start Ozempic 0.25 milligrams once a week, and after four weeks go up to "
        "0.5 milligrams."
    )["Ozempic"]
    assert order.strength is None
    assert order.frequency is not None
    assert "after 4 weeks go up to 0.5 mg" in order.frequency.text


def test_an_increase_after_the_first_week_leaves_no_single_strength() -> None:
    order = orders(
        "CLINICIAN  Start metoprolol 25 milligrams daily for a week and then increase to "
        "50 milligrams."
    )["metoprolol"]
    assert order.strength is None


def test_a_limit_before_the_name_is_no_strength() -> None:
    order = orders("CLINICIAN  Take Tylenol, but don't take more than 3 grams of Tylenol a day.")[
        "Tylenol"
    ]
    assert order.strength is None
    assert order.max_per_day == Quantity(value=3, unit="g")
