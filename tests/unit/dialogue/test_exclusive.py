"""Overlapping turns of an engine become turns of one voice at a time."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from medscribe.dialogue.exclusive import Heard, exclusive_turns


def turns(*heard: tuple[str, float, float], duration: float = 60.0) -> list[tuple[str, ...]]:
    found = exclusive_turns([Heard(*item) for item in heard], duration_seconds=duration)
    return [(turn.label, turn.span.start, turn.span.end) for turn in found]


def test_turns_in_any_order_are_named_by_first_appearance() -> None:
    assert turns(("b", 5, 9), ("a", 9, 12), ("c", 1, 4)) == [
        ("S1", 1, 4),
        ("S2", 5, 9),
        ("S3", 9, 12),
    ]


def test_a_yes_inside_a_long_answer_stays_a_turn_and_the_answer_goes_on() -> None:
    assert turns(("a", 0, 10), ("b", 4, 5)) == [("S1", 0, 4), ("S2", 4, 5), ("S1", 5, 10)]


def test_a_voice_that_cuts_in_has_the_floor() -> None:
    assert turns(("a", 0, 5), ("b", 4, 9)) == [("S1", 0, 4), ("S2", 4, 9)]


def test_of_two_that_begin_together_the_longer_has_the_floor() -> None:
    """The form in which sherpa-onnx returns overlaps (its issue 3382)."""
    assert turns(("b", 0.03, 0.96), ("a", 0.03, 1.18)) == [("S1", 0.03, 1.18)]


def test_turns_of_one_voice_that_touch_are_joined_and_a_pause_keeps_them_apart() -> None:
    assert turns(("a", 0, 2), ("a", 2, 3), ("a", 3.5, 4)) == [("S1", 0, 3), ("S1", 3.5, 4)]


def test_what_lies_outside_the_recording_is_cut_off() -> None:
    assert turns(("a", -1, 2), ("b", 7, 12), ("c", 11, 13), duration=10) == [
        ("S1", 0, 2),
        ("S2", 7, 10),
    ]


def test_nothing_heard_gives_no_turns() -> None:
    assert turns() == []
    assert turns(("a", 3, 3), ("b", 5, 4)) == []


HEARD = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(0, 40), st.integers(1, 20)).map(
        lambda drawn: Heard(drawn[0], drawn[1] / 4, (drawn[1] + drawn[2]) / 4)
    ),
    max_size=12,
)


@given(HEARD)
def test_every_moment_of_speech_belongs_to_one_voice_that_was_heard_then(
    heard: list[Heard],
) -> None:
    found = exclusive_turns(heard, duration_seconds=30.0)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))
    labels = list(dict.fromkeys(turn.label for turn in found))
    assert labels == [f"S{number}" for number in range(1, len(labels) + 1)]
    for tick in range(60):
        moment = tick / 4 + 0.125
        voices = {item.voice for item in heard if item.start < moment < item.end}
        covered = [turn for turn in found if turn.span.start < moment < turn.span.end]
        assert len(covered) == min(len(voices), 1)
