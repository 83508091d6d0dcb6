"""A finding or a symptom -> the body system it belongs to (data: `tables/systems.toml`)."""

import re
from dataclasses import dataclass
from functools import cache

from medscribe.note.rules import read_table

# Words that a pattern of symptoms takes along but that name no part of the body.
_BEFORE_SYMPTOM = re.compile(
    r"^(?:(?:the|my|your|a|an|some|this|that|these|of|and|with|have|had|has|having|no|in|bad|got|get"
    r"|gets|getting|is|was|been|being|on|to|for|or|from|any|about|but|like|just|really|i|it|so"
    r"|when|since|because|severe|terrible|more|less|experiencing|noticed) +)+"
)


@dataclass(frozen=True)
class BodySystem:
    """One line of a review of systems and of an examination."""

    name: str
    symptoms: re.Pattern[str] | None
    exam: re.Pattern[str] | None


@cache
def body_systems() -> tuple[BodySystem, ...]:
    """All systems in charting order."""
    entries = read_table("systems")["systems"]
    assert isinstance(entries, list)
    return tuple(
        BodySystem(entry["name"], _any_of(entry["symptoms"]), _any_of(entry["exam"]))
        for entry in entries
    )


def _any_of(words: list[str]) -> re.Pattern[str] | None:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE) if words else None


def symptom_system(text: str) -> str | None:
    """The system of the first symptom named in `text`; None where none is."""
    found = [
        (match.start(), system.name)
        for system in body_systems()
        if system.symptoms and (match := system.symptoms.search(text))
    ]
    return min(found)[1] if found else None


def symptoms_in(text: str) -> list[str]:
    """Symptoms named in `text` as a chart lists them, in order, each once.

    "i was so dizzy and short of breath" -> ["dizziness", "shortness of breath"].
    """
    return list(dict.fromkeys(name for name, _, _ in symptom_spans(text)))


def symptom_spans(text: str) -> list[tuple[str, int, int]]:
    """Symptoms as a chart lists them, each with its characters [start, end) in `text`, in order;
    of names that overlap the first and longest counts."""
    spans = [
        match.span()
        for system in body_systems()
        if system.symptoms
        for match in system.symptoms.finditer(text)
    ]
    found: list[tuple[str, int, int]] = []
    end_of_last = -1
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= end_of_last:
            found.append((_charted(text[start:end].lower()), start, end))
            end_of_last = end
    return [(name, start, end) for name, start, end in found if name]


def _charted(symptom: str) -> str:
    names = read_table("systems")["symptom_names"]
    assert isinstance(names, dict)
    plain = _BEFORE_SYMPTOM.sub("", re.sub(r"\b(?:my|your|his|her)\b", "the", symptom))
    return str(names.get(plain, plain))


def examined_system(text: str) -> str | None:
    """The system that most words of an examination finding speak of; None where none does.

    Of systems with equally many words the one named first in the text wins: "on your heart exam
    there is no edema" is cardiovascular.
    """
    best: tuple[int, int, str] | None = None
    for system in body_systems():
        matches = list(system.exam.finditer(text)) if system.exam else []
        if matches:
            candidate = (-len(matches), matches[0].start(), system.name)
            best = min(best, candidate) if best else candidate
    return best[2] if best else None
