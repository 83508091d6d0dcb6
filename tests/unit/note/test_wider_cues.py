"""What is decided is read from classes of verbs where no closer pattern knows the words."""

from datetime import UTC, datetime

import pytest
from tests.talk import talk

from medscribe.note.prescription import extract_prescription

_AT = datetime(2026, 1, 1, tzinfo=UTC)


def actions(script: str) -> dict[str, str]:
    """{drug: action} of a script."""
    orders = extract_prescription(talk(script), created_at=_AT).orders
    return {order.drug.lower(): order.action.value for order in orders}


@pytest.mark.parametrize(
    ("said", "action"),
    [
        ("Let's ditch the tramadol altogether.", "stop"),
        ("I'd like to say goodbye to the tramadol.", "stop"),
        ("The tramadol, that one's going away.", "stop"),
        ("We'll trade the tramadol for something milder.", "stop"),
        ("Let's press pause on the tramadol until the scan.", "hold"),
        ("While you're on the antibiotic, don't take your tramadol.", "hold"),
        ("Give the tramadol a rest for a few weeks.", "hold"),
        ("I'd dial the tramadol back to fifty milligrams.", "change"),
        ("The tramadol, we cut that to a quarter of a milligram.", "change"),
        ("Try the tramadol every other day from now on, instead of daily.", "change"),
        ("I'd stay the course with the tramadol.", "continue"),
        ("Let's not mess with the tramadol.", "continue"),
        ("I'll put the tramadol on repeat for you.", "continue"),
        ("Time to bring in tramadol, fifty milligrams at night.", "start"),
        ("Let me pop you on some tramadol, fifty a day.", "start"),
        ("So you came to us on tramadol.", "mention"),
        ("If you skip the tramadol you may feel shaky.", "mention"),
    ],
)
def test_classes_of_verbs_decide(said: str, action: str) -> None:
    assert actions(f"CLINICIAN  {said}") == {"tramadol": action}


@pytest.mark.parametrize(
    ("asked", "answered", "action"),
    [
        ("Do I still need the Plavix?", "You do, yes. Please don't skip it.", "continue"),
        ("Should I finish the Plavix? I feel fine.", "Please do.", "continue"),
        ("Could I try the Plavix?", "Of course.", "start"),
        ("I stopped the Plavix on my own.", "Then let's leave it off.", "stop"),
        ("I take the Plavix.", "Good, keep going.", "continue"),
        ("The Plavix makes me dizzy.", "Okay, let's ditch it.", "stop"),
        ("I take the Plavix.", "How is your knee?", "mention"),
    ],
)
def test_a_patients_medicine_is_decided_by_the_answer(
    asked: str, answered: str, action: str
) -> None:
    assert actions(f"PATIENT  {asked}\nCLINICIAN  {answered}") == {"plavix": action}


def test_the_dose_may_come_before_the_name() -> None:
    script = "CLINICIAN  You take it at bedtime, three hundred milligrams. It's called gabapentin."
    (order,) = extract_prescription(talk(script), created_at=_AT).orders
    assert order.strength is not None
    assert (order.action.value, order.strength.value) == ("start", 300)


def test_a_measured_value_is_no_medicine_but_may_be_meant_later() -> None:
    level = "Your lithium level came back one point six."
    assert actions(f"CLINICIAN  {level}") == {}
    assert actions(f"CLINICIAN  {level} Please stop it.") == {"lithium": "stop"}


def test_how_long_a_pause_lasts_is_no_duration_of_the_order() -> None:
    script = "CLINICIAN  Hold the Plavix for five days."
    (order,) = extract_prescription(talk(script), created_at=_AT).orders
    assert (order.action.value, order.duration) == ("hold", None)


@pytest.mark.parametrize(
    ("said", "route"),
    [
        ("Start albuterol, two puffs every four hours.", "inhalation"),
        ("Start a nicotine patch, twenty-one milligrams a day.", "transdermal"),
        ("Start timolol eye drops, one drop twice a day.", "ophthalmic"),
        ("Start lisinopril ten milligrams a day.", None),
    ],
)
def test_a_form_that_is_given_in_one_way_only_tells_the_route(said: str, route: str | None) -> None:
    (order,) = extract_prescription(talk(f"CLINICIAN  {said}"), created_at=_AT).orders
    assert order.route == route
