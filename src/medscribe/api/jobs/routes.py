"""`/transcribe`: a recording is taken in, then worked on in the background as a job.

A job is an encounter. It is acknowledged when its sound is sealed on the disk, so it outlives the
server; see docs/jobs.md.
"""

import hashlib
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BufferedRandom
from typing import Annotated, Any, cast

import anyio.to_thread
import structlog
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from medscribe.api.errors import RequestError
from medscribe.api.fields import Fields
from medscribe.api.jobs.request import options_of
from medscribe.api.jobs.result import CONTENT_TYPES, ResultFormat, render
from medscribe.api.jobs.view import JobStatus, failure_of, progress_of, status_of, view_of
from medscribe.api.jobs.work import JobWork
from medscribe.api.line import Door
from medscribe.api.service import Service
from medscribe.api.uploads import receive, upload_folder
from medscribe.audio.decode import DecodedAudio
from medscribe.audio.decode_apart import decode_apart
from medscribe.domain.encounter import Encounter, EncounterOptions, EncounterStatus, Stage
from medscribe.domain.event import EventKind
from medscribe.domain.results import EncounterResults
from medscribe.errors import StoreError
from medscribe.pipeline import intake

STOP_SECONDS = 20.0
"""How long a shutdown waits for the stretch that is being recognised."""

MOST_UPLOADS = 32
"""Uploads under way and those that wait to be taken in: each may take `max_upload_mb` of disk."""

_UNKNOWN = "There is no job of that id."

log = structlog.get_logger()


def router(service: Service) -> APIRouter:
    """The routes; the work starts and stops with the application they are part of."""
    jobs = Jobs(service)

    @asynccontextmanager
    async def running(_app: object) -> AsyncIterator[None]:
        await anyio.to_thread.run_sync(jobs.start)
        try:
            yield
        finally:
            await anyio.to_thread.run_sync(jobs.work.stop, STOP_SECONDS)

    routes = APIRouter(lifespan=running)

    @routes.post("/transcribe", status_code=202)
    async def submit(request: Request) -> JSONResponse:
        """Take in a recording: multipart field `file`, and options; see docs/jobs.md."""
        taken = await jobs.submit(request)
        view = await anyio.to_thread.run_sync(jobs.view, taken.job)
        view["truncated"] = taken.truncated
        return JSONResponse(view, status_code=202, headers={"location": view["links"]["self"]})

    @routes.get("/transcribe")
    def list_jobs() -> dict[str, Any]:
        """All jobs that are kept, oldest first."""
        return {"object": "list", "data": [jobs.view(job) for job in jobs.all()]}

    @routes.get("/transcribe/{job_id}")
    def show(job_id: str) -> dict[str, Any]:
        """Status and progress."""
        return jobs.view(jobs.get(job_id))

    @routes.get("/transcribe/{job_id}/result")
    def result(
        job_id: str, form: Annotated[str, Query(alias="format")] = ResultFormat.JSON
    ) -> Response:
        """The transcript, what was really said."""
        return jobs.result(job_id, form)

    @routes.delete("/transcribe/{job_id}")
    def cancel(job_id: str) -> dict[str, Any]:
        """Stop the work and destroy sound and results."""
        return jobs.cancel(job_id)

    return routes


@dataclass(frozen=True)
class Taken:
    """A job for an upload. `truncated`: the file is cut off, and what could be decoded of it is
    used; None where the job was there already."""

    job: Encounter
    truncated: bool | None


