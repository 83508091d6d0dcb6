"""A composed note -> the sections of a template: which statements, how many, in which words.

The embedded writer composes one outline, `soap`; every other template picks from it. A statement
keeps its evidence wherever it comes to stand.
"""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache

from medscribe.clinical.drugs import find_drugs
from medscribe.domain.note import Section, Statement
from medscribe.domain.transcript import Role
from medscribe.note.composing.names import Place, StatementNames
from medscribe.note.composing.patient_wording import patient_wording
from medscribe.note.composing.statement_parts import parts_of
from medscribe.note.composing.work_remarks import work_remarks
from medscribe.note.reading.passages import Passage
from medscribe.note.reading.remembering import Memory
from medscribe.note.reading.subject import Subject
from medscribe.note.reading.systems import symptoms_in
from medscribe.note.template import NoteStyle, Part, Template, TemplateSection, load_template
from medscribe.note.template.parts import smallest

# Longer statements are searched for cues in their beginning only, so that a search stays short.
_SEARCHED_CHARACTERS = 500
_COMPOSED = "soap"
# What harms somebody where it is missing: a note may be too long rather than lose one of these.
_NEEDED = frozenset(
    [Part.ALLERGIES, Part.PRESCRIPTIONS, Part.TESTS, Part.REFERRALS, Part.FOLLOW_UP, Part.WORK]
)

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
    names: StatementNames | None = None,
    memory: Memory | None = None,
) -> tuple[Section, ...]:
    """`sections`, composed in `composing_template(template)`, as `template` wants them.

    A statement stands in one section, and in those that repeat; it gets an id of `names`, which
    are in the order of the template. A statement of a problem keeps its problem where both stand in
    one section.
    """
    if template.name == _COMPOSED and _is_composed(template):
        return tuple(sections)
    names, memory = names or StatementNames(), memory or Memory()
    placed = parts_of(sections, memory)
    needed = {statement.id for statement, part in placed if part in _NEEDED}
    said_by = {passage.utterance.id: passage.role for passage in passages}
    fits = _Fits(said_by, memory)
    homes = [_home(statement, part, template, fits) for statement, part in placed]
    wording = tuple(template.wording.items())
    patient = subject if template.style is NoteStyle.PATIENT else None
    held = {
        heading.key: _held(heading, template, placed, homes, fits, passages)
        for heading in template.sections
    }
    result: list[Section] = []
    for heading in template.sections:
        chosen = held[heading.key]
        if heading.needs:
            chosen = _of_same_problem(chosen, held[heading.needs])
        chosen = _shortened(chosen, heading, needed, memory)
        texts = [memory.once(_worded, each.text, wording, patient) for each in chosen]
        statements = _named(chosen, texts, heading.key, names, _by_problem(heading, template))
        result.append(Section(key=heading.key, title=heading.title, statements=statements))
    return tuple(result)


def _held(
    heading: TemplateSection,
    template: Template,
    placed: Sequence[Placed],
    homes: Sequence[str | None],
    fits: "_Fits",
    passages: Sequence[Passage],
) -> list[Statement]:
    """What belongs under a heading, in its order, before it is shortened."""
    belonging = [
        (statement, part)
        for (statement, part), home in zip(placed, homes, strict=True)
        if home == heading.key or (heading.repeats and fits.belongs(statement, part, heading))
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


def _home(statement: Statement, part: Part, template: Template, fits: "_Fits") -> str | None:
    """Key of the one section a statement goes to; None where no section wants it."""
    wanting = [
        heading
        for heading in template.sections
        if not heading.repeats and fits.belongs(statement, part, heading)
    ]
    if not wanting:
        return None
    return min(wanting, key=lambda heading: (not heading.cues, _breadth(part, heading))).key


@dataclass(frozen=True)
class _Fits:
    """What belongs where; `said_by` are the roles by utterance."""

    said_by: Mapping[str, Role]
    memory: Memory

    def belongs(self, statement: Statement, part: Part, heading: TemplateSection) -> bool:
        text = statement.text[:_SEARCHED_CHARACTERS]
        if not any(part in smallest(named) for named in heading.divisions):
            return False
        if heading.cues and not self.memory.once(_speaks_of, heading.cues, text):
            return False
        if heading.excludes and self.memory.once(_speaks_of, heading.excludes, text):
            return False
        roles = {self.said_by.get(evidence.utterance_id) for evidence in statement.evidence}
        return heading.said_by is None or roles == {heading.said_by}


def _speaks_of(memory: Memory, cues: str, text: str) -> bool:
    return bool(re.search(cues, text, re.IGNORECASE))


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


def _shortened(
    statements: Sequence[Statement], heading: TemplateSection, needed: Set[str], memory: Memory
) -> list[Statement]:
    """At most as many statements and words as the heading allows: those that are `needed`, then
    the most telling ones, in their order. For words alone nothing that is needed is left out, and
    a single statement is never cut."""
    unlike = list({statement.text.casefold(): statement for statement in statements}.values())
    ranked = sorted(
        unlike, key=lambda statement: (statement.id not in needed, -_telling(statement, memory))
    )
    kept: list[Statement] = []
    words = 0
    for statement in ranked[: heading.most_statements]:
        words += len(statement.text.split())
        too_long = heading.most_words is not None and words > heading.most_words
        if kept and too_long and statement.id not in needed:
            break
        kept.append(statement)
    return [statement for statement in unlike if statement in kept]


def _telling(statement: Statement, memory: Memory) -> int:
    """How much a statement tells: names of problems, then medicines, symptoms and figures."""
    return 8 * (statement.problem == statement.id) + memory.of(_told_in, statement.text)


def _told_in(text: str) -> int:
    figures = bool(re.search(r"\d", text))
    return 3 * bool(find_drugs(text)) + 2 * bool(symptoms_in(text)) + figures


def _worded(
    memory: Memory, text: str, wording: tuple[tuple[str, str], ...], patient: Subject | None
) -> str:
    """As a template words a statement: its own words, then plain ones for the `patient`."""
    text = with_wording(text, dict(wording))
    return patient_wording(text, patient) if patient else text


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


def _named(
    statements: Sequence[Statement],
    texts: Sequence[str],
    key: str,
    names: StatementNames,
    by_problem: bool,
) -> tuple[Statement, ...]:
    """Statements of a section in those words, under ids of `names`."""
    said = [(text, _place(each)) for each, text in zip(statements, texts, strict=True)]
    named = names(key, said)
    ids = {each.id: id_ for each, id_ in zip(statements, named, strict=True)} if by_problem else {}
    return tuple(
        each.model_copy(update={"id": id_, "text": text, "problem": ids.get(each.problem or "")})
        for each, id_, text in zip(statements, named, texts, strict=True)
    )


def _place(statement: Statement) -> Place | None:
    first = statement.evidence[0] if statement.evidence else None
    return (first.utterance_id, first.span.start) if first and first.span else None
