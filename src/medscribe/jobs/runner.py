"""Wake-ups from any thread -> encounters worked on in one background thread."""

import contextlib
import queue
import threading
from collections.abc import Callable, Iterable

import structlog

from medscribe.errors import MedScribeError, StaleLeaseError
from medscribe.jobs.local import LocalQueue

_log = structlog.get_logger(__name__)

SWEEP_SECONDS = 300.0
"""How often an idle runner looks for work that nobody woke it for."""


def _nothing() -> Iterable[str]:
    return ()


class Runner:
    """Works encounters a step each in turn, so that a short one does not wait for a long one.

    `work(encounter_id)` does one step and says whether more is left; `give_up(encounter_id,
    error_class)` is told of what failed for good; `sweep()` names encounters that have work left,
    at the start and from time to time. One encounter that fails stops no other. Memory: the ids of
    encounters that wait.
    """

    def __init__(
        self,
        work: Callable[[str], bool],
        give_up: Callable[[str, str], None],
        *,
        sweep: Callable[[], Iterable[str]] = _nothing,
        max_attempts: int = 3,
        pause_seconds: float = 0.5,
        sweep_seconds: float = SWEEP_SECONDS,
    ) -> None:
        self._work = work
        self._give_up = give_up
        self._sweep = sweep
        self._sweep_seconds = sweep_seconds
        self._queue = LocalQueue(
            self._step, self._gave_up, max_attempts=max_attempts, pause_seconds=pause_seconds
        )
        # Everything below is shared between threads; `_held` are ids that wait or are worked on.
        self._inbox: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._guard = threading.Lock()
        self._held: set[str] = set()
        self._at_work: str | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="job runner", daemon=True)

    def start(self) -> None:
        """Begin to work, first on what a sweep finds. Once only."""
        self._thread.start()

    def submit(self, encounter_id: str) -> None:
        """Ask for the encounter to be worked on; asking twice is the same as asking once."""
        with self._guard:
            if encounter_id in self._held:
                return
            self._held.add(encounter_id)
        self._inbox.put(encounter_id)

    def forget(self, encounter_id: str) -> None:
        """No further step of this encounter; one that is going on finds out by `check`."""
        with self._guard:
            self._held.discard(encounter_id)

    def holds(self, encounter_id: str) -> bool:
        """Whether the encounter waits here or is worked on."""
        with self._guard:
            return encounter_id in self._held

    @property
    def at_work(self) -> str | None:
        """The encounter that is worked on at this moment."""
        return self._at_work

    def check(self) -> None:
        """To be called inside `work`: raises `StaleLeaseError` where the step is not wanted more.

        What it had worked out is left; the store still has the encounter as before the step.
        """
        if self._stopping.is_set() or (self._at_work and not self.holds(self._at_work)):
            raise StaleLeaseError("The work on this encounter was stopped.")

    def stop(self, timeout_seconds: float) -> bool:
        """End after the step that is going on; whether that was within `timeout_seconds`.

        A step that goes on for longer dies with the process: the store has not heard of it.
        """
        self._stopping.set()
        self._inbox.put(None)
        if self._thread.is_alive():
            self._thread.join(timeout_seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        self._look_for_work()
        while not self._stopping.is_set():
            try:
                self._take(self._inbox.get(timeout=self._sweep_seconds))
            except queue.Empty:
                self._look_for_work()
            self._drain()

    def _look_for_work(self) -> None:
        try:
            for encounter_id in self._sweep():
                self.submit(encounter_id)
        except MedScribeError as error:
            _log.warning("sweep failed", error=type(error).__name__)

    def _drain(self) -> None:
        try:
            self._queue.drain()
        except MedScribeError as error:
            _log.warning("encounter given up", error=type(error).__name__)
        except Exception as error:  # noqa: BLE001 - the outermost loop of a worker
            _log.error("runner failed", error=type(error).__name__)

    def _take(self, encounter_id: str | None) -> None:
        if encounter_id is not None:
            self._queue.submit(encounter_id)

    def _step(self, encounter_id: str) -> bool:
        self._take_all()
        if self._stopping.is_set() or not self.holds(encounter_id):
            return False
        self._at_work = encounter_id
        more = False
        try:
            more = self._work(encounter_id)
        except Exception as error:
            # LocalQueue tries again only what is none of ours; then the encounter still waits.
            more = not isinstance(error, MedScribeError)
            raise
        finally:
            self._at_work = None
            if not more:
                self.forget(encounter_id)
        return more and self.holds(encounter_id)

    def _gave_up(self, encounter_id: str, error_class: str) -> None:
        self.forget(encounter_id)
        self._give_up(encounter_id, error_class)

    def _take_all(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                self._take(self._inbox.get_nowait())
