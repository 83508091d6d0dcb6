"""Length of a note, and the worth of sentences that makes it so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.talk import talk

from medscribe.note.length import expected_words, worth_for_length


def test_a_longer_talk_has_a_longer_note_but_not_in_proportion() -> None:
    short = expected_words(talk("PATIENT  " + "My knee hurts. " * 100))
    long = expected_words(talk("PATIENT  " + "My knee hurts. " * 1000))
    assert short < long < 10 * short


@pytest.mark.parametrize(("words", "worth"), [(10_000, 0.36), (1, 0.1)])
def test_a_note_that_is_always_too_long_or_short_takes_the_nearest(
    words: int, worth: float
) -> None:
    assert worth_for_length(lambda least: words - int(100 * least), 400) == worth


@given(st.lists(st.integers(0, 900), min_size=8, max_size=8), st.integers(0, 900))
def test_the_worth_found_is_as_near_as_any(counts: list[int], wanted: int) -> None:
    falling = sorted(counts, reverse=True)
    worths = (0.1, 0.13, 0.16, 0.2, 0.24, 0.28, 0.32, 0.36)
    table = dict(zip(worths, falling, strict=True))
    found = worth_for_length(table.__getitem__, wanted)
    assert abs(table[found] - wanted) == min(abs(count - wanted) for count in falling)
