"""A note -> plain text as it is filed: headings in capitals, blank lines between sections."""

from collections.abc import Sequence
from itertools import groupby

from medscribe.domain.note import Note, Section, Statement
from medscribe.note.composing.plan_acceptance import tells_acceptance
from medscribe.note.composing.problems import PlanKind, plan_kind


def note_text(note: Note) -> str:
    """The whole note; sections without a statement are left out, "" for an empty note.

    A section whose title ends in a colon stands on one line ("PMH: Asthma."). Where statements
    belong to problems, each problem is numbered (unless it is the only one) and its statements
    stand under it by kind: "- Medical Treatment: We will prescribe meloxicam 15 mg daily."
    """
    return "\n\n".join(_section_text(section) for section in note.sections if section.statements)


def _section_text(section: Section) -> str:
    named = {statement.problem for statement in section.statements if statement.problem}
    if not named:
        lines = [statement.text for statement in section.statements]
    else:
        lines = _by_problem(section.statements, numbered=len(named) > 1)
    if section.title.endswith(":"):
        return " ".join([section.title, *lines])
    return "\n".join([section.title, "", *lines])


def _by_problem(statements: Sequence[Statement], *, numbered: bool) -> list[str]:
    lines: list[str] = []
    number = 0
    for problem, group in groupby(statements, key=lambda statement: statement.problem):
        own = list(group)
        if problem is None:
            lines += ["", *(_general(statement.text) for statement in own)]
            continue
        if own[0].id == problem:
            number += 1
            lines += [""] * bool(number > 1) + [f"{number}. " * numbered + own[0].text]
            own = own[1:]
        for kind in PlanKind:
            same = [statement.text for statement in own if plan_kind(statement.text) is kind]
            lines += [f"- {kind.value}: {' '.join(same)}"] * bool(same)
    return lines


def _general(text: str) -> str:
    return f"Patient Agreements: {text}" if tells_acceptance(text) else text
