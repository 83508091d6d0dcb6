"""Texts -> their lines, each as a turn of its own: a text may hold several turns or sections.

Who speaks stands in brackets before a turn in transcripts that are pasted ("[doctor] how old?");
it belongs to no line.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple


class Line(NamedTuple):
    """A line of text number `at`, which begins at its character `start`."""

    at: int
    start: int
    text: str


def lines_of(texts: Sequence[str]) -> list[Line]:
    """The lines of `texts` in order, without empty ones."""
    return [
        Line(at, match.start("line"), match["line"])
        for at, text in enumerate(texts)
        for match in _line().finditer(text)
    ]


@cache
def _line() -> re.Pattern[str]:
    speaker = r"(?:\[[^\]\n]{1,20}\][ \t]{0,3}|(?:Doctor|Patient|Dr|Pt|D|P)[ \t]{0,2}:[ \t]{1,3})"
    return re.compile(rf"^[ \t]{{0,8}}{speaker}?(?P<line>\S[^\n]*)", re.MULTILINE)
