"""What a source of sound offers while a visit runs: blocks of samples and how it is doing."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from medscribe.domain.sound import SAMPLE_RATE

PAUSE_SECONDS = 2.0
"""Digital silence that stands for a pause and for a lost microphone, however long they lasted.

Longer than the silence that ends an utterance, so that no word is glued over the gap, live or when
the recording is recognised again later.
"""


class SourceState(StrEnum):
    """How a source is doing."""

    LISTENING = "listening"
    LOST = "lost"
    """The device is gone; it is waited for, and listening goes on when it is back."""
    ENDED = "ended"


class SoundSource(Protocol):
    """Where sound comes from while a visit runs."""

    def blocks(self) -> Iterator[NDArray[np.float32]]:
        """float32 (n,), n >= 1, 16 kHz mono, in order, until the source ends or is closed.

        Iterated once, by one thread. What was heard before `close()` still comes.
        """
        ...

    def close(self) -> None:
        """End `blocks()` soon; from any thread, any number of times."""
        ...

    @property
    def state(self) -> SourceState:
        """To be read from any thread."""
        ...


def silence(seconds: float) -> NDArray[np.float32]:
    """Digital silence, float32 (n,) at 16 kHz."""
    return np.zeros(round(seconds * SAMPLE_RATE), np.float32)
