"""How a medicine is taken -> one line of text per step of a taper."""

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
    if not order.as_needed:
        return ""
    return f"as needed for {order.as_needed_for}" if order.as_needed_for else "as needed"


def amount(quantity: Quantity | None) -> str:
    """`1.5 mg`; "" for None."""
    return f"{quantity.value:g} {quantity.unit}".strip() if quantity else ""


def time_text(quantity: Quantity) -> str:
    """`3 days`; other units as they are."""
    word = _TIMES.get(quantity.unit)
    if word is None:
        return amount(quantity)
    return f"{quantity.value:g} {word}{'' if quantity.value == 1 else 's'}"


def amount_range(least: Quantity | None, most: Quantity | None) -> str:
    """`1 to 2 tablet` where a range was said."""
    if least is None or most is None:
        return amount(least)
    return f"{least.value:g} to {amount(most)}"


def _dose(order: MedicationOrder, step: DoseStep) -> str:
    return amount_range(step.dose, most_at_once(order, step))
