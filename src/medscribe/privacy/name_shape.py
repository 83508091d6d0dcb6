"""Whether a word can be a name: after a title, after an introduction, and all by itself."""

from medscribe.privacy.finding import DOUBTFUL, FAINT, LIKELY, LISTED
from medscribe.privacy.name_context import TITLES
from medscribe.privacy.tokens import Token
from medscribe.privacy.word_list import Flag, is_given, is_name, is_ordinary, is_surname

MIN_UNKNOWN_LETTERS = 3
"""An unknown word after a name belongs to it if it has more letters; "mhm" has not."""

_MORE_OFTEN_WORDS = frozenset(
    ["best", "case", "day", "good", "long", "little", "love", "short", "house", "bright", "strong"]
)
"""Frequent surnames that often follow a name as words: "martha is", "martha good to see you"."""

_CIVIL_TITLES = frozenset(["mr", "mrs", "ms", "mister"])
"""Nothing but a name follows these with a capital; "Doctor Cardiology" may be a slip."""


def is_out_of_question(token: Token) -> bool:
    """Whether nothing but a title could make the word a name; true of most words of a visit."""
    marks = token.flags
    if Flag.NEVER in marks or Flag.CONTRACTION in marks:
        return True
    if token.capital or not marks:
        return False
    return not (is_given(marks) if Flag.FREQUENT in marks else is_name(marks))


def after_title(token: Token, title: str) -> bool:
    """Whether the word after `title` is a name: "dr. good" is, "the doctor said" is not."""
    marks = token.flags
    if token.capital and len(token.text) == 1 and token.text != "I":
        return True  # "Dr. A. Smith", "Mister X"
    if not _can_be_name(token):
        return False
    if token.capital:
        if title in _CIVIL_TITLES and Flag.FREQUENT not in marks:
            return True  # "Mr. Kestrel": whatever else the word means
        return is_name(marks) or not (Flag.FREQUENT in marks or Flag.CLINICAL in marks)
    if title in TITLES:
        if Flag.FREQUENT in marks:
            return Flag.FREQUENT_SURNAME in marks
        return is_name(marks) or not is_ordinary(marks)
    if Flag.FREQUENT in marks:
        return _is_rather_name(token)
    return _mostly_name(marks) or not marks


def after_strong_cue(token: Token, cased: bool) -> bool:
    """Whether the word after "my name is" is a name: all but function words are."""
    marks = token.flags
    if not _can_be_name(token) or (Flag.CLINICAL in marks and not is_name(marks)):
        return False
    if cased and not token.capital:
        return is_given(marks) and not is_ordinary(marks)
    if Flag.FREQUENT in marks:
        return token.capital or is_given(marks)
    return is_name(marks) or not is_ordinary(marks)


def after_weak_cue(token: Token, cased: bool) -> bool:
    """Whether the word after "this is" or "hi" is a name: it must look like one itself."""
    marks = token.flags
    if Flag.FREQUENT in marks or not _can_be_name(token) or is_elsewhere_used(token):
        return False
    if _is_place(marks):
        return False
    if cased:
        unknown = not marks or marks == Flag.PROPER
        inside = not token.opens and (is_name(marks) or unknown)
        return token.capital and (_mostly_name(marks) or inside)
    return _mostly_name(marks)


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
        return FAINT if popular else 0
    return LIKELY if popular else DOUBTFUL


def continues_name(token: Token, follower: Token, cased: bool) -> bool:
    """Whether `follower` belongs to the name that ends with `token`: "mary walsh", "Anna S."."""
    between = follower.before
    if len(token.lower) == 1 and between == ". ":
        between = " "
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
    if not marks:
        return len(follower.lower) > MIN_UNKNOWN_LETTERS
    return is_surname(marks) and (not is_ordinary(marks) or Flag.POPULAR in marks)


def is_safe_to_repeat(token: Token) -> bool:
    """Whether the word means the person wherever it stands in the visit."""
    return (
        Flag.FREQUENT not in token.flags and not is_elsewhere_used(token) and len(token.lower) > 1
    )


def _is_rather_name(token: Token) -> bool:
    return Flag.FREQUENT_SURNAME in token.flags and token.lower not in _MORE_OFTEN_WORDS


def _mostly_name(marks: str) -> bool:
    """A name that is at most now and then a word: "mark", "grace", "brooks"."""
    if not is_name(marks) or Flag.FREQUENT in marks:
        return False
    return Flag.POPULAR in marks or not (is_ordinary(marks) or Flag.CLINICAL in marks)
