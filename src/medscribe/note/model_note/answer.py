"""The forms in which a language model answers -> operations on a note, by statement id.

The forms are flat and small, since servers turn their schema into a grammar; a quote is one string,
"u12: my left knee hurts", which takes half the tokens of an object.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal

from pydantic import BaseModel, Field, create_model

from medscribe.domain.note import Author, Evidence, Note, NoteOperation, Retract, Statement, Upsert
from medscribe.domain.privacy import PLACEHOLDER
from medscribe.note.statements.critical import means_alike

MOST_OPERATIONS = 12
"""Of one update: more than 60 words of talk give, and a bound for a model caught in a loop."""

MOST_STATEMENTS = 80
"""Of a whole note: 30 minutes of talk give about half of that."""

_MOST_QUOTES = 3
_UNSEEN = frozenset(["Cc", "Cf", "Cs"])
"""Control characters, those that turn the direction of writing, halves of characters."""

_ID = r"[A-Za-z]*\d+"
_QUOTE = re.compile(
    rf"\s*(?:\[(?P<marked>{_ID})\]|(?P<plain>{_ID})(?=\s*:))\s*:?\s*(?:[A-Z][A-Z0-9_]+:\s*)?"
    r"(?P<words>.+)",
    re.DOTALL,
)


class WrittenStatement(BaseModel, extra="forbid"):
    """A statement with what it rests on; `problem` "" belongs to none."""

    section: str
    text: str
    quotes: list[str] = Field(max_length=_MOST_QUOTES)
    problem: str = ""


class WholeNote(BaseModel, extra="forbid"):
    """What the full pass is asked for."""

    statements: list[WrittenStatement]


class Change(BaseModel, extra="forbid"):
    """One operation; which fields it needs depends on `op`, "" and [] are fields left out."""

    op: Literal["upsert", "retract"] = "upsert"
    id: str = ""
    section: str = ""
    text: str = ""
    quotes: list[str] = Field(default=[], max_length=_MOST_QUOTES)
    problem: str = ""
    reason: str = ""


class Changes(BaseModel, extra="forbid"):
    """What an update is asked for; nothing to change is an empty list."""

    operations: list[Change]


def whole_note_form(keys: Sequence[str]) -> type[WholeNote]:
    """`WholeNote` whose schema lets `section` be one of `keys` only."""
    statement = create_model(
        "WrittenStatement", __base__=WrittenStatement, section=(str, _one_of(keys))
    )
    return create_model(
        "WholeNote",
        __base__=WholeNote,
        statements=(list[statement], Field(max_length=MOST_STATEMENTS)),
    )


def changes_form(keys: Sequence[str]) -> type[Changes]:
    """`Changes` whose schema lets `section` be one of `keys` only."""
    change = create_model("Change", __base__=Change, section=(str, _one_of(keys, default="")))
    return create_model(
        "Changes",
        __base__=Changes,
        operations=(list[change], Field(max_length=MOST_OPERATIONS)),
    )


def operations_of(
    changes: Iterable[Change], note: Note, placeholders: Collection[str]
) -> tuple[list[NoteOperation], int]:
    """Operations for `note`, and how many were refused: on an id or a section that is not there,
    without text, or with a placeholder that is none of the visit's `placeholders`.

    An id that the note does not have is a new statement. A rewording without quotes keeps those it
    had, if it has the same numbers, negations, sides and drugs. A section may be named by its
    heading, and a placeholder without its mark of doubt, of which the visit has one only.
    """
    found: list[NoteOperation] = []
    refused = 0
    spelled = {_undoubted(each): each for each in placeholders}
    statements = {
        each.id: (section.key, each) for section in note.sections for each in section.statements
    }
    keys = {section.key for section in note.sections}
    named = {_plain(name): each.key for each in note.sections for name in (each.title, each.key)}
    for raw in changes:
        change = _cleaned(raw, keys, named, spelled)
        known = statements.get(change.id)
        operation = _retract(change) if change.op == "retract" else _upsert(change, known)
        impossible = (
            known is None if isinstance(operation, Retract) else operation.section not in keys
        )
        if impossible or not _is_sound(operation, placeholders):
            refused += 1
        else:
            found.append(operation)
    return found, refused


def changes_from(note: WholeNote) -> list[Change]:
    """The statements of a whole note as changes to an empty one."""
    return [
        Change(section=each.section, text=each.text, quotes=each.quotes, problem=each.problem)
        for each in note.statements
    ]


def _cleaned(
    change: Change, keys: Collection[str], named: Mapping[str, str], spelled: Mapping[str, str]
) -> Change:
    """In one line each, without characters that a screen obeys, and in the visit's own names."""
    section = change.section
    return change.model_copy(
        update={
            "id": change.id.strip(),
            "section": section if section in keys else named.get(_plain(section), section),
            "text": _one_line(change.text, spelled),
            "reason": _one_line(change.reason, spelled),
            "problem": _one_line(change.problem, spelled),
            "quotes": [_one_line(quote, spelled) for quote in change.quotes],
        }
    )


def _one_line(text: str, spelled: Mapping[str, str]) -> str:
    shown = "".join(
        character
        for character in text
        if character.isspace() or unicodedata.category(character) not in _UNSEEN
    )
    return PLACEHOLDER.sub(
        lambda match: spelled.get(_undoubted(match.group()), match.group()),
        " ".join(shown.split()),
    )


def _undoubted(placeholder: str) -> str:
    return placeholder.replace("UNCERTAIN:", "")


def _plain(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", name.casefold()))


def _one_of(keys: Sequence[str], default: str | None = None) -> object:
    """A field that is checked here only when it is applied: one wrong section spoils no answer."""
    schema = {"enum": [*keys] if default is None else [*keys, default]}
    if default is None:
        return Field(json_schema_extra=schema)  # type: ignore[arg-type]
    return Field(default=default, json_schema_extra=schema)  # type: ignore[arg-type]


def _retract(change: Change) -> Retract:
    return Retract(id=change.id, reason=change.reason, evidence=_evidence(change.quotes))


def _upsert(change: Change, known: tuple[str, Statement] | None) -> Upsert:
    text = change.text
    evidence = _evidence(change.quotes)
    section, problem = change.section, change.problem or None
    if known is not None:
        key, before = known
        section = section or key
        problem = problem or before.problem
        same = before.author is not Author.CLINICIAN and means_alike(text, before.text)
        evidence = evidence or (before.evidence if same else ())
    return Upsert(
        id=change.id if known is not None else None,
        section=section,
        text=text,
        evidence=evidence,
        problem=problem,
    )


def _evidence(quotes: Iterable[str]) -> tuple[Evidence, ...]:
    """Claims, not looked up; a quote without an id is looked for in the whole talk."""
    found = []
    for quote in quotes:
        match = _QUOTE.match(quote)
        id_ = (match["marked"] or match["plain"]) if match else ""
        words = match["words"] if match else quote
        if words.strip():
            found.append(Evidence(utterance_id=id_, quote=words.strip(), similarity=0))
    return tuple(found)


def _is_sound(operation: NoteOperation, placeholders: Collection[str]) -> bool:
    text = operation.reason if isinstance(operation, Retract) else operation.text
    if isinstance(operation, Upsert) and not text:
        return False
    return all(placeholder in placeholders for placeholder in PLACEHOLDER.findall(text))
