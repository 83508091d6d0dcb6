"""The spectrogram equals the one that the speaker encoder was trained on."""

import numpy as np
import pytest

from medscribe.dialogue.mel import _filters, mel_power


def test_filters_equal_librosa_s() -> None:
    """Numbers of librosa.filters.mel(sr=16000, n_fft=400, n_mels=40), librosa 0.11."""
    filters = _filters()
    assert filters.shape == (40, 201)
    assert float(filters.max()) == pytest.approx(0.013329955, abs=1e-8)
    assert filters[5, 10:12] == pytest.approx([0.00593974, 0.01332995], abs=1e-7)
    assert np.flatnonzero(filters[20]).tolist() == [41, 42, 43, 44, 45, 46, 47]
    expected = [0.00081764, 0.00316024, 0.00550284, 0.00719192, 0.00502048, 0.00284904, 0.0006776]
    assert filters[20, 41:48] == pytest.approx(expected, abs=1e-7)
    assert int(filters[39].argmax()) == 185


def test_there_is_a_frame_for_every_10_ms_and_one_more() -> None:
    assert mel_power(np.zeros(16_000, np.float32)).shape == (101, 40)
    assert mel_power(np.zeros(0, np.float32)).shape == (1, 40)


def test_a_tone_sounds_in_its_own_band_only() -> None:
    tone = np.sin(2 * np.pi * 1000 * np.arange(16_000) / 16_000).astype(np.float32)
    power = mel_power(tone)[50]
    assert int(power.argmax()) == int(_filters()[:, 25].argmax())
    assert power[:10].max() < 1e-3 * power.max()


def test_a_long_recording_is_the_same_in_blocks_as_alone() -> None:
    noise = np.random.default_rng(2).normal(size=16_000 * 90).astype(np.float32)
    whole = mel_power(noise)
    part = mel_power(noise[16_000 * 60 : 16_000 * 62])
    np.testing.assert_allclose(whole[6002:6198], part[2:198], rtol=1e-4)
