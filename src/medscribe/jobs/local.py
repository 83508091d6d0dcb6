"""A queue inside this process, with bounded retry."""

import time
from collections import deque
from collections.abc import Callable

import structlog

from medscribe.domain.job import Job
from medscribe.errors import MedScribeError, StageError, StaleLeaseError

_log = structlog.get_logger(__name__)


class LocalQueue:
    """Runs encounters one after the other.

    `work(encounter_id)` does one step and says whether more is left. Errors of MedScribe's tree are
    final: trying again cannot cure them. Anything else is tried `max_attempts` times with growing
    pauses; a step that succeeds starts the count anew. What is given up goes to
    `give_up(encounter_id, error_class)` and is raised by `drain` when all else is done.
    """

    def __init__(
        self,
        work: Callable[[str], bool],
        give_up: Callable[[str, str], None],
        *,
        max_attempts: int = 3,
        pause_seconds: float = 0.5,
    ) -> None:
        self._work = work
        self._give_up = give_up
        self._max_attempts = max_attempts
        self._pause_seconds = pause_seconds
        self._waiting: deque[Job] = deque()

    def submit(self, encounter_id: str) -> None:
        """Ask for the encounter to be worked on; asking twice is the same as asking once."""
        if all(job.encounter_id != encounter_id for job in self._waiting):
            self._waiting.append(Job(encounter_id=encounter_id))

    def drain(self) -> None:
        """Work until nothing is left; then raise the first error that was given up on, if any."""
        first: MedScribeError | None = None
        while self._waiting:
            try:
                self._run(self._waiting.popleft())
            except MedScribeError as error:
                first = first or error
        if first is not None:
            raise first

    def _run(self, job: Job) -> None:
        failed: str | None = None
        try:
            more = self._work(job.encounter_id)
        except StaleLeaseError:
            raise  # somebody else is at work on it: not ours to call failed
        except MedScribeError as error:
            self._give_up(job.encounter_id, type(error).__name__)
            raise
        except Exception as error:  # noqa: BLE001 - the outermost loop of a worker
            failed, more = type(error).__name__, False
        # Outside the handler: what is raised must not carry an error that may quote the patient.
        if failed is not None:
            self._retry(job, failed)
        elif more:
            self._waiting.append(Job(encounter_id=job.encounter_id))

    def _retry(self, job: Job, error_class: str) -> None:
        _log.warning(
            "step failed", encounter=job.encounter_id, attempt=job.attempt, error=error_class
        )
        if job.attempt >= self._max_attempts:
            self._give_up(job.encounter_id, error_class)
            raise StageError(
                f"A stage failed {job.attempt} times ({error_class}). What was heard is kept; "
                "run the same command again to resume, or see docs/troubleshooting.md."
            )
        time.sleep(self._pause_seconds * 2 ** (job.attempt - 1))
        self._waiting.append(Job(encounter_id=job.encounter_id, attempt=job.attempt + 1))
