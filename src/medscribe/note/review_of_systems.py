"""Answered questions and reported symptoms -> one line per body system."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from medscribe.note.casing import sentence_case
from medscribe.note.questions import Polarity
from medscribe.note.subject import Subject
from medscribe.note.systems import body_systems, symptom_system, symptoms_in
from medscribe.note.third_person import about_patient, first_or_second_person
from medscribe.note.units import Unit

_DENIED = re.compile(r"\Ayou deny (?P<what>.+)\Z")
_REPORTED = re.compile(r"\Ayou report (?P<what>.+)\Z")
_NEGATED = re.compile(r"\b(?:no|not|denies|deny|without|never|n't)\b")
_DENIAL_START = re.compile(r"(?:no|i do not have|i have not had|i have no|denies)\b")
# Talk of symptoms that the patient need not have.
_UNSURE = re.compile(
    r"\b(?:if|mother|father|mom|dad|sister|brother|wife|husband|son|daughter|risk|worried)\b"
)
_LONGEST_WORDS = 12


@dataclass(frozen=True)
class Symptom:
    """A symptom reported or denied, with the unit that says so."""

    system: str
    what: str
    denied: bool
    unit: Unit


def symptoms_of(units: Sequence[Unit], subject: Subject) -> list[Symptom]:
    """Symptoms that the patient affirmed or denied, each once, in the order of the talk."""
    found: list[Symptom] = []
    seen: set[tuple[str, bool]] = set()
    for unit in units:
        for symptom in _symptoms_in(unit, subject):
            key = (symptom.what.lower(), symptom.denied)
            if key not in seen:
                seen.add(key)
                found.append(symptom)
    return found


def _symptoms_in(unit: Unit, subject: Subject) -> list[Symptom]:
    answered = _DENIED.match(unit.text) or _REPORTED.match(unit.text)
    if answered:
        what = about_patient(answered["what"], pronouns="you", subject=subject).strip(" .,")
        system = symptom_system(what)
        short = len(what.split()) <= _LONGEST_WORDS
        what = re.sub(r",? (?:and |or )?no ", ", ", what)
        if system and short and symptoms_in(what) and not first_or_second_person(what):
            return [Symptom(system, what, unit.polarity is Polarity.NO, unit)]
        return []
    if unit.pronouns != "i" or _UNSURE.search(unit.text):
        return []
    denied = bool(_NEGATED.search(unit.text))
    if denied and not _DENIAL_START.match(unit.text):
        return []
    return [
        Symptom(symptom_system(what) or "", what, denied, unit) for what in symptoms_in(unit.text)
    ]


def review_lines(symptoms: Sequence[Symptom]) -> list[tuple[str, list[Unit]]]:
    """ "Neurological: Reports headaches. Denies dizziness." with its units, in charting order."""
    lines = []
    for system in body_systems():
        own = [symptom for symptom in symptoms if symptom.system == system.name]
        if not own:
            continue
        reported = [symptom.what for symptom in own if not symptom.denied]
        denied = [symptom.what for symptom in own if symptom.denied]
        parts = []
        if reported:
            parts.append(f"Reports {_listed(reported, 'and')}.")
        if denied:
            parts.append(f"Denies {_listed(denied, 'or')}.")
        units = list(dict.fromkeys(symptom.unit for symptom in own))
        lines.append((sentence_case(f"{system.name}: {' '.join(parts)}"), units))
    return lines


def _listed(items: Sequence[str], word: str) -> str:
    if len(items) == 1:
        return items[0]
    if len(items) == 2:
        return f"{items[0]} {word} {items[1]}"
    return f"{', '.join(items[:-1])}, {word} {items[-1]}"
