"""Names found in a visit -> where their words stand again in it."""

from collections.abc import Collection, Sequence

from medscribe.domain.privacy import PiiKind
from medscribe.privacy.rules.finding import DOUBTFUL, LISTED, SURE, Finding
from medscribe.privacy.rules.names.likeness import is_auxiliary_use, is_safe_to_repeat
from medscribe.privacy.rules.names.name_context import Cue, cue_at
from medscribe.privacy.rules.names.name_shape import PARTICLES
from medscribe.privacy.rules.names.other_uses import is_eponym_use
from medscribe.privacy.rules.tokens import Token, tokenize
from medscribe.privacy.rules.word_list import Flag


def learned_words(texts: Sequence[str], found: Sequence[Sequence[Finding]]) -> set[str]:
    """Words of all names that are certain, in lower case."""
    return {
        token.lower
        for text, findings in zip(texts, found, strict=True)
        for finding in findings
        if finding.score >= SURE
        for token in tokenize(text[finding.start : finding.end])
        if len(token.lower) > 1 and Flag.NEVER not in token.flags and token.lower not in PARTICLES
    }


def hinted_words(texts: Sequence[str], found: Sequence[Sequence[Finding]]) -> set[str]:
    """Common words by which somebody was called once: "will" in "hi will , how are you"."""
    called = (
        text[finding.start : finding.end].lower()
        for text, findings in zip(texts, found, strict=True)
        for finding in findings
        if DOUBTFUL <= finding.score < SURE
    )
    return {word for word in called if " " not in word}


def named_again(text: str, tokens: list[Token], learned: Collection[str]) -> list[Finding]:
    """Where words of certain names stand again; less certain where they mean other things too."""
    again = []
    for token in tokens:
        if token.lower not in learned:
            continue
        if Flag.EPONYM in token.flags and is_eponym_use(text, token):
            continue
        if is_safe_to_repeat(token):
            again.append(Finding(token.start, token.end, PiiKind.NAME, LISTED))
        elif (token.capital and not token.opens) or _is_called_eponym(text, token):
            again.append(Finding(token.start, token.end, PiiKind.NAME, DOUBTFUL))
    return again


def called_again(text: str, tokens: list[Token], hinted: Collection[str]) -> list[Finding]:
    """Where the same common words are said to or of somebody again: "thanks , will ."."""
    return [
        Finding(token.start, token.end, PiiKind.NAME, DOUBTFUL)
        for token in tokens
        if token.lower in hinted
        and ((token.capital and not token.opens) or _is_called(text, token))
    ]


def _is_called(text: str, token: Token) -> bool:
    cue = cue_at(text, token)
    return cue >= Cue.STRONG or (cue >= Cue.WEAK and not is_auxiliary_use(token))


def _is_called_eponym(text: str, token: Token) -> bool:
    """Whether "graves" in "thanks graves" is the Dr. Graves of the visit."""
    return Flag.EPONYM in token.flags and cue_at(text, token) >= Cue.WEAK
