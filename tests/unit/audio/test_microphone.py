"""Listening to a real (virtual) microphone: every sample, through unplugging and silence."""

import json
import os
from collections.abc import Iterator

import numpy as np
import pytest
from tests.virtual_microphone import NAME, RATE, VirtualMicrophone, missing_parts

from medscribe.audio.source import PAUSE_SECONDS


@pytest.fixture(scope="module")
def microphone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VirtualMicrophone]:
    if (missing := missing_parts()) and os.environ.get("CI") != "true":
        pytest.skip(f"no virtual microphone here, missing: {', '.join(missing)}")
    virtual = VirtualMicrophone(tmp_path_factory.mktemp("sound"))
    try:
        virtual.start()
        virtual.plug()
        yield virtual
    finally:
        virtual.stop()


def noise(seconds: float, seed: int = 1) -> np.ndarray:
    """Sound that is like nothing else, on the steps of 16-bit samples."""
    wild = np.random.default_rng(seed).integers(-9_000, 9_000, round(seconds * RATE))
    return np.asarray(wild / 32_767, np.float32)


def place_of(part: np.ndarray, whole: np.ndarray) -> int:
    """The first sample of `whole` at which `part` fits best."""
    size = 1 << (len(whole) + len(part)).bit_length()
    spectrum = np.fft.rfft(whole, size) * np.conj(np.fft.rfft(part, size))
    return int(np.fft.irfft(spectrum, size)[: len(whole) - len(part) + 1].argmax())


def likeness(part: np.ndarray, whole: np.ndarray) -> float:
    """Correlation of `part` with the best place in `whole`; 1 is the same sound."""
    first = place_of(part, whole)
    return float(np.corrcoef(part, whole[first : first + len(part)])[0, 1])


@pytest.mark.engine
def test_the_microphone_is_listed_and_a_wrong_name_is_told_the_list(
    microphone: VirtualMicrophone,
) -> None:
    listed = microphone.run(
        "import json; from medscribe.audio.microphone import list_devices;"
        "print(json.dumps([each.name for each in list_devices()]))"
    )
    assert NAME in json.loads(listed.stdout)

    refused = microphone.run(
        "from medscribe.audio.microphone import open_microphone; open_microphone('webcam')"
    )
    assert "ConfigurationError" in refused.stderr
    assert NAME in refused.stderr


@pytest.mark.engine
def test_every_sample_that_was_played_is_heard_at_16_khz_and_through_the_resampler(
    microphone: VirtualMicrophone,
) -> None:
    played = noise(1.0)
    with microphone.listening() as direct, microphone.listening(rate=44_100, channels=2) as other:
        microphone.play(played)
        for listener in (direct, other):
            listener.wait_for_sound(0.5)
        heard, resampled = direct.stop(), other.stop()

    first = place_of(played, heard.samples)
    np.testing.assert_allclose(heard.samples[first:][: len(played)], played, atol=1e-4)
    assert heard.overflows == 0
    assert heard.lost_seconds == 0
    # White noise loses its highest octave's edge in the filters; a lost sample would cost half.
    assert likeness(played, resampled.samples) > 0.9


@pytest.mark.engine
def test_a_microphone_is_waited_for_when_it_is_not_there_and_when_it_is_pulled_out(
    microphone: VirtualMicrophone,
) -> None:
    before, after = noise(0.5, seed=2), noise(0.5, seed=3)
    microphone.unplug()
    with microphone.listening(rate=RATE) as listener:
        listener.wait_for("lost")
        microphone.plug()
        listener.wait_for("lost", "listening")
        microphone.play(before)
        listener.wait_for_sound(0.5)
        microphone.unplug()
        listener.wait_for("lost", "listening", "lost")
        microphone.plug()
        listener.wait_for("lost", "listening", "lost", "listening")
        microphone.play(after)
        listener.wait_for_sound(0.5)
        heard = listener.stop()

    assert listener.states[-1] == "ended"
    first, second = place_of(before, heard.samples), place_of(after, heard.samples)
    gap = heard.samples[first + len(before) : second]
    assert len(gap) >= PAUSE_SECONDS * RATE
    assert not gap.any()
    np.testing.assert_allclose(heard.samples[first:][: len(before)], before, atol=1e-4)
    np.testing.assert_allclose(heard.samples[second:][: len(after)], after, atol=1e-4)
    assert heard.lost_seconds > 0


@pytest.mark.engine
def test_a_microphone_that_sends_nothing_any_more_is_lost_until_it_does(
    microphone: VirtualMicrophone,
) -> None:
    with microphone.listening() as listener:
        microphone.fall_silent()
        listener.wait_for("lost")
        microphone.speak_again()
        listener.wait_for("lost", "listening")
        heard = listener.stop()
    assert heard.lost_seconds > 1
