"""A sound server of the tests' own with one microphone, which hears what the tests play into it.

PulseAudio's null sink is a loudspeaker whose monitor is a microphone. PortAudio sees it through
ALSA's pulse plugin, by a private ALSA configuration. Unplugging is unloading it. PortAudio belongs
to its process and reads the configuration once, so listening happens in a child process: this
module, run as a program.
"""

import ctypes.util
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import threading
import time
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
RATE = 16_000
NAME = "desk_microphone"

# The first line keeps ALSA's own definitions; the sound server is reached through its plugin.
_ALSA = """</usr/share/alsa/alsa.conf>
pcm.!default { type pulse }
ctl.!default { type pulse }
"""
_PLUGGED = f'pcm.{NAME} {{ type pulse device "room.monitor" }}\n'


def missing_parts() -> list[str]:
    """What this system lacks for a virtual microphone; empty where it can be tested."""
    missing = [
        name for name in ("pulseaudio", "pactl", "paplay", "pacat") if shutil.which(name) is None
    ]
    if ctypes.util.find_library("portaudio") is None:
        missing.append("PortAudio (Debian: libportaudio2)")
    plugin = "alsa-lib/libasound_module_pcm_pulse.so"
    if not any(list(Path("/usr").glob(f"{place}/{plugin}")) for place in ("lib*", "lib/*")):
        missing.append("ALSA's pulse plugin (Debian: libasound2-plugins)")
    if importlib.util.find_spec("sounddevice") is None:
        missing.append("sounddevice (extra mic)")
    return missing