class Jobs:
    """What the routes do; synchronous but for taking in an upload."""

    def __init__(self, service: Service) -> None:
        self.work = JobWork(service)
        self._service = service
        self._store = service.medscribe.store
        # One at a time: a long recording takes a gigabyte on its way into the audio log, and of
        # two requests with the same recording the second must find the first.
        self._intake = anyio.CapacityLimiter(1)
        self._door = Door(MOST_UPLOADS)
        # Of two that delete the same job at once, one would miss the files that it removes.
        self._cancelling = threading.Lock()

    def start(self) -> None:
        """Remove what was cut off while it was taken in, then work."""
        intake.discard_abandoned(self._store, self._service.medscribe.audio_log)
        self.work.start()

    async def submit(self, request: Request) -> Taken:
        """The job of an upload, acknowledged when its sound is durable."""
        settings = self._service.settings
        folder = upload_folder(settings)
        with (
            self._door.inside(),
            await receive(request, folder, max_mb=settings.max_upload_mb) as upload,
        ):
            options = options_of(Fields(upload.fields), settings, self._service.models)
            if upload.file is None:
                raise RequestError("Send the recording in the field file.", param="file")
            file = cast(BufferedRandom, upload.file)
            return await anyio.to_thread.run_sync(
                self._take_in, file, options, limiter=self._intake
            )

    def all(self) -> list[Encounter]:
        """Jobs of the store, oldest first, but cancelled ones."""
        gone = (EncounterStatus.RECEIVING, EncounterStatus.PURGED)
        found = self._store.encounters()
        return [job for job in found if job.options.job and job.status not in gone]

    def get(self, job_id: str) -> Encounter:
        """The job of that id; `RequestError` 404 for what is none, such as a visit of the CLI."""
        try:
            job = self._store.get(job_id)
        except StoreError:
            job = None
        if job is None or not job.options.job or job.status is EncounterStatus.RECEIVING:
            raise RequestError(_UNKNOWN, code="job_not_found", status=404)
        return job

    def view(self, job: Encounter) -> dict[str, Any]:
        recognising = job.next_stage is Stage.TRANSCRIBE and job.position > 0
        results = self._results(job.id) if recognising else None
        return view_of(job, self._status(job), self._store.events(job.id), results)

    def result(self, job_id: str, form: str) -> Response:
        """The transcript in `form`; `RequestError`: 400 unknown form, 409 not done, 410 gone."""
        if form not in list(ResultFormat):
            raise RequestError(f"format is one of {', '.join(ResultFormat)}.", param="format")
        job = self.get(job_id)
        failure = failure_of(job, self._store.events(job_id))
        self._refuse_unless_done(job, failure)
        chosen = ResultFormat(form)
        results = self._results(job_id)
        if results is None:
            raise _gone()
        self._store.note_event(job_id, EventKind.REVEALED)
        text = render(job, results, chosen, failure["message"] if failure else None)
        return Response(text, media_type=CONTENT_TYPES[chosen])

    def cancel(self, job_id: str) -> dict[str, Any]:
        """Stop the work, destroy sound, results and key: what is under way cannot be committed."""
        with self._cancelling:
            job = self.get(job_id)
            self.work.forget(job_id)
            intake.discard(self._store, self._service.medscribe.audio_log, job_id)
        log.info("job cancelled", job=job_id)
        return {"id": job.id, "object": "transcription.job", "deleted": True}

    def _take_in(self, file: BufferedRandom, options: EncounterOptions) -> Taken:
        """Decode, seal, wake the worker; an unfinished job of the same request is taken up."""
        open_log = self._service.medscribe.audio_log
        intake.discard_abandoned(self._store, open_log)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        job = intake.find_unfinished(self._store, digest, options)
        truncated = None
        if job is None:
            file.seek(0)
            audio = self._decoded(file)
            truncated = audio.truncated
            job = intake.take_in_recording(
                self._store, open_log, audio.samples, source_sha256=digest, options=options
            )
            log.info("job taken in", job=job.id, seconds=round(audio.duration_seconds, 1))
        self.work.submit(job.id)
        return Taken(job, truncated)

    def _decoded(self, file: BufferedRandom) -> DecodedAudio:
        settings = self._service.settings
        return decode_apart(
            file,
            max_seconds=settings.max_audio_hours * 3600,
            memory_mb=settings.decode_memory_mb,
            timeout_seconds=settings.decode_seconds,
        )

    def _results(self, job_id: str) -> EncounterResults | None:
        """None where somebody has just deleted the job."""
        try:
            return self._store.results(job_id)
        except StoreError:
            if self._store.get(job_id).status is EncounterStatus.PURGED:
                return None
            raise

    def _status(self, job: Encounter) -> JobStatus:
        at_work = self.work.is_at_work_on(job.id)
        return status_of(job, held=self.work.holds(job.id), at_work=at_work)

    def _refuse_unless_done(self, job: Encounter, failure: dict[str, str] | None) -> None:
        status = self._status(job)
        if status is JobStatus.CANCELLED:
            raise _gone()
        if status is JobStatus.FAILED and failure is not None:
            raise RequestError(
                f"This job failed at the stage {failure['stage']}: {failure['message']}",
                code="job_failed",
                status=409,
            )
        if status is not JobStatus.DONE:
            share = progress_of(job, status, None)
            raise RequestError(
                f"This job is not done ({status}, {share:.0%} or more): ask again later.",
                code="job_not_done",
                status=409,
            )


def _gone() -> RequestError:
    return RequestError(
        "This job was deleted: nothing of it is left.", code="job_deleted", status=410
    )
