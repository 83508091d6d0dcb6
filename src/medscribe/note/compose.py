"""Units with their divisions -> the sections of a note."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from medscribe.domain.note import Author, Evidence, Section, Statement
from medscribe.note.casing import sentence_case
from medscribe.note.chief_complaint import chief_complaint
from medscribe.note.classifier import Sorted
from medscribe.note.exam_wording import is_vital_sign
from medscribe.note.plan_wording import split_problem
from medscribe.note.review_of_systems import review_lines, symptoms_of
from medscribe.note.subject import Subject
from medscribe.note.systems import body_systems, examined_system
from medscribe.note.template import Template
from medscribe.note.units import Unit
from medscribe.note.wording import finding_sentence, history_sentence, plan_sentence

_SPECIAL_KEYS = ("chief_complaint", "review_of_systems")
VITALS = "Vitals"


@dataclass
class Line:
    """A statement in the making: its text and the units it rests on."""

    text: str
    units: list[Unit]


@dataclass
class Draft:
    """Lines by place: a section's key where the place is special, else the division."""

    lines: dict[str, list[Line]] = field(default_factory=dict)

    def add(self, place: str, text: str, units: Sequence[Unit]) -> None:
        self.lines.setdefault(place, []).append(Line(text, list(units)))


def compose(
    units: Sequence[Unit],
    sorted_units: Sequence[Sorted],
    subject: Subject,
    template: Template,
    least_worth: float,
) -> tuple[Section, ...]:
    """Sections in the template's order; units less worth than `least_worth` stay out."""
    chosen = [
        (unit, where.division)
        for unit, where in zip(units, sorted_units, strict=True)
        if unit.text and where.worth >= least_worth
    ]
    draft = Draft()
    complaint = chief_complaint(units)
    if complaint and chosen:
        draft.add("chief_complaint", sentence_case(complaint[0]) + ".", [complaint[1]])
    _add_history([unit for unit, division in chosen if division == "subjective"], subject, draft)
    _add_review(units, sorted_units, subject, draft)
    _add_exam([unit for unit, division in chosen if division == "exam"], subject, draft)
    for unit, division in chosen:
        if division == "results":
            text = finding_sentence(unit, subject)
            if text:
                draft.add("results", text, [unit])
    _add_plan(
        [unit for unit, division in chosen if division == "assessment_and_plan"], subject, draft
    )
    return _sections(draft, template)


def _add_history(units: Sequence[Unit], subject: Subject, draft: Draft) -> None:
    for unit in units:
        text = history_sentence(unit, subject)
        if text:
            draft.add("subjective", text, [unit])


def _add_review(
    units: Sequence[Unit], sorted_units: Sequence[Sorted], subject: Subject, draft: Draft
) -> None:
    history = [
        unit
        for unit, where in zip(units, sorted_units, strict=True)
        if where.division == "subjective" and (where.worth >= 0.3 or unit.fused)
    ]
    for text, sources in review_lines(symptoms_of(history, subject)):
        draft.add("review_of_systems", text, sources)


def _add_exam(units: Sequence[Unit], subject: Subject, draft: Draft) -> None:
    found: dict[str, list[Line]] = {}
    latest = "General"
    for unit in units:
        text = finding_sentence(unit, subject)
        if not text:
            continue
        system = VITALS if is_vital_sign(text) else examined_system(unit.text) or latest
        latest = latest if system == VITALS else system
        found.setdefault(system, []).append(Line(text, [unit]))
    for name in [VITALS, "General", *(system.name for system in body_systems())]:
        lines = found.get(name, [])
        if lines:
            text = f"{name}: {' '.join(line.text for line in lines)}"
            draft.add("exam", text, [unit for line in lines for unit in line.units])


def _add_plan(units: Sequence[Unit], subject: Subject, draft: Draft) -> None:
    for unit in units:
        problem, rest = split_problem(unit.text)
        if problem:
            draft.add("assessment_and_plan", sentence_case(problem) + ".", [unit])
        text = plan_sentence(rest, unit, subject) if rest else None
        if text:
            draft.add("assessment_and_plan", text, [unit])


def _sections(draft: Draft, template: Template) -> tuple[Section, ...]:
    """The draft under the template's headings: a special place under its own heading, or else
    under the first of its division."""
    used: set[str] = set()
    sections = []
    number = 0
    for heading in template.sections:
        lines = draft.lines.get(heading.key, []) if heading.key in _SPECIAL_KEYS else []
        if heading.key not in _SPECIAL_KEYS and heading.division not in used:
            used.add(heading.division)
            lines = draft.lines.get(heading.division, [])
        statements = []
        for line in _without_repeats(lines):
            number += 1
            statements.append(
                Statement(
                    id=f"s{number}",
                    text=line.text,
                    evidence=tuple(_evidence(line.units)),
                    author=Author.COMPOSER,
                )
            )
        sections.append(Section(key=heading.key, title=heading.title, statements=tuple(statements)))
    return tuple(sections)


def _without_repeats(lines: Sequence[Line]) -> list[Line]:
    """Each sentence once; the units of a repeated one are added to the first."""
    kept: dict[str, Line] = {}
    for line in lines:
        key = line.text.lower()
        if key in kept:
            kept[key].units += line.units
        else:
            kept[key] = line
    return list(kept.values())


def _evidence(units: Sequence[Unit]) -> list[Evidence]:
    found = [passage.evidence for unit in units for passage in unit.passages]
    return list(dict.fromkeys(found))
