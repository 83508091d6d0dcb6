"""An order that was read, and what it must be -> which of its fields are right."""

from collections.abc import Iterable
from typing import NamedTuple

from medscribe.clinical.drugs import ingredients_of
from medscribe.domain.medication import Frequency, MedicationOrder, Quantity
from medscribe.evaluation.medications.gold import (
    GoldAmount,
    GoldFrequency,
    GoldOrder,
    amount_of,
    frequency_of,
)

FIELDS = ("dose", "frequency", "when", "as_needed", "duration", "route", "action")
_IN_MG = {"mg": 1.0, "mcg": 0.001, "ug": 0.001, "g": 1000.0}
# What a talk calls "one" or "one pill" is one of whatever the medicine comes in.
_SOLID = frozenset(["tablet", "capsule", "pill", "caplet"])
_ANY_ITEM = frozenset(["", "dose"])
_DAYS = {"d": 1.0, "wk": 7.0}
_DAILY_MOMENTS = frozenset(
    ["MORN", "AFT", "EVE", "NIGHT", "HS", "CM", "CD", "CV", "ACM", "ACD", "ACV", "PCM", "PCD",
     "PCV", "WAKE", "NOON"]
)  # fmt: skip
_SAME_ROUTE = {"by mouth": "oral", "po": "oral", "subq": "subcutaneous", "inhaled": "inhalation"}


class Verdict(NamedTuple):
    """`said`: the field stands in the gold or in the order; `right`: it is the same in both."""

    said: bool
    right: bool


class _Amount(NamedTuple):
    low: float
    high: float | None
    unit: str


def percent(part: float, whole: float) -> float | None:
    """Share in percent; None of nothing."""
    return round(100 * part / whole, 2) if whole else None


def same_drug(order: MedicationOrder, gold: GoldOrder) -> bool:
    """Whether both name the same ingredients, whatever the order's brand."""
    return _ingredients(order.drug) == _ingredients(gold.drug)


def verdicts(order: MedicationOrder, gold: GoldOrder) -> dict[str, Verdict]:
    """One verdict per field of `FIELDS`.

    `dose` is strength and dose together: "400 to 600 mg" is right as either. Routes and forms of
    one moment ("at bedtime" for "once a day at bedtime") count as the same.
    """
    amounts, wanted = _amounts_of(order), _wanted_amounts(gold)
    timing, due = _timing(order.frequency), _wanted_timing(gold)
    when = set(order.frequency.when) if order.frequency else set()
    return {
        "dose": Verdict(bool(amounts or wanted), _same_amounts(amounts, wanted)),
        "frequency": Verdict(timing is not None or due is not None, _same_timing(timing, due)),
        "when": Verdict(bool(when or gold.when), when == set(gold.when)),
        "as_needed": Verdict(
            bool(order.as_needed or gold.as_needed), bool(order.as_needed) == bool(gold.as_needed)
        ),
        "duration": _duration(order.duration, gold.duration),
        "route": Verdict(
            bool(order.route or gold.route), _route(order.route) == _route(gold.route)
        ),
        "action": Verdict(True, order.action == gold.action),
    }


def _ingredients(drug: str) -> frozenset[str]:
    known = ingredients_of(drug.lower()) or ingredients_of(drug)
    return frozenset(known or (part.strip().lower() for part in drug.split(" / ")))


def _amounts_of(order: MedicationOrder) -> list[_Amount]:
    found = []
    if order.strength:
        found.append(_amount(order.strength.value, None, order.strength.unit))
    if order.dose:
        high = order.dose_max.value if order.dose_max else None
        found.append(_amount(order.dose.value, high, order.dose.unit))
    return found


def _wanted_amounts(gold: GoldOrder) -> list[_Amount]:
    parts: Iterable[GoldAmount] = (amount_of(t) for t in (gold.strength, gold.dose) if t)
    found = [_amount(part.low, part.high, part.unit) for part in parts]
    if gold.strength and " / " in gold.drug:
        # "5-325 mg" of two ingredients is no range: an order tells the strength said first.
        found[0] = found[0]._replace(high=None)
    return found


def _amount(low: float, high: float | None, unit: str) -> _Amount:
    name = unit.lower().strip()
    name = name.removesuffix("s") if len(name) > 3 else name
    scale = _IN_MG.get(name)
    if scale is None:
        return _Amount(round(low, 4), high, name)
    return _Amount(round(low * scale, 6), high and round(high * scale, 6), "mg")


def _same_amounts(found: list[_Amount], wanted: list[_Amount]) -> bool:
    left = list(wanted)
    for amount in found:
        match = next((w for w in left if _same_amount(amount, w)), None)
        if match is None:
            return False
        left.remove(match)
    return not left


def _same_amount(one: _Amount, other: _Amount) -> bool:
    if (one.low, one.high) != (other.low, other.high):
        return False
    units = {one.unit, other.unit}
    return len(units) == 1 or units <= _SOLID or bool(units & _ANY_ITEM)


def _timing(frequency: Frequency | None) -> GoldFrequency | None:
    if frequency is None:
        return None
    counted = frequency.count is not None or frequency.count_max is not None
    if not counted or frequency.period is None or frequency.period_unit is None:
        return None
    return _normal(
        GoldFrequency(
            frequency.count,
            frequency.count_max,
            frequency.period,
            frequency.period_max,
            frequency.period_unit,
        )
    )


def _wanted_timing(gold: GoldOrder) -> GoldFrequency | None:
    if gold.frequency:
        return _normal(frequency_of(gold.frequency))
    moments = [code for code in gold.when if code in _DAILY_MOMENTS]
    return _normal(GoldFrequency(len(moments), None, 1.0, None, "d")) if moments else None


def _normal(timing: GoldFrequency) -> GoldFrequency:
    """Weeks as days, "every 24 hours" as a day; "up to three times" with or without a least
    count."""
    times, times_max, period, period_max, unit = timing
    if unit in _DAYS:
        days = _DAYS[unit]
        period, period_max, unit = period * days, period_max and period_max * days, "d"
    if unit == "h" and period % 24 == 0 and period_max is None:
        period, unit = period / 24, "d"
    return GoldFrequency(times, None if times_max == times else times_max, period, period_max, unit)


def _same_timing(found: GoldFrequency | None, wanted: GoldFrequency | None) -> bool:
    if found is None or wanted is None:
        return found is wanted
    if found[2:] != wanted[2:]:
        return False
    if found[:2] == wanted[:2]:
        return True
    at_most = {t.times_max for t in (found, wanted) if t.times_max and (t.times or 1) == 1}
    return len(at_most) == 1 and all(
        t.times_max in at_most or (t.times_max is None and t.times in at_most)
        for t in (found, wanted)
    )


def _duration(found: Quantity | None, gold: str | None) -> Verdict:
    wanted = amount_of(gold) if gold else None
    if found is None or wanted is None:
        return Verdict(found is not None or wanted is not None, found is None and wanted is None)
    scale = {"d": 1.0, "wk": 7.0, "mo": 30.0, "a": 365.0}
    one = found.value * scale.get(found.unit, 1.0), found.unit in scale or found.unit
    other = wanted.low * scale.get(wanted.unit, 1.0), wanted.unit in scale or wanted.unit
    return Verdict(True, one == other)


def _route(said: str | None) -> str | None:
    return None if said is None else _SAME_ROUTE.get(said.lower(), said.lower())
