"""What a speech recognition engine promises."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from medscribe.domain.provenance import Provenance
from medscribe.domain.transcript import Segment


class Transcriber(Protocol):
    """Recognises one stretch of speech at a time.

    `draft` is True where the words are too often wrong to write a note from.
    """

    draft: bool
    made_by: Provenance

    def transcribe(
        self,
        samples: NDArray[np.float32],
        *,
        language: str,
        prompt: str | None = None,
        context: str | None = None,
        preview: bool = False,
    ) -> list[Segment]:
        """Words of one stretch; times count from the start of `samples`.

        samples: float32 (n,), 16 kHz mono, -1..1, at most 30 s. `prompt` are words likely to come
        (hotwords), `context` what was said just before; an engine may ignore both. `preview`: the
        stretch is still being spoken and will come again; the engine searches less, and nothing
        may depend on how often it was asked. Returns [] where nothing was said.
        """
        ...
