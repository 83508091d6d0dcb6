"""Units and the talk around them -> names of features for the division model."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from medscribe.note.reading.passages import Passage
from medscribe.note.reading.talk import Talk
from medscribe.note.reading.units import Unit

# Placeholders count by their kind, not by the number of the person.
_WORD = re.compile(r"<[A-Z]+|[a-z]+(?:'[a-z]+)?|\d")
# Words that open a phase of a visit, as clinicians announce it.
_ANNOUNCED = {
    "exam": re.compile(
        r"\b(?:physical exam|examination|your exam|quick exam|vital signs?|vitals)\b"
    ),
    "results": re.compile(r"\b(?:x-?rays?|results|labs?|mri|ekg|echo\w*|ct scan)\b"),
    "plan": re.compile(r"\b(?:assessment|my plan|the plan|first problem|impression|diagnosis)\b"),
}
AROUND = 2
"""Sentences before and after a unit whose words count."""

POSITIONS, POSITIONS_BY_ROLE = 10, 5
"""Into so many parts the talk is divided for the place of a unit, and for that with the role."""


def words_of(text: str) -> list[str]:
    return _WORD.findall(text if "<" in text else text.lower())


def talk_features(talk: Talk) -> list[list[str]]:
    """Per unit: what `unit_features` and `place_features` name."""
    announced = Announced(talk.passages)
    return [
        unit_features(unit, talk.passages, announced)
        + place_features(unit, talk.position(unit.passages[0]))
        for unit in talk.units
    ]


def unit_features(unit: Unit, passages: Sequence[Passage], announced: "Announced") -> list[str]:
    """Words and word pairs of the unit, words of two sentences before and after, who speaks, how
    long, what was announced before; each name once."""
    said = " ".join(passage.said for passage in unit.passages)
    words = words_of(said)
    names = {f"w {word}" for word in words}
    names |= {f"p {first} {second}" for first, second in pairwise(words)}
    last = last_passage(unit)
    for near in passages[max(0, unit.at - AROUND) : unit.at]:
        names |= {f"< {word}" for word in near.once(_said_words)}
    for near in passages[last + 1 : last + 1 + AROUND]:
        names |= {f"> {word}" for word in near.once(_said_words)}
    names |= {
        f"role {unit.role.value}",
        f"long {min(len(words) // 4, 8)}",
        f"fused {unit.fused} {unit.polarity}",
        f"begins {unit.role.value} {' '.join(words[:2])}",
    }
    return sorted(names | announced.before(unit.at))


def last_passage(unit: Unit) -> int:
    """The place from which on the talk goes on after a unit."""
    return unit.at + len(unit.passages) - 1


def place_features(unit: Unit, position: float) -> list[str]:
    """Where in the talk, 0 to 1, and who speaks there."""
    return [
        f"at {int(position * POSITIONS)}",
        f"role-at {unit.role.value} {int(position * POSITIONS_BY_ROLE)}",
    ]


class Announced:
    """Which phases of the visit were announced up to a sentence, and how many sentences ago."""

    def __init__(self, passages: Sequence[Passage] = ()) -> None:
        self._places: dict[str, list[int]] = {phase: [] for phase in _ANNOUNCED}
        self.read(passages, 0)

    def read(self, passages: Sequence[Passage], begin: int) -> None:
        """The talk so far, of which the sentences before `begin` are known."""
        for phase, announcement in _ANNOUNCED.items():
            places = self._places[phase]
            del places[bisect_left(places, begin) :]
            said = enumerate(passages[begin:], start=begin)
            places += [at for at, passage in said if announcement.search(passage.said)]

    def before(self, at: int) -> set[str]:
        """Names of features."""
        names = set()
        for phase, places in self._places.items():
            known = bisect_right(places, at)
            if known:
                distance = at - places[known - 1]
                names |= {f"since {phase}", f"since {phase} {min(distance.bit_length(), 6)}"}
            else:
                names.add(f"before {phase}")
        return names


def _said_words(passage: Passage) -> frozenset[str]:
    return frozenset(words_of(passage.said))
