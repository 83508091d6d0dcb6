"""The prefix beam search finds what summing over all labellings finds, and lets a model decide."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from medscribe.speech.medasr.beam import beam_search
from medscribe.speech.medasr.greedy import greedy, log_softmax
from medscribe.speech.medasr.tokens import Token

PIECES = ("<blk>", "▁no", "▁know", "▁fever")
NOTHING = float("-inf")

frames = st.lists(
    st.lists(st.floats(-4, 4, width=32), min_size=3, max_size=3), min_size=1, max_size=5
)


def scores(*rows: list[float]) -> NDArray[np.float32]:
    """Probabilities per frame (they are normalised here) -> their logarithms."""
    table = np.array(rows, np.float64)
    return np.log(table / table.sum(axis=1, keepdims=True)).astype(np.float32)


def labels(tokens: list[Token]) -> tuple[str, ...]:
    return tuple(token.piece for token in tokens)


class Preference:
    """A language model that likes one piece after another; both unweighted."""

    def __init__(self, likes: dict[tuple[int, int], float], ending: dict[int, float]) -> None:
        self._likes, self._ending = likes, ending

    def start(self) -> object:
        return -1

    def score(self, state: object, label: int) -> tuple[float, object]:
        assert isinstance(state, int)
        return self._likes.get((state, label), 0.0), label

    def end(self, state: object) -> float:
        assert isinstance(state, int)
        return self._ending.get(state, 0.0)


def test_greedy_takes_repeats_and_blanks_away() -> None:
    sure = 20 * np.eye(4, dtype=np.float32)[[0, 1, 1, 0, 1, 3, 3, 0]]
    tokens = greedy(log_softmax(sure), PIECES, blank=0)
    assert [(token.piece, token.start, token.end) for token in tokens] == [
        ("▁no", 1, 3),
        ("▁no", 4, 5),
        ("▁fever", 5, 7),
    ]
    assert all(token.probability == pytest.approx(1.0) for token in tokens)


def test_no_frames_have_no_tokens() -> None:
    nothing = np.zeros((0, 4), np.float32)
    assert greedy(nothing, PIECES, 0) == beam_search(nothing, PIECES, 0, width=8) == []


@given(st.lists(st.integers(0, 3), max_size=40), st.integers(1, 8))
def test_on_clear_sound_the_beam_is_greedy_in_tokens_times_and_probabilities(
    said: list[int], width: int
) -> None:
    peaked = log_softmax(12 * np.eye(4, dtype=np.float32)[said].reshape(-1, 4))
    assert beam_search(peaked, PIECES, 0, width=width) == greedy(peaked, PIECES, 0)


@given(frames)
@settings(max_examples=60)
def test_a_wide_beam_finds_the_likeliest_reading_of_all(rows: list[list[float]]) -> None:
    log_probs = log_softmax(np.array(rows, np.float32))
    readings: dict[tuple[int, ...], float] = {}
    for way in itertools.product(range(3), repeat=len(rows)):
        reading = tuple(label for label, _ in itertools.groupby(way) if label)
        share = math.exp(sum(float(log_probs[t, label]) for t, label in enumerate(way)))
        readings[reading] = readings.get(reading, 0.0) + share
    ranked = sorted(readings.values(), reverse=True)
    assume(len(ranked) < 2 or ranked[0] - ranked[1] > 1e-6)
    best = max(readings, key=lambda reading: readings[reading])
    found = beam_search(
        log_probs, PIECES[:3], 0, width=500, token_floor=NOTHING, beam_floor=NOTHING
    )
    assert labels(found) == tuple(PIECES[label] for label in best)


@given(frames)
@settings(max_examples=60)
def test_tokens_lie_in_order_on_frames_of_their_own(rows: list[list[float]]) -> None:
    tokens = beam_search(log_softmax(np.array(rows, np.float32)), PIECES[:3], 0, width=4)
    edges = [edge for token in tokens for edge in (token.start, token.end)]
    assert edges == sorted(edges)
    assert all(0 <= token.start < token.end <= len(rows) for token in tokens)
    assert all(0 < (token.probability or 0) <= 1 for token in tokens)


def test_a_reading_of_many_unlikely_ways_beats_the_one_likeliest_way() -> None:
    # Best single way: blank, blank (0.36). But "no" is heard in three of the four ways (0.64).
    log_probs = scores([0.6, 0.4], [0.6, 0.4])
    assert labels(greedy(log_probs, PIECES[:2], 0)) == ()
    assert labels(beam_search(log_probs, PIECES[:2], 0, width=8)) == ("▁no",)


def test_a_language_model_changes_what_is_heard() -> None:
    log_probs = scores([0.01, 0.45, 0.54, 0.0001], [0.97, 0.01, 0.01, 0.01], [0.01, 0.01, 0.01, 1])
    sound = beam_search(log_probs, PIECES, 0, width=8)
    assert labels(sound) == ("▁know", "▁fever")
    likes_no_fever = Preference({(1, 3): 1.0, (2, 3): -1.0}, {})
    read = beam_search(log_probs, PIECES, 0, width=8, scorer=likes_no_fever)
    assert labels(read) == ("▁no", "▁fever")
    assert [token.start for token in read] == [0, 2]
    assert read[0].probability == pytest.approx(0.45, abs=0.01)


def test_a_language_model_has_a_say_in_where_the_utterance_ends() -> None:
    log_probs = scores([0.01, 0.5, 0.49, 0.0001])
    ends_with_know = Preference({}, {1: -1.0, 2: 0.0})
    assert labels(beam_search(log_probs, PIECES, 0, width=8)) == ("▁no",)
    ended = beam_search(log_probs, PIECES, 0, width=8, scorer=ends_with_know)
    assert labels(ended) == ("▁know",)


def test_an_hour_of_silence_and_impossible_labels_stay_numbers() -> None:
    log_probs = np.full((2000, 4), -1e30, np.float32)
    log_probs[:, 0] = 0.0
    log_probs[1000] = (-np.inf, 0.0, -np.inf, -np.inf)
    (token,) = beam_search(log_probs, PIECES, 0, width=8)
    assert (token.piece, token.start, token.end, token.probability) == ("▁no", 1000, 1001, 1.0)


def test_logits_of_any_size_become_probabilities() -> None:
    huge = np.array([[1e4, -1e4, 0.0], [-1e4, -1e4, -1e4]], np.float32)
    assert np.exp(log_softmax(huge)).sum(axis=1) == pytest.approx([1.0, 1.0])
