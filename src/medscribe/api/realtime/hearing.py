"""Commands of one realtime client, in order -> events for it. One thread calls it."""

from collections.abc import Iterator, Sequence

import numpy as np
import structlog
from numpy.typing import NDArray

from medscribe.api.errors import RequestError, answer_to
from medscribe.api.realtime.items import Items, ServerEvent, event
from medscribe.api.realtime.session import RealtimeSession, updated
from medscribe.api.realtime.sound import SoundStream
from medscribe.api.shelf import ModelShelf
from medscribe.audio.window import SoundWindow
from medscribe.domain.live import LiveEvent, SpeechStopped
from medscribe.errors import MedScribeError
from medscribe.pipeline.live import LiveRecognition

LEAST_COMMIT_SECONDS = 0.1
"""OpenAI's least length of an item."""

MOST_HELD_SECONDS = 90.0
"""Sound in memory whose words are not final; what comes after it waits until some are."""

_SLICE_SECONDS = 5

log = structlog.get_logger()


class Hearing:
    """What was sent so far, and what became of it.

    Memory: `MOST_HELD_SECONDS` of sound, a slice more, and the times of what was said.
    """

    def __init__(
        self,
        session: RealtimeSession,
        models: ModelShelf,
        *,
        hotwords: Sequence[str] = (),
        partials: bool = True,
    ) -> None:
        self.session = session
        self._models = models
        self._hotwords = tuple(hotwords)
        self._partials = partials
        self._items = Items(by_voice=session.vad is not None)
        self._live: LiveRecognition | None = None
        self._stream: SoundStream | None = None
        self._window = SoundWindow()
        self._waiting: list[int] = []
        # Seconds of sound since the last commit or clear, and since the first sound, as sent.
        self._uncommitted = 0.0
        self._heard = 0.0

    @property
    def pending(self) -> bool:
        """Whether words of a finished stretch are still to be recognised."""
        return self._live is not None and self._live.pending

    def update(self, given: object) -> Iterator[ServerEvent]:
        """`session.update`; raises `RequestError`, and then nothing has changed."""
        session = updated(self.session, given, self._models)
        if session != self.session:
            yield from self._end()
            self.session = session
            self._items.by_voice = session.vad is not None
        yield event("session.updated", session=session.shown)

    def append(self, data: bytes) -> Iterator[ServerEvent]:
        """Sound in the session's format; decodes only where memory would grow without bound."""
        stream = self._stream = self._stream or SoundStream(self.session.sound)
        live = self._live = self._live or self._begin()
        step = stream.bytes_per_second * _SLICE_SECONDS
        for start in range(0, len(data), step):
            piece = data[start : start + step]
            seconds = len(piece) / stream.bytes_per_second
            self._uncommitted += seconds
            self._heard += seconds
            yield from self._take(live, stream.take(piece))
            while live.pending and self._window.held_seconds > MOST_HELD_SECONDS:
                yield from self.work()

    def commit(self) -> Iterator[ServerEvent]:
        """End the item here; raises `RequestError` where it is too short."""
        if self._uncommitted < LEAST_COMMIT_SECONDS:
            raise RequestError(
                "Error committing input audio buffer: buffer too small. Expected at least 100ms of "
                f"audio, but buffer only has {self._uncommitted * 1000:.2f}ms of audio.",
                code="input_audio_buffer_commit_empty",
            )
        ended = self._told(self._live.close_stretch()) if self._live else []
        self._uncommitted = 0.0
        yield from ended
        # With server VAD the end of a voice has committed it; silence alone is an empty item.
        if not (self._items.by_voice and ended):
            yield from self._items.commit()

    def clear(self) -> Iterator[ServerEvent]:
        """Take back what is not committed; what is committed gets its words first."""
        while self.pending and self._items.owes_words:
            yield from self.work()
        self._forget()
        yield event("input_audio_buffer.cleared")

    def work(self) -> list[ServerEvent]:
        """At most one decode: the oldest stretch that waits, else a preview that is due."""
        if self._live is None:
            return []
        pending = self._live.pending
        try:
            found = self._told(self._live.work())
        except MedScribeError as error:
            log.warning("stretch failed", session=self.session.id, error=type(error).__name__)
            # A preview that fails says nothing: its final will.
            found = []
            if pending:
                found = list(self._items.failed(self._waiting.pop(0), answer_to(error).message))
        else:
            del self._waiting[: 1 if pending else 0]
        self._window.forget(self._live.needed_from)
        return found

    def _begin(self) -> LiveRecognition:
        vad = self.session.vad
        return LiveRecognition(
            self._models.transcriber(self.session.model),
            self._window,
            language=self.session.language,
            hotwords=(*self.session.hotwords, *self._hotwords),
            rule=vad.rule if vad else None,
            vad=vad.options if vad else None,
            # Before a client commits there is no item to send words for.
            partials=self._partials and vad is not None,
        )

    def _take(self, live: LiveRecognition, samples: NDArray[np.float32]) -> list[ServerEvent]:
        self._window.append(samples)
        told = self._told(live.hear(samples))
        self._window.forget(live.needed_from)
        return told

    def _told(self, heard: list[LiveEvent]) -> list[ServerEvent]:
        told: list[ServerEvent] = []
        for each in heard:
            if isinstance(each, SpeechStopped):
                self._waiting.append(each.stretch)
                if self._items.by_voice:
                    self._uncommitted = max(self._heard - self._items.since - each.span.end, 0.0)
            told += self._items.told(each)
        return told

    def _end(self) -> Iterator[ServerEvent]:
        """End what is going on, with its words, before something else begins."""
        if self._live is None:
            return
        if self._stream is not None:
            yield from self._take(self._live, self._stream.finish())
        yield from self._told(self._live.finish())
        while self.pending:
            yield from self.work()
        if not self._items.by_voice and self._uncommitted >= LEAST_COMMIT_SECONDS:
            yield from self._items.commit()
        self._forget()

    def _forget(self) -> None:
        self._live = None
        self._stream = None
        self._window = SoundWindow()
        self._waiting.clear()
        self._items.forget_open()
        self._items.since = self._heard
        self._uncommitted = 0.0
