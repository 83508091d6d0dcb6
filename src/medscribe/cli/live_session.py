"""A source of sound, a live visit and a view of it, brought together until the visit is over."""

import time
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread

from medscribe.audio.microphone import Microphone
from medscribe.audio.recorder import Recorder
from medscribe.audio.source import SoundSource, SourceState
from medscribe.bootstrap import MedScribe, live_visit, transcriber_apart
from medscribe.cli import console
from medscribe.cli.keys import keys_heard
from medscribe.cli.live_view import LiveView, open_view
from medscribe.domain.encounter import Encounter
from medscribe.domain.event import EventKind
from medscribe.domain.live import Final, LiveEvent, LiveStatus, Partial
from medscribe.domain.medication import Prescription
from medscribe.domain.results import EncounterResults
from medscribe.errors import InputError, MedScribeError, StageError, StoreError
from medscribe.export.documents import prescription_to_json
from medscribe.export.folder import write_files
from medscribe.pipeline.chart import chart_view
from medscribe.pipeline.live_visit import LiveVisit

DRAFT_EVERY_SECONDS = 10.0
"""New finals wait so long for the next draft of the note: people do not read faster."""

DRAFT_SHARE = 0.05
"""Most of the time that drafting may take: a long visit is drafted more rarely."""


class LiveSession:
    """Records in one thread; recognises, drafts and shows in the thread that calls `run`."""

    def __init__(
        self,
        medscribe: MedScribe,
        encounter: Encounter,
        source: SoundSource,
        *,
        out: Path,
        reveal: bool,
        quiet: bool,
    ) -> None:
        self._medscribe = medscribe
        self._encounter = encounter
        self._source = source
        self._out = out
        self._reveal, self._revealed = reveal, False
        self._quiet = quiet
        self._log = medscribe.audio_log(encounter.id)
        self._heard = Event()
        self._exchanges: SimpleQueue[None] = SimpleQueue()
        self._recorder = Recorder(
            source,
            self._log.append,
            chunk_seconds=medscribe.settings.chunk_seconds,
            on_chunk=self._heard.set,
        )
        self._recognition_failed = False
        self._draft_due = 0.0
        self._undrafted = False
        self._draft_unsaved = False
        self.status = LiveStatus(heard_seconds=0.0, lag_seconds=0.0)
        self._noted = (self.status, 0.0)

    @property
    def error(self) -> MedScribeError | None:
        """What broke the recording off; None after a regular end."""
        return self._recorder.error

    def stop(self) -> None:
        """Record no more; what was heard is finished."""
        self._source.close()
        self._heard.set()

    def run(self) -> None:
        """Until the source ends or `stop`, and until every word of it is recognised."""
        recording = Thread(target=self._recorder.run, name="recorder")
        keys = {
            "p": self._toggle_pause,
            " ": self._toggle_pause,
            "q": self.stop,
            "x": self._ask_exchange,
        }
        with self._log.recording(), keys_heard(keys) as heard:
            view = open_view(
                quiet=self._quiet, keys=heard, state=self._state, status=self._status_now
            )
            recording.start()
            try:
                self._recognise(view, recording)
            finally:
                self._source.close()
                recording.join()
                view.close()

    def summary(self) -> str:
        """One line on how listening went."""
        status = self.status
        speed = f"{status.real_time_factor:.2f}" if status.real_time_factor is not None else "-"
        line = (
            f"Listened to {status.heard_seconds:.1f} s; recognition took {speed} s per second "
            "of speech"
        )
        if status.dropped_seconds:
            line += f", {status.dropped_seconds:.0f} s left out"
        if isinstance(self._source, Microphone):
            if self._source.lost_seconds:
                line += f"; the microphone was away for {self._source.lost_seconds:.0f} s"
            if self._source.overflows:
                line += f"; the system lost sound {self._source.overflows} times"
        return f"{line}."

    def _recognise(self, view: LiveView, recording: Thread) -> None:
        """Recognise while the recorder records; if that fails, the recording goes on all the same.

        The engine may load for seconds; the recorder hears meanwhile.
        """
        medscribe, encounter = self._medscribe, self._encounter
        try:
            transcriber = transcriber_apart(
                medscribe.settings,
                encounter.options.asr,
                medscribe.engines.progress,
                console.notice,
            )
            try:
                self._listen(live_visit(medscribe, encounter.id, transcriber), view, recording)
            finally:
                transcriber.close()
        except Exception as error:  # noqa: BLE001 - whatever fails here, sound must not be lost
            self._only_record(error, recording)

    def _only_record(self, failed: Exception, recording: Thread) -> None:
        """Wait for the end of the recording, then raise what the person has to know."""
        self._recognition_failed = True
        if self._recorder.error is None:
            known = isinstance(failed, MedScribeError)
            # Of an unforeseen error the class alone: its message may quote what was said.
            name = type(failed).__name__
            console.failure(str(failed) if known else f"Recognition failed ({name}).")
            if recording.is_alive():
                console.notice("Recording goes on; stop it with q or Ctrl-C.")
        while recording.is_alive():
            recording.join(0.2)  # waiting without end would be deaf to Ctrl-C on Windows
        if self._recorder.error is not None:
            console.notice("What was heard until then is kept:  medscribe encounters resume")
            raise self._recorder.error from None
        raise StageError(
            "Recognition failed while the visit was recorded. All of it is kept: run  "
            "medscribe encounters resume  once the cause is mended."
        ) from None

    def _listen(self, visit: LiveVisit, view: LiveView, recording: Thread) -> None:
        while recording.is_alive():
            if not self._step(visit, view):
                self._heard.wait(0.2)
                self._heard.clear()
        self._show(visit.finish(), visit, view)
        while visit.pending:
            self._step(visit, view)
        self._heed_exchange(visit, view)
        visit.close()
        self._note_status(visit)

    def _step(self, visit: LiveVisit, view: LiveView) -> bool:
        """Whether there was something to do."""
        self._heed_exchange(visit, view)
        events = visit.step()
        self._show(events, visit, view)
        self._undrafted |= any(isinstance(event, Final) for event in events)
        if self._undrafted and time.monotonic() >= self._draft_due and not visit.pending:
            self._draft(visit, view)
        self._note_status(visit)
        return bool(events)

    def _ask_exchange(self) -> None:
        self._exchanges.put(None)
        self._heard.set()

    def _heed_exchange(self, visit: LiveVisit, view: LiveView) -> None:
        """Clinician and patient the other way round, where a key asked for it; twice is not."""
        asked = 0
        while not self._exchanges.empty():
            self._exchanges.get()
            asked += 1
        if asked % 2 == 0:
            return
        try:
            visit.exchange_roles()
        except InputError:
            console.notice(
                "Nothing was exchanged: it is not known yet who is the clinician and who the "
                "patient. Press x again later."
            )
        else:
            view.cast(visit.speakers)
            self._undrafted, self._draft_due = True, 0.0

    def _note_status(self, visit: LiveVisit) -> None:
        self.status = visit.status
        self._noted = (self.status, self._recorder.recorded_seconds)

    def _status_now(self) -> LiveStatus:
        """The last status with the sound that came since: one pass may last longer than a look."""
        status, recorded_then = self._noted
        recorded = self._recorder.recorded_seconds
        since = max(recorded - recorded_then, 0.0)
        return status.model_copy(
            update={"heard_seconds": recorded, "lag_seconds": status.lag_seconds + since}
        )

    def _show(self, events: list[LiveEvent], visit: LiveVisit, view: LiveView) -> None:
        for event in events:
            if isinstance(event, Final):
                view.said(visit.spoken(event))
            elif isinstance(event, Partial):
                view.saying(event)

    def _draft(self, visit: LiveVisit, view: LiveView) -> None:
        began = time.monotonic()
        results = visit.draft(self._encounter.created_at)
        shown = self._in_view(results)
        assert shown.prescription is not None
        view.drafted(shown)
        self._save(shown.prescription)
        self._undrafted = False
        took = time.monotonic() - began
        self._draft_due = time.monotonic() + max(DRAFT_EVERY_SECONDS, took / DRAFT_SHARE)

    def _in_view(self, results: EncounterResults) -> EncounterResults:
        """With real names where they are to be shown; the history tells it before they are."""
        if not self._reveal:
            return results
        if not self._revealed:
            self._medscribe.store.note_event(self._encounter.id, EventKind.REVEALED)
            self._revealed = True
        return chart_view(results)

    def _save(self, prescription: Prescription) -> None:
        stamp = self._encounter.created_at.strftime("%Y%m%dT%H%M%SZ")
        try:
            write_files(
                self._out,
                {f"prescription_{stamp}.json": prescription_to_json(prescription)},
                private=self._reveal,
            )
        except (StoreError, InputError) as error:
            # The files at the end may still find room; until then the screen shows the orders.
            if not self._draft_unsaved:
                console.notice(f"The prescription so far is not saved: {error}")
            self._draft_unsaved = True

    def _state(self) -> str:
        if self._recorder.error is not None:
            return "broken off"
        if self._source.state is SourceState.ENDED:
            return "finishing"
        if self._recorder.paused:
            return "paused"
        if self._recognition_failed and self._source.state is SourceState.LISTENING:
            return "only recording"
        return "lost" if self._source.state is SourceState.LOST else "listening"

    def _toggle_pause(self) -> None:
        if self._recorder.paused:
            self._recorder.resume()
        else:
            self._recorder.pause()
