"""What a visit that is being listened to says of itself, as it happens.

A stretch is what is recognised in one pass: at most 28 s of speech. Partials of a stretch are
volatile previews; its final replaces them and never changes.
"""

from medscribe.domain.record import Record
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import RejectedSpeech, Segment


class SpeechStarted(Record):
    """A voice is heard, at `at` seconds; stretches count from 1."""

    stretch: int
    at: float


class SpeechStopped(Record):
    """The stretch is complete and waits for its final."""

    stretch: int
    span: TimeSpan


class Partial(Record):
    """What was said in the open stretch so far, as far as can be told.

    `committed`: words that two passes in a row agreed on, a prefix that only grows; `tentative`:
    the words after them, which the next pass may change.
    """

    stretch: int
    committed: str
    tentative: str


class Final(Record):
    """The immutable words of one stretch; `rejected` is what a gate took out, with its reason."""

    stretch: int
    span: TimeSpan
    segments: tuple[Segment, ...]
    rejected: tuple[RejectedSpeech, ...] = ()


LiveEvent = SpeechStarted | SpeechStopped | Partial | Final


class LiveStatus(Record):
    """How well listening keeps up.

    `heard_seconds`: sound taken in; `lag_seconds`: sound that waits for its final;
    `real_time_factor`: seconds of decoding per second of speech, None before the first final;
    `dropped_seconds`: sound left out under the `drop_oldest` policy (it stays in the audio log).
    """

    heard_seconds: float
    lag_seconds: float
    real_time_factor: float | None = None
    dropped_seconds: float = 0.0
