"""Decoding in a process of its own: the same sound, and no harm from what cannot be decoded."""

import os
import signal
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from tests.sample_speech import SAMPLE_RECORDING

from medscribe.audio.decode import decode
from medscribe.audio.decode_apart import DecodedAudio, decode_apart
from medscribe.errors import AudioError


def apart(
    path: Path, *, max_seconds: float = 600, memory_mb: int = 1024, timeout_seconds: float = 60
) -> DecodedAudio:
    with path.open("rb") as file:
        file.read(10)  # the child begins at the beginning all the same
        return decode_apart(
            file, max_seconds=max_seconds, memory_mb=memory_mb, timeout_seconds=timeout_seconds
        )


def test_the_sound_is_the_same_as_decoded_here() -> None:
    found, expected = apart(SAMPLE_RECORDING), decode(SAMPLE_RECORDING, max_seconds=600)
    assert np.array_equal(found.samples, expected.samples)
    assert found.truncated == expected.truncated


def test_our_own_errors_come_back_as_they_are(tmp_path: Path) -> None:
    text = tmp_path / "visit.wav"
    text.write_text("not sound" * 100)
    with pytest.raises(AudioError, match="not audio that can be read"):
        apart(text)
    with pytest.raises(AudioError, match=r"longer than 0\.5 minutes"):
        apart(SAMPLE_RECORDING, max_seconds=30)


def test_too_little_memory_is_one_error_and_no_crash() -> None:
    with pytest.raises(AudioError, match="decode_memory_mb"):
        apart(SAMPLE_RECORDING, memory_mb=32)


def test_a_decoder_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(AudioError, match="decode_seconds"):
        apart(SAMPLE_RECORDING, timeout_seconds=0.01)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="finds the child through /proc")
def test_a_killed_decoder_is_one_error() -> None:
    def kill_the_decoder() -> None:
        for _ in range(2000):
            for child in _children():
                if b"decode_child" in Path(f"/proc/{child}/cmdline").read_bytes():
                    os.kill(child, signal.SIGKILL)
                    return
            time.sleep(0.001)

    killer = threading.Thread(target=kill_the_decoder)
    killer.start()
    with pytest.raises(AudioError, match="could not be decoded"):
        apart(SAMPLE_RECORDING)
    killer.join()


def _children() -> list[int]:
    lists = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return [int(child) for each in lists for child in each.read_text().split()]


def test_keys_of_the_server_do_not_reach_the_decoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDSCRIBE_MASTER_KEY", "secret")
    seen: list[bytes] = []

    def look() -> None:
        for _ in range(2000):
            for child in _children():
                command = Path(f"/proc/{child}/cmdline").read_bytes()
                if b"decode_child" in command:
                    seen.append(Path(f"/proc/{child}/environ").read_bytes())
                    return
            time.sleep(0.001)

    if not Path("/proc/self/task").is_dir():
        pytest.skip("finds the child through /proc")
    looker = threading.Thread(target=look)
    looker.start()
    apart(SAMPLE_RECORDING)
    looker.join()
    assert b"PATH=" in seen[0]
    assert b"secret" not in seen[0]
