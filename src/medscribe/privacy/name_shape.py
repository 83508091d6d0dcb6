"""Whether a word can be a name: after a title, after an introduction, and all by itself."""

import re
from enum import IntEnum
from functools import cache

from medscribe.privacy.finding import CONTEXT, DOUBTFUL, FAINT, LIKELY, LISTED, SURE
from medscribe.privacy.name_context import CIVIL_TITLES, TITLES, Cue
from medscribe.privacy.tokens import Token
from medscribe.privacy.word_list import Flag, is_given, is_name, is_ordinary, is_surname

MIN_UNKNOWN_LETTERS = 3
"""An unknown word is taken for a name if it has at least so many letters; "mhm" is none."""

PARTICLES = frozenset(
    [
        "van",
        "der",
        "den",
        "de",
        "la",
        "las",
        "los",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "das",
        "du",
        "le",
        "von",
        "zu",
        "ter",
        "ten",
        "st",
        "saint",
        "bin",
        "bint",
        "ibn",
        "ben",
        "abu",
        "al",
        "el",
        "mc",
        "mac",
        "o",
        "d",
        "y",
        "santa",
        "san",
    ]
)
"""Words within names of several words: "van der berg", "de la cruz"."""

_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
_MORE_OFTEN_WORDS = frozenset(
    ["best", "case", "day", "good", "long", "little", "love", "short", "house", "bright", "strong"]
)
"""Frequent surnames that often follow a name as words: "martha is", "martha good to see you"."""


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
    if not _can_be_name(token):
        return Likeness.NEVER
    if is_elsewhere_used(token):
        return Likeness.FREQUENT if is_name(marks) or Flag.EPONYM in marks else Likeness.NEVER
    if is_name(marks):
        if Flag.FREQUENT in marks:
            return Likeness.FREQUENT
        return Likeness.WORD if is_ordinary(marks) or Flag.CLINICAL in marks else Likeness.NAME
    if Flag.FREQUENT in marks or Flag.CLINICAL in marks or _is_place(marks):
        return Likeness.NEVER
    if is_ordinary(marks):
        return Likeness.ORDINARY
    return Likeness.UNKNOWN if _sounds_like_name(token) else Likeness.NEVER


def is_out_of_question(token: Token) -> bool:
    """Whether nothing but a title could make the word a name; true of most words of a visit."""
    marks = token.flags
    if Flag.NEVER in marks or Flag.CONTRACTION in marks:
        return True
    if token.capital or not marks:
        return False
    if Flag.FREQUENT in marks:
        return not is_given(marks)
    return Flag.CLINICAL in marks and not is_name(marks)


def after_title(token: Token, title: str, addressed: bool) -> bool:
    """Whether the word after `title` is a name: "dr. good" is, "the doctor said" is not.

    `addressed`: the words before the title say that a person follows: "i'm doctor".
    """
    marks = token.flags
    if token.capital and len(token.text) == 1 and token.text != "I":
        return True  # "Dr. A. Smith", "Mister X"
    if not _can_be_name(token):
        return False
    civil = title in CIVIL_TITLES or (title == "miss" and addressed)
    if token.capital:
        if civil and Flag.FREQUENT not in marks:
            return True  # "Mr. Kestrel": whatever else the word means
        return is_name(marks) or not (Flag.FREQUENT in marks or Flag.CLINICAL in marks)
    if Flag.FREQUENT in marks:
        if Flag.FREQUENT_SURNAME in marks:
            return title in TITLES or addressed or token.lower not in _MORE_OFTEN_WORDS
        return civil and is_name(marks)
    like = likeness(token)
    if title in TITLES or addressed:
        return is_name(marks) or like in (Likeness.ORDINARY, Likeness.UNKNOWN)
    return _mostly_name(marks) or like is Likeness.UNKNOWN


def introduced_score(token: Token, cue: Cue, cased: bool, closed: bool) -> float:
    """How surely a word that `cue` introduces is a name; `closed`: the clause ends after it."""
    if cue is Cue.NONE or (len(token.lower) == 1):
        return 0
    like = likeness(token)
    if cased and not token.capital and not (cue >= Cue.STRONG and like is Likeness.NAME):
        return 0
    if like is Likeness.NAME:
        return CONTEXT if cue >= Cue.STRONG else SURE
    if like is Likeness.UNKNOWN:
        return (0, 0, LIKELY, CONTEXT, CONTEXT)[cue] if not cased else SURE
    if like is Likeness.WORD:
        return CONTEXT if cue >= Cue.STRONG else _faintly_introduced(token, cue, closed)
    if cue < Cue.STRONG:
        return 0
    if like is Likeness.FREQUENT:
        named = cue is Cue.NAMING or closed
        return LIKELY if token.capital or (is_given(token.flags) and named) else 0
    return DOUBTFUL if like is Likeness.ORDINARY and closed else 0


def _faintly_introduced(token: Token, cue: Cue, closed: bool) -> float:
    """For a name that is a word too: "my husband mark", not "my wife held it"."""
    if Flag.POPULAR in token.flags or token.capital:
        return SURE
    return DOUBTFUL if cue is Cue.WEAK and closed and is_given(token.flags) else 0


def bare_score(token: Token, cased: bool) -> float:
    """How surely a word without any introduction is a name; 0: it is none."""
    marks = token.flags
    if len(token.lower) < 3 or is_elsewhere_used(token) or not _can_be_name(token):
        return 0
    if _is_place(marks):
        return 0
    if _always_name(marks) and (token.capital or not cased):
        return LISTED
    if token.capital:
        return _bare_capital_score(token)
    return 0 if cased else _bare_small_score(marks)


