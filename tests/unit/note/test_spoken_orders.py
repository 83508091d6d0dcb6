"""How clinicians really speak of medicines: tapers, combinations, corrections, questions."""

from datetime import UTC, datetime

import pytest
from tests.talk import talk

from medscribe.domain.medication import MedicationOrder, OrderAction, Quantity
from medscribe.note.prescription import extract_prescription

START, STOP, HOLD, CHANGE, CONTINUE, MENTION = (
    OrderAction.START,
    OrderAction.STOP,
    OrderAction.HOLD,
    OrderAction.CHANGE,
    OrderAction.CONTINUE,
    OrderAction.MENTION,
)


def orders(script: str) -> dict[str, MedicationOrder]:
    made = extract_prescription(talk(script), created_at=datetime(2026, 1, 1, tzinfo=UTC))
    return {order.drug: order for order in made.orders}


def only(script: str) -> MedicationOrder:
    (order,) = orders(script).values()
    return order


def amount(quantity: Quantity | None) -> str | None:
    return None if quantity is None else f"{quantity.value:g} {quantity.unit}"


@pytest.mark.parametrize(
    ("said", "action"),
    [
        ("Let's pause the methotrexate while you're on the antibiotic.", HOLD),
        ("Don't take your lisinopril the morning of surgery.", HOLD),
        ("I'd skip the furosemide for the next two days.", HOLD),
        ("Stop the naproxen until I see you again.", HOLD),
        ("No rivaroxaban tomorrow.", HOLD),
        ("Let's get rid of the amlodipine.", STOP),
        ("You no longer need the clopidogrel.", STOP),
        ("We can drop the hydrochlorothiazide.", STOP),
        ("Let's drop the prednisone to five milligrams.", CHANGE),
        ("Let's cut the prednisone back to five milligrams a day.", CHANGE),
        ("Take the metoprolol twice a day instead of once a day.", CHANGE),
        ("Your carvedilol goes from 6.25 to 12.5 milligrams.", CHANGE),
        ("Metformin, let's bring it down to 500 milligrams.", CHANGE),
        ("No changes to your metoprolol.", CONTINUE),
        ("Your simvastatin stays the same.", CONTINUE),
        ("Take your lisinopril every morning.", CONTINUE),
        ("The hydroxyzine is helping, so I'd leave it alone.", CONTINUE),
        ("So the plan is cephalexin 500 four times a day for a week.", START),
        ("Why don't we start lisinopril?", START),
        ("We talked about starting bupropion, but let's wait.", MENTION),
        ("You're on lisinopril 10 milligrams once a day.", MENTION),
        ("Take it easy on the naproxen.", MENTION),
    ],
)
def test_what_is_decided(said: str, action: OrderAction) -> None:
    assert only(f"CLINICIAN  {said}").action == action


@pytest.mark.parametrize(
    ("said", "strength"),
    [
        ("Start Norco five three twenty-five.", "5 mg"),
        ("Start amlodipine benazepril five twenty daily.", "5 mg"),
        ("Start Advair two fifty fifty.", "250 mcg"),
        ("Start carvedilol twelve five twice a day.", "12.5 mg"),
        ("Start carvedilol six twenty-five twice a day.", "6.25 mg"),
        ("Start warfarin twenty-five.", "25 mg"),
        ("Start cephalexin five hundred four times a day.", "500 mg"),
        ("The lisinopril needs to go up to forty.", "40 mg"),
        ("Continue aspirin every day, the eighty-one.", "81 mg"),
        ("Start lorazepam half a milligram at night.", "0.5 mg"),
        ("Amoxicillin 250 milligrams per 5 mL, give her 5 mL twice a day.", None),
    ],
)
def test_strengths_as_they_are_spoken(said: str, strength: str | None) -> None:
    assert amount(only(f"CLINICIAN  {said}").strength) == strength


def test_tylenol_number_three_holds_codeine() -> None:
    order = only("CLINICIAN  I'm writing you for Tylenol number three, one tablet as needed.")
    assert {coding.display for coding in order.codings} == {"acetaminophen", "codeine"}


def test_tylenol_three_times_a_day_holds_none() -> None:
    order = only("CLINICIAN  Take Tylenol three times a day.")
    assert {coding.display for coding in order.codings} == {"acetaminophen"}


