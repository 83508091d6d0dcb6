"""Every frame of a long sound is taken once, from a window where it has neighbours."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medscribe.errors import ConfigurationError
from medscribe.speech.medasr.windows import check_chunks, in_frames, windows

seconds = st.integers(0, 60 * 16000)


@given(seconds, st.integers(1, 500), st.integers(0, 100))
def test_every_frame_is_kept_once_and_in_order(samples: int, chunk: int, stride: int) -> None:
    chunk += 2 * stride
    sound = np.arange(samples, dtype=np.float32)
    kept = [
        window.first + frame
        for window in windows(sound, chunk * 0.04, stride * 0.04)
        for frame in range(window.keep_from, window.keep_to)
    ]
    assert kept == list(range(-(-samples // 640)))


@given(seconds.filter(bool))
def test_a_window_holds_the_sound_of_its_frames_and_what_they_look_ahead(samples: int) -> None:
    sound = np.arange(1, samples + 1, dtype=np.float32)
    for window in windows(sound, 20, 2):
        start = window.first * 640
        frames = (len(window.samples) - 2320) // 640 + 1
        assert len(window.samples) >= 3200 or samples < 3200
        assert len(window.samples) >= 2320
        assert window.keep_from < window.keep_to <= frames
        heard = window.samples[: samples - start]
        assert np.array_equal(heard, sound[start : start + len(heard)])
        assert not window.samples[len(heard) :].any()


def test_strides_are_discarded_on_both_sides_but_not_at_the_ends() -> None:
    cuts = [
        (window.first, window.keep_from, window.keep_to)
        for window in windows(np.zeros(40 * 16000, np.float32), 20, 2)
    ]
    assert cuts == [(0, 0, 450), (400, 50, 450), (800, 50, 200)]


def test_sound_of_one_chunk_is_one_window() -> None:
    assert len(list(windows(np.zeros(20 * 16000, np.float32), 20, 2))) == 1


def test_no_sound_has_no_window() -> None:
    assert list(windows(np.zeros(0, np.float32), 20, 2)) == []


@pytest.mark.parametrize(("chunk", "stride"), [(4, 2), (3, 2), (0.01, 0), (20, -1)])
def test_a_chunk_no_longer_than_its_strides_is_refused(chunk: float, stride: float) -> None:
    with pytest.raises(ConfigurationError, match="chunk_length_s"):
        check_chunks(chunk, stride)


def test_a_frame_is_40_milliseconds() -> None:
    assert in_frames(2.0) == 50
    check_chunks(20, 2)
