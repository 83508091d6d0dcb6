"""Units with their divisions -> the sections of a note."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from medscribe.note.composing.chief_complaint import chief_complaint
from medscribe.note.composing.choosing import JUDGED_FROM, Candidate, candidates, chosen_units
from medscribe.note.composing.clauses import finding_clauses, history_clauses
from medscribe.note.composing.draft import Draft, Headed, Line, line_on
from medscribe.note.composing.exam_wording import is_finding, is_vital_sign
from medscribe.note.composing.plan import parts_of, plan_lines
from medscribe.note.composing.plan_acceptance import plan_acceptance
from medscribe.note.composing.problems import diagnosis_in, opened_problem
from medscribe.note.composing.review_of_systems import (
    Symptom,
    all_symptoms,
    contradicted,
    review_lines,
)
from medscribe.note.composing.sided import Sides, sides_of, with_side
from medscribe.note.composing.wording import finding_sentence, history_sentence
from medscribe.note.reading.casing import decapitalised, sentence_case
from medscribe.note.reading.classifier import Sorted
from medscribe.note.reading.passages import Passage
from medscribe.note.reading.speakers import gives_history
from medscribe.note.reading.subject import Subject
from medscribe.note.reading.systems import body_systems, examined_system
from medscribe.note.reading.talk import Talk
from medscribe.note.reading.units import Unit
from medscribe.note.template import Template

_INTRODUCES = re.compile(
    r"\b(?:presents?\b|here (?:today )?(?:for|with|to)\b|com(?:es|ing) in (?:today )?(?:for|with)\b"
    r"|year-old)",
    re.IGNORECASE,
)
# Reasons to come that are no complaint.
_OCCASION = re.compile(
    r"\b(?:follow|evaluation|exam\w*|check|physical|visit|recheck|refills?|results|screening|consult\w*"
    r"|opinion|surgery|review)\b",
    re.IGNORECASE,
)
_VITALS = "Vitals"
_GENERAL = "General"
# A symptom is listed in the review of systems from a lower worth on than it is told at length.
_REVIEW_WORTH = 0.3
_TOLD_WORTH = 0.05


@dataclass(frozen=True)
class Material:
    """A talk, sorted, with what a note takes from it whatever the worth of its sentences."""

    talk: Talk
    places: Sequence[Sorted]

    @cached_property
    def complaint(self) -> tuple[str, Unit] | None:
        """Why the patient came, as told early on."""
        told = chief_complaint(self.talk.units)
        return (with_side(told[0], self.sides), told[1]) if told else None

    @cached_property
    def sides(self) -> Sides:
        return sides_of(self.talk.units)

    @cached_property
    def late_problem(self) -> tuple[str, Unit] | None:
        """The first problem that the clinician names once the history is told."""
        late = self.talk.units[self.talk.first_unit_from(JUDGED_FROM) :]
        told = (unit for unit in late if unit.text and not unit.fused)
        return first_problem(unit for unit in told if not gives_history(unit.role))

    @cached_property
    def symptoms(self) -> list[Symptom]:
        return all_symptoms(self.talk.units, self.talk.subject)

    @cached_property
    def contradicted(self) -> set[Symptom]:
        return contradicted(self.symptoms)

    @cached_property
    def reviewed(self) -> list[tuple[str, list[Unit]]]:
        """The review of systems: what the patient tells anywhere; of speakers without a role only
        what is history."""
        return review_lines(
            [
                symptom
                for symptom in self.symptoms
                if symptom not in self.contradicted
                and _is_told(symptom.unit, self._place(symptom.unit))
            ]
        )

    def _place(self, unit: Unit) -> Sorted:
        return self.places[bisect_left(self.talk.units, unit.at, key=lambda each: each.at)]

    @cached_property
    def accepted(self) -> tuple[str, list[Passage]] | None:
        return plan_acceptance(self.talk)

    @cached_property
    def candidates(self) -> list[Candidate]:
        fused = {symptom.unit.at for symptom in self.contradicted if symptom.unit.fused}
        return candidates(self.talk, self.places, fused)


def compose(material: Material, template: Template, least_worth: float) -> list[Headed]:
    """Lines under the headings of the template, in its order; units less worth than `least_worth`
    stay out."""
    chosen = chosen_units(material.candidates, least_worth)
    subject = material.talk.subject
    draft = Draft()
    told = material.complaint
    complaint = told or first_problem(chosen.get("assessment_and_plan", []))
    complaint = complaint or material.late_problem
    if complaint and chosen:
        text = complaint[1].once(_sentence, with_side(complaint[0], material.sides))
        draft.add("chief_complaint", text, complaint[1].passages)
    if (
        told
        and chosen
        and not told[1].reporter
        and not any(unit.once(_introduces) for unit in chosen.get("subjective", []))
    ):
        draft.add("subjective", told[1].once(_presents, told[0]), told[1].passages)
    _add_history(chosen.get("subjective", []), subject, draft)
    for text, sources in material.reviewed:
        draft.add("review_of_systems", text, _passages(sources))
    _add_exam(chosen.get("exam", []), subject, draft)
    for unit in parts_of(chosen.get("results", []), finding_clauses):
        found = unit.once(finding_sentence, subject)
        if found:
            draft.add("results", found, unit.passages)
    decided = chosen.get("assessment_and_plan", [])
    for line in plan_lines(decided, complaint, subject, material.sides):
        draft.put("assessment_and_plan", line)
    if material.accepted and "assessment_and_plan" in draft.lines:
        draft.add("assessment_and_plan", *material.accepted)
    return draft.headed(template)


def _is_told(unit: Unit, place: Sorted) -> bool:
    return (
        unit.fused
        or (gives_history(unit.role) and place.worth >= _TOLD_WORTH)
        or (place.division == "subjective" and place.worth >= _REVIEW_WORTH)
    )


def _introduces(unit: Unit) -> bool:
    """Whether it says who the patient is and why they came."""
    return bool(_INTRODUCES.search(unit.text))


def _sentence(unit: Unit, words: str) -> str:
    return sentence_case(words) + "."


def _presents(unit: Unit, complaint: str) -> str:
    """ "left knee pain" -> "The patient presents today with left knee pain." """
    link = "for" if _OCCASION.search(complaint) else "with"
    return f"The patient presents today {link} {decapitalised(sentence_case(complaint))}."


def first_problem(units: Iterable[Unit]) -> tuple[str, Unit] | None:
    """The first problem the clinician names, and where; None where none is named."""
    named = ((unit.once(_problem), unit) for unit in units)
    return next(((problem, unit) for problem, unit in named if problem), None)


def _problem(unit: Unit) -> str | None:
    return opened_problem(unit.text)[0] or diagnosis_in(unit.text)


def _add_history(units: Sequence[Unit], subject: Subject, draft: Draft) -> None:
    """History, every other "He ..." as "The patient ...", as people write it."""
    count = 0
    for unit in parts_of(units, history_clauses):
        text = unit.once(history_sentence, subject)
        named = unit.once(_named_patient, subject) if text else None
        count += named is not None
        text = named if named and count % 2 else text
        if text:
            draft.add("subjective", text, unit.passages)


def _named_patient(unit: Unit, subject: Subject) -> str | None:
    """The patient's own history with "The patient" for its first pronoun; None where it does not
    begin with one."""
    if unit.reporter or not subject.known:
        return None
    opening = re.compile(rf"\A{subject.nominative}(?= (?!is an? \d))", re.IGNORECASE)
    text, count = opening.subn("The patient", unit.once(history_sentence, subject) or "")
    return text if count else None


def _add_exam(units: Sequence[Unit], subject: Subject, draft: Draft) -> None:
    """One line per body system; a finding that names none goes with the one before it."""
    found: dict[str, list[Line]] = {}
    latest = _GENERAL
    for unit in parts_of(units, finding_clauses):
        finding = unit.once(_finding, subject)
        if finding is None:
            continue
        text, named = finding
        system = named or latest
        latest = latest if system == _VITALS else system
        found.setdefault(system, []).append(line_on(unit.passages, text))
    for name in [_VITALS, _GENERAL, *(system.name for system in body_systems())]:
        lines = found.get(name, [])
        if lines:
            text = f"{name}: {' '.join(dict.fromkeys(line.text for line in lines))}"
            draft.add("exam", text, [passage for line in lines for passage in line.passages])


def _finding(unit: Unit, subject: Subject) -> tuple[str, str | None] | None:
    """A finding as charted and the body system that it names; None where it is none."""
    text = unit.once(finding_sentence, subject)
    if not text:
        return None
    system = _VITALS if is_vital_sign(text) else examined_system(unit.text)
    return (text, system) if system or is_finding(text) else None


def _passages(units: Iterable[Unit]) -> list[Passage]:
    return [passage for unit in units for passage in unit.passages]
