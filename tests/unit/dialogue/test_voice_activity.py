"""Pauses are found against what is loud around them, not against the whole recording."""

import numpy as np

from medscribe.dialogue.mel import mel_power
from medscribe.dialogue.voice_activity import (
    activity_around,
    activity_at,
    level_of_speech,
    voice_activity,
)
from medscribe.domain.spans import TimeSpan

RANDOM = np.random.default_rng(8)


def _burst(seconds: float, level: float) -> np.ndarray:
    return (level * RANDOM.normal(size=round(seconds * 16_000))).astype(np.float32)


def test_a_pause_between_two_words_is_found_for_loud_and_soft_voices() -> None:
    loud = [_burst(1, 0.3), _burst(0.3, 1e-4), _burst(1, 0.3)]
    soft = [_burst(1, 0.01), _burst(0.3, 1e-5), _burst(1, 0.01)]
    samples = np.concatenate([*loud, np.zeros(16_000 * 3, np.float32), *soft])
    activity = voice_activity(mel_power(samples))
    times = np.array([0.5, 1.15, 1.8, 5.8, 6.45, 7.1])
    assert (activity_at(activity, times).round() == [1, 0, 1, 1, 0, 1]).all()


def test_a_window_half_in_a_pause_is_half_active() -> None:
    activity = np.repeat(np.array([1, 0], np.float32), 200)
    around = activity_around(activity, np.array([1.0, 2.0, 3.0]), 0.8)
    assert around.tolist() == [1.0, 0.5, 0.0]


def test_windows_at_the_edges_and_tiny_recordings_are_no_trouble() -> None:
    activity = voice_activity(mel_power(_burst(0.03, 0.1)))
    assert len(activity) == 4
    assert activity_around(activity, np.array([0.0, 0.03, 9.0]), 0.8).max() <= 1


def test_the_level_counts_speech_only_and_is_never_zero() -> None:
    samples = np.concatenate([_burst(1, 0.1), np.zeros(16_000 * 9, np.float32)])
    assert 0.009 < level_of_speech(samples, [TimeSpan(start=0, end=1)]) < 0.011
    assert level_of_speech(samples, [TimeSpan(start=5, end=6)]) > 0
