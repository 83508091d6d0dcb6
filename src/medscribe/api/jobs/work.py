"""The server's service -> the threads that work its jobs, and what they take up after a restart."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from medscribe.api.service import Service
from medscribe.api.shelf import ModelShelf
from medscribe.domain.encounter import Encounter, EncounterStatus, Stage
from medscribe.jobs.runner import Runner
from medscribe.pipeline.advance import advance
from medscribe.pipeline.clock import StageClock
from medscribe.pipeline.work import Engines, Records
from medscribe.store.encounters import SqlStore


class JobWork:
    """One thread that recognises, and one that asks the language model.

    A language model that is slow to answer, or to be given up, holds up no recording. The
    recognisers are the served ones, which requests use at the same time, in turn.
    """

    def __init__(self, service: Service) -> None:
        medscribe = service.medscribe
        self._store = medscribe.store
        self._records = Records(store=medscribe.store, audio=medscribe.audio_log)
        # Roles from words alone: recognition must not wait for a language model.
        self._engines = replace(
            medscribe.engines, transcriber=service.models.transcriber, role_model=None
        )
        self._lagging = Lagging(medscribe.store, service.models)
        attempts = service.settings.max_attempts
        self._recognising = Runner(
            self._recognise,
            medscribe.store.fail,
            sweep=lambda: self._lagging.found(self),
            max_attempts=attempts,
        )
        self._analysing = Runner(self._analyse, medscribe.store.fail, max_attempts=attempts)

    def start(self) -> None:
        """Begin to work, first on what a process before this one left. Once only."""
        self._analysing.start()
        self._recognising.start()

    def stop(self, timeout_seconds: float) -> None:
        """End after the stretch, or the answer, that is going on, or when the time is over."""
        for runner in self._runners:
            runner.stop(timeout_seconds / 2)

    def submit(self, job_id: str) -> None:
        """Ask for a job to be worked on; asking twice is the same as asking once."""
        if not self.holds(job_id):
            self._recognising.submit(job_id)

    def forget(self, job_id: str) -> None:
        """No further step of a job; the one that is going on ends at the next stretch."""
        for runner in self._runners:
            runner.forget(job_id)

    def holds(self, job_id: str) -> bool:
        """Whether the job waits here or is worked on."""
        return any(runner.holds(job_id) for runner in self._runners)

    def is_at_work_on(self, job_id: str) -> bool:
        """Whether a step of the job is going on at this moment."""
        return any(runner.at_work == job_id for runner in self._runners)

    @property
    def _runners(self) -> tuple[Runner, Runner]:
        return self._recognising, self._analysing

    def _recognise(self, job_id: str) -> bool:
        if self._store.get(job_id).next_stage is Stage.ANALYSE:
            self._analysing.submit(job_id)
            return False
        return advance(job_id, self._records, self._watched(self._recognising))

    def _analyse(self, job_id: str) -> bool:
        engines = replace(self._watched(self._analysing), clock=StageClock())
        return advance(job_id, self._records, engines)

    def _watched(self, runner: Runner) -> Engines:
        """Engines that end a step between two stretches where its job is cancelled."""

        def progress(what: str, done: float, total: float) -> None:
            self._engines.progress(what, done, total)
            runner.check()

        return replace(self._engines, progress=progress)


@dataclass
class Lagging:
    """Jobs with work left that nobody works on.

    At the first look these are all of them, since a process that has just started holds none; later
    only those that have not moved since the look before: what moves is in other hands, such as
    `medscribe encounters resume` in the same data folder.
    """

    store: SqlStore
    models: ModelShelf
    _seen: dict[str, Encounter] | None = field(default=None)

    def found(self, work: JobWork) -> Iterator[str]:
        """Ids of jobs to wake, oldest first. Failed ones stay failed until a client asks again."""
        before = self._seen
        waiting = {
            job.id: job
            for job in self.store.unfinished()
            if self._is_workable(job, at_start=before is None) and not work.holds(job.id)
        }
        self._seen = waiting
        for job in waiting.values():
            if before is None or before.get(job.id) == job:
                yield job.id

    def _is_workable(self, job: Encounter, *, at_start: bool) -> bool:
        """Whether it is a job for this server whose recording is whole and that has not failed.

        Another server on the same data folder may serve other models. A failed analysis is tried
        again when the server starts: what it lacked was a language model that answers.
        """
        retried = at_start and job.next_stage is Stage.ANALYSE
        failed = job.status is EncounterStatus.FAILED and not retried
        ours = job.options.job and job.options.asr in self.models.names()
        return ours and job.status is not EncounterStatus.RECEIVING and not failed
