"""Texts of a visit -> where people are named, in each text.

A name is found by what stands around it (a title, an introduction, a greeting, a relative, an
age), by the list of names, or because it was found with certainty elsewhere in the visit. Works on
text with capitals and without.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from medscribe.privacy.finding import CONTEXT, DOUBTFUL, FAINT, LIKELY, LISTED, SURE, Finding
from medscribe.privacy.form_names import find_form_names
from medscribe.privacy.likeness import (
    Likeness,
    is_barred,
    is_out_of_question,
    is_safe_to_repeat,
    likeness,
)
from medscribe.privacy.name_context import (
    TITLES,
    Cue,
    cue_at,
    is_addressed_by_title,
    is_closed,
    is_former_name,
    is_greeted,
    is_staff_or_kin,
    is_word_use,
    role_at,
    title_length,
)
from medscribe.privacy.name_extent import goes_on_after_particles, has_more, whole_name
from medscribe.privacy.name_repeats import called_again, hinted_words, learned_words, named_again
from medscribe.privacy.name_shape import (
    after_title,
    bare_score,
    introduced_score,
)
from medscribe.privacy.other_uses import is_cut_off, is_eponym_use, is_place_use
from medscribe.privacy.spelling import spelled_names
from medscribe.privacy.term_uses import is_telegraphic, is_term_use, touches_figure
from medscribe.privacy.tokens import Said, Token, tokenize
from medscribe.privacy.word_list import Flag, is_given

MIN_CAPITALS = 0.02
"""Share of words with a capital from which a visit counts as written with capitals."""

_ARTICLES_TEXT = (
    "a an the this that some any every each no these those little big my your his her its our their"
)
_ARTICLES = frozenset(_ARTICLES_TEXT.split())

_AUXILIARIES = frozenset(["will", "may", "hope", "can"])
"""Frequent given names before which a name is the subject or object: "will karen come"."""


def find_names(texts: Sequence[str], known: Iterable[str] = ()) -> list[list[Finding]]:
    """The names in each of the texts. `known` names are masked wherever they stand."""
    visit = [tokenize(text) for text in texts]
    cased = _has_capitals(visit)
    found = [
        # An utterance without any capital has none for its names either.
        _named_in(Said(text, tokens, cased and not text.islower(), asked_for_name(previous)))
        for text, tokens, previous in zip(texts, visit, ["", *texts], strict=False)
    ]
    learned = learned_words(texts, found) | {name.lower() for name in known}
    hinted = hinted_words(texts, found)
    return [
        [
            *findings,
            *find_form_names(text),
            *spelled_names(text, learned),
            *named_again(text, tokens, learned),
            *called_again(text, tokens, hinted),
        ]
        for findings, text, tokens in zip(found, texts, visit, strict=True)
    ]


def asked_for_name(previous: str) -> bool:
    """Whether the utterance before ends by asking for a name."""
    return bool(_question().search(previous[-80:]))


@cache
def _question() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:name|who(?:['’]s|\s+is)\s+(?:this|that|here|with)|who\s+do\s+you\s+see)\b"
        r"[^.?!]{0,25}[\s.?!]*$",
        re.IGNORECASE,
    )


def _has_capitals(visit: Sequence[Sequence[Token]]) -> bool:
    capitals = sum(token.capital for tokens in visit for token in tokens)
    return capitals > MIN_CAPITALS * sum(len(tokens) for tokens in visit)


def _named_in(said: Said) -> list[Finding]:
    """The names that the text itself gives away."""
    found: list[Finding] = []
    at = 0
    while at < len(said.tokens):
        finding, taken = _name_at(said, at, found[-1] if found else None)
        if finding:
            found.append(finding)
        at += max(taken, 1)
    return found


def _name_at(said: Said, at: int, last: Finding | None) -> tuple[Finding | None, int]:
    """A name that begins at word `at`, or at the title there; and how many words it takes."""
    tokens = said.tokens
    title = title_length(tokens, at)
    first = at + title
    if first >= len(tokens):
        return None, 1
    cue = Cue.NONE
    if goes_on_after_particles(said, at) and cue_at(said.text, tokens[at]) >= Cue.WEAK:
        score = SURE  # "my last name is van der berg"
    elif goes_on_after_particles(said, at) and role_at(said.text, tokens[at]):
        score = LIKELY  # "let's have ni bhriain weigh in"
    elif title:
        if not _is_titled(said, at, first):
            return None, 1
        score = CONTEXT
    else:
        cue = _cue(said, at)
        between = said.text[last.end : tokens[at].start] if last else ""
        if last and last.score >= SURE and between == " and ":
            cue = max(cue, Cue.WEAK)  # "my kids karen and sky"
        elif last and last.score >= LIKELY and between.strip() == ",":
            cue = max(cue, Cue.ROLE)  # "zainab , imtiaz , the whole office"
        score = _score(said, at, cue)
        if not score:
            return None, 1
    named = title > 0 or cue >= Cue.WEAK
    finding = whole_name(said, first, score, begin=at, named=named)
    return finding, sum(token.start < finding.end for token in tokens[at:])


def _is_titled(said: Said, at: int, first: int) -> bool:
    title, token = said.tokens[at], said.tokens[first]
    if touches_figure(said.text, token) or _is_abbreviation(said, title, token):
        return False
    addressed = is_addressed_by_title(said.text, title)
    return after_title(token, title.lower, addressed) or goes_on_after_particles(said, first)


def _is_abbreviation(said: Said, title: Token, token: Token) -> bool:
    """Whether the "title" or the word after it is one: "Mild MR. E/A 0.8", "father MI at 61"."""
    if not said.cased or token.text.isupper() != title.text.isupper():
        return said.cased and (
            title.text in ("MR", "MS")
            or ((len(token.text) > 1 and token.text.isupper()) and title.lower not in TITLES)
        )
    return False


def _cue(said: Said, at: int) -> Cue:
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


def _score(said: Said, at: int, cue: Cue) -> float:
    token, cased = said.tokens[at], said.cased
    greeted = is_greeted(said.text, said.tokens, at) and not is_barred(token)
    if greeted and is_out_of_question(token):
        return DOUBTFUL
    if is_out_of_question(token) or is_place_use(said.text, said.tokens, at):
        return 0
    if is_eponym_use(said.text, token) or is_cut_off(said.text, token):
        return 0
    if touches_figure(said.text, token):
        return 0
    if cue < Cue.WEAK and token.capital and is_term_use(said.text, token):
        return 0
    more = has_more(said, at)
    score = 0 if _is_noun_use(said, at) else bare_score(token, cased)
    if score < LISTED and token.capital and not more and is_telegraphic(said.text, token):
        score = 0  # "Steri-Strips and Tegaderm in place."
    if score <= FAINT and not token.capital and is_word_use(said.text, token):
        score = 0
    if cased and more and _is_written_pair(*said.tokens[at : at + 2]):
        score = max(score, LIKELY)  # "Przemek Kucharski said", "Miles Walsh said"
    if not cased and more:
        score = max(score, _pair_score(*said.tokens[at : at + 2]))
    closed = greeted or is_closed(said.text, token.end)
    if greeted:
        score = max(score, DOUBTFUL)
    if cue >= Cue.STRONG or not _is_noun_use(said, at):
        score = max(score, introduced_score(token, cue, cased, closed))
    if score >= SURE and not is_safe_to_repeat(token) and not more:
        # "Will", "May", "Graves": masked here, yet not wherever the word occurs in the visit.
        return LIKELY
    return score


def _is_written_pair(token: Token, follower: Token) -> bool:
    if not token.capital:
        return False
    if token.opens and likeness(token) >= Likeness.WORD:
        return True
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
