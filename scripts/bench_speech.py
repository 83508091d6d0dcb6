"""What our path adds to a recogniser: over a bare faster-whisper call, and while listening live.

Weights are random but as large as base.en, and the model recites: a pass costs what a real one
costs, whatever the sound.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medscribe.audio.stretches import find_stretches
from medscribe.audio.window import SoundWindow
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.domain.spans import TimeSpan
from medscribe.pipeline.live import LiveRecognition
from medscribe.speech.recognise import begin_transcription, recognise_stretch, with_stretch
from medscribe.speech.transcribers import faster_whisper, scripted

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.whisper_twin import BASE, build_whisper_twin

Samples = NDArray[np.float32]


def overhead(samples: Samples, rounds: int = 5) -> tuple[float, float]:
    """What our path adds: over the bare library, and over it with its own voice filter.

    Bare is faster-whisper with our options on each of our stretches; ours is finding speech,
    cutting, recognising and gating. Processor time of all threads, one after the other in each
    round, the median round: the wall clock of a shared machine varies more than what is measured.
    """
    with tempfile.TemporaryDirectory() as folder:
        model = build_whisper_twin(Path(folder) / "model", seed=1, shape=BASE)
        engine = faster_whisper.create(faster_whisper.Options(model=str(model)))
        assert isinstance(engine, faster_whisper.FasterWhisperTranscriber)
        stretches = find_stretches([samples]).stretches
        _bare(engine, samples, stretches)  # memory and threads are there for both
        over_bare, over_library = [], []
        for _ in range(rounds):
            bare = _bare(engine, samples, stretches)
            ours = _ours(engine, samples)
            over_bare.append(ours / bare - 1)
            over_library.append(ours / (bare + _library_vad(samples)) - 1)
    return statistics.median(over_bare), statistics.median(over_library)


def _bare(engine: Any, samples: Samples, stretches: Sequence[TimeSpan]) -> float:
    began = time.process_time()
    for span in stretches:
        part = samples[round(span.start * SAMPLE_RATE) : round(span.end * SAMPLE_RATE)]
        segments, _ = engine._model.transcribe(
            part,
            language="en",
            beam_size=5,
            temperature=list(faster_whisper.TEMPERATURES),
            condition_on_previous_text=False,
            word_timestamps=True,
            vad_filter=False,
            hallucination_silence_threshold=2.0,
        )
        list(segments)
    return time.process_time() - began


def _library_vad(samples: Samples) -> float:
    from faster_whisper.vad import get_speech_timestamps

    began = time.process_time()
    get_speech_timestamps(samples)
    return time.process_time() - began


def _ours(engine: Any, samples: Samples) -> float:
    began = time.process_time()
    transcription = begin_transcription(engine, "en")
    for span in find_stretches([samples]).stretches:
        part = samples[round(span.start * SAMPLE_RATE) : round(span.end * SAMPLE_RATE)]
        # Without context: it would lengthen the prompt, which is the engine's work, not ours.
        found = recognise_stretch(
            engine, part, span, before=begin_transcription(engine, transcription.language)
        )
        transcription = with_stretch(transcription, found)
    return time.process_time() - began


def listening(samples: Samples) -> float:
    """Seconds of voice detection, cutting, previews and agreement per second of sound."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "script.txt"
        script.write_text("what brings you in today I have had a cough for two weeks\n" * 1000)
        engine = scripted.create(scripted.Options(path=script))
    window = SoundWindow()
    live = LiveRecognition(engine, window, language="en")
    began = time.process_time()
    for start in range(0, len(samples), SAMPLE_RATE // 2):
        piece = samples[start : start + SAMPLE_RATE // 2]
        window.append(piece)
        live.hear(piece)
        live.work()
        window.forget(live.needed_from)
    live.finish()
    while live.pending:
        live.work()
    return (time.process_time() - began) / (len(samples) / SAMPLE_RATE)
