"""Text that raises or lowers a dose by so much each time -> the steps of the titration.

"25 mg daily, increase by 25 each week until 100" -> 25, 50, 75 for a week each, then 100 mg.
"""

import re

from medscribe.domain.medication import DoseStep, Quantity
from medscribe.note.prescribing.sig import read_sig

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_BY = re.compile(
    r"\b(?P<verb>increas|go(?:ing)? up|titrat|rais|bump|decreas|reduc|taper|go(?:ing)? down|drop|"
    r"lower|com(?:e|ing) down|cut)\w*(?: (?:it|that|the dose|your dose|up|down|back|"
    r"slowly))*(?: by)? "
    rf"(?P<amount>{_NUMBER}) ?(?P<unit>mg|mcg|units?|tablets?|pills?)?,?(?: mg)? "
    r"(?:once )?(?:every|each|per|a)(?: (?P<times>\d+|other|couple of))? "
    r"(?P<every>day|week|month)s?",
    re.IGNORECASE,
)
_GOAL = re.compile(
    rf"\b(?:until|till|up to|to a?|target(?: dose)?(?: of)?|goal(?: of)?|max(?:imum)?(?: of)?|"
    rf"get to|reach)(?: (?:you|we|are|get|reach|at|a|to|target|goal|dose|of|the|max(?:imum)?|up|"
    rf"down|"
    rf"is))* (?P<goal>{_NUMBER})",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"\b(?:until|till)\b.{0,25}\b(?:off|gone|done|zero|finished|nothing|stop(?:ped)?|out)\b", re.I
)
_DOWN = ("decreas", "reduc", "taper", "go down", "going down", "drop", "lower", "com", "cut")
_UNITS = {"day": "d", "week": "wk", "month": "mo"}
_MOST_STEPS = 12


def titrated(
    text: str, ingredients: tuple[str, ...] = (), bare_number_at: int | None = None
) -> list[DoseStep]:
    """The steps, from the dose said first on; [] where there is no such dose or no "by".

    Without an end that is said, only the step that follows is given.
    """
    found = _BY.search(text)
    if found is None:
        return []
    first = read_sig(text[: found.start()], ingredients, bare_number_at)
    start = first.dose if first.dose and not first.strength else first.strength
    if start is None:
        return []
    by = float(found["amount"].replace(",", ""))
    down = found["verb"].lower().startswith(_DOWN)
    times = (found["times"] or "1").lower()
    often = float(times) if times.isdigit() else 2.0
    lasts = Quantity(value=often, unit=_UNITS[found["every"].lower()])
    tail = text[found.end() :]
    values = _values(start.value, -by if down else by, _end(tail, down=down))
    return [
        DoseStep(
            strength=Quantity(value=value, unit=start.unit) if first.strength else None,
            dose=None if first.strength else Quantity(value=value, unit=start.unit),
            frequency=first.frequency,
            duration=lasts if down or at < len(values) - 1 else None,
        )
        for at, value in enumerate(values)
    ]


def _end(tail: str, *, down: bool) -> float | None:
    """The last dose: a number that is said, nothing for "until you are off", None if left open."""
    goal = _GOAL.search(tail)
    if goal:
        return float(goal["goal"].replace(",", ""))
    return 0.0 if down and _GONE.search(tail) else None


def _values(start: float, by: float, end: float | None) -> list[float]:
    if not by:
        return []
    if end is None:
        return [value for value in (start, start + by) if value > 0]
    values = [start]
    while len(values) < _MOST_STEPS and (end - values[-1]) * by > 0:
        following = values[-1] + by
        values.append(min(following, end) if by > 0 else max(following, end))
    return [value for value in values if value > 0]
