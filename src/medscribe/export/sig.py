"""How a medicine is taken -> one line of text per step of a taper."""

from decimal import Decimal

from medscribe.domain.medication import DoseStep, MedicationOrder, Quantity

_TIMES = {"h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year"}


def steps_of(order: MedicationOrder) -> tuple[DoseStep, ...]:
    """All steps of a taper; for other orders the one step that its own fields say."""
    return order.steps or (
        DoseStep(
            strength=order.strength,
            dose=order.dose,
            frequency=order.frequency,
            duration=order.duration,
        ),
    )


def within_one_day(order: MedicationOrder) -> bool:
    """Whether the steps are parts of a day that go on together, not one after the other:
    "20 units in the morning and 10 at night"."""
    moments = {step.frequency.when for step in order.steps if step.frequency}
    timed = any(step.duration for step in order.steps)
    return not timed and () not in moments and 1 < len(moments) == len(order.steps)


def steps_text(order: MedicationOrder) -> str:
    """All steps: `40 mg, for 3 days; then 20 mg, for 3 days`; parts of one day go with "and"."""
    texts = [text for text in (step_text(order, step) for step in steps_of(order)) if text]
    return ("; and " if within_one_day(order) else "; then ").join(texts)


def strength_beside_steps(order: MedicationOrder) -> str:
    """The strength that no step says: steps may count tablets only. "" where one does."""
    said = any(step.strength for step in steps_of(order))
    return "" if said else amount(order.strength)


def most_at_once(order: MedicationOrder, step: DoseStep) -> Quantity | None:
    """The end of the range that was said of this step's dose."""
    return order.dose_max if step.dose == order.dose else None


def step_text(order: MedicationOrder, step: DoseStep) -> str:
    """`400 mg 1 to 2 tablet oral, every 6 hours, for 5 days, as needed for pain`; "" if nothing."""
    frequency = step.frequency or order.frequency
    parts = [
        " ".join(part for part in (amount(step.strength), _dose(order, step), order.route) if part),
        frequency.text if frequency else "",
        f"for {time_text(step.duration)}" if step.duration else "",
        as_needed_text(order),
        f"at most {amount(order.max_per_day)} a day" if order.max_per_day else "",
    ]
    return ", ".join(part for part in parts if part)


def as_needed_text(order: MedicationOrder) -> str:
    """`as needed for pain`; "" for what is taken regularly, or where nothing was said."""
    if order.as_needed_for and order.as_needed is not False:
        return f"as needed for {order.as_needed_for}"
    return "as needed" if order.as_needed else ""


def amount(quantity: Quantity | None) -> str:
    """`1.5 mg`; "" for None."""
    return f"{_number(quantity.value)} {quantity.unit}".strip() if quantity else ""


def _number(value: float) -> str:
    """`2400000`, `0.00005`: never with an exponent, which is misread for another dose."""
    return format(Decimal(f"{value:.12g}"), "f")


def time_text(quantity: Quantity) -> str:
    """`3 days`; other units as they are."""
    word = _TIMES.get(quantity.unit)
    if word is None:
        return amount(quantity)
    return f"{_number(quantity.value)} {word}{'' if quantity.value == 1 else 's'}"


def amount_range(least: Quantity | None, most: Quantity | None) -> str:
    """`1 to 2 tablet` where a range was said; a unit that changes is said: `500 mg to 1 g`."""
    if most is None:
        return amount(least)
    if least is None:
        return f"up to {amount(most)}"
    first = _number(least.value) if least.unit == most.unit else amount(least)
    return f"{first} to {amount(most)}"


def _dose(order: MedicationOrder, step: DoseStep) -> str:
    return amount_range(step.dose, most_at_once(order, step))
