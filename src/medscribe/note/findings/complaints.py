"""Complaints at a part of the body: "my left knee hurts" -> knee pain, left."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from medscribe.domain.findings import Laterality, ProblemKind
from medscribe.note.findings.rule_tables import entries, words
from medscribe.note.findings.terms import Concept

_SIDES = {
    "left": Laterality.LEFT,
    "right": Laterality.RIGHT,
    "both": Laterality.BILATERAL,
    "bilateral": Laterality.BILATERAL,
}
_SIDE = r"(?:(?P<side>left|right|both|bilateral)(?:[- ]sided?)? )?"
_OWN = r"(?:my|your|his|her|the|their|this|that|the patient's|one of my|either|any),? "
_WHERE = r"(?:in|of|on|at|around|to|along|near|over|under|behind|down|across|with)(?: and around)?"
_BETWEEN = (
    r"(?:(?:has|have|had|been|is|are|was|were|really|started|starting|to|keeps?|just|a|little|bit"
    r"|lot|also|so|all|feels?|felt|gets?|getting|got|looks?|still|kind|of|very|always|some|pretty"
    r"|does|do|did|not|no longer|began|quite|slightly|sometimes|constantly|much|it|like) ){0,6}?"
)
_HURT = r"(?:hurt|injured|twisted|rolled|tweaked|banged|jammed)"
# "to the right", "right now": no side of the body.
_SIDE_OF_BODY = re.compile(
    r"\b(?P<side>left|right|bilateral|both)(?:ly)?(?:[- ](?:side[ds]?|lower|upper|inner|outer"
    r"|first|lateral"
    r"|medial|great|big|(?:{parts})s?|lungs?|lobe|temple|eyes?|lower quadrant|upper quadrant))",
    re.IGNORECASE,
)


class Complaint(NamedTuple):
    """Characters [start, end) of a sentence that tell a complaint at a part of the body; `side` as
    said there."""

    concept: Concept
    side: Laterality | None
    start: int
    end: int


@dataclass(frozen=True)
class _Part:
    name: str
    sided: bool
    pain: Mapping[str, str]


def complaints_in(text: str, *, examined: bool = False) -> list[Complaint]:
    """Complaints in order, never overlapping; findings where an examination is told."""
    if not _any_complaint().search(text):
        return []
    found = sorted(_all_in(text, examined), key=lambda hit: (hit.start, -hit.end))
    kept: list[Complaint] = []
    for hit in found:
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def side_near(text: str, start: int, end: int) -> Laterality | None:
    """The side of the body named beside the words [start, end), within a few words."""
    before = re.split(r"[,;]|\b(?:and|but)\b", text[max(0, start - 30) : start])[-1]
    found = list(_sides().finditer(before)) or list(
        _sides().finditer(re.split(r"[,;]|\b(?:and|but)\b", text[end : end + 45])[0])
    )
    direct = re.search(r"\b(left|right|bilateral)(?:[- ]sided)? \Z", before, re.IGNORECASE)
    if direct:
        return _SIDES[direct.group(1).lower()]
    return _SIDES[found[-1 if found[0].string is before else 0]["side"].lower()] if found else None


def site_near(text: str, end: int) -> str | None:
    """The part of the body named within a few words after `end`: "tenderness of the knee"."""
    window = re.match(r"(?:[ ,]*[\w'-]+){0,9}", text[end:])
    ahead = (
        re.split(r"\b(?:and|but|no|your|with|there is)\b(?! the)|,", window.group())[0]
        if window
        else ""
    )
    clause = (
        window.group()
        if window and re.match(r" (?:in|of|on|at|over|to|along) your", window.group())
        else ahead
    )
    found = re.search(rf"\b(?:{_part_words()})s?\b", clause, re.IGNORECASE)
    return _part_of(found.group()).name if found else None


def _all_in(text: str, examined: bool) -> Iterator[Complaint]:
    for name, pattern, code in _patterns():
        for match in pattern.finditer(text):
            part = _part_of(match["part"])
            codes = dict(part.pain) if name == "pain" else {}
            if code:
                codes = dict.fromkeys(("none", "left", "right", "bilateral"), code)
            kind = ProblemKind.FINDING if examined else ProblemKind.SYMPTOM
            side = _SIDES.get((match["side"] or "").lower())
            touched = examined and "tender" in match.group().lower()
            told = f"tenderness of the {part.name}" if touched else f"{part.name} {name}"
            concept = Concept(told, kind, codes, sided=part.sided)
            yield Complaint(concept, side, match.start(), match.end())


@cache
def _any_complaint() -> re.Pattern[str]:
    """What every complaint has in it: most sentences need no closer look."""
    said = [f"{entry['noun']}|{entry['verb']}" for entry in entries("symptoms", "complaints")]
    return re.compile(rf"\b(?:{'|'.join(said)}|{_HURT})\b", re.IGNORECASE)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], str | None], ...]:
    part = rf"(?P<part>{_part_words()})"
    found = []
    for entry in entries("symptoms", "complaints"):
        name, noun, verb = str(entry["name"]), str(entry["noun"]), str(entry["verb"])
        code = str(entry["code"]) if "code" in entry else None
        forms = [
            rf"{_SIDE}{part}s? (?:{noun})",
            rf"(?:{noun}),? {_WHERE} (?:{_OWN}){{0,2}}{_SIDE}(?:of (?:my|your|the) )?(?:lateral "
            rf"|medial "
            rf"|upper |inner |outer |whole |entire |front of (?:my|your|the) |back of (?:my|your"
            rf"|the) )?{part}s?(?! of (?:my|your|the|his|her)\b)",
            rf"{_OWN}{_SIDE}{part}s? {_BETWEEN}(?:{verb})",
        ]
        if name == "injury":
            forms.append(rf"{_HURT} {_OWN}{_SIDE}{part}s?")
        found += [(name, re.compile(rf"\b(?:{form})\b", re.IGNORECASE), code) for form in forms]
    return tuple(found)


@cache
def _parts() -> Mapping[str, _Part]:
    parts: dict[str, _Part] = {}
    for entry in entries("symptoms", "parts"):
        pain = entry.get("pain", {})
        assert isinstance(pain, dict)
        for said in words(entry["said"]):
            name = str(entry.get("name", said))
            codes = {str(side): str(code) for side, code in pain.items()}
            parts[said] = _Part(name, not entry.get("unsided"), codes)
    return parts


def _part_of(said: str) -> _Part:
    plain = said.lower()
    return _parts().get(plain) or _parts()[plain.removesuffix("s")]


@cache
def _part_words() -> str:
    return "|".join(sorted(_parts(), key=len, reverse=True))


@cache
def _sides() -> re.Pattern[str]:
    return re.compile(_SIDE_OF_BODY.pattern.replace("{parts}", _part_words()), re.IGNORECASE)
