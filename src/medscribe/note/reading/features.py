"""Units and the talk around them -> names of features for the division model."""

import re
from collections.abc import Sequence
from itertools import pairwise

from medscribe.note.reading.passages import Passage
from medscribe.note.reading.units import Unit

_WORD = re.compile(r"<[A-Z]+|[a-z]+(?:'[a-z]+)?|\d")
# Words that open a phase of a visit, as clinicians announce it.
_ANNOUNCED = {
    "exam": re.compile(
        r"\b(?:physical exam|examination|your exam|quick exam|vital signs?|vitals)\b"
    ),
    "results": re.compile(r"\b(?:x-?rays?|results|labs?|mri|ekg|echo\w*|ct scan)\b"),
    "plan": re.compile(r"\b(?:assessment|my plan|the plan|first problem|impression|diagnosis)\b"),
}
# Placeholders count by their kind, not by the number of the person.
_AROUND = 2


def words_of(text: str) -> list[str]:
    return _WORD.findall(text if "<" in text else text.lower())


def unit_features(unit: Unit, passages: Sequence[Passage]) -> list[str]:
    """Words and word pairs of the unit, words of two sentences before and after, who speaks,
    where in the talk, how long; each name once."""
    said = " ".join(passage.said for passage in unit.passages)
    words = words_of(said)
    names = {f"w {word}" for word in words}
    names |= {f"p {first} {second}" for first, second in pairwise(words)}
    last = unit.at + len(unit.passages) - 1
    for near in passages[max(0, unit.at - _AROUND) : unit.at]:
        names |= {f"< {word}" for word in words_of(near.said)}
    for near in passages[last + 1 : last + 1 + _AROUND]:
        names |= {f"> {word}" for word in words_of(near.said)}
    position = unit.passages[0].position
    names |= {
        f"role {unit.role.value}",
        f"at {int(position * 10)}",
        f"role-at {unit.role.value} {int(position * 5)}",
        f"long {min(len(words) // 4, 8)}",
        f"fused {unit.fused} {unit.polarity}",
        f"begins {unit.role.value} {' '.join(words[:2])}",
    }
    names |= _phase_features(unit, passages)
    return sorted(names)


def _phase_features(unit: Unit, passages: Sequence[Passage]) -> set[str]:
    """Which phases were announced before, and how many sentences ago at the least."""
    names = set()
    for phase, announced in _ANNOUNCED.items():
        for distance in range(unit.at + 1):
            if announced.search(passages[unit.at - distance].said):
                names |= {f"since {phase}", f"since {phase} {min(distance.bit_length(), 6)}"}
                break
        else:
            names.add(f"before {phase}")
    return names
