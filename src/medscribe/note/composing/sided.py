"""What a talk says of sides -> names of complaints and problems with their side.

"Knee pain" of a patient who spoke of the right knee and of no other is "right knee pain". Where a
talk names both knees a name stays as it was said, unless the patient put the side right: "no, it's
the left knee". Parts and ailments are `tables/sides.toml`.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from medscribe.note.reading.speakers import gives_history
from medscribe.note.reading.units import Unit
from medscribe.note.rules import load_pattern, read_table

_TABLE = "sides"
_ONE = {"feet": "foot", "calves": "calf"}

Sides = Mapping[str, str]
"""Part of the body, in the singular -> "left" or "right"."""


def sides_of(units: Iterable[Unit]) -> Sides:
    """The side of each part that the talk names on one side only, or that the patient put
    right."""
    said: dict[str, set[str]] = {}
    corrected: dict[str, set[str]] = {}
    for unit in units:
        named, put_right = unit.once(_sides_in)
        for found, pairs in ((said, named), (corrected, put_right)):
            for side, part in pairs:
                found.setdefault(part, set()).add(side)
    certain = {part: next(iter(sides)) for part, sides in said.items() if len(sides) == 1}
    meant = {part: next(iter(sides)) for part, sides in corrected.items() if len(sides) == 1}
    return {**certain, **meant}


Pairs = tuple[tuple[str, str], ...]


def _sides_in(unit: Unit) -> tuple[Pairs, Pairs]:
    """(side, part) as named in a unit, and as its speaker puts it right."""
    spoken = [passage for passage in unit.passages if passage.text]
    named = [pair for passage in spoken for pair in _pairs("sided", passage.said)]
    told = [passage for passage in spoken if gives_history(passage.role)]
    put_right = [pair for passage in told for pair in _pairs("put_right", passage.text)]
    return tuple(named), tuple(put_right)


def _pairs(form: str, text: str) -> list[tuple[str, str]]:
    found = load_pattern(_TABLE, form).finditer(text)
    return [(match["side"].lower(), _singular(match["part"])) for match in found]


def _singular(part: str) -> str:
    lowered = part.lower()
    return _ONE.get(lowered, lowered.removesuffix("s"))


def with_side(name: str, sides: Sides) -> str:
    """ "knee pain" -> "right knee pain", "likely meniscus tear" -> "likely right meniscus tear";
    a name with another side than the patient means gets the right one."""
    own = load_pattern(_TABLE, "sided").search(name)
    if own:
        side = sides.get(_singular(own["part"]))
        return name[: own.start("side")] + side + name[own.end("side") :] if side else name
    if load_pattern(_TABLE, "has_side").search(name):
        return name
    part = _part().search(name)
    if part:
        side = sides.get(_singular(part["part"]))
        return f"{name[: part.start()]}{side} {name[part.start() :]}" if side else name
    implied = next((sides[place] for place in sides if _is_at(name, place)), None)
    at = load_pattern(_TABLE, "lead").match(name)
    begin = at.end() if at else 0
    return f"{name[:begin]}{implied} {name[begin:]}" if implied else name


def is_sided_part(name: str) -> bool:
    """Whether a name is no more than a part of the body: "knee", "left knee"."""
    return bool(_part().fullmatch(re.sub(r"\A(?:left|right) ", "", name, flags=re.IGNORECASE)))


@cache
def _part() -> re.Pattern[str]:
    fragments = read_table(_TABLE)["fragments"]
    assert isinstance(fragments, dict)
    return re.compile(rf"\b{fragments['lead_in']}(?P<part>{fragments['parts']})\b", re.IGNORECASE)


def _is_at(name: str, place: str) -> bool:
    """Whether an ailment sits in that part by its name: "medial meniscus tear" in the knee."""
    implied = read_table(_TABLE)["implied"]
    assert isinstance(implied, dict)
    return place in implied and bool(re.search(rf"\b(?:{implied[place]})\b", name, re.IGNORECASE))
