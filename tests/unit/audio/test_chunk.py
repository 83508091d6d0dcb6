"""Stretches for a recogniser: never too long, no speech lost, cut in quiet places."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medscribe.audio.chunk import chunk_speech
from medscribe.domain.spans import TimeSpan

SILENCE = np.zeros(16_000 * 100, np.float32)


def _spans(*pairs: tuple[float, float]) -> list[TimeSpan]:
    return [TimeSpan(start=start, end=end) for start, end in pairs]


_PAIRS = st.lists(st.tuples(st.floats(0, 300), st.floats(0, 80)), max_size=20)


@given(pairs=_PAIRS, max_seconds=st.floats(1, 40))
def test_no_stretch_is_too_long_and_no_speech_is_lost(
    pairs: list[tuple[float, float]], max_seconds: float
) -> None:
    spans = _spans(*((start, start + length) for start, length in pairs))
    chunks = chunk_speech(spans, SILENCE, max_seconds=max_seconds)
    assert all(chunk.end - chunk.start <= max_seconds for chunk in chunks)
    edges = [edge for chunk in chunks for edge in (chunk.start, chunk.end)]
    assert edges == sorted(edges)
    for span in spans:
        inside = [chunk for chunk in chunks if chunk.start <= span.end and chunk.end >= span.start]
        assert inside[0].start <= span.start
        assert inside[-1].end >= span.end
        assert all(one.end == other.start for one, other in pairwise(inside))


def test_sentences_with_a_short_pause_between_them_go_together() -> None:
    chunks = chunk_speech(_spans((1, 5), (6, 9), (9.5, 12)), SILENCE)
    assert chunks == _spans((1, 12))


def test_without_joining_every_span_stays_alone() -> None:
    spans = _spans((1, 5), (5, 9), (9.5, 12))
    assert chunk_speech(spans, SILENCE, join_pause_seconds=0) == spans


def test_a_long_silence_is_not_handed_to_the_recogniser() -> None:
    assert chunk_speech(_spans((1, 5), (9, 12)), SILENCE) == _spans((1, 5), (9, 12))


def test_a_long_monologue_is_cut_where_it_is_quietest() -> None:
    noise = np.random.default_rng(3).normal(0, 0.1, 16_000 * 40).astype(np.float32)
    noise[round(20.4 * 16_000) : round(20.6 * 16_000)] = 0
    first, second = chunk_speech(_spans((0, 40)), noise)
    assert first.end == second.start == pytest.approx(20.5, abs=0.06)


def test_speech_beyond_the_end_of_the_samples_is_still_covered() -> None:
    chunks = chunk_speech(_spans((0, 90)), np.zeros(16_000, np.float32))
    assert chunks[-1].end == 90


def test_nothing_said_gives_no_stretch() -> None:
    assert chunk_speech([], SILENCE) == []


def test_an_absurdly_short_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="1 s"):
        chunk_speech([], SILENCE, max_seconds=0.5)
