"""Whether a word can be a name: after a title, after an introduction, and all by itself."""

from medscribe.privacy.rules.finding import CONTEXT, DOUBTFUL, FAINT, LIKELY, LISTED, SURE
from medscribe.privacy.rules.names.likeness import (
    MIN_UNKNOWN_LETTERS,
    Likeness,
    can_be_name,
    has_clinical_ending,
    is_auxiliary_use,
    is_elsewhere_used,
    is_place,
    likeness,
)
from medscribe.privacy.rules.names.name_context import CIVIL_TITLES, TITLES, Cue
from medscribe.privacy.rules.tokens import Token
from medscribe.privacy.rules.word_list import Flag, is_given, is_name, is_ordinary, is_surname

_PARTICLES_TEXT = (
    "van der den de la las los del della di da dos das du le von zu ter ten st saint bin bint "
    "ibn ben abu abd al el mc mac o d y santa san dela delos dalla ni nic ui"
)
PARTICLES = frozenset(_PARTICLES_TEXT.split())
"""Words within names of several words: "van der berg", "de la cruz"."""

MIN_ROLE_LETTERS = 4
"""A shorter unlisted word is rather an abbreviation: "the cla said"."""

_FREQUENT_GIVEN = frozenset(
    ["chance", "crystal", "don", "guy", "hope", "may", "miles", "ray", "summer", "will", "winter"]
)
"""Given names that are frequent words too, yet call somebody in "any questions , will ?"."""

_SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
_MORE_OFTEN_WORDS_TEXT = (
    "best back case day foot good hand hands head may read weeks long little love short house "
    "bright strong"
)
_MORE_OFTEN_WORDS = frozenset(_MORE_OFTEN_WORDS_TEXT.split())
"""Frequent surnames that often follow a name as words: "martha is", "martha good to see you"."""


_AFTER_NAMES = frozenset(
    [
        "best",
        "back",
        "case",
        "day",
        "good",
        "little",
        "love",
        "may",
        "much",
        "read",
        "weeks",
        "well",
    ]
)
"""Frequent surnames that end a clause after a name as words: "mark day .", not "mark hand ."."""


def after_title(token: Token, title: str, addressed: bool) -> bool:
    """Whether the word after `title` is a name: "dr. good" is, "the doctor said" is not.

    `addressed`: the words before the title say that a person follows: "i'm doctor".
    """
    marks = token.flags
    if token.capital and len(token.text) == 1 and token.text != "I":
        return True  # "Dr. A. Smith", "Mister X"
    if not can_be_name(token):
        return False
    civil = title in CIVIL_TITLES
    if token.capital:
        if civil and Flag.FREQUENT not in marks:
            return True  # "Mr. Kestrel": whatever else the word means
        return is_name(marks) or not (Flag.FREQUENT in marks or Flag.CLINICAL in marks)
    if Flag.FREQUENT in marks:
        if Flag.FREQUENT_SURNAME in marks:
            return title in TITLES or addressed or token.lower not in _MORE_OFTEN_WORDS
        return civil and is_name(marks)
    like = likeness(token)
    if is_name(marks) or like is Likeness.UNKNOWN:
        return True
    if not marks and title != "mr":  # "mr arthrogram" is no man
        return bool(token.lower[2:])
    plain = like is Likeness.ORDINARY and not has_clinical_ending(token)
    return plain and (title in TITLES or addressed)


def introduced_score(token: Token, cue: Cue, cased: bool, closed: bool) -> float:
    """How surely a word that `cue` introduces is a name; `closed`: the clause ends after it."""
    if cue is Cue.NONE or (len(token.lower) == 1):
        return 0
    like = likeness(token)
    if cased and not token.capital and not (cue >= Cue.STRONG and like is Likeness.NAME):
        return 0
    if cue is Cue.ROLE:
        return _role_score(token, like)
    if like is Likeness.NAME:
        return CONTEXT if cue >= Cue.STRONG else SURE
    if like is Likeness.UNKNOWN:
        return _unlisted_score(cue, cased)
    if like is Likeness.WORD:
        return _word_score(token, cue)
    if like is Likeness.FREQUENT:
        return _frequent_score(token, cue, cased, closed)
    if like is not Likeness.ORDINARY or token.opens:
        return 0
    return DOUBTFUL if (closed and cue is Cue.NAMING) or (token.capital and cased) else 0


