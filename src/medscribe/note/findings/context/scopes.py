"""A sentence -> stretches in which something is negated, doubted, past or of somebody else."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import NamedTuple

from medscribe.note.findings.rule_tables import any_of, entries, fragments, read_table, words

PSEUDO = "pseudo"


class Scope(NamedTuple):
    """Characters [start, end) of a sentence that a trigger reaches; `trigger` is what was said."""

    category: str
    start: int
    end: int
    trigger: str


@dataclass(frozen=True)
class _Rule:
    category: str
    direction: str
    said: re.Pattern[str]
    ends: re.Pattern[str] | None
    reach_words: int | None


def scopes_of(text: str) -> tuple[Scope, ...]:
    """All scopes of a sentence in the order of their triggers.

    "no fever but a cough": the denial reaches over "fever" and ends at "but". What looks like a
    trigger and is none ("no change in the pain") reaches nothing.
    """
    covered = [found.span() for rule in _rules(pseudo=True) for found in rule.said.finditer(text)]
    scopes = []
    for rule in _rules(pseudo=False):
        for found in rule.said.finditer(text):
            inside = any(start <= found.start() < end for start, end in covered)
            if not inside or rule.category in ("family", "other"):
                start, end = _reached(text, rule, found)
                scopes.append(Scope(rule.category, start, end, found.group()))
    return tuple(sorted(scopes, key=lambda scope: scope.start))


def _reached(text: str, rule: _Rule, found: re.Match[str]) -> tuple[int, int]:
    if rule.direction == "within":
        return found.span()
    if rule.direction == "forward":
        stop = rule.ends.search(text, found.end()) if rule.ends else None
        end = stop.start() if stop else len(text)
        if rule.reach_words is not None:
            near = list(islice(re.finditer(r"\S+", text[found.end() : end]), rule.reach_words))
            end = found.end() + near[-1].end() if near else end
        return found.end(), end
    start = 0
    for stop in rule.ends.finditer(text, 0, found.start()) if rule.ends else ():
        start = stop.end()
    if rule.reach_words is not None:
        near = list(re.finditer(r"\S+", text[: found.start()]))[-rule.reach_words :]
        start = max(start, near[0].start() if near else 0)
    return start, found.start()


@cache
def _rules(*, pseudo: bool) -> tuple[_Rule, ...]:
    return tuple(
        _rule(entry)
        for entry in entries("context", "rules")
        if (entry["category"] == PSEUDO) is pseudo
    )


def _rule(entry: dict[str, object]) -> _Rule:
    pieces = fragments("context")
    terminators = read_table("context")["terminators"]
    assert isinstance(terminators, dict)
    ends = [said for group in words(entry["ends"]) for said in words(terminators[group])]
    reach = entry.get("reach")
    return _Rule(
        category=str(entry["category"]),
        direction=str(entry["direction"]),
        said=any_of(words(entry["said"]), pieces),
        ends=any_of(ends, pieces) if ends else None,
        reach_words=reach if isinstance(reach, int) else None,
    )
