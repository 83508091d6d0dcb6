"""A recording -> its words with speakers, through the same engines as a real visit."""

import time
from pathlib import Path

from medscribe.audio.decode import decode
from medscribe.audio.stretches import find_stretches
from medscribe.dialogue.align import attribute_words
from medscribe.dialogue.voiced import voiced_turns
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.evaluation.recognised_visit import RecognisedVisit
from medscribe.pipeline.work import Engines
from medscribe.speech.recognise import begin_transcription, recognise_stretch, with_stretch

MAX_SECONDS = 4 * 3600.0


def recognise(
    path: Path, engines: Engines, *, asr: str, num_speakers: int | None
) -> RecognisedVisit:
    """Words, their speakers and the turns of a recording; `seconds` counts everything from decoding
    to attributing. A recording without speech gives no words."""
    began = time.perf_counter()
    audio = decode(path, max_seconds=MAX_SECONDS)
    mono = audio.mono
    heard = find_stretches([mono], engines.rule)
    transcriber = engines.transcriber(asr)
    transcription = begin_transcription(transcriber, "en")
    for span in heard.stretches:
        samples = mono[round(span.start * SAMPLE_RATE) : round(span.end * SAMPLE_RATE)]
        found = recognise_stretch(transcriber, samples, span, before=transcription)
        transcription = with_stretch(transcription, found)
    words = transcription.words
    diarizer = engines.diarizer(audio.samples.shape[1])
    turns = diarizer.diarize(audio.samples, heard.stretches, num_speakers=num_speakers)
    utterances = attribute_words(words, turns)
    return RecognisedVisit(
        words=tuple(word for utterance in utterances for word in utterance.words),
        speakers=tuple(u.speaker for u in utterances for _ in u.words),
        turns=tuple(voiced_turns(turns, heard.voice)),
        audio_seconds=audio.duration_seconds,
        seconds=time.perf_counter() - began,
    )
