"""Listening to a real (virtual) microphone: every sample, through unplugging and silence."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from tests.virtual_microphone import NAME, RATE, VirtualMicrophone, missing_parts

from medscribe.audio.devices import InputDevice, SoundFormat, choose_format, find_device
from medscribe.audio.microphone import list_devices
from medscribe.audio.source import PAUSE_SECONDS
from medscribe.errors import AudioError, ConfigurationError, MissingDependencyError


def device(number: int, name: str, *, default: bool = False, rate: int = 48_000) -> InputDevice:
    return InputDevice(number, name, channels=2, sample_rate=rate, default=default)


LAPTOP = device(0, "Built-in Audio (hw:0,0)", default=True)
HEADSET = device(3, "Jabra Evolve (hw:1,0)")
TABLE = device(5, "Jabra Speak 510 (hw:2,0)")
DEVICES = [LAPTOP, HEADSET, TABLE]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (None, LAPTOP),
        ("Jabra Evolve (hw:1,0)", HEADSET),
        ("jabra evolve (HW:1,0)", HEADSET),
        ("speak", TABLE),
        ("3", HEADSET),
        ("Jabra Speak 510 (hw:7,0)", TABLE),
    ],
)
def test_a_microphone_is_meant_by_its_name_a_part_of_it_or_its_number(
    wanted: str | None, found: InputDevice
) -> None:
    assert find_device(DEVICES, wanted) == found


def test_without_a_choice_of_the_system_the_first_microphone_is_taken() -> None:
    assert find_device([HEADSET, TABLE], None) == HEADSET


def test_a_wrong_name_is_answered_with_the_right_ones() -> None:
    with pytest.raises(ConfigurationError, match=r"no such .*Jabra Evolve.*Jabra Speak 510"):
        find_device(DEVICES, "webcam")


def test_a_name_of_two_microphones_is_answered_with_these_two() -> None:
    with pytest.raises(ConfigurationError, match="Several") as refusal:
        find_device(DEVICES, "jabra")
    assert "Built-in" not in str(refusal.value)


def test_one_microphone_listed_by_two_sound_systems_is_one() -> None:
    assert find_device([LAPTOP, device(7, "Desk"), device(12, "Desk")], "des").number == 7


def test_no_microphone_at_all_is_said() -> None:
    with pytest.raises(AudioError, match="No microphone is connected"):
        find_device([], "desk")


@pytest.mark.parametrize(
    ("delivered", "chosen"),
    [
        ({(16_000, 1), (48_000, 1)}, SoundFormat(16_000, 1)),
        ({(48_000, 1), (48_000, 2)}, SoundFormat(48_000, 1)),
        ({(48_000, 2)}, SoundFormat(48_000, 2)),
        (set(), None),
    ],
)
def test_a_device_is_asked_for_16_khz_mono_and_else_for_what_it_has(
    delivered: set[tuple[int, int]], chosen: SoundFormat | None
) -> None:
    def delivers(wanted: SoundFormat) -> bool:
        return (wanted.sample_rate, wanted.channels) in delivered

    assert choose_format(HEADSET, delivers) == chosen


def test_without_sounddevice_the_extra_and_the_system_package_are_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    with pytest.raises(MissingDependencyError, match=r"medscribe\[mic\].*libportaudio2"):
        list_devices()


def test_without_portaudio_the_extra_and_the_system_package_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # What the sounddevice wheel does where the system has no PortAudio.
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    with pytest.raises(MissingDependencyError, match=r"medscribe\[mic\].*libportaudio2"):
        list_devices()


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
def test_listening_goes_on_when_the_microphone_is_plugged_in_again(
    microphone: VirtualMicrophone,
) -> None:
    before, after = noise(0.5, seed=2), noise(0.5, seed=3)
    with microphone.listening() as listener:
        microphone.play(before)
        listener.wait_for_sound(0.5)
        microphone.unplug()
        listener.wait_for("lost")
        microphone.plug()
        listener.wait_for("lost", "listening")
        microphone.play(after)
        listener.wait_for_sound(0.5)
        heard = listener.stop()

    assert listener.states == ["lost", "listening", "ended"]
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
