"""A word of a text -> what introduces it as a name there, and how surely it is one."""

from medscribe.privacy.rules.finding import DOUBTFUL, FAINT, LIKELY, LISTED, SURE
from medscribe.privacy.rules.names.likeness import (
    Likeness,
    is_barred,
    is_out_of_question,
    is_safe_to_repeat,
    likeness,
)
from medscribe.privacy.rules.names.name_context import (
    Cue,
    cue_at,
    is_closed,
    is_former_name,
    is_greeted,
    is_staff_or_kin,
    is_word_use,
    role_at,
)
from medscribe.privacy.rules.names.name_extent import has_more
from medscribe.privacy.rules.names.name_shape import (
    bare_score,
    introduced_score,
)
from medscribe.privacy.rules.names.other_uses import is_cut_off, is_eponym_use, is_place_use
from medscribe.privacy.rules.names.term_uses import is_telegraphic, is_term_use, touches_figure
from medscribe.privacy.rules.tokens import Said, Token
from medscribe.privacy.rules.word_list import Flag, is_given, is_ordinary

_ARTICLES_TEXT = (
    "a an the this that some any every each no these those little big my your his her its our their"
)
_ARTICLES = frozenset(_ARTICLES_TEXT.split())

_AUXILIARIES = frozenset(["will", "may", "hope", "can"])
"""Frequent given names before which a name is the subject or object: "will karen come"."""


def cue_of(said: Said, at: int) -> Cue:
    """What introduces a name that begins at word `at`, or shows that a person stands there."""
    token = said.tokens[at]
    if is_out_of_question(token):
        return Cue.NONE
    cue = cue_at(said.text, token)
    if said.cased and token.capital and is_staff_or_kin(said.text, token):
        return max(cue, Cue.WEAK)
    if cue < Cue.ROLE and likeness(token) >= Likeness.FREQUENT:
        word = Flag.DICTIONARY in token.flags or Flag.USED in token.flags
        meant = token.capital or not word or is_former_name(said.text, token)
        if meant or not is_word_use(said.text, token):
            cue = max(cue, role_at(said.text, token))
    return max(cue, Cue.WEAK) if said.asked and at < 4 else cue


def score_of(said: Said, at: int, cue: Cue) -> float:
    """How surely a name begins at word `at`, which `cue` introduces; 0: none does."""
    token = said.tokens[at]
    greeted = is_greeted(said.text, said.tokens, at) and not is_barred(token)
    if is_out_of_question(token):
        return DOUBTFUL if greeted else 0
    if _is_something_else(said, at, cue):
        return 0
    more = has_more(said, at)
    closed = greeted or is_closed(said.text, token.end)
    score = max(_uncued_score(said, at, more), DOUBTFUL if greeted else 0)
    if cue >= Cue.STRONG or (cue and not _is_noun_use(said, at)):
        score = max(score, introduced_score(token, cue, said.cased, closed))
    if score >= SURE and not is_safe_to_repeat(token) and not more:
        # "Will", "May", "Graves": masked here, yet not wherever the word occurs in the visit.
        return LIKELY
    return score


def _is_something_else(said: Said, at: int, cue: Cue) -> bool:
    """Whether word `at` is a place, a disease or a symbol here, or is broken off."""
    text, token = said.text, said.tokens[at]
    if is_place_use(text, said.tokens, at) or is_cut_off(text, token):
        return True
    if is_eponym_use(text, token) or touches_figure(text, token):
        return True
    if cue < Cue.NAMING and _is_title_phrase(said, at):
        return True
    if said.cased and cue < Cue.STRONG and token.text.isupper() and Flag.NOT_NAME in token.flags:
        return True  # "GERD presents with"
    return cue < Cue.WEAK and token.capital and is_term_use(text, token)


def _is_title_phrase(said: Said, at: int) -> bool:
    """Whether a word that few people are called begins a title: "Prior Authorization"."""
    token = said.tokens[at]
    if not said.cased or not token.capital or at + 1 >= len(said.tokens):
        return False
    follower = said.tokens[at + 1]
    if not follower.capital or follower.before != " " or Flag.NEVER in follower.flags:
        return False
    word = likeness(token) < Likeness.UNKNOWN and not is_given(token.flags)
    return word and likeness(follower) <= Likeness.ORDINARY and bool(follower.flags)


def _uncued_score(said: Said, at: int, more: bool) -> float:
    """How surely a name begins at word `at` by its looks and by the word after it."""
    token = said.tokens[at]
    score = 0 if _is_noun_use(said, at) else bare_score(token, said.cased)
    if score and token.capital:
        if not more and is_telegraphic(said.text, token):
            # "Steri-Strips and Tegaderm in place.", "Bryant traction."
            score = LIKELY if score >= LISTED else 0
        elif Flag.FREQUENT in token.flags and is_word_use(said.text, token):
            score = 0  # "To whom it May concern"
    elif score <= FAINT or (score <= DOUBTFUL and not is_given(token.flags)):
        score = 0 if score and is_word_use(said.text, token) else score
    if not more:
        return score
    pair = said.tokens[at : at + 2]
    if not said.cased:
        return max(score, _pair_score(*pair))
    # "Przemek Kucharski said", "Miles Walsh said"
    return max(score, LIKELY) if _is_written_pair(*pair) else score


def _is_written_pair(token: Token, follower: Token) -> bool:
    if not token.capital:
        return False
    if token.opens and likeness(token) >= Likeness.WORD:
        return likeness(follower) >= Likeness.UNKNOWN or not is_ordinary(token.flags)
    if likeness(follower) is not Likeness.NAME:
        return False
    return likeness(token) >= Likeness.WORD or is_given(token.flags)  # "June Thornton"


def _pair_score(token: Token, follower: Token) -> float:
    """How surely two words without capitals are a name: "kavalo renshi", "rob bullock"."""
    pair = (likeness(token), likeness(follower))
    if pair == (Likeness.UNKNOWN, Likeness.UNKNOWN):
        return FAINT
    if pair[1] is not Likeness.NAME:
        return 0
    if pair[0] is Likeness.UNKNOWN:
        return DOUBTFUL
    if pair[0] is Likeness.FREQUENT:  # "summer booker", not "will karen come"
        plain = not (is_given(follower.flags) and token.lower in _AUXILIARIES)
        return DOUBTFUL if plain and is_given(token.flags) else 0
    return LIKELY if pair[0] is Likeness.WORD and is_given(token.flags) else 0


def _is_noun_use(said: Said, at: int) -> bool:
    """Whether a name that is a word too has an article: "the lane", "a hunter", "a nick"."""
    token = said.tokens[at]
    if not at or token.capital or token.before != " ":
        return False
    if is_given(token.flags) and Flag.DICTIONARY not in token.flags:
        return False
    if is_former_name(said.text, token):
        return False
    return said.tokens[at - 1].lower in _ARTICLES
