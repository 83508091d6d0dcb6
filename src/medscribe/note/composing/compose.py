"""Units with their divisions -> the sections of a note."""

import re
from collections.abc import Iterable, Sequence

from medscribe.clinical.drugs import find_drugs
from medscribe.domain.note import Section
from medscribe.domain.transcript import Role
from medscribe.note.composing.chief_complaint import chief_complaint
from medscribe.note.composing.clauses import finding_clauses, history_clauses
from medscribe.note.composing.draft import Draft, Line
from medscribe.note.composing.exam_wording import is_finding, is_vital_sign
from medscribe.note.composing.must_keep import must_keep
from medscribe.note.composing.plan import parts_of, plan_lines
from medscribe.note.composing.plan_acceptance import plan_acceptance
from medscribe.note.composing.problems import (
    counts_problem,
    diagnosis_in,
    is_judgement,
    opened_problem,
)
from medscribe.note.composing.review_of_systems import contradicted_units, review_lines, symptoms_of
from medscribe.note.composing.wording import finding_sentence, history_sentence
from medscribe.note.reading.casing import decapitalised, sentence_case
from medscribe.note.reading.classifier import Sorted
from medscribe.note.reading.passages import Passage
from medscribe.note.reading.reported import names_companion
from medscribe.note.reading.speakers import gives_history
from medscribe.note.reading.subject import Subject
from medscribe.note.reading.systems import body_systems, examined_system, symptoms_in
from medscribe.note.reading.units import Unit
from medscribe.note.rules import load_pattern
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
# Before this part of the talk "i see you have a kidney stone" is history.
_JUDGED_FROM = 0.4
# A finding is missed more than a remark: it is taken from this share of the least worth on.
_FINDING_SHARE = 0.7
# Sentences in which companions speak of themselves too ("we have seen everybody") hold less.
_SELF_SHARE = 2.5


def compose(
    units: Sequence[Unit],
    places: Sequence[Sorted],
    subject: Subject,
    template: Template,
    least_worth: float,
) -> tuple[Section, ...]:
    """Sections in the template's order; units less worth than `least_worth` stay out."""
    chosen = _chosen(units, places, subject, least_worth)
    draft = Draft()
    told = chief_complaint(units)
    complaint = told or first_problem(chosen.get("assessment_and_plan", []))
    complaint = complaint or first_problem([unit for unit in units if _is_told_late(unit)])
    if complaint and chosen:
        draft.add("chief_complaint", sentence_case(complaint[0]) + ".", complaint[1].passages)
    if (
        told
        and chosen
        and not told[1].reporter
        and not any(_INTRODUCES.search(unit.text) for unit in chosen.get("subjective", []))
    ):
        draft.add("subjective", _presents(told[0]), told[1].passages)
    _add_history(chosen.get("subjective", []), subject, draft)
    _add_review(units, places, subject, draft)
    _add_exam(chosen.get("exam", []), subject, draft)
    for unit in parts_of(chosen.get("results", []), finding_clauses):
        text = finding_sentence(unit, subject)
        if text:
            draft.add("results", text, unit.passages)
    for line in plan_lines(chosen.get("assessment_and_plan", []), complaint, subject):
        draft.put("assessment_and_plan", line)
    accepted = plan_acceptance([passage for unit in units for passage in unit.passages])
    if accepted and "assessment_and_plan" in draft.lines:
        draft.add("assessment_and_plan", *accepted)
    return draft.sections(template)


def _chosen(
    units: Sequence[Unit], places: Sequence[Sorted], subject: Subject, least_worth: float
) -> dict[str, list[Unit]]:
    """Units worth a place, by division."""
    chosen: dict[str, list[Unit]] = {}
    contradicted = contradicted_units(units, subject)
    for unit, place in zip(units, places, strict=True):
        if unit.fused and unit.at in contradicted:
            continue
        kept = must_keep(unit)
        kept = kept if kept is not None else _judged(unit)
        if unit.reporter and kept is None and not _is_history(unit, place):
            continue
        finding = place.division == "exam" and is_finding(unit.text)
        least = least_worth * (_FINDING_SHARE if finding else 1.0)
        if unit.reporter and names_companion(unit.text) and not symptoms_in(unit.text):
            least = least_worth * _SELF_SHARE
        if unit.text and (kept is not None or place.worth >= least):
            chosen.setdefault(kept or _division(unit, place), []).append(unit)
    return chosen


