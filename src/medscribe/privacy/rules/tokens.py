"""A text -> its words with their places, as the name rules need them."""

import re
from functools import cache

from medscribe.privacy.rules.word_list import Flag, flags, is_name

_SENTENCE_ENDS = '.?!:\n"“'
_NAME_PREFIXES = ("Mc", "Mac", "Fitz", "De", "Di", "La", "Le", "Van", "O'", "O’", "D'", "D’", "L'")
_POSSESSIVES = ("'s", "’s")


class Token:
    """A word. `before` is what stands between it and the word before.

    `capital`: it is written as names are ("Walsh", "McKay", not "NSAIDs"); `opens`: it begins a
    sentence, so that its capital says nothing. A possessive "'s" is not part of the word.
    """

    __slots__ = ("before", "capital", "end", "flags", "lower", "opens", "start", "text")

    def __init__(self, text: str, start: int, before: str, opens: bool) -> None:
        if text.endswith(_POSSESSIVES):
            text = text[:-2]
        self.text = text
        self.lower = text.lower()
        self.start = start
        self.end = start + len(text)
        self.before = before
        self.opens = opens
        self.flags = _flags(self.lower)
        self.capital = text[:1].isupper() and _is_capital(text, self.flags)


def tokenize(text: str) -> list[Token]:
    """The words of `text`; figures and signs are found in `before` of the next word."""
    tokens: list[Token] = []
    read = 0
    for match in _word_pattern().finditer(text):
        before = text[read : match.start()]
        opens = not tokens or any(mark in before for mark in '.?!:\n"“]')
        tokens.append(Token(match.group(), match.start(), before, opens))
        read = tokens[-1].end
    return tokens


@cache
def _word_pattern() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*(?:-[^\W\d_]+)*")


def _is_capital(text: str, marks: str) -> bool:
    """Whether the word is written as names are: "Smith-Jones", "O'Brien", "Eun-ji"."""
    first, *others = text.split("-")
    named = bool(others) and (is_name(marks) or not marks)
    return _is_capital_part(first) and all(
        _is_capital_part(part) or (named and part.islower()) for part in others
    )


def _is_capital_part(part: str) -> bool:
    for prefix in _NAME_PREFIXES:
        if part.startswith(prefix) and part[len(prefix) :][:1].isupper():
            part = part[len(prefix) :]
            break
    return part[:1].isupper() and (len(part) == 1 or part[1:].islower())


def _flags(lower: str) -> str:
    """Flags of a word; of a hyphenated one what its parts have in common ("smith-jones")."""
    known = flags(lower)
    if known or "-" not in lower:
        return known
    if lower[1] == "-":
        return Flag.DICTIONARY  # "x-ray"
    parts = [flags(part) for part in lower.split("-") if len(part) > 1]
    if parts and all(map(is_name, parts)):
        return "".join(sorted(set.intersection(*map(set, parts))))
    if len(parts) > 1 and all(not part or is_name(part) for part in parts):
        return ""  # "ya-ting": in no list, and no compound of English words
    # "x-ray", "follow-up": no name, whatever its parts may be.
    return Flag.DICTIONARY


class Said:
    """One text as the rules read it. `cased`: names have capitals; `asked`: for a name before."""

    __slots__ = ("asked", "cased", "text", "tokens")

    def __init__(self, text: str, tokens: list[Token], cased: bool, asked: bool) -> None:
        self.text = text
        self.tokens = tokens
        self.cased = cased
        self.asked = asked
