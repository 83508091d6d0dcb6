"""Name of a group -> its words, from `words.toml`."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def listed(group: str) -> frozenset[str]:
    """The words of one group, lower-case."""
    table = (files("medscribe.safety") / "grounding" / "words.toml").read_text("utf-8")
    return frozenset(str(tomllib.loads(table)[group]).split())
