"""What the header of a recording promises of its length, in seconds."""

import struct
from typing import Any, BinaryIO

# Containers that state their length. mp3 does so only with a Xing or VBRI header; ogg never.
_STATE_LENGTH = frozenset({"wav", "w64", "aiff", "caf", "flac", "mov", "matroska", "asf"})
# From here on a stated size is what a writer puts that does not know the end (a stream).
_UNKNOWN_SIZE = 0x7FFF_0000


def promised_seconds(container: Any, stream: Any, file: BinaryIO) -> float:
    """Length that the opened container's header states; 0 where it states none.

    `file` is the seekable file under the PyAV `container`; its position is kept.
    """
    name = str(container.format.name).split(",")[0]
    if name not in _STATE_LENGTH and not (name == "mp3" and _counts_frames(file)):
        return 0.0
    if stream.duration is not None and stream.time_base is not None:
        seconds = float(stream.duration * stream.time_base)
    else:
        seconds = float(container.duration or 0) / 1_000_000
    return seconds * (_stated_share(file) if name == "wav" else 1.0)


def _counts_frames(file: BinaryIO) -> bool:
    """Whether an mp3's first frame counts the frames; else its length is only estimated."""
    position = file.tell()
    file.seek(0)
    head = file.read(10)
    tag_bytes = 0
    if head[:3] == b"ID3":
        tag_bytes = 10 + sum(
            byte << bits for byte, bits in zip(head[6:], (21, 14, 7, 0), strict=False)
        )
    file.seek(tag_bytes)
    first_frame = file.read(2048)
    file.seek(position)
    return any(mark in first_frame for mark in (b"Xing", b"Info", b"VBRI"))


def _stated_share(file: BinaryIO) -> float:
    """Bytes of sound that a WAV header states, over those that are there; at least 1.

    The decoder itself cuts the stated length down to the file's end and says nothing.
    """
    position = file.tell()
    end = file.seek(0, 2)
    chunk_start = file.seek(12)
    stated = there = 0
    while chunk_start + 8 <= end:
        name, size = struct.unpack("<4sI", file.read(8))
        if name == b"data":
            stated, there = size, end - chunk_start - 8
            break
        chunk_start = file.seek(chunk_start + 8 + size + size % 2)
    file.seek(position)
    return stated / there if 0 < there < stated < _UNKNOWN_SIZE else 1.0
