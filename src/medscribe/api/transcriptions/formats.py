"""Recognised words -> the answers that OpenAI's API gives: json, text, srt, vtt and their kin."""

import html
import math
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from medscribe.api.transcriptions.languages import language_name
from medscribe.api.transcriptions.parameters import Wanted
from medscribe.api.transcriptions.recognition import Piece, Started
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import Segment, Utterance, Word
from medscribe.export.cues import Cue, cues_of
from medscribe.export.transcripts import clock_time

Json = dict[str, object]


@dataclass(frozen=True)
class Answered:
    """A finished recognition. `made`: the body, JSON or raw text, and its content type."""

    started: Started
    pieces: Sequence[Piece]

    @property
    def segments(self) -> list[Segment]:
        return [segment for piece in self.pieces for segment in piece.segments if segment.words]

    @property
    def words(self) -> list[Word]:
        return [word for segment in self.segments for word in segment.words]

    @property
    def text(self) -> str:
        return text_of(self.segments)


def text_of(segments: Iterable[Segment]) -> str:
    """The words with one space between them."""
    return " ".join(segment.text for segment in segments if segment.words)


def usage_of(started: Started) -> Json:
    """OpenAI's usage object for models that are counted by the length of the sound."""
    return {"type": "duration", "seconds": round(started.seconds, 3)}


def plain_text(answered: Answered, form: str) -> str:
    """The body of formats `text`, `srt` and `vtt`; text ends with a line break, as OpenAI's."""
    if form == "text":
        return answered.text + "\n"
    cues = [cue for segment in answered.segments for cue in _cues(segment)]
    return _srt(cues) if form == "srt" else _vtt(cues)


def json_body(answered: Answered, wanted: Wanted) -> Json:
    """The body of formats `json`, `verbose_json` and `diarized_json`."""
    if wanted.form == "verbose_json":
        return _verbose(answered, wanted)
    if wanted.form == "diarized_json":
        return _diarized(answered)
    body: Json = {"text": answered.text, "usage": usage_of(answered.started)}
    if wanted.logprobs and (found := logprobs(answered.words)):
        body["logprobs"] = found
    return body


def logprobs(words: Iterable[Word]) -> list[Json]:
    """OpenAI's log probabilities, one per word; [] where the engine gives none."""
    return [
        {
            "token": f" {word.text}",
            "logprob": _log(word.probability),
            "bytes": list(f" {word.text}".encode()),
        }
        for word in words
        if word.probability is not None
    ]


def spoken_segments(pieces: Iterable[Piece], first: int = 0) -> list[Json]:
    """Segments of `diarized_json`, ids `seg_0`, `seg_1` ... from `first` on."""
    spoken = (utterance for piece in pieces for utterance in piece.spoken)
    return [
        {
            "type": "transcript.text.segment",
            "id": f"seg_{number}",
            **_times(_span(utterance)),
            "text": utterance.text,
            "speaker": utterance.speaker,
        }
        for number, utterance in enumerate(spoken, start=first)
    ]


def _verbose(answered: Answered, wanted: Wanted) -> Json:
    body: Json = {
        "task": "translate" if wanted.translate else "transcribe",
        "language": language_name("en" if wanted.translate else answered.started.language),
        "duration": round(answered.started.seconds, 3),
        "text": answered.text,
    }
    if "word" in wanted.granularities:
        body["words"] = [{"word": word.text, **_times(word.span)} for word in answered.words]
    if "segment" in wanted.granularities:
        segments = answered.segments
        body["segments"] = [_segment(number, each) for number, each in enumerate(segments)]
    return body | {"usage": usage_of(answered.started)}


def _diarized(answered: Answered) -> Json:
    return {
        "task": "transcribe",
        "duration": round(answered.started.seconds, 3),
        "text": answered.text,
        "segments": spoken_segments(answered.pieces),
        "usage": usage_of(answered.started),
    }


def _segment(number: int, segment: Segment) -> Json:
    """A segment with Whisper's keys.

    An engine that is not Whisper has no such measures: then the mean is over its word
    probabilities (null without them), the compression ratio is worked out the same way, and the
    probability of silence is 0, since a voice was detected.
    """
    span = _segment_span(segment)
    quality = segment.quality
    known = [word.probability for word in segment.words if word.probability is not None]
    mean = sum(map(_log, known)) / len(known) if known else None
    return {
        "id": number,
        "seek": round(span.start * 100),
        **_times(span),
        "text": f" {segment.text}",
        "tokens": list(quality.tokens) if quality else [],
        "temperature": quality.temperature if quality else 0.0,
        "avg_logprob": quality.mean_log_probability if quality else mean,
        "compression_ratio": quality.compression_ratio if quality else _compression(segment.text),
        "no_speech_prob": quality.no_speech_probability if quality else 0.0,
    }


def _cues(segment: Segment) -> list[Cue]:
    return cues_of("", segment.text, _segment_span(segment), segment.words)


def _srt(cues: Sequence[Cue]) -> str:
    blocks = []
    for number, cue in enumerate(cues, start=1):
        times = f"{clock_time(cue.span.start, ',')} --> {clock_time(cue.span.end, ',')}"
        # An arrow inside the words would be read as a second line of times.
        blocks.append(f"{number}\n{times}\n{cue.text.replace('-->', '->')}\n")
    return "\n".join(blocks)


def _vtt(cues: Sequence[Cue]) -> str:
    blocks = ["WEBVTT\n"]
    for cue in cues:
        times = f"{clock_time(cue.span.start, '.')} --> {clock_time(cue.span.end, '.')}"
        blocks.append(f"{times}\n{html.escape(cue.text, quote=False)}\n")
    return "\n".join(blocks)


def _segment_span(segment: Segment) -> TimeSpan:
    start = segment.words[0].span.start
    return TimeSpan(start=start, end=max(start, *(word.span.end for word in segment.words)))


def _span(utterance: Utterance) -> TimeSpan:
    assert utterance.span is not None  # made of words, which have times
    return utterance.span


def _times(span: TimeSpan) -> Json:
    return {"start": round(span.start, 3), "end": round(span.end, 3)}


def _log(probability: float) -> float:
    return math.log(max(probability, 1e-9))


def _compression(text: str) -> float:
    """As Whisper works it out: length over zlib's length."""
    raw = text.encode()
    return len(raw) / len(zlib.compress(raw))
