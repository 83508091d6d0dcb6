"""Which microphone is meant, what it is asked for, and what is said where there is none."""

import sys
from pathlib import Path

import pytest

from medscribe.audio.devices import (
    InputDevice,
    SoundFormat,
    choose_format,
    find_device,
    list_devices,
)
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
