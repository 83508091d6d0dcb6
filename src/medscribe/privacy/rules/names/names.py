"""Texts of a visit -> where people are named, in each text.

A name is found by what stands around it (a title, an introduction, a greeting, a relative, an
age), by the list of names, or because it was found with certainty elsewhere in the visit. Works on
text with capitals and without.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from medscribe.privacy.rules.finding import CONTEXT, LIKELY, SURE, Finding
from medscribe.privacy.rules.names.form_names import find_form_names
from medscribe.privacy.rules.names.name_context import (
    TITLES,
    Cue,
    cue_at,
    is_addressed_by_title,
    role_at,
    title_length,
)
from medscribe.privacy.rules.names.name_extent import goes_on_after_particles, whole_name
from medscribe.privacy.rules.names.name_repeats import (
    called_again,
    hinted_words,
    learned_words,
    named_again,
)
from medscribe.privacy.rules.names.name_scores import cue_of, score_of
from medscribe.privacy.rules.names.name_shape import (
    after_title,
)
from medscribe.privacy.rules.names.spelling import spelled_names
from medscribe.privacy.rules.names.term_uses import touches_figure
from medscribe.privacy.rules.tokens import Said, Token, tokenize

MIN_CAPITALS = 0.02
"""Share of words with a capital from which a visit counts as written with capitals."""


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
        cue = cue_of(said, at)
        between = said.text[last.end : tokens[at].start] if last else ""
        if last and last.score >= SURE and between == " and ":
            cue = max(cue, Cue.WEAK)  # "my kids karen and sky"
        elif last and last.score >= LIKELY and between.strip() == ",":
            cue = max(cue, Cue.ROLE)  # "zainab , imtiaz , the whole office"
        score = score_of(said, at, cue)
        if not score:
            return None, 1
    named = title > 0 or cue >= Cue.WEAK
    finding = whole_name(said, first, score, begin=at, named=named)
    last_word = first
    while last_word + 1 < len(tokens) and tokens[last_word + 1].start < finding.end:
        last_word += 1
    return finding, last_word + 1 - at


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
