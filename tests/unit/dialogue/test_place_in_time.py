"""A script takes the times of the words that recognition got right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medscribe.dialogue.place_in_time import place_in_time
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import Role, Utterance, Word


def said(text: str) -> Utterance:
    return Utterance(id="u1", speaker="S1", role=Role.PATIENT, text=text)


def heard(*words: tuple[str, float]) -> list[Word]:
    return [Word(text=text, span=TimeSpan(start=at, end=at + 0.3)) for text, at in words]


def test_a_word_that_was_recognised_takes_its_time() -> None:
    (placed,) = place_in_time([said("My knee hurts.")], heard(("my", 1.0), ("knee", 2.0)), 10.0)

    assert placed.words[1].text == "knee"
    assert placed.words[1].span.start == pytest.approx(2.0)


def test_words_between_two_known_ones_are_spread_evenly() -> None:
    (placed,) = place_in_time(
        [said("my left knee hurts")], heard(("my", 1.0), ("hurts", 4.0)), 10.0
    )

    assert [word.span.start for word in placed.words] == pytest.approx([1.0, 2.0, 3.0, 4.0])


def test_with_nothing_recognised_the_script_fills_the_recording() -> None:
    first, second = place_in_time([said("one two"), said("three four")], [], 8.0)

    assert first.span == TimeSpan(start=0, end=4)
    assert second.span == TimeSpan(start=4, end=8)


@given(
    st.lists(st.text("ab ", min_size=1, max_size=12), max_size=6),
    st.lists(st.sampled_from(["a", "b", "ab", "zz"]), max_size=20),
)
def test_every_word_is_kept_in_order_and_times_never_fall(
    lines: list[str], recognised: list[str]
) -> None:
    words = heard(*((text, index * 0.5) for index, text in enumerate(recognised)))

    placed = place_in_time([said(line) for line in lines], words, 30.0)

    flat = [word for utterance in placed for word in utterance.words]
    assert [word.text for word in flat] == [text for line in lines for text in line.split()]
    starts = [word.span.start for word in flat]
    assert starts == sorted(starts)
    assert all(word.span.end <= 30.0 for word in flat)
