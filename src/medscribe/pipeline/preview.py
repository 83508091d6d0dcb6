"""The open stretch, again and again -> partials.

Only the sound since the last pause is passed anew: what was said before it is settled, as far as a
preview can be.
"""

import time
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from medscribe.domain.live import LiveEvent, Partial
from medscribe.speech.agreement import Agreement
from medscribe.speech.cadence import Cadence
from medscribe.speech.gates import gate
from medscribe.speech.transcriber import Transcriber

_LEAST_SECONDS = 0.5
"""Less sound than this holds no word worth showing."""


class SoundSoFar(Protocol):
    """Sound that was heard: an audio log, or a window in memory."""

    def between(self, start: float, end: float) -> NDArray[np.float32]:
        """Seconds [start, end) -> float32 (n,) mono at 16 kHz."""
        ...


class _Following(Protocol):
    """Where the voice is; see `medscribe.audio.stretches.StretchCutter`."""

    @property
    def seconds(self) -> float: ...

    @property
    def open_from(self) -> float | None: ...

    @property
    def paused_at(self) -> float | None: ...


class Previews:
    """Partials of one stretch after the other."""

    def __init__(
        self, transcriber: Transcriber, sound: SoundSoFar, language: str, hotwords: Sequence[str]
    ) -> None:
        self._transcriber = transcriber
        self._sound = sound
        self._language = language
        self._prompt = ", ".join(hotwords) or None
        self._cadence = Cadence()
        self._stretch = 0
        self._settled: list[str] = []
        self._agreement = Agreement()
        self._from = 0.0
        self._passed_until = 0.0

    def next(self, stretch: int, following: _Following) -> list[LiveEvent]:
        """A partial of the open stretch, number `stretch`; [] where none is due."""
        open_from = following.open_from
        if open_from is None:
            return []
        if stretch != self._stretch:
            self._begin(stretch, open_from)
        paused_at = following.paused_at
        until = following.seconds if paused_at is None else paused_at
        # At a pause a last pass settles what was said before it, due or not.
        fresh = until - self._passed_until
        least = self._cadence.seconds if paused_at is None else 0.0
        if until - self._from < _LEAST_SECONDS or fresh <= 0 or fresh < least:
            return []
        self._pass(until)
        if paused_at is not None:
            self._agreement.settle()
            self._settled.append(self._agreement.committed)
            self._agreement = Agreement()
            self._from = until
        return [self._partial()]

    def _begin(self, stretch: int, open_from: float) -> None:
        self._stretch = stretch
        self._settled = []
        self._agreement = Agreement()
        self._from = self._passed_until = open_from

    def _pass(self, until: float) -> None:
        began = time.perf_counter()
        samples = self._sound.between(self._from, until)
        found = self._transcriber.transcribe(
            samples, language=self._language, prompt=self._prompt, preview=True
        )
        kept = gate(found, samples, prompt=self._prompt).kept
        self._agreement.update([word for segment in kept for word in segment.words])
        self._passed_until = until
        self._cadence.took(time.perf_counter() - began)

    def _partial(self) -> Partial:
        committed = " ".join([*self._settled, self._agreement.committed]).strip()
        return Partial(
            stretch=self._stretch, committed=committed, tentative=self._agreement.tentative
        )
