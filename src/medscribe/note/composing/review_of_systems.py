"""Answered questions and reported symptoms -> one line per body system."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from medscribe.note.reading.casing import sentence_case
from medscribe.note.reading.speakers import Companion
from medscribe.note.reading.subject import Subject
from medscribe.note.reading.symptom_polarity import symptoms_told
from medscribe.note.reading.systems import body_systems, symptom_system, symptoms_in
from medscribe.note.reading.third_person import about_patient, first_or_second_person
from medscribe.note.reading.units import Unit
from medscribe.note.rules import load_pattern

_DENIED = re.compile(r"\Ayou deny (?P<what>.+)\Z")
_REPORTED = re.compile(r"\Ayou report (?P<what>.+)\Z")
# Each symptom of a list stands in the line of its own system.
_ITEMS = re.compile(r",? (?:or|and) (?:any )?|, *(?:any )?")
_HEADED = re.compile(
    r"(?:(?:any|new|recent|significant|other) )*(?:changes?|issues?|problems?|troubles?"
    r"|difficult\w+|loss|lack|decrease|increase|symptoms?|signs?|history|episodes?)\b"
)
_LONGEST_WORDS = 14
# What follows an item no longer belongs to it: "numbness there at times no".
_BROKEN_OFF = re.compile(r" (?:want to|i mean|okay|yeah|(?:there )?at times|no)\b(?! longer)")


@dataclass(frozen=True, eq=False)
class Symptom:
    """A symptom reported or denied, with the unit that says so."""

    system: str
    what: str
    denied: bool
    unit: Unit

    @cached_property
    def names(self) -> frozenset[str]:
        """The symptoms named in it, without endings."""
        named = symptoms_in(self.what)
        return frozenset(name.removesuffix("s").removesuffix("e") for name in named)

    @cached_property
    def is_bare(self) -> bool:
        """Whether nothing but names of symptoms is said, no part of the body and no occasion."""
        words = {word for name in symptoms_in(self.what) for word in name.split()}
        return set(re.findall(r"[a-z]+", self.what.lower())) <= words | {"or", "and", "any"}


def all_symptoms(units: Sequence[Unit], subject: Subject) -> list[Symptom]:
    """Symptoms that the patient affirmed or denied, each once, in the order of the talk."""
    found: list[Symptom] = []
    seen: set[tuple[str, bool, Companion | None]] = set()
    for unit in units:
        for symptom in unit.once(_symptoms_in, subject):
            key = (symptom.what.lower(), symptom.denied, unit.reporter)
            if key not in seen:
                seen.add(key)
                found.append(symptom)
    return found


def contradicted(symptoms: Sequence[Symptom]) -> set[Symptom]:
    """Those that the same person both affirms and denies in the same words: which of the two holds
    is for the clinician to say. Where patient and companion differ, both are told."""
    by_name: dict[str, list[Symptom]] = {}
    for symptom in symptoms:
        for name in symptom.names:
            by_name.setdefault(name, []).append(symptom)
    return {
        symptom
        for symptom in symptoms
        if any(_contradicts(symptom, other) for name in symptom.names for other in by_name[name])
    }


def symptoms_of(units: Sequence[Unit], subject: Subject) -> list[Symptom]:
    """Symptoms that the patient affirmed or denied and did not contradict."""
    found = all_symptoms(units, subject)
    open_ = contradicted(found)
    return [symptom for symptom in found if symptom not in open_]


def _contradicts(symptom: Symptom, other: Symptom) -> bool:
    return (
        other.denied is not symptom.denied
        and other.unit.reporter == symptom.unit.reporter
        # "swelling in the legs" and "neck swelling" may both be true.
        and (symptom.is_bare or other.is_bare)
    )


def _symptoms_in(unit: Unit, subject: Subject) -> list[Symptom]:
    answered = _DENIED.match(unit.text) or _REPORTED.match(unit.text)
    if answered:
        what = about_patient(answered["what"], pronouns="you", subject=subject).strip(" .,")
        short = len(what.split()) <= _LONGEST_WORDS
        what = re.sub(r",? (?:and |or )?no ", ", ", what)
        if not short or first_or_second_person(what):
            return []
        denied = _DENIED.match(unit.text) is not None
        return [
            Symptom(system, item, denied, unit)
            for item in map(_without_manner, _items(what))
            if (system := symptom_system(item)) and symptoms_in(item) and _is_noun_phrase(item)
        ]
    if not unit.tells_symptoms:
        return []
    return [
        Symptom(system, told.symptom, told.denied, unit)
        for told in symptoms_told(unit.text)
        if (system := symptom_system(told.symptom))
    ]


def _items(what: str) -> list[str]:
    """ "nausea or vomiting" are two; "changes in the bowels or the appetite" belong together."""
    return [what] if _HEADED.match(what) else _ITEMS.split(what)


def _without_manner(item: str) -> str:
    """ "palpitations like she feels her heart racing" -> "palpitations"."""
    item = re.split(r" (?:like|as if|that) (?:he|she|it|they|the patient|there)\b| \(", item)[0]
    return _BROKEN_OFF.split(item)[0].strip(" ,")


def _is_noun_phrase(item: str) -> bool:
    """Whether an item of a list of symptoms can stand in a chart: no question is left in it."""
    return not load_pattern("history", "no_sentence").search(item)


def review_lines(symptoms: Sequence[Symptom]) -> list[tuple[str, list[Unit]]]:
    """ "Neurological: Reports headaches. Denies dizziness." with its units, in charting order; what
    a companion tells after what the patient does."""
    lines = []
    for system in body_systems():
        own = [symptom for symptom in symptoms if symptom.system == system.name]
        if not own:
            continue
        tellers = sorted({symptom.unit.reporter for symptom in own}, key=_patient_first)
        parts = [part for teller in tellers for part in _told_by(teller, own)]
        units = list(dict.fromkeys(symptom.unit for symptom in own))
        lines.append((units[0].once(_review_line, f"{system.name}: {' '.join(parts)}"), units))
    return lines


def _review_line(unit: Unit, text: str) -> str:
    return sentence_case(text)


def _patient_first(teller: Companion | None) -> str:
    return teller.noun if teller else ""


def _told_by(teller: Companion | None, symptoms: Sequence[Symptom]) -> list[str]:
    """ "Reports a cough.", "Denies fever."; of a companion "Mother denies fever."."""
    parts = []
    for verb, denied, word in (("reports", False, "and"), ("denies", True, "or")):
        named = [s.what for s in symptoms if s.denied is denied and s.unit.reporter == teller]
        if named:
            lead = f"{teller.called} {verb}" if teller else verb.capitalize()
            parts.append(f"{lead} {_listed(named, word)}.")
    return parts


def _listed(items: Sequence[str], word: str) -> str:
    if len(items) == 1:
        return items[0]
    if len(items) == 2:
        return f"{items[0]} {word} {items[1]}"
    return f"{', '.join(items[:-1])}, {word} {items[-1]}"
