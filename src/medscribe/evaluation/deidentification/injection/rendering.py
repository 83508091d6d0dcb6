"""A carrier and an identifier -> text as a certain recogniser writes it, and where the identifier
stands in it."""

import re
from collections.abc import Callable
from enum import StrEnum

from medscribe.domain.spans import TextSpan
from medscribe.evaluation.deidentification.injection.identifier import Identifier

_SLOT = re.compile(r"(\{[abz]?\})")
_MARK = re.compile(r"\s*([,.?])(?=\s|$)")
_I = re.compile(r"\bi\b(?!\s+p\b)")
_OPENING = re.compile(r"(?:^|(?<=[.?] ))[a-z]")


class Style(StrEnum):
    """`verbatim` for what is written. Of speech: `plain` lower case without marks, `tokenised`
    lower case with marks as words of their own, `transcribed` with capitals and marks."""

    VERBATIM = "verbatim"
    PLAIN = "plain"
    TOKENISED = "tokenised"
    TRANSCRIBED = "transcribed"


SPOKEN_STYLES = (Style.PLAIN, Style.TOKENISED, Style.TRANSCRIBED)


def rendered(
    template: str, identifier: Identifier, style: Style
) -> tuple[str, tuple[TextSpan, ...]]:
    """The turn's text and the places of the identifier's parts in it."""
    text = ""
    spans = []
    for piece in _SLOT.split(template):
        if not _SLOT.fullmatch(piece):
            text += _LITERAL[style](piece)
            continue
        filling = _FILLING[style](identifier.filling(piece))
        spans.append(TextSpan(start=len(text), end=len(text) + len(filling)))
        text += filling
    if style is Style.TRANSCRIBED:
        # Letter for letter, so that the places stay right.
        text = _OPENING.sub(lambda match: match.group().upper(), text)
    return text, tuple(spans)


def _plain(text: str) -> str:
    return _MARK.sub("", text.lower())


def _tokenised(text: str) -> str:
    return _MARK.sub(r" \1", text.lower())


def _as_it_is(text: str) -> str:
    return text


def _capitals(text: str) -> str:
    return _I.sub("I", text)


_LITERAL: dict[Style, Callable[[str], str]] = {
    Style.VERBATIM: _as_it_is,
    Style.PLAIN: _plain,
    Style.TOKENISED: _tokenised,
    Style.TRANSCRIBED: _capitals,
}
_FILLING = {**_LITERAL, Style.TRANSCRIBED: _as_it_is}
