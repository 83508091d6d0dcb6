"""A finding or a symptom -> the body system it belongs to (data: `tables/systems.toml`)."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class BodySystem:
    """One line of a review of systems and of an examination."""

    name: str
    symptoms: re.Pattern[str] | None
    exam: re.Pattern[str] | None


@cache
def body_systems() -> tuple[BodySystem, ...]:
    """All systems in charting order."""
    text = (files("medscribe.note") / "tables" / "systems.toml").read_text("utf-8")
    return tuple(
        BodySystem(entry["name"], _any_of(entry["symptoms"]), _any_of(entry["exam"]))
        for entry in tomllib.loads(text)["systems"]
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
    """Symptoms named in `text`, in order, without those inside a longer one."""
    spans = sorted(
        (match.span() for system in body_systems() if system.symptoms
         for match in system.symptoms.finditer(text)),
        key=lambda span: (span[0], -span[1]),
    )  # fmt: skip
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return [text[start:end] for start, end in kept]


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
