"""Text -> what of it must not differ between a quote and the talk, or between two wordings.

"Take 10 mg in the left eye" and "take 100 mg in the left eye" are nearly the same letters, and so
are "no pain" and "some pain": numbers, units, negations, sides, drugs, directions and placeholders
are compared by themselves.
"""

import re
from functools import cache
from typing import NamedTuple

from rapidfuzz import fuzz

from medscribe.clinical.drugs import find_drugs
from medscribe.clinical.numbers import normalise_numbers
from medscribe.domain.privacy import PLACEHOLDER
from medscribe.note.rules import read_table

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SAME_WORD = 80
"""Likeness 0..100 of two forms of one word: "hurt" and "hurts"; "knee" and "chest" are not."""

_ENDING = 2
_FEWEST_SHARED = 3
_CONTRACTED_NOT = re.compile(r"n['’]t\Z")


class Critical(NamedTuple):
    """What two texts must share to mean the same.

    `denied` holds the first weighty word after each negation, since "pain but no fever" and "fever
    but no pain" use the same words.
    """

    numbers: tuple[str, ...]
    groups: frozenset[str]
    denied: frozenset[str]
    drugs: frozenset[str]
    kin: frozenset[str]
    placeholders: frozenset[str]


def critical_of(text: str) -> Critical:
    """Numbers as digits, whether spoken or written, each as often as it stands there."""
    plain = PLACEHOLDER.sub(" ", text)
    written = normalise_numbers(plain)
    words = [match.group().lower() for match in _WORD.finditer(written)]
    return Critical(
        numbers=tuple(sorted(number.replace(",", "") for number in _NUMBER.findall(written))),
        groups=frozenset(_groups()[word] for word in words if word in _groups()),
        denied=_denied(words),
        drugs=frozenset(name for drug in find_drugs(plain) for name in drug.ingredients),
        kin=frozenset(_kin()[word] for word in words if word in _kin()),
        placeholders=frozenset(PLACEHOLDER.findall(text)),
    )


def means_alike(one: str, other: str) -> bool:
    """Whether two texts share what must not differ, and no word of one is the opposite of a word of
    the other: "tender" and "nontender", "hypertension" and "hypotension" are alike in letters."""
    if critical_of(one) != critical_of(other):
        return False
    first, second = _plain_words(one), _plain_words(other)
    return not any(_opposed(mine, its) for mine in first - second for its in second - first)


def same_word(one: str, other: str) -> bool:
    """Whether two lower-case words are forms of one, which differ at their end only: "hurt" and
    "hurts", but not "tender" and "nontender"."""
    if one == other:
        return True
    stem = max(_FEWEST_SHARED, min(len(one), len(other)) - _ENDING)
    if not one[:stem].isalpha() or one[:stem] != other[:stem]:
        return False
    return fuzz.ratio(one, other) >= _SAME_WORD


def is_subject(word: str) -> bool:
    """Whether a lower-case word names of whom something is said: "mother"."""
    return word in _kin()


def is_negation(word: str) -> bool:
    """ "not", "don't", "dont", "denies"; lower-case words."""
    return word in _words("negations") or bool(_CONTRACTED_NOT.search(word))


def is_light(word: str) -> bool:
    """Whether a word carries little of what is said: "the", "has", "reports"."""
    return word in _words("light")


def is_decisive(word: str) -> bool:
    """Whether a word says how much, which side or whether, and not what: "500", "left", "no"."""
    return word in _groups() or is_negation(word) or bool(_NUMBER.match(word))


def _denied(words: list[str]) -> frozenset[str]:
    found = set()
    for at, word in enumerate(words):
        if is_negation(word):
            later = (
                other for other in words[at + 1 :] if not is_light(other) and not is_negation(other)
            )
            found.add(next(later, "").removesuffix("s"))
    # "No, no, I have not": an answer without an object of its own adds nothing to another one.
    return frozenset(found - {""}) if len(found) > 1 else frozenset(found)


def _plain_words(text: str) -> set[str]:
    return {match.group().lower() for match in _WORD.finditer(PLACEHOLDER.sub(" ", text))}


def _opposed(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    negated = (prefix for prefix in _words("opposing_prefixes") if longer.startswith(prefix))
    if any(_same_rest(shorter, longer.removeprefix(prefix)) for prefix in negated):
        return True
    pairs = (pair.split("/") for pair in _words("opposed_prefixes"))
    return any(
        mine.startswith(begin)
        and its.startswith(end)
        and _same_rest(mine.removeprefix(begin), its.removeprefix(end))
        for begin, end in pairs
        for mine, its in ((one, other), (other, one))
    )


def _same_rest(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _FEWEST_SHARED and same_word(one, other)


@cache
def _words(group: str) -> frozenset[str]:
    return frozenset(str(read_table("critical")[group]).split())


def _groups() -> dict[str, str]:
    return _by_word("groups")


def _kin() -> dict[str, str]:
    return _by_word("kin")


@cache
def _by_word(table: str) -> dict[str, str]:
    listed = read_table("critical")[table]
    assert isinstance(listed, dict)
    return {word: name for name, words in listed.items() for word in str(words).split()}
