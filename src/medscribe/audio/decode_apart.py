"""An uploaded file -> samples, decoded in a process of its own with limits of memory and time.

Media decoders are large C libraries that a crafted file may crash, stall or fill memory with. Here
that ends one child process and one request, never the server.
"""

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from typing import IO, BinaryIO

from medscribe.audio.decode import DecodedAudio, DecodedStream, decoded_audio
from medscribe.audio.decode_child import HEADER, PCM, REPORT
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.errors import AudioError, MedScribeError, MissingDependencyError

_CHILD = "medscribe.audio.decode_child"
# What a child needs of the environment: where programs and libraries lie, never a key.
_PASSED_ON = (
    "PATH",
    "PYTHONPATH",
    "PYTHONHOME",
    "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
    "SYSTEMROOT",
    "LANG",
)
_TOLD: dict[str, type[MedScribeError]] = {
    "AudioError": AudioError,
    "MissingDependencyError": MissingDependencyError,
}
_TOO_SLOW = (
    "Decoding the recording took longer than the server allows: give a wav or mp3 file, cut it "
    "into parts, or raise decode_seconds."
)
_BROKEN = (
    "The recording could not be decoded, or needs more memory than the server allows: give a wav "
    "or mp3 file, cut it into parts, or raise decode_memory_mb."
)


@dataclass(frozen=True)
class _End:
    """The last frame of the child, and the PCM that came before it."""

    kind: bytes
    told: dict[str, object]
    pcm: bytearray


def decode_apart(
    file: BinaryIO, *, max_seconds: float, memory_mb: int, timeout_seconds: float
) -> DecodedAudio:
    """The recording in `file`, an open file of the system; its position is lost.

    See `decode` for what is kept. Raises `AudioError` for what is not audio or longer than
    `max_seconds`, and where decoding crashes, takes longer than `timeout_seconds` or more than
    `memory_mb`; `MissingDependencyError` without PyAV.
    """
    child = _start(file, max_seconds, memory_mb, timeout_seconds)
    ran_out = threading.Event()

    def stop() -> None:
        ran_out.set()
        child.kill()

    clock = threading.Timer(timeout_seconds, stop)
    clock.daemon = True
    clock.start()
    try:
        assert child.stdout is not None
        # Two channels of 16 bits; a broken child may not fill this process's memory either.
        end = _read(child.stdout, most_bytes=int((max_seconds + 1) * SAMPLE_RATE * 4))
    finally:
        clock.cancel()
        child.kill()
        child.communicate()
    if end is None:
        raise AudioError(_TOO_SLOW if ran_out.is_set() else _BROKEN)
    return _recording(end)


def _start(
    file: BinaryIO, max_seconds: float, memory_mb: int, timeout_seconds: float
) -> "subprocess.Popen[bytes]":
    limits = (str(max_seconds), str(memory_mb), str(max(timeout_seconds, 1.0)))
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    # -P: a file beside the server must not pass for a module; -B: nothing is written.
    return subprocess.Popen(  # noqa: S603 - our own module, numbers as arguments
        [sys.executable, "-P", "-B", "-m", _CHILD, *limits],
        stdin=file.fileno(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
    )


def _read(output: IO[bytes], most_bytes: int) -> _End | None:
    """All frames; None where the output ends, or goes on for too long, without the last one."""
    pcm = bytearray()
    while len(head := output.read(HEADER.size)) == HEADER.size:
        kind, length = HEADER.unpack(head)
        if length > most_bytes - len(pcm):
            return None
        payload = output.read(length)
        if len(payload) < length:
            return None
        if kind != PCM:
            return _End(kind, json.loads(payload), pcm)
        pcm += payload
    return None


def _recording(end: _End) -> DecodedAudio:
    if end.kind != REPORT:
        raise _TOLD.get(str(end.told["error"]), AudioError)(str(end.told["message"]))
    stream = DecodedStream(
        channels=2 if end.told["channels"] == 2 else 1, truncated=bool(end.told["truncated"])
    )
    return decoded_audio(end.pcm, stream)
