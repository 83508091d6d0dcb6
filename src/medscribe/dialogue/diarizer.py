"""What a diarization engine promises."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from medscribe.domain.provenance import Provenance
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import SpeakerTurn


class Diarizer(Protocol):
    """Tells apart the voices of a recording; it knows no names and no roles."""

    made_by: Provenance

    def diarize(
        self,
        samples: NDArray[np.float32],
        speech: Sequence[TimeSpan],
        *,
        num_speakers: int | None,
    ) -> list[SpeakerTurn]:
        """Turns in order of time, labels "S1", "S2" ... in order of first appearance.

        samples: float32 (n,) mono or (n, channels), 16 kHz, the whole recording; speech: where a
        voice was heard. `num_speakers` None: estimate it. Returns [] where nobody spoke.
        """
        ...
