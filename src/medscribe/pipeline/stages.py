"""The stages: what each takes from the results so far and what it adds to them."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from medscribe.audio.chunk import chunk_speech
from medscribe.audio.vad import speech_spans
from medscribe.dialogue.align import attribute_words
from medscribe.dialogue.roles import assign_roles, load_role_model
from medscribe.domain.encounter import Encounter, Stage
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import Segment, Transcription, Word
from medscribe.errors import AudioError, StoreError
from medscribe.note.prescription import extract_prescription
from medscribe.note.template import load_template
from medscribe.pipeline.work import Engines, Outcome, Records
from medscribe.privacy.mask import mask
from medscribe.safety.check import Draft
from medscribe.safety.run import run_checks
from medscribe.speech.transcriber import Transcriber

T = TypeVar("T")

STEP_SECONDS = 60.0
"""Speech recognised between two commits: what a killed process has to do again at most."""


def detect_speech(encounter: Encounter, records: Records, engines: Engines) -> Outcome:
    """Where in the recording somebody speaks, cut into stretches that an engine can take."""
    samples = records.audio(encounter.id)
    mono = samples.mean(axis=1)
    engines.progress("Looking for speech", 0.0, len(mono) / SAMPLE_RATE)
    speech = chunk_speech(speech_spans(mono), mono)
    if not speech:
        raise AudioError(
            "No speech was found in this recording. Check that the microphone was on and that "
            "this is the right file."
        )
    return Outcome({"speech": tuple(speech)})


def transcribe(encounter: Encounter, records: Records, engines: Engines) -> Outcome:
    """The next minute of speech; goes on until the last stretch is recognised."""
    results = records.store.results(encounter.id)
    speech = _needed(results.speech)
    samples = records.audio(encounter.id).mean(axis=1)
    transcriber = engines.transcriber(encounter.options.asr)
    before = results.transcription.segments if results.transcription else ()
    begin, end = _step_bounds(speech, encounter.position)
    found: list[Segment] = []
    for span in speech[begin:end]:
        found += recognise_span(transcriber, samples, span, encounter.options.language)
        engines.progress("Recognising speech", span.end, speech[-1].end)
    transcription = Transcription(
        segments=(*before, *found),
        duration_seconds=len(samples) / SAMPLE_RATE,
        language=encounter.options.language,
        draft=transcriber.draft,
        made_by=transcriber.made_by,
    )
    return Outcome({"transcription": transcription}, done=end == len(speech))


def attribute(encounter: Encounter, records: Records, engines: Engines) -> Outcome:
    """Who said each word, and in which role."""
    results = records.store.results(encounter.id)
    if results.transcription is None:
        utterances, speakers = assign_roles(_needed(results.utterances), load_role_model())
        return Outcome({"utterances": tuple(utterances), "speakers": tuple(speakers)})
    samples = records.audio(encounter.id)
    engines.progress("Telling the speakers apart", 0.0, len(samples) / SAMPLE_RATE)
    turns = engines.diarizer(samples.shape[1]).diarize(
        samples, _needed(results.speech), num_speakers=encounter.options.num_speakers
    )
    spoken = attribute_words(results.transcription.words, turns)
    utterances, speakers = assign_roles(spoken, load_role_model())
    return Outcome(
        {"turns": tuple(turns), "utterances": tuple(utterances), "speakers": tuple(speakers)}
    )


def mask_utterances(encounter: Encounter, records: Records, engines: Engines) -> Outcome:
    """The border: from here on only masked speech is used."""
    results = records.store.results(encounter.id)
    engines.progress("Masking identifiers", 0.0, 0.0)
    visit = mask(_needed(results.utterances), engines.detectors())
    return Outcome({"masked": visit.utterances, "vault": visit.vault})


def draft(encounter: Encounter, records: Records, engines: Engines) -> Outcome:
    """The note and the prescription."""
    results = records.store.results(encounter.id)
    engines.progress("Writing the note", 0.0, 0.0)
    masked = _needed(results.masked)
    note = engines.writer().write(masked, load_template(encounter.options.template))
    prescription = extract_prescription(masked, created_at=datetime.now(UTC))
    return Outcome({"note": note, "prescription": prescription})


def check(encounter: Encounter, records: Records, engines: Engines) -> Outcome:
    """Every statement against the talk, every order against the tables."""
    results = records.store.results(encounter.id)
    engines.progress("Checking note and orders", 0.0, 0.0)
    subject = Draft(
        utterances=_needed(results.masked),
        note=_needed(results.note),
        prescription=_needed(results.prescription),
        draft_transcript=results.transcription is not None and results.transcription.draft,
    )
    return Outcome({"alerts": tuple(run_checks(engines.checks(), subject))})


STAGES: dict[Stage, Callable[[Encounter, Records, Engines], Outcome]] = {
    Stage.DETECT_SPEECH: detect_speech,
    Stage.TRANSCRIBE: transcribe,
    Stage.ATTRIBUTE: attribute,
    Stage.MASK: mask_utterances,
    Stage.DRAFT: draft,
    Stage.CHECK: check,
}


def recognise_span(
    transcriber: Transcriber, samples: NDArray[np.float32], span: TimeSpan, language: str
) -> list[Segment]:
    """The words of one stretch of a recording, with times from the start of the recording."""
    stretch = samples[round(span.start * SAMPLE_RATE) : round(span.end * SAMPLE_RATE)]
    segments = transcriber.transcribe(stretch, language=language)
    return [
        Segment(words=tuple(_shifted(word, span.start) for word in segment.words))
        for segment in segments
    ]


def _shifted(word: Word, seconds: float) -> Word:
    span = TimeSpan(start=word.span.start + seconds, end=word.span.end + seconds)
    return word.model_copy(update={"span": span})


def _step_bounds(speech: tuple[TimeSpan, ...], position: int) -> tuple[int, int]:
    """First and past-last stretch of step `position`; steps are `STEP_SECONDS` of speech each."""
    bounds = [0]
    heard = 0.0
    for index, span in enumerate(speech, start=1):
        heard += span.duration
        if heard >= STEP_SECONDS or index == len(speech):
            bounds.append(index)
            heard = 0.0
    return bounds[position], bounds[position + 1]


def _needed(result: T | None) -> T:
    if result is None:
        raise StoreError("A result of an earlier stage is missing; start this encounter anew.")
    return result
