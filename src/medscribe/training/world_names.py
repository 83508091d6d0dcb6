"""Name providers of Faker -> given names and surnames of many countries, in lower case ASCII.

`providers` is the folder `faker/providers/person` of the PyPI package `Faker`: one folder per
language and country, whose `__init__.py` holds lists named `first_names...` and `last_names...`.
The files are read as data, not run.
"""

import ast
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

MIN_LETTERS = 3


def world_names(providers: Path) -> tuple[set[str], set[str]]:
    """Given names and surnames written in Latin letters, without their accents."""
    given: set[str] = set()
    surnames: set[str] = set()
    for path in sorted(providers.glob("*/__init__.py")):
        for variable, value in _lists(ast.parse(path.read_text(encoding="utf-8"))):
            if "first" in variable:
                given.update(_names(value))
            elif "last" in variable:
                surnames.update(_names(value))
    return given, surnames


def _lists(module: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    """Every list that a class of the module holds, with the name of its variable."""
    for held in (node for node in module.body if isinstance(node, ast.ClassDef)):
        for node in held.body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
                if isinstance(target, ast.Name):
                    yield target.id, node.value


def _names(value: ast.expr) -> Iterator[str]:
    for node in ast.walk(value):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            name = _ascii(node.value)
            if len(name) >= MIN_LETTERS and re.fullmatch("[a-z]+", name):
                yield name


def _ascii(name: str) -> str:
    parts = unicodedata.normalize("NFKD", name.strip().lower())
    return "".join(part for part in parts if not unicodedata.combining(part))
