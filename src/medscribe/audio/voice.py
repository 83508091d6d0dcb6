"""Speech probabilities of 32 ms hops -> where somebody speaks, decided as the hops come.

Nothing waits for sound that comes later than the pause which ends a span, so a live visit and its
recording give the same spans. The rules follow Silero's `get_speech_timestamps`.
"""

from dataclasses import dataclass

from medscribe.domain.sound import SAMPLE_RATE
from medscribe.domain.spans import TimeSpan

HOP = 512
HOP_SECONDS = HOP / SAMPLE_RATE


@dataclass(frozen=True)
class VadOptions:
    """When sound counts as speech. Times in seconds."""

    # Probability from which a voice begins. Silero's default.
    threshold: float = 0.5
    # Probability below which a voice may have ended; between the two nothing changes.
    negative_threshold: float = 0.35
    # Silence that ends a span: shorter ones are pauses inside a sentence.
    min_silence_seconds: float = 0.5
    # Shorter spans are clicks; a spoken "no" lasts 0.15 s and more.
    min_speech_seconds: float = 0.1
    # Kept before a span: soft first consonants come before the model is sure.
    pad_before_seconds: float = 0.2
    # Kept after a span, at most the silence that ended it: endings fade out.
    pad_after_seconds: float = 0.2


class VoiceSpans:
    """Follows one recording; take hops in order."""

    def __init__(self, options: VadOptions) -> None:
        self._options = options
        self._patience = options.min_silence_seconds / HOP_SECONDS
        self._pad_after = min(options.pad_after_seconds, options.min_silence_seconds)
        self._hops = 0
        self._began: int | None = None
        self._quiet_from: int | None = None
        self._free_from = 0.0

    @property
    def seconds(self) -> float:
        """Time up to which hops were taken."""
        return self._hops * HOP_SECONDS

    @property
    def open_from(self) -> float | None:
        """Start of the span that is going on; None in silence, and while it may be a click."""
        if self._began is None:
            return None
        voiced_until = self._hops if self._quiet_from is None else self._quiet_from
        return self._start(self._began) if self._is_speech(self._began, voiced_until) else None

    def take(self, probability: float) -> TimeSpan | None:
        """The next hop; the padded span that ended with it, if one did."""
        hop = self._hops
        self._hops += 1
        if probability >= self._options.threshold:
            self._began = hop if self._began is None else self._began
            self._quiet_from = None
        elif self._began is not None and probability < self._options.negative_threshold:
            self._quiet_from = hop if self._quiet_from is None else self._quiet_from
            if hop - self._quiet_from >= self._patience:
                return self._end(self._quiet_from, self.seconds)
        return None

    def close(self, duration: float) -> TimeSpan | None:
        """End the span that is going on at `duration` at the latest; None where there is none."""
        if self._began is None:
            return None
        return self._end(self._hops if self._quiet_from is None else self._quiet_from, duration)

    def _end(self, end_hop: int, limit: float) -> TimeSpan | None:
        assert self._began is not None
        began, self._began, self._quiet_from = self._began, None, None
        if not self._is_speech(began, end_hop):
            return None
        start = min(self._start(began), limit)
        end = max(start, min(end_hop * HOP_SECONDS + self._pad_after, limit))
        self._free_from = end
        return TimeSpan(start=start, end=end)

    def _start(self, began: int) -> float:
        return max(began * HOP_SECONDS - self._options.pad_before_seconds, self._free_from)

    def _is_speech(self, began: int, end: int) -> bool:
        return (end - began) * HOP_SECONDS >= self._options.min_speech_seconds