class VirtualMicrophone:
    """One microphone, plugged in or not. `environment` is what a program needs to see it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._socket = folder / "native"
        self._alsa = folder / "asound.conf"
        self._alsa.write_text(_ALSA)
        self.environment = os.environ | {
            "ALSA_CONFIG_PATH": str(self._alsa),
            "HOME": str(folder),
            "PULSE_COOKIE": str(folder / "cookie"),
            "PULSE_RUNTIME_PATH": str(folder),
            "PULSE_SERVER": f"unix:{self._socket}",
            "XDG_CONFIG_HOME": str(folder),
        }
        self._environment_of_server = self.environment | {"DBUS_SESSION_BUS_ADDRESS": "disabled:"}
        self._server: subprocess.Popen[bytes] | None = None
        self._awake: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = "pulseaudio -n --exit-idle-time=-1 --disallow-exit --daemonize=no --realtime=no"
        module = f"module-native-protocol-unix socket={self._socket} auth-anonymous=1"
        self._server = subprocess.Popen(
            [*command.split(), "--high-priority=no", "-L", module],
            env=self._environment_of_server,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until(lambda: self._control("info").returncode == 0, "the sound server to answer")

    def stop(self) -> None:
        for process in (self._awake, self._server):
            if process is not None:
                process.kill()
                process.wait()

    def plug(self) -> None:
        sink = ["module-null-sink", "sink_name=room", f"rate={RATE}", "channels=1"]
        done = self._control("load-module", *sink)
        assert done.returncode == 0, done.stderr
        self._alsa.write_text(_ALSA + _PLUGGED)
        # Silence that never ends: an idle sink sends its first sound only after two seconds.
        command = "pacat --playback --raw --device=room --latency-msec=50 /dev/zero"
        self._awake = subprocess.Popen(
            command.split(), env=self.environment, stderr=subprocess.DEVNULL
        )

    def unplug(self) -> None:
        self._alsa.write_text(_ALSA)
        self._control("unload-module", "module-null-sink")
        if self._awake is not None:
            self._awake.wait(timeout=30)

    @property
    def plugged(self) -> bool:
        return self._awake is not None and self._awake.poll() is None

    def fall_silent(self) -> None:
        """Stay plugged, but send nothing any more, not even zeros."""
        self._control("suspend-sink", "room", "1")

    def speak_again(self) -> None:
        self._control("suspend-sink", "room", "0")

    def play(self, samples: NDArray[np.float32]) -> None:
        """Play float32 (n,) at 16 kHz into the room; returns when it was played.

        Between quarter seconds of silence: the sound server may swallow the start of a stream.
        """
        path = self._folder / "played.wav"
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            quiet = np.zeros(RATE // 4, np.float32)
            sound = np.concatenate([quiet, samples, quiet])
            file.writeframes(np.round(sound * 32_767).astype("<i2").tobytes())
        # A long buffer: a busy machine must not tear holes into what is played.
        command = ["paplay", "--device=room", "--latency-msec=3000", str(path)]
        subprocess.run(command, env=self.environment, check=True, timeout=60)

    def run(self, code: str) -> subprocess.CompletedProcess[str]:
        """Run a piece of Python where the microphone can be seen."""
        return subprocess.run(
            [sys.executable, "-c", code],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
        )

    @contextmanager
    def listening(self, **options: int) -> Iterator["Listener"]:
        """A process that listens to the microphone; `options`: see `_listen`."""
        listener = Listener(self, json.dumps(options))
        try:
            if self.plugged:
                listener.wait_for_sound()
            yield listener
        finally:
            listener.kill()

    def _control(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["pactl", *command], env=self.environment, capture_output=True, text=True, timeout=30
        )


@dataclass(frozen=True)
class Heard:
    """What a listener heard from its start to `stop()`."""

    samples: NDArray[np.float32]
    overflows: int
    lost_seconds: float


class Listener:
    """A child process with a `Microphone`. `states`: what `on_state` was told, in order."""

    def __init__(self, microphone: VirtualMicrophone, options: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.virtual_microphone", options],
            env=microphone.environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.states: list[str] = []
        self._samples: list[NDArray[np.float32]] = []
        self._counts: dict[str, float] = {}
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    @property
    def samples(self) -> NDArray[np.float32]:
        """Heard so far, float32 (n,)."""
        return np.concatenate([np.zeros(0, np.float32), *self._samples])

    def wait_for_sound(self, seconds: float = 0.1) -> None:
        """Until so much more sound has come."""
        enough = len(self.samples) + seconds * RATE
        until(lambda: len(self.samples) >= enough, "sound from the microphone")

    def wait_for(self, *states: str) -> None:
        """Until exactly these states have been told."""
        until(lambda: self.states == list(states), f"{states}, not only {self.states}")

    def stop(self) -> Heard:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(timeout=30)
        self._reader.join()
        return Heard(self.samples, int(self._counts["overflows"]), self._counts["lost_seconds"])

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _read(self) -> None:
        """One line of JSON for each message; sound follows its line as raw float32."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            message = json.loads(line)
            if "samples" in message:
                raw = self._process.stdout.read(4 * message["samples"])
                self._samples.append(np.frombuffer(raw, np.float32))
            elif "state" in message:
                self.states.append(message["state"])
            else:
                self._counts = message


def until(true: Callable[[], bool], awaited: str, *, seconds: float = 30) -> None:
    """Wait for something; generous, because the machine may be busy."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"waited in vain for {awaited}"
        time.sleep(0.02)


def _listen(*, rate: int | None = None, channels: int = 1) -> None:
    """Listen until stdin is closed.

    `rate`: as to a device that has no 16 kHz, and that need not be there yet.
    """
    from medscribe.audio.devices import SoundFormat
    from medscribe.audio.microphone import Microphone, open_microphone

    def tell(**message: float | str) -> None:
        sys.stdout.buffer.write(json.dumps(message).encode() + b"\n")
        sys.stdout.buffer.flush()

    def told(state: str) -> None:
        tell(state=state)

    if rate is None:
        microphone = open_microphone(NAME, on_state=told)
    else:
        microphone = Microphone(NAME, SoundFormat(rate, channels), on_state=told)
    threading.Thread(target=lambda: (sys.stdin.read(), microphone.close()), daemon=True).start()
    for block in microphone.blocks():
        tell(samples=len(block))
        sys.stdout.buffer.write(block.tobytes())
        sys.stdout.buffer.flush()
    tell(overflows=microphone.overflows, lost_seconds=microphone.lost_seconds)


if __name__ == "__main__":
    _listen(**json.loads(sys.argv[1]))
