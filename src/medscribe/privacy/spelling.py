"""A text -> where a name is spelled out letter by letter: "w a l s h", "W-A-L-S-H"."""

import re
from collections.abc import Collection
from functools import cache

from medscribe.domain.privacy import PiiKind
from medscribe.privacy.finding import CONTEXT, LISTED, Finding
from medscribe.privacy.word_list import Flag, flags, is_name

MIN_LETTERS = 3
MIN_PLAIN_LETTERS = 5
"""Shorter ones without introduction are abbreviations: "g e r d", "l i m a"."""


def spelled_names(text: str, learned: Collection[str]) -> list[Finding]:
    """Spelled names: after "spelled", or where the letters make a listed or a `learned` name.

    "e k g" and "c o p d" are none.
    """
    found = []
    for match in _letters().finditer(text):
        word = "".join(letter for letter in match.group() if letter.isalpha()).lower()
        if len(word) < MIN_LETTERS:
            continue
        if _spelling().search(text[max(0, match.start() - 40) : match.start()]):
            found.append(Finding(*match.span(), PiiKind.NAME, CONTEXT))
        elif word in learned or _is_plain_name(word):
            found.append(Finding(*match.span(), PiiKind.NAME, LISTED))
    return found


def _is_plain_name(word: str) -> bool:
    marks = flags(word)
    if len(word) < MIN_PLAIN_LETTERS or not is_name(marks):
        return False
    return not {Flag.FREQUENT, Flag.NOT_NAME, Flag.EPONYM} & set(marks)


@cache
def _letters() -> re.Pattern[str]:
    return re.compile(r"(?<![\w'’])[A-Za-z](?:(?:\s*[-.,]\s*|\s+)[A-Za-z](?![\w'’])){2,}")


@cache
def _spelling() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:spell(?:s|ed|ing|t)?|last\s+name|first\s+name|surname|family\s+name)\b[^.?!]{0,25}$",
        re.IGNORECASE,
    )
