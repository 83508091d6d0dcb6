"""A microphone of this machine -> blocks of 16 kHz mono sound, through unplugging and replugging.

PortAudio is reached through sounddevice. Its state belongs to the process and is started anew when
a device is lost, so a process listens to one microphone at a time.
"""

import contextlib
import os
import queue
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medscribe.audio.devices import (
    InputDevice,
    SoundFormat,
    choose_format,
    deliverer,
    find_device,
    list_devices,
    same_name,
    sounddevice,
)
from medscribe.audio.resample import MonoConverter
from medscribe.audio.source import PAUSE_SECONDS, SourceState, silence
from medscribe.errors import AudioError

__all__ = ["InputDevice", "Microphone", "list_devices", "open_microphone"]

# A device that sends nothing for so long is gone. Its first sound may take longer: Bluetooth
# headsets and sound servers wake up slowly.
_SILENT_SECONDS = 2.0
_FIRST_SOUND_SECONDS = 5.0
_RETRY_SECONDS = 1.0
_BLOCK_SECONDS = 0.05
# What the system buffers before a sample is lost, should the callback get no turn for a while.
_BUFFER_SECONDS = 0.25

_Heard = queue.SimpleQueue[NDArray[np.float32] | None]


def _ignore(state: SourceState) -> None:
    """Nobody wants to be told."""


def open_microphone(
    device: str | None, *, on_state: Callable[[SourceState], None] = _ignore
) -> "Microphone":
    """The microphone of that name (see `find_device`), ready to listen.

    `on_state` is told when the device is lost, is back and when listening ends, in the thread that
    iterates `blocks()`. Raises what `find_device` raises, `MissingDependencyError` without
    sounddevice, PortAudio, or (for a device that has no 16 kHz) PyAV, and `AudioError` for a device
    that cannot be opened.
    """
    sd = sounddevice()
    found = find_device(list_devices(), device)
    wanted = choose_format(found, deliverer(sd, found))
    if wanted is None:
        raise AudioError(
            f'The microphone "{found.name}" cannot be opened: close the program that uses it, '
            "or choose another with --device."
        )
    return Microphone(found.name, wanted, on_state=on_state)


class Microphone:
    """A device that is listened to by name; a `SoundSource`.

    When the device is lost, its last sound is closed with `PAUSE_SECONDS` of digital silence, and
    the name is looked for until it is back. `overflows` counts how often the system reported sound
    that it lost before it reached us.
    """

    def __init__(
        self,
        name: str,
        wanted: SoundFormat,
        *,
        on_state: Callable[[SourceState], None] = _ignore,
    ) -> None:
        MonoConverter(wanted.sample_rate)  # says at once what is missing
        self.name = name
        self.overflows = 0
        self._sd = sounddevice()
        self._wanted = wanted
        self._on_state = on_state
        self._state = SourceState.LISTENING
        self._closing = threading.Event()
        # What the open stream heard; None wakes the reader. Unbounded on purpose: 64 KB a second,
        # and PortAudio's callback must neither wait nor drop.
        self._heard: _Heard = queue.SimpleQueue()
        self._last_heard = time.monotonic()
        self._lost_before = 0.0

    @property
    def state(self) -> SourceState:
        return self._state

    @property
    def lost_seconds(self) -> float:
        """How long the device was away, all together; the silence in its place is shorter."""
        away = time.monotonic() - self._last_heard if self._state is SourceState.LOST else 0.0
        return self._lost_before + away

    def blocks(self) -> Iterator[NDArray[np.float32]]:
        self._last_heard = time.monotonic()
        try:
            while not self._closing.is_set():
                yield from self._listen()
                if self._closing.is_set():
                    break
                if self._state is SourceState.LISTENING:
                    self._become(SourceState.LOST)
                    yield silence(PAUSE_SECONDS)
                self._closing.wait(_RETRY_SECONDS)
                self._restart_portaudio()
        finally:
            self._become(SourceState.ENDED)

    def close(self) -> None:
        self._closing.set()
        self._heard.put(None)

    def _become(self, state: SourceState) -> None:
        if state is self._state:
            return
        self._lost_before = self.lost_seconds
        self._state = state
        self._on_state(state)

    def _listen(self) -> Iterator[NDArray[np.float32]]:
        """What the device sends until it is gone or the source is closed."""
        heard: _Heard = queue.SimpleQueue()
        self._heard = heard
        with _quiet_terminal():
            stream = self._open(heard)
        if stream is None:
            return
        converter = MonoConverter(self._wanted.sample_rate)
        try:
            for block in self._until_gone(heard):
                yield from converter.feed(block)
        finally:
            with _quiet_terminal():
                stream.abort()
                stream.close()
        for block in _rest(heard):
            yield from converter.feed(block)
        yield from converter.finish()

    def _open(self, heard: _Heard) -> Any:
        """A running stream of the device of our name that fills `heard`; None without device."""

        def callback(sound: NDArray[np.float32], frames: int, at: Any, status: Any) -> None:
            heard.put(sound.copy())
            self.overflows += bool(status.input_overflow)

        try:
            device = same_name(list_devices(), self.name)
            if device is None:
                return None
            stream = self._sd.InputStream(
                device=device.number,
                samplerate=self._wanted.sample_rate,
                channels=self._wanted.channels,
                dtype="float32",
                blocksize=round(_BLOCK_SECONDS * self._wanted.sample_rate),
                latency=_BUFFER_SECONDS,
                callback=callback,
                finished_callback=lambda: heard.put(None),
            )
            stream.start()
        except self._sd.PortAudioError:
            return None
        return stream

    def _until_gone(self, heard: _Heard) -> Iterator[NDArray[np.float32]]:
        """float32 (n, channels) as they come; ends when none come any more or on `close()`."""
        patience = _FIRST_SOUND_SECONDS
        while not self._closing.is_set():
            block = _next(heard, patience)
            if block is None:
                return
            self._become(SourceState.LISTENING)
            self._last_heard = time.monotonic()
            patience = _SILENT_SECONDS
            yield block

    def _restart_portaudio(self) -> None:
        """Have PortAudio look for devices again: it does so only when it starts."""
        for step in (self._sd._terminate, self._sd._initialize):
            with contextlib.suppress(self._sd.PortAudioError):
                step()


def _next(heard: _Heard, patience: float) -> NDArray[np.float32] | None:
    """The next block; None where the stream ended or stays silent for `patience` seconds."""
    # Asked twice: after the computer slept, the waiting time is over before the first block comes.
    for seconds in (patience, 0.5):
        with contextlib.suppress(queue.Empty):
            return heard.get(timeout=seconds)
    return None


def _rest(heard: _Heard) -> Iterator[NDArray[np.float32]]:
    """What a closed stream left behind."""
    while not heard.empty():
        block = heard.get()
        if block is not None:
            yield block


@contextlib.contextmanager
def _quiet_terminal() -> Iterator[None]:
    """PortAudio and ALSA write their findings to the terminal, through whatever is shown there."""
    try:
        saved = os.dup(2)
    except OSError:  # a process without a terminal
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    try:
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
