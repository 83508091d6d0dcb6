"""A word -> how much it looks like a name, whatever stands around it."""

import re
from enum import IntEnum
from functools import cache

from medscribe.privacy.rules.names.unlisted import is_made_word, is_slip
from medscribe.privacy.rules.tokens import Token
from medscribe.privacy.rules.word_list import Flag, is_given, is_name, is_ordinary

MIN_UNKNOWN_LETTERS = 3
"""An unknown word is taken for a name if it has at least so many letters; "mhm" is none."""


class Likeness(IntEnum):
    """How much a word looks like a name, whatever stands around it."""

    NEVER = 0  # "the", "i'll", "friday"; frequent words and clinical ones that nobody is called
    ORDINARY = 1  # an English word that nobody is called: "kestrel"
    FREQUENT = 2  # a name that is mostly a word: "will", "good"; a month; an eponym, a brand
    WORD = 3  # a name that is also a word: "mark", "olive"
    UNKNOWN = 4  # in no list
    NAME = 5  # a name and hardly anything else: "karen", "walsh"


def likeness(token: Token) -> Likeness:
    marks = token.flags
    if not can_be_name(token):
        return Likeness.NEVER
    if is_elsewhere_used(token):
        return Likeness.FREQUENT if is_name(marks) or Flag.EPONYM in marks else Likeness.NEVER
    if is_name(marks):
        if Flag.FREQUENT in marks:
            return Likeness.FREQUENT
        return Likeness.WORD if is_ordinary(marks) or Flag.CLINICAL in marks else Likeness.NAME
    if Flag.FREQUENT in marks or Flag.CLINICAL in marks or is_place(marks):
        return Likeness.NEVER
    if is_ordinary(marks):
        return Likeness.ORDINARY
    return _unlisted_likeness(token)


def _unlisted_likeness(token: Token) -> Likeness:
    if not _sounds_like_name(token):
        return Likeness.NEVER
    if token.lower.isascii() and "-" not in token.lower and is_made_word(token.lower):
        return Likeness.ORDINARY
    slip = not token.capital and is_slip(token.lower)
    return Likeness.ORDINARY if slip else Likeness.UNKNOWN


def is_auxiliary_use(token: Token) -> bool:
    """Whether "will" or "may" follows its subject: "the nurse will", not "thanks , will"."""
    return token.lower in ("will", "may") and "," not in token.before


def is_barred(token: Token) -> bool:
    """Whether no greeting turns the word into a name: "hi everybody"."""
    return not can_be_name(token)


def is_out_of_question(token: Token) -> bool:
    """Whether nothing but a title could make the word a name; true of most words of a visit."""
    marks = token.flags
    if Flag.NEVER in marks or Flag.CONTRACTION in marks:
        return True
    if token.capital or not marks:
        return False
    if Flag.FREQUENT in marks:
        return not is_given(marks) and Flag.FREQUENT_SURNAME not in marks
    return Flag.CLINICAL in marks and not is_name(marks)


def is_elsewhere_used(token: Token) -> bool:
    """Whether the word is a name only where something says so: "Foley", "Zantac", "Danish"."""
    return Flag.EPONYM in token.flags or Flag.NOT_NAME in token.flags


def can_be_name(token: Token) -> bool:
    return Flag.NEVER not in token.flags and Flag.CONTRACTION not in token.flags


def is_place(marks: str) -> bool:
    """A town or country whose name few people bear: "boston", not "jordan"."""
    return (Flag.PLACE in marks or Flag.REGION in marks) and Flag.POPULAR not in marks


def is_safe_to_repeat(token: Token) -> bool:
    """Whether the word means the person wherever it stands in the visit."""
    if is_elsewhere_used(token) or len(token.lower) == 1:
        return False
    return Flag.FREQUENT not in token.flags and (
        is_name(token.flags) or not is_ordinary(token.flags)
    )


def _sounds_like_name(token: Token) -> bool:
    """Whether an unknown word can be a name: not "hdl", "tachycardic", "quali-"."""
    lower = token.lower
    if len(lower) < MIN_UNKNOWN_LETTERS or token.text[1:2].isupper():
        return False
    if _interjection().match(lower):
        return False
    if not _vowel().search(lower):
        return False
    return bool(_pinyin().fullmatch(lower)) or not _clinical_ending().search(lower)


@cache
def _interjection() -> re.Pattern[str]:
    """ "Aww", "ahaha", and what a stutter or a slip makes of a word: "ddefinitely".

    Plain sounds such as "umm" are known to `word_list.flags`.
    """
    return re.compile(
        r"(?:a+w+|e+r+m+|(?:a?ha+)+h?|y+e+a+h*|y+e+p+|yessir)$"
        r"|.*(.)\1\1|([^l])\2"
    )


@cache
def _pinyin() -> re.Pattern[str]:
    """Two or three Chinese syllables: "xiaoling", whose end is no English "-ing"."""
    syllable = (
        r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?"
        r"(?:i?ang|i?ong|u?ang|i?ao|u?ai|u?an|i?an|eng|ing|uan|[iu]e|[iu]a|uo|iu|ui|[aeou]i|ou|en|in|"
        r"un|er|[aeiou])"
    )
    return re.compile(rf"(?:{syllable}){{2,3}}")


@cache
def _vowel() -> re.Pattern[str]:
    return re.compile(r"[aeiouy]|[^\x00-\x7f]")


@cache
def _clinical_ending() -> re.Pattern[str]:
    return re.compile(
        r"(?:itis|osis|emia|aemia|ectomy|pril|statin|olol|mycin|cillin|azole|sartan|gram|graph|scopy|"
        r"pathy|ology|plasty|algia|uria|azine|idine|mab|tinib|gliptin|gliflozin|triptan|parin|caine|"
        r"tion|sion|ness|ment|able|ible|ical|ular|ally|ized|ised|[ct]ive|omas?|istic|ectasia|trophy|plegia|"
        r"'?ing|[tl]ists?|cardic|genic|lytic)$"
    )


def has_clinical_ending(token: Token) -> bool:
    """Whether the word ends as findings, drugs and procedures do: "arthrogram"."""
    return bool(_clinical_ending().search(token.lower))
