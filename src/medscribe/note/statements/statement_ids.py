"""Ids of statements: a letter or more and a number, "m12", given in order and never given again."""

import re
from collections.abc import Iterable

from medscribe.domain.note import Note

_ID = re.compile(r"\A([a-z]+)(\d{1,9})\Z")


def id_order(id_: str) -> tuple[str, int, str]:
    """For sorting: "m2" before "m10"."""
    match = _ID.match(id_)
    return (match[1], int(match[2]), "") if match else (id_, 0, id_)


def prefix_of(id_: str) -> str:
    """ "m" of "m12"; "m" for ids of another form."""
    match = _ID.match(id_)
    return match[1] if match else "m"


def highest_number(ids: Iterable[str]) -> int:
    """The largest number among the ids; 0 where there is none."""
    return max((id_order(id_)[1] for id_ in ids), default=0)


def ids_in(note: Note) -> frozenset[str]:
    """Ids that a note uses: its statements, and what its proposals speak of."""
    proposed = (operation.id for operation in note.proposals if operation.id is not None)
    return frozenset(statement.id for statement in note.statements) | frozenset(proposed)
