"""Units of the plan -> its lines by problem: each problem, then its assessment and its plan."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from medscribe.domain.transcript import Role
from medscribe.note.composing.clauses import corrected, plan_clauses
from medscribe.note.composing.draft import Line
from medscribe.note.composing.problems import (
    PlanKind,
    ProblemList,
    diagnosis_in,
    opened_problem,
    plan_kind,
)
from medscribe.note.composing.wording import plan_sentence
from medscribe.note.reading.casing import sentence_case
from medscribe.note.reading.subject import Subject
from medscribe.note.reading.units import Unit


def plan_lines(
    units: Sequence[Unit], complaint: tuple[str, Unit] | None, subject: Subject
) -> Iterator[Line]:
    """Each problem as a line of its own, below it what belongs to it by `PlanKind`; last what
    belongs to none. Of a visit that names no problem the complaint is one."""
    listed = ProblemList()
    for unit in parts_of(units, plan_clauses):
        problem, rest = opened_problem(unit.text)
        stated = diagnosis_in(unit.text) if unit.role is not Role.PATIENT else None
        if problem or (stated and not listed.names_any()):
            listed.name(problem or stated or "", unit.passages)
        text = plan_sentence(rest, unit, subject) if rest else None
        if text:
            listed.add(text, unit.passages)
    listed.settle((complaint[0], complaint[1].passages) if complaint else None)
    kinds = list(PlanKind)
    for found in listed.problems:
        yield Line(sentence_case(found.name) + ".", found.passages, found.name, names_problem=True)
        for text, passages in sorted(found.lines, key=lambda line: kinds.index(plan_kind(line[0]))):
            yield Line(text, passages, found.name)
    for text, passages in listed.general:
        yield Line(text, passages)


def parts_of(units: Iterable[Unit], cut: Callable[[str], list[str]]) -> Iterator[Unit]:
    """Units, those told in one long breath cut into statements by `cut`, corrections heeded."""
    for unit in units:
        text = corrected(unit.text)
        for clause in [text] if unit.fused or unit.reporter else cut(text):
            yield unit if clause == unit.text else replace(unit, text=clause)
