"""Samples as they come -> where somebody speaks, and the stretches to recognise in one pass each.

Every decision rests on the hops before it alone, so sound that arrives live, in pieces of any size,
gives exactly the stretches that its recording gives at once.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from medscribe.audio.quiet import quietest
from medscribe.audio.vad import StreamingVad
from medscribe.audio.voice import VadOptions, VoiceSpans
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.domain.spans import TimeSpan

_BLOCK = 10 * SAMPLE_RATE
# Samples kept in silence: a voice starts up to its padding earlier than it is noticed.
_KEPT_SECONDS = 2.0


class VoiceDetector(Protocol):
    """Speech probability of every 32 ms hop; see `medscribe.audio.vad.StreamingVad`."""

    def feed(self, samples: NDArray[np.float32]) -> NDArray[np.float32]: ...

    def finish(self) -> NDArray[np.float32]: ...


@dataclass(frozen=True)
class StretchRule:
    """When a stretch ends. Times in seconds.

    A Whisper pass costs the same for 2 s as for 30 s, so sentences with short pauses between them
    go together; recognisers invent words in long silence, so a long pause ends a stretch.
    """

    # Longest stretch: recognisers take 30 s. Speech without a pause is cut where it is quietest.
    max_seconds: float = 28.0
    # A stretch of this length ends at its next pause.
    full_seconds: float = 20.0
    # Silence that ends a stretch of any length.
    pause_seconds: float = 1.5

    def __post_init__(self) -> None:
        if self.max_seconds < 1:
            raise ValueError("a stretch of less than 1 s cannot be recognised")


@dataclass(frozen=True)
class Heard:
    """What became certain: spans of voice as a diarizer wants them, stretches for a recogniser."""

    voice: tuple[TimeSpan, ...] = ()
    stretches: tuple[TimeSpan, ...] = ()


class StretchCutter:
    """Follows one recording from its first sample. Memory does not grow with its length."""

    def __init__(
        self,
        rule: StretchRule | None = None,
        options: VadOptions | None = None,
        detector: VoiceDetector | None = None,
    ) -> None:
        self._rule = rule or StretchRule()
        self._vad = detector or StreamingVad()
        self._voice = VoiceSpans(options or VadOptions())
        self._kept = np.zeros(0, np.float32)
        self._kept_from = 0
        self._heard = 0
        self._stretch: TimeSpan | None = None
        self._cut_at = 0.0

    @property
    def seconds(self) -> float:
        """Length of the sound taken in."""
        return self._heard / SAMPLE_RATE

    @property
    def open_from(self) -> float | None:
        """Start of the stretch that is going on; None in silence."""
        if self._stretch is not None:
            return self._stretch.start
        return self._voice_from

    @property
    def paused_at(self) -> float | None:
        """End of the last voice of the open stretch, where nobody speaks at the moment."""
        return self._stretch.end if self._stretch and self._voice_from is None else None

    def feed(self, samples: NDArray[np.float32]) -> Heard:
        """Take float32 (n,) mono at 16 kHz."""
        voice: list[TimeSpan] = []
        stretches: list[TimeSpan] = []
        for start in range(0, len(samples), _BLOCK):
            block = samples[start : start + _BLOCK]
            self._keep(block)
            self._follow(self._vad.feed(block), voice, stretches)
        return Heard(tuple(voice), tuple(stretches))

    def finish(self) -> Heard:
        """No more sound: end what is going on."""
        voice: list[TimeSpan] = []
        stretches: list[TimeSpan] = []
        self._follow(self._vad.finish(), voice, stretches)
        rest = self.close()
        return Heard((*voice, *rest.voice), (*stretches, *rest.stretches))

    def close(self) -> Heard:
        """End voice and stretch here, as a pause would; sound may go on."""
        ended = self._voice.close(self.seconds)
        stretches: list[TimeSpan] = []
        if ended is not None:
            self._join(ended, stretches)
        stretches += self._end_stretch()
        return Heard((ended,) if ended is not None else (), tuple(stretches))

    @property
    def _voice_from(self) -> float | None:
        """Start of the voice that is going on, after the last cut through it."""
        began = self._voice.open_from
        return None if began is None else max(began, self._cut_at)

    def _follow(
        self, probabilities: NDArray[np.float32], voice: list[TimeSpan], stretches: list[TimeSpan]
    ) -> None:
        for probability in probabilities.tolist():
            ended = self._voice.take(probability)
            if ended is not None:
                voice.append(ended)
                self._join(ended, stretches)
            stretches += self._due()

    def _join(self, ended: TimeSpan, stretches: list[TimeSpan]) -> None:
        """A voice has ended: it becomes, or lengthens, the open stretch."""
        start = min(max(ended.start, self._cut_at), ended.end)
        if self._stretch is not None and ended.end - self._stretch.start > self._rule.max_seconds:
            stretches += self._end_stretch()
        start = start if self._stretch is None else self._stretch.start
        self._stretch = TimeSpan(start=start, end=ended.end)
        if self._stretch.duration >= self._rule.full_seconds:
            stretches += self._end_stretch()

    def _due(self) -> Iterator[TimeSpan]:
        """Stretches that end because of the time that has passed."""
        now = self._voice.seconds
        began = self._voice_from
        if self._stretch is not None:
            if began is None:
                over = now - self._stretch.end >= self._rule.pause_seconds
            else:
                over = now - self._stretch.start > self._rule.max_seconds
            if over:
                yield from self._end_stretch()
        elif began is not None and now - began >= self._rule.max_seconds:
            cut = self._quietest(began + self._rule.max_seconds / 2, began + self._rule.max_seconds)
            self._cut_at = cut
            yield TimeSpan(start=began, end=cut)

    def _end_stretch(self) -> list[TimeSpan]:
        ended, self._stretch = self._stretch, None
        return [] if ended is None else [ended]

    def _keep(self, block: NDArray[np.float32]) -> None:
        """Hold on to the samples in which a cut may have to be found."""
        self._heard += len(block)
        reach = self.seconds if self._voice_from is None else self._voice_from
        first = int(max(reach - _KEPT_SECONDS - len(block) / SAMPLE_RATE, 0.0) * SAMPLE_RATE)
        drop = min(max(first - self._kept_from, 0), len(self._kept))
        self._kept = np.concatenate([self._kept[drop:], block])
        self._kept_from += drop

    def _quietest(self, earliest: float, latest: float) -> float:
        first, last = (round(edge * SAMPLE_RATE) - self._kept_from for edge in (earliest, latest))
        return (self._kept_from + quietest(self._kept, first, last)) / SAMPLE_RATE


def find_stretches(blocks: Iterable[NDArray[np.float32]], rule: StretchRule | None = None) -> Heard:
    """A whole recording, float32 (n,) mono at 16 kHz in blocks of any size."""
    cutter = StretchCutter(rule)
    heard = [*(cutter.feed(block) for block in blocks), cutter.finish()]
    return Heard(
        voice=tuple(span for each in heard for span in each.voice),
        stretches=tuple(span for each in heard for span in each.stretches),
    )