def _frequent_score(token: Token, cue: Cue, cased: bool, closed: bool) -> float:
    """For an introduced word that mostly is none: "call me will", "my friend april"."""
    if cue >= Cue.STRONG:
        named = cue is Cue.NAMING or closed
        meant = is_given(token.flags) or (
            cue is Cue.NAMING and (Flag.EPONYM in token.flags or _is_rather_name(token))
        )
        return LIKELY if token.capital or (meant and named) else 0
    if cue is Cue.WEAK:
        # "my friend april", "with jesus": a month or a feast, yet no part of every visit.
        rare = Flag.NOT_NAME in token.flags and Flag.FREQUENT not in token.flags
        called = closed and token.lower in _FREQUENT_GIVEN and not is_auxiliary_use(token)
        called = called and (token.lower != "guy" or "," in token.before)  # "great guy"
        if cased and token.capital and not token.opens and not is_elsewhere_used(token):
            return DOUBTFUL  # "I'd rather see Short"
        return DOUBTFUL if called or (rare and is_given(token.flags)) else 0
    return 0


def _unlisted_score(cue: Cue, cased: bool) -> float:
    if cue >= Cue.STRONG:
        return CONTEXT if not cased else SURE
    if cue is Cue.FAINT:
        return DOUBTFUL if cased else 0
    return SURE if cased else LIKELY


def _role_score(token: Token, like: Likeness) -> float:
    """For a word that stands where people do: "farhad made me come", "they paged ouyang"."""
    if like is Likeness.NAME:
        return SURE if token.capital or is_given(token.flags) else LIKELY
    if like is Likeness.UNKNOWN:
        return DOUBTFUL if len(token.lower) >= MIN_ROLE_LETTERS else 0
    known = is_given(token.flags) or Flag.POPULAR in token.flags
    if like is Likeness.FREQUENT:  # "Summer counted my pills"
        return DOUBTFUL if token.capital and is_given(token.flags) else 0
    return DOUBTFUL if like is Likeness.WORD and known else 0


def _word_score(token: Token, cue: Cue) -> float:
    """For an introduced name that is a word too: "mark", "olive", "card"."""
    if cue < Cue.STRONG:
        return _faintly_introduced(token, cue)
    known = token.capital or is_given(token.flags) or Flag.POPULAR in token.flags
    return CONTEXT if known or cue is Cue.NAMING else LIKELY


def _faintly_introduced(token: Token, cue: Cue) -> float:
    """For a name that is a word too: "my husband mark", not "my wife held it"."""
    if token.capital:
        return SURE
    if not is_given(token.flags):
        return 0
    if Flag.POPULAR in token.flags:
        return SURE
    return DOUBTFUL if cue is Cue.WEAK else 0


def bare_score(token: Token, cased: bool) -> float:
    """How surely a word without any introduction is a name; 0: it is none."""
    marks = token.flags
    if len(token.lower) < 3 or is_elsewhere_used(token) or not can_be_name(token):
        return 0
    if is_place(marks):
        return 0
    if _always_name(marks) and (token.capital or not cased):
        # "that georgia beat alabama": a person only where something says so.
        return LIKELY if Flag.PLACE in marks or Flag.REGION in marks else LISTED
    if token.capital:
        return _bare_capital_score(token)
    return 0 if cased else _bare_small_score(marks)


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
        known = plain and is_name(marks) and not is_ordinary(marks)
        return FAINT if known or likeness(token) is Likeness.UNKNOWN else 0
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
        return _takes_initial(token) and follower.capital and follower.text != "I"
    if not can_be_name(follower):
        return False
    marks = follower.flags
    if cased:
        if not follower.capital:
            return False
        return is_name(marks) or not (Flag.FREQUENT in marks or Flag.CLINICAL in marks)
    if Flag.FREQUENT in marks:
        return _is_rather_name(follower) and is_given(token.flags)
    like = likeness(follower)
    if like < Likeness.UNKNOWN and is_surname(marks) and is_given(token.flags):
        # "karen furrow", "karen barrett": words and eponyms, though none of everyday talk.
        return Flag.POPULAR in marks or Flag.USED not in marks
    return like >= Likeness.UNKNOWN or (
        like is Likeness.WORD and is_surname(marks) and Flag.POPULAR in marks
    )


def _takes_initial(token: Token) -> bool:
    """Whether a letter after the word is an initial: "Anna S.", "Smith J.", not "Child-Pugh B"."""
    known = is_given(token.flags) or Flag.POPULAR in token.flags
    return known or likeness(token) is Likeness.UNKNOWN


def completes_name(follower: Token) -> bool:
    """Whether `follower`, at the end of a clause, completes a name that is introduced as one:
    "next patient is john snow .", "my name is pamela cook"; not "my name is john okay ."
    """
    if follower.before != " ":
        return False
    like = likeness(follower)
    if len(follower.lower) < MIN_UNKNOWN_LETTERS:
        return is_surname(follower.flags) and like >= Likeness.WORD  # "hiroshi ng"
    if like is Likeness.FREQUENT:
        named = Flag.FREQUENT_SURNAME in follower.flags
        return named and follower.lower not in _AFTER_NAMES
    return like is not Likeness.NEVER


def _is_rather_name(token: Token) -> bool:
    return Flag.FREQUENT_SURNAME in token.flags and token.lower not in _MORE_OFTEN_WORDS
