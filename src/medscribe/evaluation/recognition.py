"""A recording -> its words with speakers, through the same engines as a real visit."""

import time
from pathlib import Path

from medscribe.audio.chunk import chunk_speech
from medscribe.audio.decode import decode
from medscribe.audio.vad import speech_spans
from medscribe.dialogue.align import attribute_words
from medscribe.evaluation.recognised_visit import RecognisedVisit
from medscribe.pipeline.stages import recognise_span
from medscribe.pipeline.work import Engines

MAX_SECONDS = 4 * 3600.0


def recognise(
    path: Path, engines: Engines, *, asr: str, num_speakers: int | None
) -> RecognisedVisit:
    """Words, their speakers and the turns of a recording; `seconds` counts everything from decoding
    to attributing. A recording without speech gives no words."""
    began = time.perf_counter()
    audio = decode(path, max_seconds=MAX_SECONDS)
    mono = audio.mono
    speech = chunk_speech(speech_spans(mono), mono)
    transcriber = engines.transcriber(asr)
    words = tuple(
        word
        for span in speech
        for segment in recognise_span(transcriber, mono, span, "en")
        for word in segment.words
    )
    diarizer = engines.diarizer(audio.samples.shape[1])
    turns = tuple(diarizer.diarize(audio.samples, speech, num_speakers=num_speakers))
    utterances = attribute_words(words, turns)
    return RecognisedVisit(
        words=tuple(word for utterance in utterances for word in utterance.words),
        speakers=tuple(u.speaker for u in utterances for _ in u.words),
        turns=turns,
        audio_seconds=audio.duration_seconds,
        seconds=time.perf_counter() - began,
    )
