"""Texts of a visit -> where people are named, in each text.

A name is found by what stands around it (a title, an introduction, a greeting, a relative, an
age), by the list of names, or because it was found with certainty elsewhere in the visit. Works on
text with capitals and without.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from medscribe.domain.privacy import PiiKind
from medscribe.privacy.finding import CONTEXT, DOUBTFUL, LIKELY, LISTED, SURE, Finding
from medscribe.privacy.name_context import (
    Cue,
    cue_at,
    is_addressed_by_title,
    is_closed,
    title_length,
)
from medscribe.privacy.name_shape import (
    PARTICLES,
    after_title,
    bare_score,
    completes_name,
    continues_name,
    introduced_score,
    is_out_of_question,
    is_safe_to_repeat,
)
from medscribe.privacy.other_uses import is_cut_off, is_eponym_use, is_place_use
from medscribe.privacy.spelling import spelled_names
from medscribe.privacy.tokens import Token, tokenize
from medscribe.privacy.word_list import Flag, is_given

MIN_CAPITALS = 0.02
"""Share of words with a capital from which a visit counts as written with capitals."""

MAX_NAME_WORDS = 5

_ARTICLES = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "some",
        "any",
        "every",
        "each",
        "no",
        "these",
        "those",
        "little",
        "big",
    ]
)


def find_names(texts: Sequence[str], known: Iterable[str] = ()) -> list[list[Finding]]:
    """The names in each of the texts. `known` names are masked wherever they stand."""
    visit = [tokenize(text) for text in texts]
    cased = _has_capitals(visit)
    found = [
        _named_in(_Said(text, tokens, cased, asked_for_name(previous)))
        for text, tokens, previous in zip(texts, visit, ["", *texts], strict=False)
    ]
    learned = _learned_words(texts, found) | {name.lower() for name in known}
    return [
        [*findings, *spelled_names(text, learned), *_named_again(text, tokens, learned)]
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


class _Said:
    """One text as the rules read it. `cased`: names have capitals; `asked`: for a name before."""

    __slots__ = ("asked", "cased", "text", "tokens")

    def __init__(self, text: str, tokens: list[Token], cased: bool, asked: bool) -> None:
        self.text = text
        self.tokens = tokens
        self.cased = cased
        self.asked = asked


def _named_in(said: _Said) -> list[Finding]:
    """The names that the text itself gives away."""
    found: list[Finding] = []
    at = 0
    while at < len(said.tokens):
        finding, taken = _name_at(said, at)
        if finding:
            found.append(finding)
        at += max(taken, 1)
    return found


def _name_at(said: _Said, at: int) -> tuple[Finding | None, int]:
    """A name that begins at word `at`, or at the title there; and how many words it takes."""
    tokens = said.tokens
    title = title_length(tokens, at)
    first = at + title
    if first >= len(tokens):
        return None, 1
    cue = Cue.NONE
    if title:
        if not _is_titled(said, at, first):
            return None, 1
        score = CONTEXT
    else:
        cue = _cue(said, at)
        score = _score(said, at, cue)
        if not score:
            return None, 1
    finding = _whole_name(said, first, score, begin=at, named=title > 0 or cue >= Cue.STRONG)
    return finding, sum(token.start < finding.end for token in tokens[at:])


def _is_titled(said: _Said, at: int, first: int) -> bool:
    title, token = said.tokens[at], said.tokens[first]
    addressed = is_addressed_by_title(said.text, title)
    return after_title(token, title.lower, addressed) or _goes_on_after_particles(said, first)


def _goes_on_after_particles(said: _Said, at: int) -> bool:
    """Whether a name of several words begins with a particle here: "van der berg"."""
    rest = at + _particles(said.tokens, at)
    if rest == at or rest >= len(said.tokens):
        return False
    token = said.tokens[rest]
    return is_safe_to_repeat(token) and (token.capital or not said.cased)


def _particles(tokens: list[Token], at: int) -> int:
    """How many particles stand from word `at` on, one space apart."""
    count = 0
    while at + count < len(tokens) and tokens[at + count].lower in PARTICLES:
        if count and tokens[at + count].before not in (" ", "-", "'", "’"):
            break
        count += 1
    return count


def _cue(said: _Said, at: int) -> Cue:
    token = said.tokens[at]
    if is_out_of_question(token):
        return Cue.NONE
    cue = cue_at(said.text, token)
    return max(cue, Cue.WEAK) if said.asked and at < 4 else cue


def _score(said: _Said, at: int, cue: Cue) -> float:
    token, cased = said.tokens[at], said.cased
    if is_out_of_question(token) or is_place_use(said.text, said.tokens, at):
        return 0
    if is_eponym_use(said.text, token) or is_cut_off(said.text, token):
        return 0
    more = _has_more(said, at)
    score = 0 if _is_noun_use(said, at) else bare_score(token, cased)
    if cased and not token.flags and token.opens and more:
        score = max(score, LIKELY)  # two unknown words with capitals: "Przemek Kucharski said"
    closed = is_closed(said.text, token.end)
    score = max(score, introduced_score(token, cue, cased, closed))
    if score >= SURE and not is_safe_to_repeat(token) and not more:
        # "Will", "May", "Graves": masked here, yet not wherever the word occurs in the visit.
        return LIKELY
    return score


def _is_noun_use(said: _Said, at: int) -> bool:
    """Whether a name that is a word too has an article: "the lane", "a hunter", "a nick"."""
    token = said.tokens[at]
    if not at or token.capital or Flag.DICTIONARY not in token.flags:
        return False
    return token.before == " " and said.tokens[at - 1].lower in _ARTICLES


def _has_more(said: _Said, at: int) -> bool:
    tokens = said.tokens
    return at + 1 < len(tokens) and continues_name(tokens[at], tokens[at + 1], said.cased)


def _last_word(said: _Said, first: int, named: bool) -> int:
    """The last word of the name that begins with word `first`."""
    tokens, last = said.tokens, first
    while last + 1 < len(tokens) and last + 1 < first + MAX_NAME_WORDS:
        if tokens[last].lower in PARTICLES or continues_name(
            tokens[last], tokens[last + 1], said.cased
        ):
            last += 1
            continue
        particles = _particles(tokens, last + 1)
        joined = particles and tokens[last + 1].before in (" ", "-")
        if joined and _goes_on_after_particles(said, last + 1):
            last += particles + 1
            continue
        follower = tokens[last + 1]
        small = not said.cased and named and last == first
        if not small or not completes_name(follower) or not is_closed(said.text, follower.end):
            break
        last += 1
    return last


def _whole_name(said: _Said, first: int, score: float, begin: int, named: bool) -> Finding:
    """The name from word `first` on, as long as the words after it belong to it.

    The title is masked with it where the name alone is a common word: a certain find is masked
    wherever it is said, and "Dr. Good" must not take every "good" out of the visit.
    """
    tokens = said.tokens
    last = _last_word(said, first, named)
    if last > first and score >= DOUBTFUL:
        score = max(score, LISTED)
    if all(len(token.lower) == 1 for token in tokens[first : last + 1]):
        # "Miss A": a certain find is masked everywhere, and so would be "do not miss a dose".
        return Finding(tokens[first].start, tokens[last].end, PiiKind.NAME, LIKELY)
    alone = last == first and not is_safe_to_repeat(tokens[first])
    start = tokens[begin].start if alone else tokens[first].start
    return Finding(start, tokens[last].end, PiiKind.NAME, score)


def _learned_words(texts: Sequence[str], found: Sequence[Sequence[Finding]]) -> set[str]:
    """Words of all names that are certain, or doubtful only as common words; in lower case."""
    return {
        token.lower
        for text, findings in zip(texts, found, strict=True)
        for finding in findings
        if finding.score >= LIKELY
        for token in tokenize(text[finding.start : finding.end])
        if len(token.lower) > 1
        and Flag.NEVER not in token.flags
        and token.lower not in PARTICLES
        and (finding.score >= SURE or not is_safe_to_repeat(token))
    }


def _named_again(text: str, tokens: list[Token], learned: set[str]) -> list[Finding]:
    """Where words of certain names stand again; less certain where they mean other things too."""
    again = []
    for token in tokens:
        if token.lower not in learned:
            continue
        if Flag.EPONYM in token.flags and is_eponym_use(text, token):
            continue
        if is_safe_to_repeat(token):
            again.append(Finding(token.start, token.end, PiiKind.NAME, LISTED))
        elif (token.capital and not token.opens) or _is_called(text, token):
            again.append(Finding(token.start, token.end, PiiKind.NAME, DOUBTFUL))
    return again


def _is_called(text: str, token: Token) -> bool:
    """Whether a given name that is a common word is said to or of somebody: "thanks , will ."."""
    return is_given(token.flags) and cue_at(text, token) >= Cue.WEAK