def _is_told_late(unit: Unit) -> bool:
    """Whether the clinician says it once the history is told."""
    late = unit.passages[0].position >= _JUDGED_FROM
    return late and bool(unit.text) and not unit.fused and not gives_history(unit.role)


def _judged(unit: Unit) -> str | None:
    """The plan for problems that the clinician counts, and for what the clinician thinks that the
    patient has, once the history is told."""
    if gives_history(unit.role) or unit.fused or not unit.text:
        return None
    told = unit.passages[0].position >= _JUDGED_FROM
    judged = counts_problem(unit.text) or (told and is_judgement(unit.text))
    return "assessment_and_plan" if judged else None


def _introduced(units: Iterable[Unit]) -> bool:
    """Whether somebody says already who the patient is and why they came."""
    return any(_INTRODUCES.search(unit.text) for unit in units)


def _presents(complaint: str) -> str:
    """ "left knee pain" -> "The patient presents today with left knee pain." """
    link = "for" if _OCCASION.search(complaint) else "with"
    return f"The patient presents today {link} {decapitalised(sentence_case(complaint))}."


def first_problem(units: Sequence[Unit]) -> tuple[str, Unit] | None:
    """The first problem the clinician names, and where; None where none is named."""
    named = ((opened_problem(unit.text)[0] or diagnosis_in(unit.text), unit) for unit in units)
    return next(((problem, unit) for problem, unit in named if problem), None)


def _is_history(unit: Unit, place: Sorted) -> bool:
    """Whether a companion's words tell something; among the plan they only reply to it."""
    return place.division != "assessment_and_plan" or unit.fused or unit.answered


def _division(unit: Unit, place: Sorted) -> str:
    """What patients tell while they are examined is history, and so is the medicine they ask for
    ("start me on 200 of sertraline"); what is decided is plan; what companions tell is always
    history."""
    if unit.reporter:
        return "subjective"
    if unit.role is not Role.PATIENT and load_pattern("plan", "decision").search(unit.text):
        return "assessment_and_plan"
    told = unit.role is Role.PATIENT or (unit.fused and unit.text.startswith("you "))
    own = told and (place.division == "exam" or unit.answered or unit.fused)
    asks = unit.role is Role.PATIENT and find_drugs(unit.text)
    return "subjective" if own or asks else place.division


def _add_history(units: Sequence[Unit], subject: Subject, draft: Draft) -> None:
    """History, every other "He ..." as "The patient ...", as people write it."""
    opening = re.compile(rf"\A{subject.nominative}(?= (?!is an? \d))", re.IGNORECASE)
    count = 0
    for unit in parts_of(units, history_clauses):
        text = history_sentence(unit, subject)
        if text and not unit.reporter and subject.known and opening.match(text):
            count += 1
            text = opening.sub("The patient", text) if count % 2 else text
        if text:
            draft.add("subjective", text, unit.passages)


def _add_review(
    units: Sequence[Unit], places: Sequence[Sorted], subject: Subject, draft: Draft
) -> None:
    """What the patient tells anywhere; of speakers without a role only what is history."""
    history = {
        unit.at
        for unit, place in zip(units, places, strict=True)
        if unit.fused
        or (gives_history(unit.role) and place.worth >= _TOLD_WORTH)
        or (place.division == "subjective" and place.worth >= _REVIEW_WORTH)
    }
    told = [symptom for symptom in symptoms_of(units, subject) if symptom.unit.at in history]
    for text, sources in review_lines(told):
        draft.add("review_of_systems", text, _passages(sources))


def _add_exam(units: Sequence[Unit], subject: Subject, draft: Draft) -> None:
    """One line per body system; a finding that names none goes with the one before it."""
    found: dict[str, list[Line]] = {}
    latest = _GENERAL
    for unit in parts_of(units, finding_clauses):
        text = finding_sentence(unit, subject)
        if not text:
            continue
        system = _VITALS if is_vital_sign(text) else examined_system(unit.text)
        if system is None and not is_finding(text):
            continue
        system = system or latest
        latest = latest if system == _VITALS else system
        found.setdefault(system, []).append(Line(text, unit.passages))
    for name in [_VITALS, _GENERAL, *(system.name for system in body_systems())]:
        lines = found.get(name, [])
        if lines:
            text = f"{name}: {' '.join(dict.fromkeys(line.text for line in lines))}"
            draft.add("exam", text, [passage for line in lines for passage in line.passages])


def _passages(units: Iterable[Unit]) -> list[Passage]:
    return [passage for unit in units for passage in unit.passages]
