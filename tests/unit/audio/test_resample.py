"""Sound of any rate -> 16 kHz mono: the same sound however it is cut into blocks."""

import sys

import numpy as np
import pytest

from medscribe.audio.resample import MonoConverter
from medscribe.errors import MissingDependencyError


def converted(sound: np.ndarray, rate: int, block: int) -> np.ndarray:
    """float32 (n, channels), fed in blocks -> float32 (n,) at 16 kHz."""
    converter = MonoConverter(rate)
    parts = [
        part
        for first in range(0, len(sound), block)
        for part in converter.feed(sound[first : first + block])
    ]
    return np.concatenate([*parts, *converter.finish()])


def sine(rate: int, seconds: float = 1.0) -> np.ndarray:
    times = np.arange(round(rate * seconds)) / rate
    return np.asarray(0.5 * np.sin(2 * np.pi * 440 * times), np.float32)


@pytest.mark.parametrize("rate", [8_000, 22_050, 44_100, 48_000, 96_000])
def test_blocks_leave_no_seam_and_no_sample_is_missing(rate: int) -> None:
    heard = converted(sine(rate)[:, None], rate, block=rate // 20 + 7)

    assert heard.dtype == np.float32
    assert len(heard) == pytest.approx(16_000, abs=1)
    inside = slice(200, 15_800)  # the filter has no past at the start and no future at the end
    np.testing.assert_allclose(heard[inside], sine(16_000)[inside], atol=5e-3)
    np.testing.assert_allclose(heard, converted(sine(rate)[:, None], rate, block=rate), atol=1e-6)


def test_sound_at_16_khz_passes_untouched() -> None:
    sound = sine(16_000)
    np.testing.assert_array_equal(converted(sound[:, None], 16_000, block=333), sound)


@pytest.mark.parametrize("rate", [16_000, 48_000])
def test_channels_are_averaged(rate: int) -> None:
    stereo = np.stack([sine(rate), np.zeros(rate, np.float32)], axis=1)
    both = converted(stereo, rate, block=800)
    np.testing.assert_allclose(both, converted(sine(rate)[:, None] / 2, rate, 800), atol=1e-6)


def test_without_pyav_another_rate_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    MonoConverter(16_000)
    with pytest.raises(MissingDependencyError, match=r"medscribe\[whisper\]"):
        MonoConverter(44_100)
