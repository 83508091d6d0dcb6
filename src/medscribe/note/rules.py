"""Rewriting rules as data (`tables/*.toml`) -> compiled patterns, and their application.

A table holds `fragments` (named pieces, written `{name}` in a pattern) and `rules`, each with
`said` (a regular expression, case ignored) and `chart` (what stands there instead).
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from medscribe.clinical.offsets import Edit, NormalisedText


@dataclass(frozen=True)
class Rule:
    """One wording: where `said` matches, `chart` is written (an `re` template)."""

    said: re.Pattern[str]
    chart: str


@cache
def read_table(name: str) -> dict[str, object]:
    """The table of that name as it stands in the file."""
    return tomllib.loads((files("medscribe.note") / "tables" / f"{name}.toml").read_text("utf-8"))


@cache
def load_rules(table: str, group: str = "rules") -> tuple[Rule, ...]:
    """The rules of a table in the order in which they apply."""
    content = read_table(table)
    fragments = content.get("fragments", {})
    entries = content[group]
    assert isinstance(fragments, dict)
    assert isinstance(entries, list)
    return tuple(Rule(compiled(entry["said"], fragments), str(entry["chart"])) for entry in entries)


def compiled(pattern: str, fragments: dict[str, str]) -> re.Pattern[str]:
    """`pattern` with its `{fragments}` put in; fragments may use those before them."""
    for name, fragment in reversed(fragments.items()):
        pattern = pattern.replace("{" + name + "}", fragment)
    return re.compile(pattern, re.IGNORECASE)


@cache
def load_pattern(table: str, key: str) -> re.Pattern[str]:
    """One pattern of a table: a string, or a list of alternatives."""
    content = read_table(table)
    fragments = content.get("fragments", {})
    found = content[key]
    assert isinstance(fragments, dict)
    pattern = found if isinstance(found, str) else "|".join(map(str, found))  # type: ignore[call-overload]
    return compiled(pattern, fragments)


def reworded(text: str, rules: tuple[Rule, ...]) -> str:
    """`text` after all rules in order."""
    for rule in rules:
        text = rule.said.sub(rule.chart, text)
    return text


def reworded_with_origins(spoken: NormalisedText, rules: tuple[Rule, ...]) -> NormalisedText:
    """As `reworded`, every character still knowing where it came from."""
    for rule in rules:
        found = [
            Edit(match.start(), match.end(), match.expand(rule.chart))
            for match in rule.said.finditer(spoken.text)
        ]
        if found:
            spoken = spoken.edited(found)
    return spoken
