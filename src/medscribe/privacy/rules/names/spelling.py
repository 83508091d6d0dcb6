"""A text -> where a name is spelled: "w a l s h", "W-A-L-S-H", "w as in walter a as in apple"."""

import re
from collections.abc import Collection, Iterator
from functools import cache

from medscribe.domain.privacy import PiiKind
from medscribe.privacy.rules.finding import CONTEXT, LISTED, Finding
from medscribe.privacy.rules.word_list import Flag, flags, is_name

MIN_LETTERS = 3
MIN_PLAIN_LETTERS = 5
"""Shorter ones without introduction are abbreviations: "g e r d", "l i m a"."""


def spelled_names(text: str, learned: Collection[str]) -> list[Finding]:
    """Spelled names: after "spelled", or where the letters make a listed or a `learned` name.

    "e k g" and "c o p d" are none.
    """
    found = list(_by_words(text))
    for match in _letters().finditer(text):
        word = _word(match.group())
        if len(word) < MIN_LETTERS:
            continue
        if _spelling().search(text[max(0, match.start() - 40) : match.start()]):
            found.append(Finding(*match.span(), PiiKind.NAME, CONTEXT))
        elif word in learned or _is_plain_name(word):
            found.append(Finding(*match.span(), PiiKind.NAME, LISTED))
    return found


def _by_words(text: str) -> Iterator[Finding]:
    """Letters told by words: "m as in mary , a as in apple"; one alone may be a vitamin."""
    for match in _letter_words().finditer(text):
        told = _letter_word().findall(match.group())
        if 2 * sum(letter.lower() == word.lower() for letter, word in told) < len(told):
            continue  # "do i like to , i like to eat"
        yield Finding(*match.span(), PiiKind.NAME, CONTEXT)


def _word(letters: str) -> str:
    """The letters joined, "double l" written twice."""
    lower = re.sub(r"double\W+(\w)", r"\1\1", letters.lower())
    return "".join(letter for letter in lower if letter.isalpha())


def _is_plain_name(word: str) -> bool:
    marks = flags(word)
    if len(word) < MIN_PLAIN_LETTERS or not is_name(marks):
        return False
    return not {Flag.FREQUENT, Flag.NOT_NAME, Flag.EPONYM} & set(marks)


@cache
def _letters() -> re.Pattern[str]:
    letter = r"(?:double\W+)?[A-Za-z](?![\w'’])"
    return re.compile(rf"(?<![\w'’]){letter}(?:(?:\s*[-.,]\s*|\s+){letter}){{2,}}", re.IGNORECASE)


@cache
def _letter_words() -> re.Pattern[str]:
    one = r"[A-Za-z]\s*,?\s+(?:as\s+in|for|like(?:\s+in)?)\s+[^\W\d_]+"
    return re.compile(rf"(?<![\w'’]){one}(?:[\s,.]+(?:and\s+)?(?:then\s+)?{one})+", re.IGNORECASE)


@cache
def _letter_word() -> re.Pattern[str]:
    """The letter and the first letter of its word: "m as in mary"."""
    return re.compile(r"\b(\w)\s*,?\s+(?:as\s+in|for|like(?:\s+in)?)\s+(\w)", re.IGNORECASE)


@cache
def _spelling() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:spell(?:s|ed|ing|t)?|last\s+name|first\s+name|surname|family\s+name)\b[^.?!]{0,25}$",
        re.IGNORECASE,
    )
