"""Units of the plan -> its lines by problem: each problem, then its assessment and its plan."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from medscribe.domain.transcript import Role
from medscribe.note.composing.clauses import corrected, plan_clauses
from medscribe.note.composing.draft import Line, line_on
from medscribe.note.composing.problems import (
    PlanKind,
    PlanText,
    ProblemList,
    ProblemName,
    diagnosis_in,
    opened_problem,
)
from medscribe.note.composing.repeated_orders import without_repeated_orders
from medscribe.note.composing.sided import Sides, with_side
from medscribe.note.composing.wording import plan_sentence
from medscribe.note.reading.casing import sentence_case
from medscribe.note.reading.passages import Passage
from medscribe.note.reading.subject import Subject
from medscribe.note.reading.units import Unit

_KINDS = list(PlanKind)


def plan_lines(
    units: Sequence[Unit],
    complaint: tuple[str, Unit] | None,
    subject: Subject,
    sides: Sides,
) -> Iterator[Line]:
    """Each problem as a line of its own, below it what belongs to it by `PlanKind`; last what
    belongs to none. Of a visit that names no problem the complaint is one."""
    listed = ProblemList()
    for unit in parts_of(units, plan_clauses):
        problem, rest = unit.once(_opened)
        stated = None if problem else unit.once(_stated)
        if problem or (stated and not listed.names_any()):
            listed.name(problem or stated or ProblemName(""), unit.passages)
        said = unit.once(_said, rest, subject) if rest else None
        if said:
            listed.add(said, unit.passages)
    listed.settle(
        (complaint[1].once(_named, complaint[0]), complaint[1].passages) if complaint else None
    )
    for found in listed.problems:
        name = with_side(found.name.text, sides)
        heading = found.passages[0].once(_heading, name)
        yield line_on(found.passages, heading, name, names_problem=True)
        lines = without_repeated_orders(found.lines)
        for said, passages in sorted(lines, key=lambda line: _KINDS.index(line[0].kind)):
            yield line_on(passages, said.text, name)
    for said, passages in listed.general:
        yield line_on(passages, said.text)


def _opened(unit: Unit) -> tuple[ProblemName | None, str]:
    problem, rest = opened_problem(unit.text)
    return (ProblemName(problem) if problem else None), rest


def _stated(unit: Unit) -> ProblemName | None:
    stated = diagnosis_in(unit.text) if unit.role is not Role.PATIENT else None
    return ProblemName(stated) if stated else None


def _said(unit: Unit, rest: str, subject: Subject) -> PlanText | None:
    text = plan_sentence(rest, unit, subject)
    return PlanText(text) if text else None


def _named(unit: Unit, name: str) -> ProblemName:
    return ProblemName(name)


def _heading(passage: Passage, name: str) -> str:
    return sentence_case(name) + "."


def parts_of(units: Iterable[Unit], cut: Callable[[str], list[str]]) -> Iterator[Unit]:
    """Units, those told in one long breath cut into statements by `cut`, corrections heeded."""
    for unit in units:
        yield from unit.once(_parts, cut)


def _parts(unit: Unit, cut: Callable[[str], list[str]]) -> list[Unit]:
    text = corrected(unit.text)
    clauses = [text] if unit.fused or unit.reporter else cut(text)
    return [unit if clause == unit.text else replace(unit, text=clause) for clause in clauses]
