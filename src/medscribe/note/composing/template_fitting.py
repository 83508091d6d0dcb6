"""A composed note -> the sections of a template: which statements, how many, in which words.

The embedded writer composes one outline, `soap`; every other template picks from it. A statement
keeps its evidence wherever it comes to stand.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from medscribe.clinical.drugs import find_drugs
from medscribe.domain.note import Section, Statement
from medscribe.domain.transcript import Role
from medscribe.note.composing.patient_wording import patient_wording
from medscribe.note.composing.statement_parts import parts_of
from medscribe.note.composing.work_remarks import work_remarks
from medscribe.note.reading.passages import Passage
from medscribe.note.reading.subject import Subject
from medscribe.note.reading.systems import symptoms_in
from medscribe.note.template import NoteStyle, Part, Template, TemplateSection, load_template
from medscribe.note.template.parts import smallest

# Longer statements are searched for cues in their beginning only, so that a search stays short.
_SEARCHED_CHARACTERS = 500
_COMPOSED = "soap"

Placed = tuple[Statement, Part]


def composing_template(template: Template) -> Template:
    """The outline in which the embedded writer composes for `template`: its own style (patient
    wording is made of whole sentences), the sections of `soap`."""
    if template.name == _COMPOSED and _is_composed(template):
        return template
    style = NoteStyle.FULL if template.style is NoteStyle.PATIENT else template.style
    return _outline().model_copy(update={"style": style})


@cache
def _outline() -> Template:
    """The outline as it ships, whatever one's own folder holds under its name."""
    return load_template(_COMPOSED)


def fitted(
    sections: Sequence[Section],
    template: Template,
    passages: Sequence[Passage],
    subject: Subject,
) -> tuple[Section, ...]:
    """`sections`, composed in `composing_template(template)`, as `template` wants them.

    A statement stands in one section, and in those that repeat; ids are numbered anew in the order
    of the template. A statement of a problem keeps its problem where both stand in one section.
    """
    if template.name == _COMPOSED and _is_composed(template):
        return tuple(sections)
    placed = parts_of(sections)
    said_by = {passage.utterance.id: passage.role for passage in passages}
    homes = [_home(statement, part, template, said_by) for statement, part in placed]
    wording = _wording(template, subject)
    held = {
        heading.key: _held(heading, template, placed, homes, said_by, passages)
        for heading in template.sections
    }
    result: list[Section] = []
    number = 0
    for heading in template.sections:
        chosen = held[heading.key]
        if heading.needs:
            chosen = _of_same_problem(chosen, held[heading.needs])
        chosen = _shortened(chosen, heading)
        if not _by_problem(heading, template):
            chosen = [each.model_copy(update={"problem": None}) for each in chosen]
        statements = _numbered(_worded(chosen, wording), number)
        number += len(statements)
        result.append(Section(key=heading.key, title=heading.title, statements=statements))
    return tuple(result)


def _held(
    heading: TemplateSection,
    template: Template,
    placed: Sequence[Placed],
    homes: Sequence[str | None],
    said_by: Mapping[str, Role],
    passages: Sequence[Passage],
) -> list[Statement]:
    """What belongs under a heading, in its order, before it is shortened."""
    belonging = [
        (statement, part)
        for (statement, part), home in zip(placed, homes, strict=True)
        if home == heading.key or (heading.repeats and _belongs(statement, part, heading, said_by))
    ]
    return _word_for_word(heading, _ordered(belonging, heading, template), passages)


def _of_same_problem(
    statements: Sequence[Statement], needed: Sequence[Statement]
) -> list[Statement]:
    """Those of the problems that `needed` belongs to; where it names none, all of one problem, and
    none of several: which of them is meant is for the clinician to say."""
    if not needed:
        return []
    problems = {each.problem for each in needed if each.problem}
    if not problems:
        return list(statements) if len({each.problem for each in statements}) == 1 else []
    return [each for each in statements if each.problem in problems]


def _is_composed(template: Template) -> bool:
    plain = template.style is not NoteStyle.PATIENT and not template.wording
    return plain and template.sections == _outline().sections


def _home(
    statement: Statement, part: Part, template: Template, said_by: Mapping[str, Role]
) -> str | None:
    """Key of the one section a statement goes to; None where no section wants it."""
    wanting = [
        heading
        for heading in template.sections
        if not heading.repeats and _belongs(statement, part, heading, said_by)
    ]
    if not wanting:
        return None
    return min(wanting, key=lambda heading: (not heading.cues, _breadth(part, heading))).key


