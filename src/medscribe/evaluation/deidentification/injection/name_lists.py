"""The tables of names, streets and towns that made-up people and addresses are drawn from."""

import tomllib
from functools import cache
from importlib.resources import files


def given_names() -> tuple[str, ...]:
    return _table("given", None)


def family_names() -> tuple[str, ...]:
    return _table("family", None)


def entries(name: str) -> tuple[str, ...]:
    """The entries of another table of names.toml, such as "towns", which may hold spaces."""
    return _table(name, "|")


@cache
def _table(name: str, separator: str | None) -> tuple[str, ...]:
    text = (files(__package__) / "names.toml").read_text("utf-8")
    table = str(tomllib.loads(text)[name])
    if separator is None:
        return tuple(table.split())
    return tuple(table.strip().replace("\n", separator).split(separator))
