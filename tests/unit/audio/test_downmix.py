"""One signal on two channels becomes one channel; two microphones stay two."""

import numpy as np
import pytest

from medscribe.audio.downmix import drop_copied_channel

RANDOM = np.random.default_rng(7)
VOICE = RANDOM.normal(0, 0.1, 16_000).astype(np.float32)
OTHER = RANDOM.normal(0, 0.1, 16_000).astype(np.float32)


@pytest.mark.parametrize("gain", [1.0, 0.5, -1.0, 0.0])
def test_a_copy_of_any_level_an_inverted_copy_and_a_dead_channel_are_dropped(gain: float) -> None:
    samples = np.stack([VOICE * np.float32(gain), VOICE], axis=1)
    kept = drop_copied_channel(samples)
    assert kept.shape == (16_000, 1)
    np.testing.assert_array_equal(np.abs(kept[:, 0]), np.abs(VOICE))


def test_two_microphones_that_hear_each_other_stay_two() -> None:
    samples = np.stack([VOICE + 0.3 * OTHER, OTHER + 0.3 * VOICE], axis=1).astype(np.float32)
    assert drop_copied_channel(samples) is samples


def test_silence_on_both_becomes_one() -> None:
    assert drop_copied_channel(np.zeros((100, 2), np.float32)).shape == (100, 1)


def test_one_channel_stays_as_it_is() -> None:
    samples = VOICE[:, None]
    assert drop_copied_channel(samples) is samples
