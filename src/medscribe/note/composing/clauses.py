"""A long spoken sentence -> its statements: cut where a new one begins, corrections heeded.

"i am going to order an mri and i want you to rest it" are two; "the left, no, the right knee" is
the right knee. Where to cut is data: `tables/clauses.toml`.
"""

import re

from medscribe.note.rules import load_pattern, load_rules, reworded

_LEAST_WORDS = 3
# Shorter sentences of a history are left as they were told.
_LONG_HISTORY_WORDS = 16
_EDGE = " ,.;"


def plan_clauses(text: str) -> list[str]:
    """Decisions told in one breath, each on its own: "take it daily and then we will do an x-ray"
    -> ["take it daily", "we will do an x-ray"]; [text] where there is one."""
    return _cut(text, load_pattern("clauses", "plan"), least=_LEAST_WORDS)


def history_clauses(text: str) -> list[str]:
    """What is told in one long breath, cut where a new sentence begins."""
    if len(text.split()) < _LONG_HISTORY_WORDS:
        return [text]
    return _cut(text, load_pattern("clauses", "history"), least=_LEAST_WORDS + 2)


def finding_clauses(text: str) -> list[str]:
    """Findings told in one breath, cut where the next part of the body is turned to."""
    return _cut(text, load_pattern("clauses", "finding"), least=2)


def corrected(text: str) -> str:
    """`text` without what its speaker takes back: "in the left, no, the right knee" -> "in the
    right knee", "20, sorry, 40 mg" -> "40 mg"."""
    return reworded(text, load_rules("clauses", "corrections"))


def _cut(text: str, border: re.Pattern[str], *, least: int) -> list[str]:
    parts: list[str] = []
    begin = 0
    for match in border.finditer(text):
        left, right = text[begin : match.start()], text[match.end() :]
        if min(len(left.split()), len(right.split())) < least or _is_open(left):
            continue
        parts.append(left.strip(_EDGE))
        begin = match.end()
    return [*parts, text[begin:].strip(_EDGE) if parts else text]


def _is_open(left: str) -> bool:
    """Whether what was said so far needs what follows: "if it hurts", "make sure that"."""
    opening = load_pattern("clauses", "subordinate").search(left)
    return bool(load_pattern("clauses", "unfinished").search(left)) or bool(opening)
