"""A text -> what its spellings have in common, and where each character of that came from.

"José  O’Brien", "jose o'brien" and "JOSÉ O'BRIEN" written with separate accents are one: letter
case, accents, the form of apostrophes and hyphens, the width of blanks and marks that nobody sees
do not tell people apart.
"""

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

_SAME_SIGN = {
    **dict.fromkeys("’‘ʼ`´", "'"),
    **dict.fromkeys("‐‑", "-"),
}
_UNSEEN = frozenset("\u00ad\u200c\u200d\u2060")
"""Soft hyphen and joiners; other format characters divide words."""


class Folded(NamedTuple):
    """`places[i]`: where character i came from; one more for the end of the text."""

    text: str
    places: Sequence[int]


def fold(text: str) -> Folded:
    """`text` as it is compared; a run of blanks is one space."""
    if text.isascii() and "  " not in text and text.isprintable():
        return Folded(text.lower(), range(len(text) + 1))
    kept: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for folded in _folded(character):
            if folded == " " and kept[-1:] == [" "]:
                continue
            kept.append(folded)
            places.append(place)
    return Folded("".join(kept), [*places, len(text)])


def continues_word(character: str) -> bool:
    """Whether it belongs to the letter before it: a separate accent, or a mark nobody sees."""
    return character in _UNSEEN or bool(unicodedata.combining(character))


def _folded(character: str) -> str:
    if character.isspace():
        return " "
    if character in _UNSEEN:
        return ""
    parts = unicodedata.normalize("NFD", _SAME_SIGN.get(character, character))
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()
