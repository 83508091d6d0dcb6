"""A job as the store has it -> what clients are told of it."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from medscribe.domain.encounter import Encounter, EncounterStatus, Stage
from medscribe.domain.event import Event, EventKind
from medscribe.domain.results import EncounterResults


class JobStatus(StrEnum):
    """States of a job in the order in which it passes them."""

    QUEUED = "queued"
    TRANSCRIBING = "transcribing"
    ATTRIBUTING = "attributing"
    MASKING = "masking"
    ANALYSING = "analysing"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


_STATUS = {
    Stage.DETECT_SPEECH: JobStatus.TRANSCRIBING,
    Stage.TRANSCRIBE: JobStatus.TRANSCRIBING,
    Stage.ATTRIBUTE: JobStatus.ATTRIBUTING,
    Stage.MASK: JobStatus.MASKING,
    Stage.ANALYSE: JobStatus.ANALYSING,
}

# Share of a job's time that is over when a stage begins, and how much the stage takes: recognition
# is the long one.
_PROGRESS = {
    Stage.DETECT_SPEECH: (0.0, 0.05),
    Stage.TRANSCRIBE: (0.05, 0.75),
    Stage.ATTRIBUTE: (0.8, 0.1),
    Stage.MASK: (0.9, 0.02),
    Stage.ANALYSE: (0.92, 0.08),
}

_REASONS = {
    "AudioError": "No speech was found in the recording: check that this is the right file.",
    "ConfigurationError": "A setting of the server, or the language asked for, does not fit its "
    "engines: the server's log names the error.",
    "MissingDependencyError": "A library that an engine needs is not installed on the server.",
    "ModelUnavailableError": "The model asked for is not on the server.",
    "StorageFullError": "The server's disk is full.",
    "LanguageModelError": "The language model did not answer, or not in the form asked for. Send "
    "the same request again to try again.",
}
_ANALYSIS_REASONS = {
    "ConfigurationError": "The language model's server refuses the key or does not know the model: "
    "check the settings language_model, language_model_key and language_model_url.",
    "MissingDependencyError": "The library that reaches language models is not installed on the "
    "server: pip install 'medscribe[remote]'.",
}
_UNFORESEEN = "This stage failed in a way it should not. Send the same request again to resume."


def status_of(job: Encounter, *, held: bool, at_work: bool) -> JobStatus:
    """Where the job is; `held`: the runner has it; `at_work`: at this moment.

    A job whose analysis failed is done: the transcript is there, the result says what is missing.
    """
    if job.status is EncounterStatus.PURGED:
        return JobStatus.CANCELLED
    if job.next_stage is None:
        return JobStatus.DONE
    if job.status is EncounterStatus.FAILED and not held:
        return JobStatus.DONE if job.next_stage is Stage.ANALYSE else JobStatus.FAILED
    if job.next_stage is Stage.DETECT_SPEECH and not at_work:
        return JobStatus.QUEUED
    return _STATUS.get(job.next_stage, JobStatus.MASKING)


def progress_of(job: Encounter, status: JobStatus, results: EncounterResults | None) -> float:
    """Share of the job that is done, 0..1; `results` are needed while it is recognised only."""
    if status is JobStatus.DONE:
        return 1.0
    if job.next_stage is None:
        return 0.0
    begin, share = _PROGRESS.get(job.next_stage, (0.9, 0.0))
    transcription = results.transcription if results else None
    if job.next_stage is not Stage.TRANSCRIBE or transcription is None:
        return begin
    heard = transcription.recognised_until / max(transcription.duration_seconds, 1e-9)
    return round(begin + share * min(heard, 1.0), 3)


def failure_of(job: Encounter, events: Sequence[Event]) -> dict[str, str] | None:
    """Stage and reason of the last failure; None where the job has gone on since, or never failed.

    The reason is told by the kind of error: no message of a library, which may quote what was said.
    """
    failed = [event for event in events if event.kind is EventKind.STAGE_FAILED]
    if job.status is not EncounterStatus.FAILED or not failed:
        return None
    facts = failed[-1].facts
    reasons = _REASONS | (_ANALYSIS_REASONS if facts.get("stage") == Stage.ANALYSE else {})
    reason = reasons.get(str(facts.get("error")), _UNFORESEEN)
    return {"stage": str(facts.get("stage")), "message": reason}


def view_of(
    job: Encounter,
    status: JobStatus,
    events: Sequence[Event],
    results: EncounterResults | None = None,
) -> dict[str, Any]:
    """The job as JSON: ids, states and times; nothing of what was said."""
    here = f"/transcribe/{job.id}"
    return {
        "id": job.id,
        "object": "transcription.job",
        "status": status.value,
        "progress": progress_of(job, status, results),
        "created_at": job.created_at.isoformat(),
        "finished_at": _at(events, EventKind.READY),
        "model": job.options.asr,
        "language": job.options.language,
        "num_speakers": job.options.num_speakers,
        "analysis": job.options.analyse,
        "error": failure_of(job, events) if status is JobStatus.FAILED else None,
        "timings": _timings(events),
        "links": {"self": here, "result": f"{here}/result"},
    }


def _at(events: Sequence[Event], kind: EventKind) -> str | None:
    return next((event.at.isoformat() for event in events if event.kind is kind), None)


def _timings(events: Sequence[Event]) -> dict[str, float]:
    """Seconds from one stage's end to the next one's, waiting in line included."""
    timings: dict[str, float] = {}
    before: datetime | None = None
    for event in events:
        if event.kind is EventKind.STAGE_DONE and before is not None:
            timings[str(event.facts["stage"])] = round((event.at - before).total_seconds(), 3)
        before = event.at
    return timings
