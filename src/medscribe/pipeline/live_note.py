"""What has been said so far -> a note that keeps step with it, one update at a time.

A writer that composes by itself does so at once; one that asks a language model works in a thread
of its own, and the visit never waits for it.
"""

import threading
import time
from collections.abc import Callable, Sequence

import structlog

from medscribe.domain.note import Note
from medscribe.domain.privacy import MaskedUtterance
from medscribe.errors import AnswerCancelledError, LanguageModelError, place_of
from medscribe.note.template import Template
from medscribe.note.writer import NoteWriter

_log = structlog.get_logger(__name__)

Said = Sequence[MaskedUtterance]


class GrowingNote:
    """The note of one visit. One thread offers; `latest` may be read by any.

    Where the writer fails, the stand-in's note of all that was said is shown, marked stale; the
    next update of the writer is offered everything and so catches up.
    """

    def __init__(
        self,
        writer: NoteWriter,
        stand_in: NoteWriter | None,
        template: Template,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._cadence = writer.cadence
        self._live = writer.begin(template)
        self._stand_in = stand_in.begin(template) if stand_in is not None else None
        self._clock = clock
        self._lock = threading.Lock()
        self._latest: Note | None = None
        self._words_read = 0
        self._updated_at = clock()
        self._corrected = False
        self._behind = False
        self._cancelled = threading.Event()
        self._working: threading.Thread | None = None

    @property
    def latest(self) -> Note | None:
        """The note so far; None before the first update is done."""
        with self._lock:
            return self._latest

    @property
    def busy(self) -> bool:
        """Whether an update is in flight."""
        return self._working is not None and self._working.is_alive()

    def offer(self, utterances: Said, *, at_pause: bool = True) -> None:
        """All that was said so far; updates the note if that is due and none is in flight."""
        if self.busy or not self._is_due(utterances, at_pause=at_pause):
            return
        self._words_read, self._updated_at = _words(utterances), self._clock()
        self._corrected = False
        self._cancelled = threading.Event()
        if not self._cadence.background:
            self._update(utterances, self._cancelled)
            return
        self._working = threading.Thread(
            target=self._update, args=(utterances, self._cancelled), daemon=True
        )
        self._working.start()

    def correct(self) -> None:
        """What was said before has changed: an update in flight is out of date, the next is due."""
        self._cancelled.set()
        self._corrected = True
        self._mark_stale()

    def wait(self) -> None:
        """Until no update is in flight."""
        if self._working is not None:
            self._working.join()

    def close(self) -> Note | None:
        """Stop the update in flight; the note there is by then."""
        self._cancelled.set()
        self.wait()
        return self.latest

    def _is_due(self, utterances: Said, *, at_pause: bool) -> bool:
        new = _words(utterances) - self._words_read
        if self._corrected:
            return True
        waited = self._clock() - self._updated_at >= self._cadence.seconds
        return (at_pause and new >= self._cadence.words) or (waited and (new > 0 or self._behind))

    def _update(self, utterances: Said, cancelled: threading.Event) -> None:
        try:
            note = self._live.update(utterances, cancelled=cancelled.is_set)
        except AnswerCancelledError:
            return
        except LanguageModelError:
            _log.warning("live note: the language model failed")
            self._stand_for_writer(utterances)
        except Exception as error:  # noqa: BLE001 - the visit goes on, whatever a writer does
            _log.error("live note: the writer failed", place=place_of(error))
            self._stand_for_writer(utterances)
        else:
            self._behind = False
            self._keep(note, cancelled)

    def _stand_for_writer(self, utterances: Said) -> None:
        self._behind = True
        self._mark_stale()
        if self._stand_in is None:
            return
        try:
            note = self._stand_in.update(utterances)
        except Exception as error:  # noqa: BLE001 - nor whatever a stand-in does
            _log.error("live note: the stand-in failed", place=place_of(error))
            return
        with self._lock:
            self._latest = note.model_copy(update={"stale": True})

    def _keep(self, note: Note, cancelled: threading.Event) -> None:
        with self._lock:
            if not cancelled.is_set():
                self._latest = note

    def _mark_stale(self) -> None:
        with self._lock:
            if self._latest is not None:
                self._latest = self._latest.model_copy(update={"stale": True})


def _words(utterances: Said) -> int:
    return sum(len(utterance.text.split()) for utterance in utterances)
