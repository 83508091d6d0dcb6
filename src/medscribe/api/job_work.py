"""The server's service -> the runner that works its jobs, and what it takes up after a restart."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from medscribe.api.service import Service
from medscribe.api.shelf import ModelShelf
from medscribe.domain.encounter import Encounter, EncounterStatus, Stage
from medscribe.jobs.runner import Runner
from medscribe.pipeline.advance import advance
from medscribe.pipeline.work import Records
from medscribe.store.encounters import SqlStore


def runner_of(service: Service) -> Runner:
    """A runner over the store and the engines of `service`; it is not started.

    Its recognisers are the served ones, which requests use at the same time, in turn.
    """
    medscribe = service.medscribe
    records = Records(store=medscribe.store, audio=medscribe.audio_log)

    def progress(what: str, done: float, total: float) -> None:
        """Comes between two stretches: a job that is cancelled ends there."""
        medscribe.engines.progress(what, done, total)
        runner.check()

    engines = replace(medscribe.engines, transcriber=service.models.transcriber, progress=progress)
    runner = Runner(
        lambda job_id: advance(job_id, records, engines),
        medscribe.store.fail,
        sweep=lambda: lagging.found(runner),
        max_attempts=service.settings.max_attempts,
    )
    lagging = Lagging(medscribe.store, service.models)
    return runner


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

    def found(self, runner: Runner) -> Iterator[str]:
        """Ids of jobs to wake, oldest first. Failed ones stay failed until a client asks again."""
        waiting = {
            job.id: job
            for job in self.store.unfinished()
            if is_workable(job, self.models) and not runner.holds(job.id)
        }
        before, self._seen = self._seen, waiting
        for job in waiting.values():
            if before is None or before.get(job.id) == job:
                yield job.id


def is_workable(job: Encounter, models: ModelShelf) -> bool:
    """Whether it is a job for this server whose recording is whole and that has not failed.

    Another server on the same data folder may serve other models. A failed analysis is tried again:
    what it lacked was a language model that answers.
    """
    failed = job.status is EncounterStatus.FAILED and job.next_stage is not Stage.ANALYSE
    ours = job.options.job and job.options.asr in models.names()
    return ours and job.status is not EncounterStatus.RECEIVING and not failed
