"""A note -> its outline: problems numbered with their statements under them, evidence numbered."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from medscribe.domain.note import (
    Evidence,
    Note,
    QuoteMatch,
    Retract,
    Section,
    Statement,
    StatementStatus,
)
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.transcript import Utterance
from medscribe.export.transcripts import role_label

_FOUND = {
    QuoteMatch.EXACT: "",
    QuoteMatch.FUZZY: " (nearly these words)",
    QuoteMatch.NOT_FOUND: " (words not found there)",
}


@dataclass(frozen=True)
class Point:
    """A statement and the numbers of what it rests on."""

    statement: Statement
    marks: tuple[int, ...]

    @property
    def unsupported(self) -> bool:
        return self.statement.status is StatementStatus.UNSUPPORTED


@dataclass(frozen=True)
class Group:
    """A problem with its number and what belongs to it, or statements without a problem.

    `head` is None for the latter, and where another section names the problem; `name` is what
    the problem is called in any case.
    """

    number: int | None
    name: str
    head: Point | None
    points: tuple[Point, ...]


@dataclass(frozen=True)
class OutlinedSection:
    """A section that holds something."""

    key: str
    title: str
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Outline:
    """`references`: what the statements rest on, each once; number 1 is the first."""

    sections: tuple[OutlinedSection, ...]
    references: tuple[Evidence, ...]


@dataclass
class _Gathered:
    """A group while its section is read."""

    problem: Statement | None
    head: Point | None = None
    points: list[Point] = field(default_factory=list)


def outline_of(note: Note) -> Outline:
    """The note's sections that hold something, in order.

    A problem is a statement that others name as theirs; problems are numbered through the note, so
    that "2." in the plan is "2." of the assessment. Evidence is numbered in order of appearance.
    """
    by_id = {statement.id: statement for statement in note.statements}
    named = {statement.problem for statement in note.statements if statement.problem in by_id}
    heads = [id_ for id_ in by_id if id_ in named]
    numbers = {id_: number for number, id_ in enumerate(heads, start=1)}
    references: dict[Evidence, int] = {}
    sections = tuple(
        OutlinedSection(
            key=section.key,
            title=section.title,
            groups=_groups(section, by_id, numbers, references),
        )
        for section in note.sections
        if section.statements
    )
    return Outline(sections=sections, references=tuple(references))


def _groups(
    section: Section,
    by_id: Mapping[str, Statement],
    numbers: Mapping[str, int],
    references: dict[Evidence, int],
) -> tuple[Group, ...]:
    gathered: list[_Gathered] = []
    problems: dict[str, _Gathered] = {}
    for statement in section.statements:
        point = Point(statement, _marks(statement, references))
        own = statement.id if statement.id in numbers else statement.problem
        if own is None or own not in numbers:
            if not gathered or gathered[-1].problem is not None:
                gathered.append(_Gathered(problem=None))
            gathered[-1].points.append(point)
            continue
        if own not in problems:
            problems[own] = _Gathered(problem=by_id[own])
            gathered.append(problems[own])
        if own == statement.id:
            problems[own].head = point
        else:
            problems[own].points.append(point)
    return tuple(_group(one, numbers) for one in gathered)


def _group(gathered: _Gathered, numbers: Mapping[str, int]) -> Group:
    problem = gathered.problem
    return Group(
        number=numbers[problem.id] if problem else None,
        name=problem.text if problem else "",
        head=gathered.head,
        points=tuple(gathered.points),
    )


def _marks(statement: Statement, references: dict[Evidence, int]) -> tuple[int, ...]:
    marks = (references.setdefault(one, len(references) + 1) for one in statement.evidence)
    return tuple(dict.fromkeys(marks))


def source_of(evidence: Evidence, said: Mapping[str, Utterance | MaskedUtterance]) -> str:
    """Who said it and when: `u3 01:15 PATIENT`; words that do not stand there say so."""
    utterance = said.get(evidence.utterance_id)
    if utterance is None:
        return "not found in the talk"
    found = _FOUND[evidence.match]
    if utterance.span is None:
        return f"{utterance.id} {role_label(utterance)}{found}"
    minutes, seconds = divmod(int(utterance.span.start), 60)
    return f"{utterance.id} {minutes:02d}:{seconds:02d} {role_label(utterance)}{found}"


def proposal_lines(note: Note) -> list[str]:
    """Changes that the writer proposes to what the clinician wrote, one line each."""
    by_id = {statement.id: statement.text for statement in note.statements}
    titles = {section.key: section.title for section in note.sections}
    lines = []
    for change in note.proposals:
        before = by_id.get(change.id or "")
        if isinstance(change, Retract):
            lines.append(f"Take away “{before or change.id}”: {change.reason}")
        elif before is None:
            lines.append(f"Add to {titles.get(change.section, change.section)}: {change.text}")
        else:
            lines.append(f"Instead of “{before}”: {change.text}")
    return lines
