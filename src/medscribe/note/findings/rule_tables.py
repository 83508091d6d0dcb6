"""Rules as data (`tables/*.toml`, `tables/*.csv.gz`) -> tables and compiled patterns, on first"
" use."""

import csv
import gzip
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

Table = dict[str, object]


@cache
def read_table(name: str) -> Table:
    """The table of that name as it stands in the file."""
    return tomllib.loads((files("medscribe.note.findings") / "tables" / f"{name}.toml").read_text())


def entries(table: str, group: str) -> list[dict[str, object]]:
    """The list of entries under one heading of a table."""
    found = read_table(table)[group]
    assert isinstance(found, list)
    return found


def words(value: object) -> list[str]:
    """A list of strings of an entry; a missing one is empty."""
    if value is None:
        return []
    assert isinstance(value, list)
    return [str(item) for item in value]


def packed_rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a compiled table."""
    packed = (files("medscribe.note.findings") / "tables" / f"{name}.csv.gz").read_bytes()
    yield from csv.DictReader(gzip.decompress(packed).decode("utf-8").splitlines())


@cache
def pattern(table: str, key: str) -> re.Pattern[str]:
    """One pattern of a table: a string, or a list of alternatives; case is ignored."""
    found = read_table(table)[key]
    return any_of([found] if isinstance(found, str) else words(found), fragments(table))


def fragments(table: str) -> dict[str, str]:
    """Named pieces of patterns, written `{name}` in them."""
    found = read_table(table).get("fragments", {})
    assert isinstance(found, dict)
    return {str(name): str(piece) for name, piece in found.items()}


def any_of(alternatives: Iterable[str], pieces: dict[str, str]) -> re.Pattern[str]:
    """Whole words that match one of `alternatives`, `{pieces}` put in; one that ends with a space
    or a comma ends a word itself."""
    joined = "|".join(alternatives)
    for name, piece in reversed(pieces.items()):
        joined = joined.replace("{" + name + "}", piece)
    return re.compile(rf"(?:(?<![\w'])|(?=\W))(?:{joined})(?:(?<=\W)|(?!\w))", re.IGNORECASE)
