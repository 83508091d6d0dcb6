"""A written text -> names that a form gives: "Patient: NG, JIAYI", "cc Jun Phan", "Field, Ann".

Labels tell what stands after them, so that capitals throughout and names that are common words
are read as names here.
"""

import re
from collections.abc import Iterator
from functools import cache

from medscribe.domain.privacy import PiiKind
from medscribe.privacy.rules.finding import CONTEXT, LIKELY, LISTED, Finding
from medscribe.privacy.rules.names.likeness import Likeness, can_be_name, likeness
from medscribe.privacy.rules.tokens import Token, tokenize
from medscribe.privacy.rules.word_list import Flag, is_given, is_name, is_surname

_PERSONS = (
    r"patient(?:['’]?s)?(?:\s+name)?|pt(?:\s+name)?|(?:(?:full|legal|first|last|maiden|mother['’]?s|"
    r"father['’]?s|parent|guardian)\s+)?name(?:\s*/\s*\w+)?|insured|subscriber|guarantor|"
    r"policy\s?-?holder|card\s?holder|account\s+holder|responsible\s+party|dependent|beneficiary|"
    r"parent|guardian|spouse|mother|father|husband|wife|son|daughter|next\s+of\s+kin|nok|hcp|"
    r"(?:health\s?care\s+)?proxy|poa|decision\s+maker|caregiver|author|"
    r"(?:electronically\s+|e-)?signed(?:\s+by)?|dictated(?:\s+by)?|transcribed\s+by|reviewed\s+by|"
    r"approved\s+by|verified\s+by|ordered\s+by|performed\s+by|referred\s+by|seen\s+by|cosigned\s+by|"
    r"witness(?:ed\s+by)?|collected\s+by|reported\s+(?:by|to)|called\s+to|member\s+name|client|resident"
)
_MIXED = (
    r"re|cc|attn|attention|to|from|dear|contact|(?:emergency|alternate|primary|secondary)\s+contact|"
    r"pcp|provider|physician|surgeon|attending|assistant|nurse|interpreter|"
    r"(?:referring|ordering|consulting|primary|attending|rendering|treating)\s+"
    r"(?:provider|physician|care\s+physician|doctor|md)|therapist|anesthesiologist|radiologist|"
    r"pathologist|prescriber|consultant|case\s+manager|social\s+worker|employee|employer\s+contact"
)


def find_form_names(text: str) -> list[Finding]:
    """Names after the labels of a form, and names with the surname first in a line of a list."""
    if text.islower():
        return []
    return [*_labelled(text), *_surname_first(text)]


def _labelled(text: str) -> Iterator[Finding]:
    for match in _label().finditer(text):
        start, end = match.span("name")
        value = text[start:end]
        words = _name_words(tokenize(value.title() if value.isupper() else value))
        if not words or _continues(text, start + words[-1].end):
            continue
        score = _form_score(words, sure=match["person"] is not None)
        if score:
            yield Finding(start + words[0].start, start + words[-1].end, PiiKind.NAME, score)


def _continues(text: str, at: int) -> bool:
    """Whether the words are only the beginning of a longer phrase: "Name: Mark all that apply"."""
    return bool(_small_word().match(text, at))


def _name_words(tokens: list[Token]) -> list[Token]:
    """The words from the first on that can be parts of a name."""
    words: list[Token] = []
    for token in tokens:
        single = len(token.text) == 1
        if token.before.strip() not in ("", ",", ".") or not token.text[0].isupper():
            break
        if not single and not _can_be_part(token):
            break
        words.append(token)
    while words and len(words[-1].text) == 1 and len(words) > 1 and words[-1].before == ", ":
        words.pop()
    return words


def _can_be_part(token: Token) -> bool:
    marks = token.flags
    if not can_be_name(token) and not is_given(marks):
        return False
    if Flag.NOT_NAME in marks and not is_given(marks):
        return False
    return (
        is_name(marks) or likeness(token) is Likeness.UNKNOWN or not (marks or token.text.isupper())
    )


def _form_score(words: list[Token], sure: bool) -> float:
    """0: no name. `sure`: the label tells of persons only, so that common words will do."""
    parts = [token for token in words if len(token.text) > 1]
    likes = [likeness(token) for token in parts]
    if not parts:
        return 0
    known = any(is_name(token.flags) for token in parts)
    if len(parts) == 1 and len(words) > 1 and likes[0] >= Likeness.UNKNOWN:
        return LISTED  # "cc: R. Featherstone"
    if len(parts) == 1:
        if likes[0] is Likeness.NAME:
            return CONTEXT if sure else LISTED
        return LIKELY if sure and likes[0] >= Likeness.WORD and words[0].capital else 0
    if sure:
        return CONTEXT if max(likes) >= Likeness.WORD else LIKELY if known else 0
    if max(likes) < Likeness.WORD or not (known or likes[0] is Likeness.UNKNOWN):
        return 0
    return LISTED if Likeness.NAME in likes or any(is_given(each.flags) for each in parts) else 0


def _surname_first(text: str) -> Iterator[Finding]:
    for match in _inverted().finditer(text):
        last, first = (tokenize(match[group])[0] for group in ("last", "first"))
        if not can_be_name(last) or not can_be_name(first):
            continue
        surname = is_surname(last.flags) or likeness(last) is Likeness.UNKNOWN
        given = is_given(first.flags) and likeness(first) >= Likeness.WORD
        rare = likeness(first) >= Likeness.UNKNOWN and is_surname(last.flags)
        if surname and (given or rare):
            yield Finding(*match.span("name"), PiiKind.NAME, LISTED)


@cache
def _label() -> re.Pattern[str]:
    word = r"[^\W\d_a-z][^\W\d_]*(?:[-'’][^\W\d_]+)*"
    name = rf"(?P<name>{word}\.?(?:,?[ ]{word}\.?){{0,4}})"
    before = r"(?:^|(?<=[\n.;|(,/>\-])|(?<=[^\S\n]))"
    return re.compile(
        rf"{before}(?:(?P<person>(?i:{_PERSONS}))|(?i:{_MIXED}))[^\S\n]*"
        rf"(?:[:#]|(?<=[dD]),|(?<=\b[cC][cC])|(?<=[bB][yY]))[^\S\n]*{name}"
    )


@cache
def _inverted() -> re.Pattern[str]:
    word = r"[^\W\d_a-z][^\W\d_]+(?:[-'’][^\W\d_]+)*"
    return re.compile(
        rf"^[^\S\n]*(?:[-*•#\d.)]+[^\S\n]+)?(?P<name>(?P<last>{word}),[ ](?P<first>{word})"
        r"(?:[ ][A-Z]\b\.?)?)(?=[^\S\n]*(?:$|[-–—(|;:\d/]|DOB|MRN|Rm\b|Room|MD\b|[MF]\b|,))",
        re.MULTILINE,
    )


@cache
def _small_word() -> re.Pattern[str]:
    return re.compile(r"[ ](?:all|the|your|any|a|an|below|here|if|it|each|every)\b")
