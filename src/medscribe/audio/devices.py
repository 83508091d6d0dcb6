"""What sound can be taken from: the machine's input devices, and the one that is meant."""

import importlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType

from medscribe.domain.sound import SAMPLE_RATE
from medscribe.errors import AudioError, ConfigurationError, MissingDependencyError


@dataclass(frozen=True)
class InputDevice:
    """A microphone as PortAudio lists it; `number` changes when devices come and go.

    `channels`: most that it offers; `sample_rate`: its own, Hz; `default`: the system's choice.
    """

    number: int
    name: str
    channels: int
    sample_rate: int
    default: bool


@dataclass(frozen=True)
class SoundFormat:
    """What a device is asked to deliver, float32."""

    sample_rate: int
    channels: int


def list_devices() -> list[InputDevice]:
    """Everything that sound can be taken from, in PortAudio's order.

    Raises `MissingDependencyError` without sounddevice or PortAudio.
    """
    sd = sounddevice()
    default = sd.default.device[0]
    return [
        InputDevice(
            number=number,
            name=str(each["name"]),
            channels=int(each["max_input_channels"]),
            sample_rate=round(each["default_samplerate"]),
            default=number == default,
        )
        for number, each in enumerate(sd.query_devices())
        if each["max_input_channels"] > 0
    ]


def find_device(devices: Sequence[InputDevice], wanted: str | None) -> InputDevice:
    """The device of that name, or of a part of it that no other has, or of that number.

    None: the system's choice, else the first. Raises `AudioError` where there is no device at all,
    `ConfigurationError` naming the devices for one that is not there or not the only one.
    """
    if not devices:
        raise AudioError("No microphone is connected: plug one in and check that it is allowed.")
    if wanted is None:
        return next((each for each in devices if each.default), devices[0])
    found = same_name(devices, wanted)
    if found is None and wanted.isdecimal():
        found = next((each for each in devices if each.number == int(wanted)), None)
    if found is not None:
        return found
    close = [each for each in devices if wanted.casefold() in each.name.casefold()]
    # One device is listed once for each sound system of Windows, under the same name.
    if wanted and len({each.name for each in close}) == 1:
        return close[0]
    names = ", ".join(f'"{each.name}"' for each in close or devices)
    problem = "Several microphones match that name" if close else "There is no such microphone"
    raise ConfigurationError(f"{problem}: choose one of {names}.")


def same_name(devices: Sequence[InputDevice], name: str) -> InputDevice | None:
    """Exact before case-blind before without ALSA's address, which changes when replugged."""
    for plain in (str, str.casefold, _without_address):
        for each in devices:
            if plain(each.name) == plain(name):
                return each
    return None


def _without_address(name: str) -> str:
    """For example `USB Audio (hw:1,0)` -> `usb audio`."""
    return re.sub(r"\s*\(hw:\d+,\d+\)$", "", name).casefold()


def choose_format(
    device: InputDevice, delivers: Callable[[SoundFormat], bool]
) -> SoundFormat | None:
    """16 kHz mono where the device delivers it, else its own rate; None where nothing works."""
    own = device.sample_rate
    wishes = [(SAMPLE_RATE, 1), (own, 1), (own, min(2, device.channels)), (own, device.channels)]
    formats = (SoundFormat(rate, channels) for rate, channels in wishes)
    return next((each for each in formats if delivers(each)), None)


def deliverer(sd: ModuleType, device: InputDevice) -> Callable[[SoundFormat], bool]:
    """Whether the device delivers a format, as PortAudio says."""

    def delivers(wanted: SoundFormat) -> bool:
        try:
            sd.check_input_settings(
                device=device.number,
                samplerate=wanted.sample_rate,
                channels=wanted.channels,
                dtype="float32",
            )
        except sd.PortAudioError:
            return False
        return True

    return delivers


def sounddevice() -> ModuleType:
    """The module sounddevice, which finds PortAudio when it is imported."""
    try:
        return importlib.import_module("sounddevice")
    except (ImportError, OSError):  # OSError: the wheel is there, the system's PortAudio is not.
        raise MissingDependencyError(
            "Listening to a microphone needs sounddevice and PortAudio: install them with  "
            "pip install 'medscribe[mic]'  and, on Debian or Ubuntu,  apt install libportaudio2"
        ) from None