def test_one_frequency_for_two_drugs() -> None:
    found = orders("CLINICIAN  Continue metformin and glipizide both twice a day.")
    assert [o.frequency and o.frequency.count for o in found.values()] == [2, 2]


def test_a_titration_by_so_much_each_week() -> None:
    order = only(
        "CLINICIAN  Start lamotrigine 25 milligrams daily and increase by 25 each week until you "
        "get to 100."
    )
    assert [amount(step.strength) for step in order.steps] == ["25 mg", "50 mg", "75 mg", "100 mg"]
    assert [amount(step.duration) for step in order.steps] == ["1 wk", "1 wk", "1 wk", None]


def test_a_loading_dose_is_a_step_of_one_day() -> None:
    order = only(
        "CLINICIAN  Start azithromycin. Take two tablets today, then one tablet daily for the next "
        "four days."
    )
    assert [(amount(s.dose), amount(s.duration)) for s in order.steps] == [
        ("2 tablet", "1 d"),
        ("1 tablet", "4 d"),
    ]


def test_steps_go_on_in_the_next_sentence() -> None:
    order = only(
        "CLINICIAN  Start sertraline 25 milligrams daily. After a week, go up to 50 milligrams."
    )
    assert [amount(step.strength) for step in order.steps] == ["25 mg", "50 mg"]
    assert amount(order.duration) == "1 wk"


@pytest.mark.parametrize(
    "script",
    [
        "CLINICIAN  Let's start ibuprofen. Scratch that, let's use Tylenol.",
        "CLINICIAN  Start naproxen.\nPATIENT  That upsets my stomach.\n"
        "CLINICIAN  Then let's do Tylenol instead.",
        "CLINICIAN  We'll start naproxen. Forget the naproxen, start Tylenol.",
        "CLINICIAN  Start naproxen, no, sorry, Tylenol.",
        "CLINICIAN  Start naproxen. Sorry, I meant Tylenol.",
    ],
)
def test_of_two_medicines_only_the_one_meant_is_ordered(script: str) -> None:
    assert {name: order.action for name, order in orders(script).items()} == {"Tylenol": START}


def test_scratch_that_may_be_of_the_dose_only() -> None:
    order = only("CLINICIAN  Start lisinopril 20 milligrams. Scratch that. Make it ten.")
    assert (order.action, amount(order.strength)) == (START, "10 mg")


def test_how_long_is_corrected() -> None:
    order = only("CLINICIAN  Start amoxicillin for seven days. Actually, let's do ten days.")
    assert amount(order.duration) == "10 d"


@pytest.mark.parametrize(
    ("reply", "action"), [("Yes, let's do that.", START), ("No, I'd rather not.", MENTION)]
)
def test_a_proposal_needs_a_yes(reply: str, action: OrderAction) -> None:
    script = f"CLINICIAN  Would you like to start atorvastatin?\nPATIENT  {reply}"
    assert only(script).action == action


@pytest.mark.parametrize(
    ("answer", "action"),
    [
        ("Yes, please do.", CONTINUE),
        ("No.", STOP),
        ("No, put that on hold until it heals.", HOLD),
        ("Yes, but skip it on the day of the scan.", HOLD),
    ],
)
def test_the_clinician_answers_what_the_patient_asks(answer: str, action: OrderAction) -> None:
    script = f"PATIENT  Should I keep taking the aspirin?\nCLINICIAN  {answer}"
    assert only(script).action == action


def test_what_is_decided_of_a_current_medicine_by_its_dose_alone_is_a_change() -> None:
    order = only(
        "PATIENT  I take lisinopril ten milligrams every morning.\nCLINICIAN  Let's do twenty."
    )
    assert (order.action, amount(order.strength)) == (CHANGE, "20 mg")


def test_an_answer_to_what_if_decides_nothing() -> None:
    order = only(
        "CLINICIAN  Start insulin lispro six units before each meal.\n"
        "PATIENT  And if I skip lunch?\nCLINICIAN  Then skip it."
    )
    assert order.action is START
    assert order.frequency is not None
    assert (order.frequency.count, order.frequency.when) == (3, ("AC",))
