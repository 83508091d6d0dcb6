"""Cutting at pauses: where speech is, in the order it was said."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from medscribe.speech.pauses import between_pauses


def room(*parts: tuple[float, float]) -> NDArray[np.float32]:
    """Noise in parts of (seconds, loudness)."""
    random = np.random.default_rng(0)
    noise = [random.normal(0, loudness, int(seconds * 16000)) for seconds, loudness in parts]
    return np.concatenate(noise).astype(np.float32)


def test_two_sentences_are_two_stretches() -> None:
    (_, first_end), (second_start, second_end) = between_pauses(
        room((2.0, 0.1), (1.0, 0.001), (3.0, 0.1))
    )
    assert first_end / 16000 == pytest.approx(2.2, abs=0.05)
    assert second_start / 16000 == pytest.approx(2.8, abs=0.05)
    assert second_end == 6 * 16000


def test_a_single_short_word_is_kept_whole() -> None:
    assert between_pauses(room((0.25, 0.1))) == [(0, 4000)]


def test_the_stop_inside_a_word_is_no_pause() -> None:
    assert len(between_pauses(room((1.0, 0.1), (0.15, 0.001), (1.0, 0.1)))) == 1


def test_a_faint_answer_is_not_taken_for_a_pause() -> None:
    stretches = between_pauses(room((2.0, 0.2), (1.0, 0.0005), (2.0, 0.03), (1.0, 0.0005)))
    assert any(start < 3.5 * 16000 < end for start, end in stretches)


@given(st.lists(st.tuples(st.floats(0.0, 1.5), st.sampled_from([0.0, 0.001, 0.1])), max_size=8))
def test_stretches_are_in_order_and_inside(parts: list[tuple[float, float]]) -> None:
    samples = room(*parts, (0.1, 0.1))
    stretches = between_pauses(samples)
    assert all(0 <= start < end <= len(samples) for start, end in stretches)
    assert all(before[0] < after[0] for before, after in pairwise(stretches))
    assert all(before[1] <= after[0] for before, after in pairwise(stretches))


@pytest.mark.parametrize("count", [0, 1, 319, 321])
def test_hardly_any_samples_do_not_crash(count: int) -> None:
    assert len(between_pauses(np.full(count, 0.1, np.float32))) <= 1
