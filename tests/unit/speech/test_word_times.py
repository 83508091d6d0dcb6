"""Words that an engine outside timed badly, or not at all."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medscribe.domain.spans import TimeSpan
from medscribe.speech.word_times import HeardWord, in_time

STRETCH = TimeSpan(start=0, end=10)


def test_a_dose_without_a_time_lies_between_its_neighbours() -> None:
    words = in_time(
        [HeardWord("take", 1.0, 1.5), HeardWord("500"), HeardWord("mg"), HeardWord("daily", 3, 4)],
        STRETCH,
    )
    assert [word.text for word in words] == ["take", "500", "mg", "daily"]
    assert words[1].span.start == 1.5
    assert words[2].span.end == pytest.approx(3.0)
    assert words[1].span.end == words[2].span.start


def test_words_without_any_time_fill_the_stretch() -> None:
    words = in_time([HeardWord("my"), HeardWord("knee")], STRETCH)
    assert (words[0].span.start, words[-1].span.end) == (0, pytest.approx(10))


TIMES = st.none() | st.floats(-5, 20) | st.just(float("nan"))


@given(st.lists(st.builds(HeardWord, st.text("abc", min_size=1), TIMES, TIMES, TIMES)))
def test_no_word_is_lost_and_times_are_in_order_inside_the_stretch(heard: list[HeardWord]) -> None:
    words = in_time(heard, STRETCH)
    assert [word.text for word in words] == [word.text for word in heard]
    assert all(0 <= word.span.start <= word.span.end <= 10 for word in words)
    assert all(a.span.start <= b.span.start for a, b in pairwise(words))
