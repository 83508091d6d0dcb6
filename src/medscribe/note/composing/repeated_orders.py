"""Lines of one problem of the plan -> the same without orders that another line gives more fully.

A clinician tells the patient "we will order another echocardiogram" and dictates "order an
echocardiogram": one order, with both passages behind it.
"""

import re
from collections.abc import Sequence

from medscribe.note.composing.problems import PlanLine

_ORDER = re.compile(
    r"\A(?:we will )?(?:order|prescribe|obtain|get|repeat|continue|start|refer|increase|decrease) ",
    re.IGNORECASE,
)
_SAYS_NOTHING = frozenset(
    ["we", "will", "order", "prescribe", "obtain", "get", "another", "the", "some", "an", "a"]
)
# Beside these words the same drug is another matter.
_OTHERWISE = frozenset(
    ["no", "not", "stop", "hold", "discontinue", "instead", "unless", "if", "may", "until", "when"]
)
_WORD = re.compile(r"<[A-Z][A-Z0-9_:]*>|[\w'./%-]*\w")


def without_repeated_orders(lines: Sequence[PlanLine]) -> list[PlanLine]:
    """`lines` in their order; of an order given twice the fuller one stays, with the passages of
    both. "Order metoprolol 25 mg." is no repeat of "Order metoprolol 50 mg."."""
    kept: dict[int, PlanLine] = dict(enumerate(lines))
    for at, line in enumerate(lines):
        fuller = next((key for key, other in kept.items() if _repeats(line, other)), None)
        if fuller is not None:
            said, passages = kept[fuller]
            kept[fuller] = said, tuple(dict.fromkeys(passages + kept.pop(at)[1]))
    return list(kept.values())


def _repeats(line: PlanLine, other: PlanLine) -> bool:
    if not (_ORDER.match(line[0].text) and _ORDER.match(other[0].text)):
        return False
    asked, given = _words(line[0].text), _words(other[0].text)
    told = asked - _SAYS_NOTHING
    fuller = told < given - _SAYS_NOTHING or (told == given - _SAYS_NOTHING and asked < given)
    return bool(told) and fuller and not (given - asked) & _OTHERWISE


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))
