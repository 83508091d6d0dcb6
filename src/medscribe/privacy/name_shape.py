"""Whether a word can be a name: after a title, after an introduction, and all by itself."""

from medscribe.privacy.finding import DOUBTFUL, FAINT, LIKELY, LISTED
from medscribe.privacy.name_context import NEVER_NAMES, TITLES, is_eponym
from medscribe.privacy.tokens import Token
from medscribe.privacy.word_list import Flag, is_given, is_name, is_ordinary, is_surname

FREQUENT_SURNAMES = frozenset(
    """
    best black bright brown case cook day good green gross house little long love miles ray sharp
    short small stone strong walker wall white wise young king price rice bell hill
    """.split()
)
"""Surnames that are also frequent words; taken as names after "Dr.", "Mr.", "Mrs.", "Ms."."""

_AFTER_GIVEN = FREQUENT_SURNAMES - frozenset(["best", "case", "day", "good", "long", "little",
                                              "love", "short", "house", "bright", "strong"])
"""Those that hardly follow a name otherwise: "sophia brown" is one, "martha good to" is not."""


def after_title(token: Token, title: str) -> bool:
    """Whether the word after `title` is a name: "dr. good" is, "the doctor said" is not."""
    marks = token.flags
    if token.lower in NEVER_NAMES:
        return False
    if token.capital:
        return is_name(marks) or not (is_ordinary(marks) or Flag.CLINICAL in marks)
    if title in TITLES:
        if Flag.FREQUENT in marks:
            return token.lower in FREQUENT_SURNAMES
        return is_name(marks) or not is_ordinary(marks)
    if Flag.FREQUENT in marks:
        return token.lower in _AFTER_GIVEN
    return _mostly_name(marks) or not marks


def after_strong_cue(token: Token, cased: bool) -> bool:
    """Whether the word after "my name is" is a name: all but function words are."""
    marks = token.flags
    if token.lower in NEVER_NAMES or (Flag.CLINICAL in marks and not is_name(marks)):
        return False
    if cased and not token.capital:
        return is_given(marks) and not is_ordinary(marks)
    if Flag.FREQUENT in marks:
        return token.capital or (is_given(marks) and Flag.POPULAR in marks)
    return is_name(marks) or not is_ordinary(marks)


def after_weak_cue(token: Token, cased: bool) -> bool:
    """Whether the word after "this is" or "hi" is a name: it must look like one itself."""
    marks = token.flags
    if Flag.FREQUENT in marks or token.lower in NEVER_NAMES or is_eponym(token):
        return False
    if cased:
        unknown = not marks or marks == Flag.PROPER
        return token.capital and (_mostly_name(marks) or (unknown and not token.opens))
    return _mostly_name(marks)


def bare_score(token: Token, cased: bool) -> float:
    """How surely a word without any introduction is a name; 0: it is none."""
    marks = token.flags
    if len(token.lower) < 3 or is_eponym(token) or token.lower in NEVER_NAMES:
        return 0
    if _always_name(marks) and (token.capital or not cased):
        return LISTED
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
    if token.opens:
        return FAINT if plain and is_name(marks) and not is_ordinary(marks) else 0
    if is_given(marks):
        return LISTED if Flag.FREQUENT not in marks else DOUBTFUL
    if is_surname(marks):
        return LIKELY if plain and not is_ordinary(marks) else FAINT
    return DOUBTFUL if not marks else 0


def _bare_small_score(marks: str) -> float:
    """For text without capitals."""
    if Flag.FREQUENT in marks or not is_name(marks):
        return 0
    popular = Flag.POPULAR in marks
    if Flag.USED in marks or Flag.CLINICAL in marks or Flag.DICTIONARY in marks:
        return FAINT if popular and Flag.CLINICAL not in marks else 0
    return LIKELY if popular else DOUBTFUL


def continues_name(token: Token, follower: Token, cased: bool) -> bool:
    """Whether `follower` belongs to the name that ends with `token`: "mary | walsh", "Anna | S."."""
    between = follower.before
    if len(token.lower) == 1 and between == ". ":
        between = " "
    if between != " " or follower.lower in NEVER_NAMES:
        return False
    marks = follower.flags
    if cased:
        if not follower.capital:
            return len(follower.text) == 1 and follower.text.isupper()
        return is_name(marks) or not (is_ordinary(marks) or Flag.CLINICAL in marks)
    if Flag.FREQUENT in marks:
        return follower.lower in _AFTER_GIVEN and is_given(token.flags)
    return is_surname(marks) and (not is_ordinary(marks) or Flag.POPULAR in marks)


def is_safe_to_repeat(token: Token) -> bool:
    """Whether the word means the person wherever it stands in the visit."""
    return Flag.FREQUENT not in token.flags and not is_eponym(token) and len(token.lower) > 1


def _mostly_name(marks: str) -> bool:
    """A name that is at most now and then a word: "mark", "grace", "brooks"."""
    if not is_name(marks) or Flag.FREQUENT in marks:
        return False
    return Flag.POPULAR in marks or not (is_ordinary(marks) or Flag.CLINICAL in marks)
