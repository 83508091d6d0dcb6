"""The rules of `spoken_marks.toml` -> marks by what is said."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel


class Mark(BaseModel, extra="forbid", frozen=True):
    """One mark of dictation; what each field means stands at the top of the file of rules."""

    name: str
    spoken: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    written: str
    joins: Literal["end", "before", "after", "between", "line", "nothing"]
    only_after: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()


@cache
def marks() -> tuple[Mark, ...]:
    """All marks, in the order of the file."""
    text = files(__package__).joinpath("spoken_marks.toml").read_text(encoding="utf-8")
    return tuple(Mark.model_validate(rule) for rule in tomllib.loads(text)["mark"])


@cache
def spoken_marks() -> dict[tuple[str, ...], Mark]:
    """Marks by the plain words that may mean them: ("question", "mark")."""
    return {tuple(said.split()): mark for mark in marks() for said in mark.spoken}


@cache
def marked_marks() -> dict[str, Mark]:
    """Marks by the name that MedASR puts in braces: "new paragraph"."""
    return {name: mark for mark in marks() for name in (*mark.spoken, *mark.marked)}
