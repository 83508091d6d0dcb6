"""An order is right where it means what was wanted, however both are written."""

import pytest

from medscribe.domain.medication import Frequency, MedicationOrder, OrderAction, Quantity
from medscribe.evaluation.medications.comparison import same_drug, verdicts
from medscribe.evaluation.medications.gold import GoldOrder


def order(
    drug: str = "lisinopril",
    *,
    strength: Quantity | None = None,
    dose: Quantity | None = None,
    dose_max: Quantity | None = None,
    frequency: Frequency | None = None,
    action: OrderAction = OrderAction.START,
) -> MedicationOrder:
    return MedicationOrder(
        id="m1", drug=drug, strength=strength, dose=dose, dose_max=dose_max, frequency=frequency,
        action=action, evidence=(),
    )  # fmt: skip


def wanted(
    drug: str = "lisinopril",
    *,
    strength: str | None = None,
    dose: str | None = None,
    frequency: str | None = None,
    when: tuple[str, ...] = (),
) -> GoldOrder:
    return GoldOrder(
        drug=drug, action=OrderAction.START, strength=strength, dose=dose, frequency=frequency,
        when=when,
    )  # fmt: skip


def mg(value: float) -> Quantity:
    return Quantity(value=value, unit="mg")


def often(count: int | None, period: float, unit: str, count_max: int | None = None) -> Frequency:
    return Frequency(text="", count=count, count_max=count_max, period=period, period_unit=unit)


@pytest.mark.parametrize(
    ("said", "gold"),
    [
        ("Lasix", "furosemide"),
        ("Norco", "acetaminophen / hydrocodone"),
        ("lisinopril / hydrochlorothiazide", "hydrochlorothiazide / lisinopril"),
    ],
)
def test_a_brand_is_its_ingredients(said: str, gold: str) -> None:
    assert same_drug(order(said), wanted(gold))


def test_another_ingredient_is_another_drug() -> None:
    assert not same_drug(order("lisinopril"), wanted("hydrochlorothiazide / lisinopril"))


def test_grams_and_milligrams_are_one_amount() -> None:
    judged = verdicts(order(strength=Quantity(value=1, unit="g")), wanted(strength="1000 mg"))
    assert judged["dose"] == (True, True)


def test_a_range_of_milligrams_is_right_as_strength_or_as_dose() -> None:
    found = order(dose=mg(400), dose_max=mg(600))
    assert verdicts(found, wanted(strength="400-600 mg"))["dose"].right
    assert not verdicts(found, wanted(strength="400 mg"))["dose"].right


def test_one_of_two_amounts_is_not_enough() -> None:
    assert not verdicts(order(strength=mg(50)), wanted(strength="50 mg", dose="0.5 tablet"))[
        "dose"
    ].right


def test_a_combination_is_judged_by_the_strength_said_first() -> None:
    gold = wanted("acetaminophen / hydrocodone", strength="5-325 mg")
    assert verdicts(order("Norco", strength=mg(5)), gold)["dose"].right
    assert not verdicts(order("Norco", strength=mg(10)), gold)["dose"].right


@pytest.mark.parametrize(
    ("found", "gold", "right"),
    [
        (often(1, 1, "wk"), "1/7d", True),
        (often(1, 24, "h"), "1/1d", True),
        (often(None, 1, "d", 3), "3/1d", True),
        (often(2, 1, "d"), "1/12h", False),
        (often(2, 1, "d", 3), "2/1d", False),
    ],
)
def test_how_often_is_compared_by_its_meaning(found: Frequency, gold: str, right: bool) -> None:
    assert verdicts(order(frequency=found), wanted(frequency=gold))["frequency"].right is right


def test_what_neither_says_is_not_judged_and_what_only_one_says_is_wrong() -> None:
    assert not verdicts(order(), wanted())["dose"].said
    assert verdicts(order(strength=mg(10)), wanted())["dose"] == (True, False)
