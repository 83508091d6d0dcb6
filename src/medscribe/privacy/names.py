"""Texts of a visit -> where people are named, in each text.

A name is found by what stands before it (a title, an introduction, a greeting, a relative), by the
list of names, or because it was found with certainty elsewhere in the visit. Works on text with
capitals and without.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from medscribe.domain.privacy import PiiKind
from medscribe.privacy.finding import CONTEXT, DOUBTFUL, LIKELY, LISTED, SURE, Finding
from medscribe.privacy.name_context import (
    Cue,
    cue_before,
    is_cut_off,
    is_eponym_use,
    is_place_use,
    title_length,
)
from medscribe.privacy.name_shape import (
    after_strong_cue,
    after_title,
    after_weak_cue,
    bare_score,
    continues_name,
    is_out_of_question,
    is_safe_to_repeat,
)
from medscribe.privacy.spelling import spelled_names
from medscribe.privacy.tokens import Token, tokenize
from medscribe.privacy.word_list import Flag

MIN_CAPITALS = 0.02
"""Share of words with a capital from which a visit counts as written with capitals."""


def find_names(texts: Sequence[str], known: Iterable[str] = ()) -> list[list[Finding]]:
    """The names in each of the texts. `known` names are masked wherever they stand."""
    visit = [tokenize(text) for text in texts]
    cased = _has_capitals(visit)
    found = [
        _named_in(text, tokens, cased, asked_for_name(previous))
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
    return re.compile(r"\bname\b[^.?!]{0,25}[\s.?!]*$", re.IGNORECASE)


def _has_capitals(visit: Sequence[Sequence[Token]]) -> bool:
    capitals = sum(token.capital for tokens in visit for token in tokens)
    return capitals > MIN_CAPITALS * sum(len(tokens) for tokens in visit)


def _named_in(text: str, tokens: list[Token], cased: bool, asked: bool) -> list[Finding]:
    """The names that the text itself gives away."""
    found: list[Finding] = []
    at = 0
    while at < len(tokens):
        finding, taken = _name_at(text, tokens, at, cased, asked)
        if finding:
            found.append(finding)
        at += max(taken, 1)
    return found


def _name_at(
    text: str, tokens: list[Token], at: int, cased: bool, asked: bool
) -> tuple[Finding | None, int]:
    """A name that begins at word `at`, or at the title there; and how many words it takes."""
    title = title_length(tokens, at)
    first = at + title
    if first >= len(tokens):
        return None, 1
    if title:
        if not after_title(tokens[first], tokens[at].lower):
            return None, 1
        score = CONTEXT
    else:
        score = _score(text, tokens, at, cased, asked)
        if not score:
            return None, 1
    finding = _whole_name(tokens, first, cased, score, begin=at)
    return finding, sum(token.start < finding.end for token in tokens[at:])


def _score(text: str, tokens: list[Token], at: int, cased: bool, asked: bool) -> float:
    token = tokens[at]
    if is_out_of_question(token) or is_place_use(text, tokens, at):
        return 0
    if is_eponym_use(text, token) or is_cut_off(text, token):
        return 0
    score = bare_score(token, cased)
    if cased and not token.flags and token.opens and _has_more(tokens, at, cased):
        score = max(score, LIKELY)  # two unknown words with capitals: "Przemek Kucharski said"
    cue = cue_before(text, token)
    if cue is None and asked and at < 4:
        cue = Cue.WEAK
    if cue is Cue.STRONG and after_strong_cue(token, cased):
        score = max(score, CONTEXT)
    if cue is Cue.WEAK and after_weak_cue(token, cased):
        score = max(score, SURE)
    if score >= SURE and not is_safe_to_repeat(token) and not _has_more(tokens, at, cased):
        # "Will", "May", "Graves": masked here, yet not wherever the word occurs in the visit.
        return LIKELY
    return score


def _has_more(tokens: list[Token], at: int, cased: bool) -> bool:
    return at + 1 < len(tokens) and continues_name(tokens[at], tokens[at + 1], cased)


def _whole_name(tokens: list[Token], first: int, cased: bool, score: float, begin: int) -> Finding:
    """The name from word `first` on, as long as the words after it belong to it.

    The title is masked with it where the name alone is a common word: a certain find is masked
    wherever it is said, and "Dr. Good" must not take every "good" out of the visit.
    """
    last = first
    while last + 1 < len(tokens) and last < first + 3:
        if not continues_name(tokens[last], tokens[last + 1], cased):
            break
        last += 1
    if last > first and score >= DOUBTFUL:
        score = max(score, LISTED)
    if all(len(token.lower) == 1 for token in tokens[first : last + 1]):
        # "Miss A": a certain find is masked everywhere, and so would be "do not miss a dose".
        return Finding(tokens[first].start, tokens[last].end, PiiKind.NAME, LIKELY)
    alone = last == first and not is_safe_to_repeat(tokens[first])
    start = tokens[begin].start if alone else tokens[first].start
    return Finding(start, tokens[last].end, PiiKind.NAME, score)


def _learned_words(texts: Sequence[str], found: Sequence[Sequence[Finding]]) -> set[str]:
    """Words of all names that are certain, in lower case."""
    return {
        token.lower
        for text, findings in zip(texts, found, strict=True)
        for finding in findings
        if finding.score >= SURE
        for token in tokenize(text[finding.start : finding.end])
        if len(token.lower) > 1 and Flag.NEVER not in token.flags
    }


def _named_again(text: str, tokens: list[Token], learned: set[str]) -> list[Finding]:
    """Where words of certain names stand again; less certain where they mean other things too."""
    again = []
    for token in tokens:
        if token.lower not in learned or is_eponym_use(text, token):
            continue
        if is_safe_to_repeat(token):
            again.append(Finding(token.start, token.end, PiiKind.NAME, LISTED))
        elif token.capital and not token.opens:
            again.append(Finding(token.start, token.end, PiiKind.NAME, DOUBTFUL))
    return again
