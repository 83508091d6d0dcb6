"""The stages: what each takes from the results so far and what it adds to them."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from medscribe.audio.stretches import find_stretches
from medscribe.dialogue.align import attribute_words
from medscribe.dialogue.voiced import voiced_turns
from medscribe.domain.encounter import Encounter, Stage
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.domain.spans import TimeSpan
from medscribe.errors import AudioError, StoreError
from medscribe.note.findings.extract import extract_findings
from medscribe.note.prescription import extract_prescription
from medscribe.pipeline.analyse import analyse
from medscribe.pipeline.drafting import draft_note
from medscribe.pipeline.masking import mask_visit
from medscribe.pipeline.speakers import decide_speakers
from medscribe.pipeline.work import Engines, Outcome, Records, Sound
from medscribe.safety.check import Draft
from medscribe.safety.run import run_checks
from medscribe.speech.recognise import begin_transcription, recognise_stretch, with_stretch

T = TypeVar("T")

STEP_SECONDS = 60.0
"""Speech recognised between two commits: what a killed process has to do again at most."""


def detect_speech(encounter: Encounter, records: Records, engines: Engines) -> Outcome:
    """Where in the recording somebody speaks, cut into stretches that an engine can take."""
    log = records.audio(encounter.id)
    engines.progress("Looking for speech", 0.0, log.length / SAMPLE_RATE)
    heard = find_stretches(_blocks(log), engines.rule)
    if not heard.stretches:
        raise AudioError(
            "No speech was found in this recording. Check that the microphone was on and that "
            "this is the right file."
        )
    return Outcome({"voice": heard.voice, "speech": heard.stretches})


def transcribe(encounter: Encounter, records: Records, engines: Engines) -> Outcome:
    """The next minute of speech; goes on until the last stretch is recognised."""
    results = records.store.results(encounter.id)
    log = records.audio(encounter.id)
    speech = _needed(results.speech)
    if (done := results.transcription) and done.recognised_until >= speech[-1].end:
        return Outcome({})  # a visit that was listened to: nothing is left, no engine is loaded
    transcriber = engines.transcriber(encounter.options.asr)
    transcription = results.transcription or begin_transcription(
        transcriber, encounter.options.language
    )
    # A visit may be taken up under another stretch length: nothing is to be said twice.
    done_until = transcription.recognised_until
    waiting = [
        TimeSpan(start=max(span.start, done_until), end=span.end)
        for span in speech
        if span.end > done_until
    ]
    hotwords = engines.hotwords(encounter.options)
    begun = 0.0
    while waiting and begun < STEP_SECONDS:
        span = waiting.pop(0)
        samples = log.between(span.start, span.end)
        found = recognise_stretch(
            transcriber, samples, span, before=transcription, hotwords=hotwords
        )
        transcription = with_stretch(transcription, found)
        begun += span.duration
        engines.progress("Recognising speech", span.end, speech[-1].end)
    seconds = log.length / SAMPLE_RATE
    transcription = transcription.model_copy(update={"duration_seconds": seconds})
    return Outcome({"transcription": transcription}, done=not waiting)


def attribute(encounter: Encounter, records: Records, engines: Engines) -> Outcome:
    """Who said each word, and in which role."""
    results = records.store.results(encounter.id)
    if results.transcription is None:
        utterances, speakers = decide_speakers(_needed(results.utterances), (), results, engines)
        return Outcome({"utterances": tuple(utterances), "speakers": tuple(speakers)})
    samples = records.audio(encounter.id).read()
    engines.progress("Telling the speakers apart", 0.0, len(samples) / SAMPLE_RATE)
    turns = engines.diarizer(samples.shape[1]).diarize(
        samples, _needed(results.speech), num_speakers=encounter.options.num_speakers
    )
    spoken = attribute_words(results.transcription.words, turns)
    turns = voiced_turns(turns, _needed(results.voice))
    utterances, speakers = decide_speakers(spoken, turns, results, engines)
    return Outcome(
        {"turns": tuple(turns), "utterances": tuple(utterances), "speakers": tuple(speakers)}
    )


def mask_utterances(encounter: Encounter, records: Records, engines: Engines) -> Outcome:
    """The border: from here on only masked speech is used."""
    results = records.store.results(encounter.id)
    engines.progress("Masking identifiers", 0.0, 0.0)
    visit = mask_visit(_needed(results.utterances), results, engines)
    return Outcome({"masked": visit.utterances, "vault": visit.vault})


def draft(encounter: Encounter, records: Records, engines: Engines) -> Outcome:
    """The note, the prescription and what else is structured."""
    results = records.store.results(encounter.id)
    engines.progress("Writing the note", 0.0, 0.0)
    masked = _needed(results.masked)
    template = engines.template(encounter.options.template)
    return Outcome(
        {
            "note": draft_note(masked, template, engines, before=results.note),
            "prescription": extract_prescription(masked, created_at=datetime.now(UTC)),
            "findings": extract_findings(masked),
        }
    )


def check(encounter: Encounter, records: Records, engines: Engines) -> Outcome:
    """Every statement against the talk, every order against the tables."""
    results = records.store.results(encounter.id)
    engines.progress("Checking note and orders", 0.0, 0.0)
    transcription = results.transcription
    subject = Draft(
        utterances=_needed(results.masked),
        note=_needed(results.note),
        prescription=_needed(results.prescription),
        draft_transcript=transcription is not None and transcription.draft,
        dropped_seconds=transcription.dropped_seconds if transcription is not None else 0.0,
        speakers=results.speakers or (),
    )
    return Outcome({"alerts": tuple(run_checks(engines.checks(), subject))})


def analyse_visit(encounter: Encounter, records: Records, engines: Engines) -> Outcome:
    """What a language model makes of the masked visit, where one was asked for."""
    results = records.store.results(encounter.id)
    engines.progress("Analysing the visit", 0.0, 0.0)
    return Outcome({"analysis": analyse(_needed(results.masked), engines.language_model())})


STAGES: dict[Stage, Callable[[Encounter, Records, Engines], Outcome]] = {
    Stage.DETECT_SPEECH: detect_speech,
    Stage.TRANSCRIBE: transcribe,
    Stage.ATTRIBUTE: attribute,
    Stage.MASK: mask_utterances,
    Stage.DRAFT: draft,
    Stage.CHECK: check,
    Stage.ANALYSE: analyse_visit,
}


def _blocks(sound: Sound) -> Iterator[NDArray[np.float32]]:
    """The recording, mono, a minute at a time."""
    step = 60 * SAMPLE_RATE
    for start in range(0, sound.length, step):
        yield sound.read(start, start + step).mean(axis=1)


def _needed(result: T | None) -> T:
    if result is None:
        raise StoreError("A result of an earlier stage is missing; start this encounter anew.")
    return result
