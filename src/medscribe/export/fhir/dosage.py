"""One medication order -> FHIR `Dosage`s: how it is taken, one per step of a taper."""

import re

from medscribe.domain.medication import DoseStep, Frequency, MedicationOrder, Quantity
from medscribe.export.fhir.elements import (
    TIME_UNITS,
    UCUM,
    Json,
    clean,
    duration,
    number,
    quantity,
    without_empty,
)
from medscribe.export.sig import most_at_once, step_text, steps_of, within_one_day

_PARTS_OF_DAY = ("MORN", "MORN.early", "MORN.late", "NOON", "AFT", "AFT.early", "AFT.late")
_EVENING = ("EVE", "EVE.early", "EVE.late", "NIGHT", "PHS", "HS", "WAKE")
_MEALS = tuple(f"{when}{meal}" for when in ("", "A", "P") for meal in ("C", "CM", "CD", "CV"))

EVENTS = frozenset((*_PARTS_OF_DAY, *_EVENING, *_MEALS))
"""FHIR's value set event-timing."""

_CONTENT = re.compile("[%/]")
"""In strengths that say how much is in a cream or a syrup, not how much is taken: "40 mg/mL"."""


def dosages_of(order: MedicationOrder) -> list[Json]:
    """`Dosage`s in order of time; empty where nothing was said of how the medicine is taken.

    "40 mg for 3 days, then 20 mg for 3 days" -> two, numbered by `sequence`. "20 units in the
    morning and 10 at night" -> two of the same number: to FHIR these go on together.
    """
    steps = steps_of(order)
    together = within_one_day(order)
    found = [
        _dosage(order, step, (1 if together else at) if len(steps) > 1 else None)
        for at, step in enumerate(steps, 1)
    ]
    return [dosage for dosage in found if dosage]


def _dosage(order: MedicationOrder, step: DoseStep, sequence: int | None) -> Json:
    frequency = step.frequency or order.frequency
    said = without_empty(
        {
            "text": clean(step_text(order, step)),
            "timing": _timing(frequency, step.duration),
            "asNeededCodeableConcept": _reason(order),
            "asNeededBoolean": None if _reason(order) else order.as_needed,
            "route": {"text": clean(order.route)} if clean(order.route) else None,
            "doseAndRate": _dose(step, most_at_once(order, step)),
            "maxDosePerPeriod": _per_day(order.max_per_day),
        }
    )
    return {"sequence": sequence, **said} if said and sequence else said


def _reason(order: MedicationOrder) -> Json | None:
    reason = clean(order.as_needed_for)
    return {"text": reason} if order.as_needed is not False and reason else None


def _timing(frequency: Frequency | None, lasts: Quantity | None) -> Json:
    repeat = _repeat(frequency, lasts)
    words = clean(frequency.text) if frequency else ""
    return without_empty({"repeat": repeat, "code": {"text": words} if words else None})


def _repeat(frequency: Frequency | None, lasts: Quantity | None) -> Json:
    """`Timing.repeat` under its invariants: a period has a unit and is not negative, a maximum
    has its minimum, counts are positive. What breaks one stays in the text only."""
    repeat: Json = {"boundsDuration": duration(lasts)}
    if frequency is None:
        return without_empty(repeat)
    count, most = frequency.count, frequency.count_max
    repeat["frequency"] = count if count and count > 0 else None
    repeat["frequencyMax"] = most if most and most >= max(count or 1, 1) else None
    period = number(frequency.period) if frequency.period and frequency.period > 0 else None
    if period is not None and frequency.period_unit in TIME_UNITS:
        longest = frequency.period_max
        repeat["period"] = period
        repeat["periodMax"] = number(longest) if longest and longest >= period else None
        repeat["periodUnit"] = frequency.period_unit
    repeat["when"] = [code for code in dict.fromkeys(frequency.when) if code in EVENTS]
    return without_empty(repeat)


def _dose(step: DoseStep, most: Quantity | None) -> list[Json]:
    """What is taken at once: the dose said, a range where one was said; else the strength, since
    "10 mg once a day" is 10 mg at once. A percentage or "mg/mL" is no dose."""
    least = step.dose
    if least is None and step.strength and not _CONTENT.search(step.strength.unit):
        least = step.strength
    low, high = quantity(least), quantity(most)
    if low is None:
        return []
    # Invariant rng-2; a range of two units says nothing a reader can compare.
    if high and low.get("unit") == high.get("unit") and low["value"] <= high["value"]:
        return [{"doseRange": {"low": low, "high": high}}]
    return [{"doseQuantity": low}]


def _per_day(most: Quantity | None) -> Json | None:
    numerator = quantity(most)
    if numerator is None:
        return None
    day = {"value": 1, "unit": "d", "system": UCUM, "code": "d"}
    return {"numerator": numerator, "denominator": day}
