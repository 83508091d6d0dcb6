"""Runs in a process of its own: an upload on standard input -> PCM in frames on standard output.

`python -m medscribe.audio.decode_child MAX_SECONDS MEMORY_MB CPU_SECONDS`. A frame is a letter, a
length and as many bytes: `P` holds PCM, `R` ends the output with what is known of the recording,
`E` ends it with one of our own errors. Nothing else is ever said: messages of the decoding
libraries may quote the file.
"""

import json
import os
import struct
import sys
from typing import BinaryIO

from medscribe.audio.decode import decode_stream
from medscribe.errors import MedScribeError

HEADER = struct.Struct("<cI")  # kind of frame, bytes that follow
PCM, REPORT, ERROR = b"P", b"R", b"E"


def main() -> None:
    max_seconds, memory_mb, cpu_seconds = (float(text) for text in sys.argv[1:4])
    _limit_this_process(round(memory_mb) << 20, round(cpu_seconds))
    output = os.fdopen(1, "wb", buffering=1 << 20)
    with os.fdopen(0, "rb") as upload:
        upload.seek(0)
        _decode(upload, output, max_seconds)
    output.flush()


def _decode(upload: BinaryIO, output: BinaryIO, max_seconds: float) -> None:
    try:
        found = decode_stream(
            upload, lambda pcm: write_frame(output, PCM, pcm), max_seconds=max_seconds
        )
    except MedScribeError as error:
        told = {"error": type(error).__name__, "message": str(error)}
        write_frame(output, ERROR, json.dumps(told).encode())
        return
    report = {"channels": found.channels, "truncated": found.truncated}
    write_frame(output, REPORT, json.dumps(report).encode())


def write_frame(output: BinaryIO, kind: bytes, payload: bytes) -> None:
    output.write(HEADER.pack(kind, len(payload)))
    output.write(payload)


def _limit_this_process(memory_bytes: int, cpu_seconds: int) -> None:
    """Memory, processor time, no core file (it would hold the sound), no file written."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock is the only limit there
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    # macOS does not know a limit of address space below what is mapped already.
    if sys.platform != "darwin":
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))


if __name__ == "__main__":
    main()
