"""An upload and what is wanted of it -> its words, stretch by stretch, in a thread."""

import io
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, cast

import numpy as np
import structlog
from numpy.typing import NDArray

from medscribe.api.errors import ClientGoneError, RequestError
from medscribe.api.in_turn import InTurn
from medscribe.api.service import Service
from medscribe.api.transcriptions.known_speakers import Voice, speaker_names, voice_of
from medscribe.api.transcriptions.parameters import Cutting, KnownSpeaker, Wanted
from medscribe.api.uploads import Upload, upload_folder
from medscribe.audio.decode import DecodedAudio
from medscribe.audio.decode_apart import decode_apart
from medscribe.audio.stretches import Heard, StretchCutter, StretchRule
from medscribe.dialogue.align import attribute_words
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import Segment, SpeakerTurn, Utterance
from medscribe.durable import disk_errors
from medscribe.errors import AudioError, ConfigurationError
from medscribe.settings import Settings
from medscribe.speech.recognise import begin_transcription, recognise_stretch, with_stretch

_BLOCK = 10 * SAMPLE_RATE
_SHORTEST_REFERENCE, _LONGEST_REFERENCE = 2.0, 10.0

log = structlog.get_logger()


@dataclass(frozen=True)
class Started:
    """The recording is decoded, the recogniser is loaded; words will follow."""

    seconds: float
    language: str


@dataclass(frozen=True)
class Piece:
    """Words of one stretch; `spoken`: the same words by speaker, where that was asked for."""

    segments: tuple[Segment, ...]
    spoken: tuple[Utterance, ...] = ()


@dataclass(frozen=True)
class _Speakers:
    """Turns of the whole recording and what each label is called."""

    turns: Sequence[SpeakerTurn]
    names: dict[str, str]

    def spoken(self, segments: Sequence[Segment]) -> tuple[Utterance, ...]:
        words = [word for segment in segments for word in segment.words]
        return tuple(
            utterance.model_copy(update={"speaker": self.names.get(utterance.speaker, "A")})
            for utterance in attribute_words(words, self.turns)
        )


def recognise_upload(
    service: Service, wanted: Wanted, upload: Upload, gone: threading.Event
) -> Iterator[Started | Piece]:
    """`Started`, then a `Piece` for every stretch in which somebody spoke.

    Raises `BusyError`, `RequestError`, and what decoding and the engines raise; `ClientGoneError`
    before the next stretch once `gone` is set.
    """
    with service.models.slot(wanted.model, gone):
        began = time.monotonic()
        transcriber = _transcriber(service, wanted)
        audio = decode_upload(upload, service.settings)
        language = wanted.language or service.settings.language
        yield Started(audio.duration_seconds, language)
        stretches = 0
        for piece in _pieces(service, wanted, transcriber, audio, language):
            if gone.is_set():
                raise ClientGoneError("The client has gone.")
            stretches += 1
            yield piece
        log.info(
            "transcribed",
            model=wanted.model,
            audio_seconds=round(audio.duration_seconds, 1),
            stretches=stretches,
            seconds=round(time.monotonic() - began, 2),
        )


def decode_upload(upload: Upload, settings: Settings) -> DecodedAudio:
    """The recording of a request, decoded within the limits of the settings."""
    if upload.file is None:
        raise RequestError("Send the recording in the field file.", param="file")
    return _decoded(cast(BinaryIO, upload.file), settings, settings.max_audio_hours * 3600)


def _decoded(file: BinaryIO, settings: Settings, max_seconds: float) -> DecodedAudio:
    if file.seek(0, io.SEEK_END) == 0:
        raise AudioError("The audio file is empty: record or copy it again.")
    return decode_apart(
        file,
        max_seconds=max_seconds,
        memory_mb=settings.decode_memory_mb,
        timeout_seconds=settings.decode_seconds,
    )


def _transcriber(service: Service, wanted: Wanted) -> InTurn:
    try:
        found = service.models.transcriber(wanted.model, wanted.engine_options)
    except ConfigurationError as error:
        if not wanted.engine_options:
            raise
        raise RequestError(str(error), param=next(iter(wanted.engine_options))) from None
    return found.translating() if wanted.translate else found


def _pieces(
    service: Service, wanted: Wanted, transcriber: InTurn, audio: DecodedAudio, language: str
) -> Iterator[Piece]:
    mono = audio.mono
    if not wanted.diarize:
        stretches = _stretches(mono, wanted.cutting)
    else:
        heard = list(_heard(mono, wanted.cutting))
        voice = [span for each in heard for span in each.voice]
        speakers = _speakers(service, wanted, audio, voice)
        stretches = (span for each in heard for span in each.stretches)
    for segments in _recognised(transcriber, mono, stretches, wanted, language):
        yield Piece(segments, speakers.spoken(segments) if wanted.diarize else ())


def _recognised(
    transcriber: InTurn,
    mono: NDArray[np.float32],
    stretches: Iterator[TimeSpan],
    wanted: Wanted,
    language: str,
) -> Iterator[tuple[Segment, ...]]:
    so_far = begin_transcription(transcriber, language)
    for span in stretches:
        part = mono[round(span.start * SAMPLE_RATE) : round(span.end * SAMPLE_RATE)]
        try:
            found = recognise_stretch(
                transcriber, part, span, before=so_far, hotwords=wanted.hotwords
            )
        except ConfigurationError as error:
            if wanted.language is None:
                raise
            # The one thing that an engine learns only now is the language.
            raise RequestError(str(error), param="language", code="invalid_value") from None
        so_far = with_stretch(so_far, found)
        yield found.segments


def _heard(mono: NDArray[np.float32], cutting: Cutting) -> Iterator[Heard]:
    cutter = StretchCutter(cutting.rule, cutting.vad)
    for start in range(0, len(mono), _BLOCK):
        yield cutter.feed(mono[start : start + _BLOCK])
    yield cutter.finish()


def _stretches(mono: NDArray[np.float32], cutting: Cutting) -> Iterator[TimeSpan]:
    return (span for heard in _heard(mono, cutting) for span in heard.stretches)


def _speakers(
    service: Service, wanted: Wanted, audio: DecodedAudio, voice: Sequence[TimeSpan]
) -> _Speakers:
    known = {
        speaker.name: _known_voice(speaker, service.settings) for speaker in wanted.known_speakers
    }
    diarizer = service.medscribe.engines.diarizer(audio.samples.shape[1])
    turns = diarizer.diarize(audio.samples, voice, num_speakers=wanted.num_speakers)
    return _Speakers(turns, speaker_names(audio.mono, turns, known))


def _known_voice(speaker: KnownSpeaker, settings: Settings) -> Voice:
    folder = upload_folder(settings)
    with disk_errors("data folder"):
        file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115
    with file:
        with disk_errors("data folder"):
            file.write(speaker.recording)
            file.flush()
        try:
            audio = _decoded(cast(BinaryIO, file), settings, _LONGEST_REFERENCE + 1)
        except AudioError:
            raise _reference_refused() from None
    if not _SHORTEST_REFERENCE <= audio.duration_seconds <= _LONGEST_REFERENCE:
        raise _reference_refused()
    heard = _heard(audio.mono, Cutting(StretchRule()))
    voice = voice_of(audio.mono, [span for each in heard for span in each.voice])
    if voice is None:
        raise _reference_refused()
    return voice


def _reference_refused() -> RequestError:
    return RequestError(
        "Each reference of a known speaker must be a recording of 2 to 10 seconds in which that "
        "person speaks.",
        param="known_speaker_references",
        code="invalid_audio",
    )
