"""Exchanged tags are told; nothing else is taken for them."""

from hypothesis import given
from hypothesis import strategies as st

from medscribe.dialogue.exchanged_tags import tags_exchanged

CLINICIAN = [3.0, 1.0, -0.5, 4.0, 2.0, 5.0]
PATIENT = [-3.0, -1.0, 0.5, -4.0, -2.0, -2.5]


def test_sides_that_speak_like_each_other_are_exchanged() -> None:
    assert tags_exchanged(PATIENT, CLINICIAN)
    assert not tags_exchanged(CLINICIAN, PATIENT)


def test_sides_that_speak_alike_are_not() -> None:
    assert not tags_exchanged([1.0, -1.0] * 10, [1.2, -0.8] * 10)


def test_three_turns_are_too_few() -> None:
    assert not tags_exchanged(PATIENT[:3], CLINICIAN)
    assert not tags_exchanged([], [])


def test_scattered_turns_need_more_of_them() -> None:
    scattered = [9.0, -9.0, 7.0, -13.0]
    assert not tags_exchanged(scattered, [each + 4 for each in scattered])
    assert tags_exchanged(scattered * 40, [each + 4 for each in scattered] * 40)


scores = st.lists(st.floats(-20, 20), max_size=30)


@given(scores, scores)
def test_never_both_ways(first: list[float], second: list[float]) -> None:
    assert not (tags_exchanged(first, second) and tags_exchanged(second, first))
