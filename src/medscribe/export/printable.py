"""Text -> text that can be printed; what a font cannot show is marked, never left out."""

import re
import unicodedata
from collections.abc import Callable

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_INVISIBLE = ("Cf", "Zl", "Zp")


def without_controls(text: str) -> str:
    """The text without characters that XML and PDF refuse; line breaks become spaces."""
    return _CONTROLS.sub(" ", text.replace("\n", " "))


def drawn(text: str, has_glyph: Callable[[str], bool]) -> str:
    """The text in letters that a font has.

    A letter it lacks is shown by its compatibility form where it has that ("Ａ" -> "A"), else by
    its code in brackets: "王" -> "[U+738B]". Signs without a shape of their own, such as marks of
    direction, go.
    """
    return "".join(_letter(letter, has_glyph) for letter in without_controls(text))


def _letter(letter: str, has_glyph: Callable[[str], bool]) -> str:
    if has_glyph(letter):
        return letter
    if unicodedata.category(letter) in _INVISIBLE:
        return ""
    if letter.isspace():
        return " "
    simple = unicodedata.normalize("NFKC", letter)
    if simple != letter and all(has_glyph(one) for one in simple):
        return simple
    return f"[U+{ord(letter):04X}]"
