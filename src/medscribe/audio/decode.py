"""An audio file in any format a phone or recorder makes -> 16 kHz float32 samples.

Decoding streams: what is kept never exceeds the length asked for, however small the file is
(0.66 MB of FLAC can hold an hour of silence). The content is sniffed, never the file's name, and
no message carries the name: it may identify a patient.
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from medscribe.audio.downmix import drop_copied_channel
from medscribe.audio.length import promised_seconds
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.errors import AudioError, MissingDependencyError

Sink = Callable[[bytes], object]
"""Takes the next bytes of decoded sound: 16-bit PCM, 16 kHz, channels interleaved."""

_FULL_SCALE = 32_768.0
# Containers of sound. Playlists and scripts (hls, concat, sdp ...) stay out: they make the
# decoder open other files or addresses.
_CONTAINERS = (
    "wav,w64,rf64,aiff,au,caf,amr,mp3,aac,flac,ogg,matroska,webm,"
    "mov,mp4,m4a,3gp,3g2,mj2,asf,avi,ac3,mpegts,wv,ape,tta,dsf,voc"
)
# A recording is reported as cut off where this much, and this share, of it is missing.
_MISSING_SECONDS = 0.5
_MISSING_SHARE = 0.01
_NOT_AUDIO = (
    "The file is not audio that can be read: give a recording as wav, mp3, m4a, flac, ogg or webm."
)


@dataclass(frozen=True)
class DecodedAudio:
    """A whole recording.

    `samples`: float32 (n, channels), channels 1 or 2, -1..1, at `sample_rate` Hz. `truncated`:
    the file holds clearly less than its header promises, or it broke off while being read.
    """

    samples: NDArray[np.float32]
    sample_rate: int
    truncated: bool

    @property
    def mono(self) -> NDArray[np.float32]:
        """float32 (n,): the mean of the channels."""
        if self.samples.shape[1] == 1:
            return self.samples[:, 0]
        return np.asarray(self.samples.mean(axis=1), np.float32)

    @property
    def duration_seconds(self) -> float:
        return len(self.samples) / self.sample_rate


def decode(path: Path, *, max_seconds: float) -> DecodedAudio:
    """The recording at `path`, 16 kHz, one channel or two.

    Two channels that carry the same signal become one. Of a cut-off file what can be read is kept
    and `truncated` says so. Raises `AudioError` for a path that is no file, for what is not audio
    or holds no sound, and as soon as more than `max_seconds` is decoded; `MissingDependencyError`
    without PyAV.
    """
    _check_file(path)
    pcm = bytearray()
    try:
        with path.open("rb") as file:
            return decoded_audio(pcm, decode_stream(file, pcm.extend, max_seconds=max_seconds))
    except PermissionError:
        raise AudioError("The recording may not be read: check the file's permissions.") from None


@dataclass(frozen=True)
class DecodedStream:
    """What is known once all sound went into a sink: channels, and `truncated` as above."""

    channels: int
    truncated: bool


def decode_stream(file: BinaryIO, sink: Sink, *, max_seconds: float) -> DecodedStream:
    """The sound of an open, seekable file into `sink`, piece by piece; memory stays flat.

    Raises as `decode` does.
    """
    av = _pyav()
    try:
        return _decode_file(av, file, sink, max_seconds)
    except av.error.FFmpegError:
        raise AudioError(_NOT_AUDIO) from None


def decoded_audio(pcm: bytes | bytearray, stream: DecodedStream) -> DecodedAudio:
    """All PCM that went into a sink -> the recording; a copied channel is dropped."""
    whole = np.frombuffer(pcm, dtype="<i2").reshape(-1, stream.channels)
    samples = np.divide(whole, np.float32(_FULL_SCALE), dtype=np.float32)
    return DecodedAudio(drop_copied_channel(samples), SAMPLE_RATE, truncated=stream.truncated)


def _check_file(path: Path) -> None:
    if path.is_dir():
        raise AudioError("That is a folder: give one audio file.")
    if not path.exists():
        raise AudioError("There is no such audio file: check the path.")
    if not path.is_file():
        raise AudioError("That is not a regular file: give a recording that lies on the disk.")
    if path.stat().st_size == 0:
        raise AudioError("The audio file is empty: record or copy it again.")


def _pyav() -> ModuleType:
    try:
        av = importlib.import_module("av")
        importlib.import_module("av.error")
    except ImportError:
        raise MissingDependencyError(
            "Reading audio needs PyAV: install it with  pip install 'medscribe[whisper]'"
        ) from None
    return av


def _decode_file(av: ModuleType, file: BinaryIO, sink: Sink, max_seconds: float) -> DecodedStream:
    options = {"format_whitelist": _CONTAINERS}
    # The open file is handed over, not its name: the decoder then sniffs the content alone.
    with av.open(file, mode="r", metadata_errors="ignore", container_options=options) as container:
        if not container.streams.audio:
            raise AudioError("The file holds no sound: give a recording with an audio track.")
        stream = container.streams.audio[0]
        promised = promised_seconds(container, stream, file)
        channels = 2 if _channels(stream) == 2 else 1
        collector = _Collector(av, sink, channels=channels, limit=max_seconds)
        broke_off = _collect(av, container, stream, collector)
    if not collector.seconds:
        raise AudioError("The file holds no sound that can be read: record or copy it again.")
    missing = promised - collector.seconds
    short = missing > max(_MISSING_SECONDS, _MISSING_SHARE * promised)
    return DecodedStream(channels, truncated=short or broke_off)


def _channels(stream: Any) -> int:
    return int(stream.codec_context.channels)


def _collect(av: ModuleType, container: Any, stream: Any, collector: "_Collector") -> bool:
    """Decode everything; True where the container broke off. A damaged packet is passed over."""
    try:
        for packet in container.demux(stream):
            try:
                frames = packet.decode()
            except av.error.InvalidDataError:
                continue
            for frame in frames:
                collector.add(frame)
    except av.error.FFmpegError:
        if not collector.seconds:
            raise
        return True
    finally:
        collector.flush()
    return False


class _Collector:
    """Frames of any rate and format -> 16 kHz 16-bit samples, never more than `limit` seconds."""

    def __init__(self, av: ModuleType, sink: Sink, *, channels: int, limit: float) -> None:
        self._av = av
        self._sink = sink
        self._channels = channels
        self._limit = limit
        self._bytes = 0
        self._resampler: Any = None
        self._shape: tuple[Any, ...] = ()

    @property
    def seconds(self) -> float:
        return self._bytes / (2 * self._channels * SAMPLE_RATE)

    def add(self, frame: Any) -> None:
        # Checked before resampling: a header with a tiny sample rate makes one frame last hours.
        self._check(self.seconds + frame.samples / max(frame.sample_rate, 1))
        shape = (frame.format.name, frame.layout.name, frame.sample_rate)
        if shape != self._shape:
            self.flush()
            self._resampler = self._av.audio.resampler.AudioResampler(
                format="s16", layout="stereo" if self._channels == 2 else "mono", rate=SAMPLE_RATE
            )
            self._shape = shape
        frame.pts = None  # damaged files carry times that the resampler would refuse
        self._keep(self._resampler.resample(frame))

    def flush(self) -> None:
        """Take the last samples out of the resampler; it cannot be used again."""
        if self._resampler is not None:
            self._keep(self._resampler.resample(None))
        self._resampler, self._shape = None, ()

    def _keep(self, frames: list[Any]) -> None:
        for frame in frames:
            pcm = frame.to_ndarray().tobytes()
            self._bytes += len(pcm)
            self._check(self.seconds)
            self._sink(pcm)

    def _check(self, seconds: float) -> None:
        # The resampler's rounding may add a sample to a recording of exactly the limit.
        if seconds > self._limit + 0.05:
            raise AudioError(
                f"The recording is longer than {self._limit / 60:g} minutes: "
                "cut it into parts, or raise max_audio_hours."
            )