def _is_place(marks: str) -> bool:
    """A town or country whose name few people bear: "boston", not "jordan"."""
    return (Flag.PLACE in marks or Flag.REGION in marks) and Flag.POPULAR not in marks


def is_elsewhere_used(token: Token) -> bool:
    """Whether the word is a name only where something says so: "Foley", "Zantac", "Danish"."""
    return Flag.EPONYM in token.flags or Flag.NOT_NAME in token.flags


def _can_be_name(token: Token) -> bool:
    return Flag.NEVER not in token.flags and Flag.CONTRACTION not in token.flags


def _always_name(marks: str) -> bool:
    """A given name that nobody uses as a word: "karen", "john"; not "grace", not "ginger"."""
    if not is_given(marks) or Flag.USED in marks or Flag.FREQUENT in marks:
        return False
    if Flag.POPULAR in marks:
        return Flag.CLINICAL not in marks or Flag.DICTIONARY not in marks
    return Flag.DICTIONARY not in marks and Flag.CLINICAL not in marks


def _bare_capital_score(token: Token) -> float:
    marks = token.flags
    plain = Flag.FREQUENT not in marks and Flag.CLINICAL not in marks
    if token.opens and token.lower.isascii():
        return FAINT if plain and is_name(marks) and not is_ordinary(marks) else 0
    popular = Flag.POPULAR in marks
    if not marks and not token.lower.isascii():
        return LIKELY  # a foreign name: English words have no such letters
    if is_given(marks):
        if Flag.FREQUENT in marks:
            return DOUBTFUL if popular else 0
        return LISTED if popular or not is_ordinary(marks) else LIKELY
    if is_surname(marks):
        if plain and not is_ordinary(marks):
            return LIKELY
        return FAINT if popular and Flag.FREQUENT not in marks else 0
    return DOUBTFUL if not marks else 0


def _bare_small_score(marks: str) -> float:
    """For text without capitals."""
    if Flag.FREQUENT in marks or Flag.CLINICAL in marks or not is_name(marks):
        return 0
    popular = Flag.POPULAR in marks
    if Flag.USED in marks:
        return FAINT if popular and is_given(marks) else 0
    if Flag.DICTIONARY in marks:
        return FAINT if popular and is_given(marks) else 0
    return LIKELY if popular else DOUBTFUL


def continues_name(token: Token, follower: Token, cased: bool) -> bool:
    """Whether `follower` belongs to the name that ends with `token`: "mary walsh", "Anna S."."""
    between = follower.before
    if len(token.lower) == 1 and between == ". ":
        between = " "
    if follower.lower in _SUFFIXES and between.strip() in ("", ","):
        return True
    if between != " ":
        return False
    if cased and len(follower.text) == 1:
        return follower.capital and follower.text != "I"
    if not _can_be_name(follower):
        return False
    marks = follower.flags
    if cased:
        if not follower.capital:
            return False
        return is_name(marks) or not (Flag.FREQUENT in marks or Flag.CLINICAL in marks)
    if Flag.FREQUENT in marks:
        return _is_rather_name(follower) and is_given(token.flags)
    like = likeness(follower)
    return like >= Likeness.UNKNOWN or (
        like is Likeness.WORD and is_surname(marks) and Flag.POPULAR in marks
    )


def completes_name(follower: Token) -> bool:
    """Whether `follower`, at the end of a clause, completes a name that is introduced as one:
    "next patient is john snow .", "my name is pamela cook"; not "my name is john okay ."
    """
    if follower.before != " " or len(follower.lower) < MIN_UNKNOWN_LETTERS:
        return False
    like = likeness(follower)
    if like is Likeness.FREQUENT:
        return is_surname(follower.flags) and follower.lower not in _MORE_OFTEN_WORDS
    return like is not Likeness.NEVER


def is_safe_to_repeat(token: Token) -> bool:
    """Whether the word means the person wherever it stands in the visit."""
    if is_elsewhere_used(token) or len(token.lower) == 1:
        return False
    return Flag.FREQUENT not in token.flags and (
        is_name(token.flags) or not is_ordinary(token.flags)
    )


def _is_rather_name(token: Token) -> bool:
    return Flag.FREQUENT_SURNAME in token.flags and token.lower not in _MORE_OFTEN_WORDS


def _mostly_name(marks: str) -> bool:
    """A name that is at most now and then a word: "mark", "grace", "brooks"."""
    if not is_name(marks) or Flag.FREQUENT in marks:
        return False
    return Flag.POPULAR in marks or not (is_ordinary(marks) or Flag.CLINICAL in marks)


def _sounds_like_name(token: Token) -> bool:
    """Whether an unknown word can be a name: not "hdl", "tachycardic", "quali-"."""
    lower = token.lower
    if len(lower) < MIN_UNKNOWN_LETTERS or token.text[1:2].isupper():
        return token.capital  # "McKay", not "UTIs"
    return bool(_vowel().search(lower)) and not _clinical_ending().search(lower)


@cache
def _vowel() -> re.Pattern[str]:
    return re.compile(r"[aeiouy]|[^\x00-\x7f]")


@cache
def _clinical_ending() -> re.Pattern[str]:
    return re.compile(
        r"(?:itis|osis|emia|aemia|ectomy|pril|statin|olol|mycin|cillin|azole|sartan|gram|graph|scopy|"
        r"pathy|ology|plasty|algia|uria|azine|idine|mab|tinib|gliptin|gliflozin|triptan|parin|caine|"
        r"tion|sion|ness|ment|able|ible|ical|ular|ally|ized|ised|[ct]ive|omas?|istic|ectasia|trophy|plegia|"
        r"'?ing|cardic|genic|lytic)$"
    )