def _belongs(
    statement: Statement, part: Part, heading: TemplateSection, said_by: Mapping[str, Role]
) -> bool:
    text = statement.text[:_SEARCHED_CHARACTERS]
    if not any(part in smallest(named) for named in heading.divisions):
        return False
    if heading.cues and not re.search(heading.cues, text, re.IGNORECASE):
        return False
    if heading.excludes and re.search(heading.excludes, text, re.IGNORECASE):
        return False
    roles = {said_by.get(evidence.utterance_id) for evidence in statement.evidence}
    return heading.said_by is None or roles == {heading.said_by}


def _ordered(
    belonging: Sequence[Placed], heading: TemplateSection, template: Template
) -> list[Statement]:
    """In the order of the heading's divisions, or, where it is ordered by problem, of the note."""
    reach = [smallest(named) for named in heading.divisions]

    def place(placed: Placed) -> int:
        return next(at for at, parts in enumerate(reach) if placed[1] in parts)

    by_problem = _by_problem(heading, template)
    return [
        statement for statement, _ in (belonging if by_problem else sorted(belonging, key=place))
    ]


def _word_for_word(
    heading: TemplateSection, chosen: Sequence[Statement], passages: Sequence[Passage]
) -> list[Statement]:
    """A section about work, as one person put it, quotes that person; others stay as they are."""
    if heading.said_by is None or Part.WORK not in heading.divisions:
        return list(chosen)
    return [
        each
        for each in work_remarks(passages, heading.said_by, chosen)
        if not (heading.excludes and re.search(heading.excludes, each.text, re.IGNORECASE))
    ]


def _by_problem(heading: TemplateSection, template: Template) -> bool:
    """Whether a section is ordered by problem: one that holds problems and all of the plan for
    them, in a note for clinicians."""
    parts = {part for named in heading.divisions for part in smallest(named)}
    wanted = {*smallest(Part.PROBLEMS), *smallest(Part.PLAN)}
    return wanted <= parts and template.style is not NoteStyle.PATIENT


def _breadth(part: Part, heading: TemplateSection) -> int:
    """Over how many smallest parts the narrowest division reaches that takes `part`."""
    reaching = (smallest(named) for named in heading.divisions)
    return min(len(parts) for parts in reaching if part in parts)


def _shortened(statements: Sequence[Statement], heading: TemplateSection) -> list[Statement]:
    """At most as many statements and words as the heading allows: the most telling ones, in their
    order. A single statement is never cut."""
    unlike = list({statement.text.casefold(): statement for statement in statements}.values())
    ranked = sorted(unlike, key=lambda statement: -_telling(statement))
    kept: list[Statement] = []
    words = 0
    for statement in ranked[: heading.most_statements]:
        words += len(statement.text.split())
        if kept and heading.most_words is not None and words > heading.most_words:
            break
        kept.append(statement)
    return [statement for statement in unlike if statement in kept]


def _telling(statement: Statement) -> int:
    """How much a statement tells: names of problems, then medicines, symptoms and figures."""
    text = statement.text
    names = statement.problem == statement.id
    return (
        8 * names
        + 3 * bool(find_drugs(text))
        + 2 * bool(symptoms_in(text))
        + bool(re.search(r"\d", text))
    )


def _worded(statements: Sequence[Statement], wording: Callable[[str], str]) -> list[Statement]:
    return [
        statement.model_copy(update={"text": wording(statement.text)}) for statement in statements
    ]


def _wording(template: Template, subject: Subject) -> Callable[[str], str]:
    """How this template words a statement: its own words, then plain ones for a patient."""

    def worded(text: str) -> str:
        text = with_wording(text, template.wording)
        return patient_wording(text, subject) if template.style is NoteStyle.PATIENT else text

    return worded


def with_wording(text: str, wording: Mapping[str, str]) -> str:
    """`text` with a specialty's own words, longer terms first; placeholders stay as they are."""
    if not wording:
        return text
    table = {said.casefold(): written for said, written in wording.items()}
    terms = "|".join(re.escape(said) for said in sorted(table, key=len, reverse=True))

    def written(match: re.Match[str]) -> str:
        found = table.get(match.group().casefold())
        if found is None:
            return match.group()
        return found[0].upper() + found[1:] if match.start() == 0 else found

    return re.sub(rf"<[A-Z][A-Z0-9_:]*>|(?<!\w)(?:{terms})(?!\w)", written, text, flags=re.I)


def _numbered(statements: Sequence[Statement], before: int) -> tuple[Statement, ...]:
    ids = {
        statement.id: f"s{number}" for number, statement in enumerate(statements, start=before + 1)
    }
    return tuple(
        statement.model_copy(
            update={"id": ids[statement.id], "problem": ids.get(statement.problem or "")}
        )
        for statement in statements
    )
