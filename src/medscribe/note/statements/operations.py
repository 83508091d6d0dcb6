"""A note and typed operations -> the note after them, whatever their order and repetition.

Statements are named by id, so that an operation that comes twice, or later than another one, does
no harm. What a clinician wrote is never changed: an operation on it becomes a proposal.
"""

from collections.abc import Iterable, Sequence

from medscribe.domain.note import (
    Author,
    Evidence,
    Note,
    NoteOperation,
    Retract,
    Statement,
    Upsert,
)
from medscribe.domain.privacy import MaskedUtterance
from medscribe.note.statements.evidence import QuoteLookup, located
from medscribe.note.statements.evidence_index import status_of
from medscribe.note.statements.folding import fold
from medscribe.note.statements.likeness import says_the_same
from medscribe.note.statements.statement_ids import highest_number, id_order, ids_in

_PREFIX = "m"


def apply(
    note: Note,
    operations: Sequence[NoteOperation],
    utterances: Sequence[MaskedUtterance],
    *,
    issued: int = 0,
) -> Note:
    """The note after `operations`, every quote looked up in the talk.

    Of several operations on one id the last counts; operations on different ids may come in any
    order; all of them twice are all of them once. An upsert without id that says what a statement
    of its section says already adds its quotes to that one, else it becomes "m1", "m2" ...;
    `issued` is the highest number that was ever given out, so that none is given again. An upsert
    for a section that the note does not have, or without text, is left out. An operation on a
    clinician's statement goes to `proposals`, one for each id. `Upsert.problem` is an id, or words
    with which a statement of the same section names the problem. The revision is one higher where
    statements or proposals changed.
    """
    draft = _Draft(note, QuoteLookup(utterances))
    wanted = [each for each in operations if _is_possible(each, note)]
    named = {each.id: each for each in wanted if each.id is not None}
    draft.issued = max(issued, highest_number([*ids_in(note), *named]))
    for id_, operation in sorted(named.items(), key=lambda item: id_order(item[0])):
        draft.change(id_, operation)
    for operation in wanted:
        if isinstance(operation, Upsert) and operation.id is None:
            draft.add(operation)
    return draft.finished()


def _is_possible(operation: NoteOperation, note: Note) -> bool:
    if isinstance(operation, Retract):
        return True
    keys = {section.key for section in note.sections}
    return operation.section in keys and bool(operation.text.strip())


class _Draft:
    """A note while operations are applied."""

    def __init__(self, note: Note, lookup: QuoteLookup) -> None:
        self.issued = 0
        self._note = note
        self._lookup = lookup
        self._sections = {section.key: list(section.statements) for section in note.sections}
        self._proposals = {each.id: each for each in note.proposals}
        self._problems: dict[str, str] = {}

    def change(self, id_: str, operation: NoteOperation) -> None:
        place = self._place(id_)
        if place and self._sections[place[0]][place[1]].author is Author.CLINICIAN:
            self._propose(id_, operation, *place)
        elif isinstance(operation, Upsert):
            self._put(id_, operation, place)
        elif place:
            del self._sections[place[0]][place[1]]

    def add(self, operation: Upsert) -> None:
        statements = self._sections[operation.section]
        for at, statement in enumerate(statements):
            if says_the_same(statement.text, operation.text):
                if statement.author is not Author.CLINICIAN:
                    statements[at] = self._with_more(statement, operation.evidence)
                return
        self.issued += 1
        self._put(f"{_PREFIX}{self.issued}", operation, None)

    def finished(self) -> Note:
        sections = tuple(
            section.model_copy(
                update={"statements": tuple(self._linked(section.key, self._sections[section.key]))}
            )
            for section in self._note.sections
        )
        proposals = tuple(
            sorted(self._proposals.values(), key=lambda operation: id_order(operation.id or ""))
        )
        if (sections, proposals) == (self._note.sections, self._note.proposals):
            return self._note
        update = {
            "sections": sections,
            "proposals": proposals,
            "revision": self._note.revision + 1,
        }
        return self._note.model_copy(update=update)

    def _place(self, id_: str) -> tuple[str, int] | None:
        for key, statements in self._sections.items():
            for at, statement in enumerate(statements):
                if statement.id == id_:
                    return key, at
        return None

    def _propose(self, id_: str, operation: NoteOperation, key: str, at: int) -> None:
        """Note a change to a clinician's statement; none where it says what is there."""
        current = self._sections[key][at].text
        if (
            isinstance(operation, Upsert)
            and operation.section == key
            and fold(operation.text).words == fold(current).words
        ):
            self._proposals.pop(id_, None)
            return
        evidence = self._located(operation.evidence)
        self._proposals[id_] = operation.model_copy(update={"evidence": evidence})

    def _put(self, id_: str, operation: Upsert, place: tuple[str, int] | None) -> None:
        evidence = self._located(operation.evidence)
        statement = Statement(
            id=id_,
            text=operation.text.strip(),
            evidence=evidence,
            author=Author.MODEL,
            status=status_of(evidence),
        )
        if operation.problem:
            self._problems[id_] = operation.problem
        if place and place[0] == operation.section:
            self._sections[place[0]][place[1]] = statement
            return
        if place:
            del self._sections[place[0]][place[1]]
        _insert(self._sections[operation.section], statement)

    def _with_more(self, statement: Statement, quotes: Iterable[Evidence]) -> Statement:
        evidence = tuple(dict.fromkeys((*statement.evidence, *self._located(quotes))))
        update = {"evidence": evidence, "status": status_of(evidence)}
        return statement.model_copy(update=update)

    def _located(self, quotes: Iterable[Evidence]) -> tuple[Evidence, ...]:
        return tuple(dict.fromkeys(located(quote, self._lookup) for quote in quotes))

    def _linked(self, key: str, statements: Sequence[Statement]) -> list[Statement]:
        """The statements, their problems as ids of statements that are there."""
        there = {each.id for each in self._all()}
        linked = []
        for statement in statements:
            named = self._problems.get(statement.id, statement.problem)
            problem = named if named in there else _naming(named, statement, self._sections[key])
            fixed = statement.author is Author.CLINICIAN
            linked.append(statement if fixed else statement.model_copy(update={"problem": problem}))
        return linked

    def _all(self) -> Iterable[Statement]:
        return (statement for group in self._sections.values() for statement in group)


def _insert(statements: list[Statement], new: Statement) -> None:
    """At the end, but before statements of later ids: so the order of arrival does not show."""
    order = id_order(new.id)
    for at, statement in enumerate(statements):
        other = id_order(statement.id)
        if statement.author is not Author.CLINICIAN and order[0] == other[0] and order < other:
            statements.insert(at, new)
            return
    statements.append(new)


def _naming(
    problem: str | None, statement: Statement, statements: Sequence[Statement]
) -> str | None:
    """Id of the statement that names a problem in these words, at its beginning if possible."""
    words = fold(problem).joined if problem else ""
    if not words:
        return None
    texts = {each.id: fold(each.text).joined for each in statements if each.id != statement.id}
    begins = (id_ for id_, text in texts.items() if f"{text} ".startswith(f"{words} "))
    holds = (id_ for id_, text in texts.items() if f" {words} " in f" {text} ")
    return next(begins, None) or next(holds, None)
