"""What a font cannot show is marked, never left out."""

from hypothesis import given
from hypothesis import strategies as st

from medscribe.export.printable import drawn, without_controls


def in_latin(letter: str) -> bool:
    return letter.isascii() and letter.isprintable()


def test_a_letter_without_a_glyph_has_its_plain_form_or_its_code() -> None:
    assert drawn("Ａ王ﬁ", in_latin) == "A[U+738B]fi"


def test_marks_of_direction_go_and_spaces_stay() -> None:
    assert drawn("a\u200eb\u00a0c\td\ne", in_latin) == "ab c d e"


@given(st.text())
def test_every_visible_letter_leaves_something(text: str) -> None:
    shown = drawn(text, in_latin)

    assert all(in_latin(letter) for letter in shown)
    assert bool(without_controls(text).strip()) or not shown.strip()
