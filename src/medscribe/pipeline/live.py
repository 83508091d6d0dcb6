"""Sound as it comes -> previews of what is being said, and one immutable final per stretch.

Finals come first: when the engine is too slow, previews become rarer, then stop, then finals wait
in line. The line holds times only, never sound.
"""

import time
from collections import deque
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from medscribe.audio.stretches import Heard, StretchCutter, StretchRule
from medscribe.audio.voice import VadOptions
from medscribe.domain.live import Final, LiveEvent, LiveStatus, SpeechStarted, SpeechStopped
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import RejectedSpeech, RejectionReason
from medscribe.pipeline.preview import Previews, SoundSoFar
from medscribe.speech.recognise import (
    Recognised,
    begin_transcription,
    recognise_stretch,
    with_stretch,
)
from medscribe.speech.transcriber import Transcriber


class LiveRecognition:
    """Follows one visit. One thread calls it; its memory does not grow with the sound."""

    def __init__(
        self,
        transcriber: Transcriber,
        sound: SoundSoFar,
        *,
        language: str,
        hotwords: Sequence[str] = (),
        rule: StretchRule | None = None,
        vad: VadOptions | None = None,
        partials: bool = True,
        most_waiting_seconds: float | None = None,
    ) -> None:
        """`most_waiting_seconds`: speech that may wait for its final before the oldest of it is
        left out; None: all of it waits."""
        self._transcriber = transcriber
        self._sound = sound
        self._hotwords = tuple(hotwords)
        self._cutter = StretchCutter(rule, vad)
        self._previews = Previews(transcriber, sound, language, self._hotwords)
        self._partials = partials
        self._most_waiting = most_waiting_seconds
        self._waiting: deque[tuple[int, TimeSpan]] = deque()
        self._stretches = 0
        self._started = False
        self._voice: list[TimeSpan] = []
        self._speech: list[TimeSpan] = []
        self._worked = self._recognised = self._dropped = 0.0
        self.transcription = begin_transcription(transcriber, language)

    @property
    def voice(self) -> Sequence[TimeSpan]:
        """Where somebody spoke, so far."""
        return self._voice

    @property
    def speech(self) -> Sequence[TimeSpan]:
        """All complete stretches so far, recognised or waiting."""
        return self._speech

    @property
    def pending(self) -> bool:
        """Whether a complete stretch waits for its final."""
        return bool(self._waiting)

    @property
    def needed_from(self) -> float:
        """Sound before this second will not be read again."""
        if self._waiting:
            return self._waiting[0][1].start
        open_from = self._cutter.open_from
        return max(self._cutter.seconds - 2.0, 0.0) if open_from is None else open_from

    @property
    def status(self) -> LiveStatus:
        """How well listening keeps up."""
        heard = self._cutter.seconds
        return LiveStatus(
            heard_seconds=heard,
            lag_seconds=heard - self._waiting[0][1].end if self._waiting else 0.0,
            real_time_factor=self._worked / self._recognised if self._recognised else None,
            dropped_seconds=self._dropped,
        )

    def hear(self, samples: NDArray[np.float32]) -> list[LiveEvent]:
        """Take float32 (n,) mono at 16 kHz that `sound` holds already. Decodes nothing."""
        events = self._noted(self._cutter.feed(samples))
        if self._cutter.open_from is not None and not self._started:
            self._started = True
            events.append(SpeechStarted(stretch=self._stretches + 1, at=self._cutter.open_from))
        return events

    def close_stretch(self) -> list[LiveEvent]:
        """End the open stretch here, as a pause would; sound may go on."""
        return self._noted(self._cutter.close())

    def finish(self) -> list[LiveEvent]:
        """No more sound; what was said last now waits for its final."""
        return self._noted(self._cutter.finish())

    def work(self) -> list[LiveEvent]:
        """Decode once at most: the oldest stretch that waits, else a preview if one is due."""
        self._drop_oldest()
        if self._waiting:
            return [self._final(*self._waiting.popleft())]
        if not self._partials:
            return []
        return self._previews.next(self._stretches + 1, self._cutter)

    def _noted(self, heard: Heard) -> list[LiveEvent]:
        self._voice += heard.voice
        events: list[LiveEvent] = []
        for span in heard.stretches:
            self._stretches += 1
            if not self._started:
                events.append(SpeechStarted(stretch=self._stretches, at=span.start))
            self._started = False
            self._speech.append(span)
            self._waiting.append((self._stretches, span))
            events.append(SpeechStopped(stretch=self._stretches, span=span))
        return events

    def _final(self, stretch: int, span: TimeSpan) -> Final:
        began = time.perf_counter()
        found = recognise_stretch(
            self._transcriber,
            self._sound.between(span.start, span.end),
            span,
            before=self.transcription,
            hotwords=self._hotwords,
        )
        self._worked += time.perf_counter() - began
        self._recognised += span.duration
        self.transcription = with_stretch(self.transcription, found)
        return Final(stretch=stretch, span=span, segments=found.segments, rejected=found.rejected)

    def _drop_oldest(self) -> None:
        if self._most_waiting is None:
            return
        while len(self._waiting) > 1 and self.status.lag_seconds > self._most_waiting:
            _, span = self._waiting.popleft()
            self._dropped += span.duration
            left_out = RejectedSpeech(span=span, reason=RejectionReason.DROPPED, text="")
            self.transcription = with_stretch(
                self.transcription, Recognised(span=span, segments=(), rejected=(left_out,))
            )
