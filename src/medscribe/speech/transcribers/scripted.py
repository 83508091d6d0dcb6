"""Stretches of speech -> the lines of a script, one per stretch: for tests and demonstrations."""

import json
import time
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field

from medscribe.domain.provenance import Provenance
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import Segment, Word
from medscribe.errors import ConfigurationError
from medscribe.speech.silence import holds_no_speech
from medscribe.speech.transcriber import Transcriber

SUMMARY = "Script: says the lines of a file, for tests and demonstrations"
REQUIRES: tuple[str, ...] = ()
EXTRA: str | None = None

WORDS_PER_SECOND = 2.5
"""How fast people talk, about 150 words a minute."""


class Options(BaseModel, extra="forbid", frozen=True):
    """Which script."""

    path: Path
    """UTF-8 text, one line per stretch of speech, or a JSON list of such lines. No default."""

    real_time_factor: float = Field(default=0.0, ge=0)
    """Seconds of waiting per second of speech. Default 0; more shows what a slow engine does."""


class ScriptedTranscriber:
    """Says the next line at every call that holds sound, and nothing after the last line.

    An empty line: nothing was said in that stretch. Words share the stretch evenly, so the same
    calls in the same order always give the same words at the same times.
    """

    draft = False

    def __init__(self, lines: list[str], real_time_factor: float = 0.0) -> None:
        self._real_time_factor = real_time_factor
        self.made_by = Provenance(engine="scripted", version=version("medscribe"))
        self._lines = lines
        self._next = 0

    def transcribe(
        self,
        samples: NDArray[np.float32],
        *,
        language: str,
        prompt: str | None = None,
        context: str | None = None,
        preview: bool = False,
    ) -> list[Segment]:
        """See `Transcriber`; silence and previews do not use up a line.

        A preview says as much of the next line as can be spoken in that time.
        """
        if holds_no_speech(samples):
            return []
        seconds = len(samples) / SAMPLE_RATE
        time.sleep(seconds * self._real_time_factor)
        line = self._lines[self._next] if self._next < len(self._lines) else ""
        words = line.split()
        if preview:
            words = words[: int(seconds * WORDS_PER_SECOND)]
        else:
            self._next += 1
        edges = np.linspace(0.0, seconds, len(words) + 1).tolist()
        said = tuple(
            Word(text=word, span=TimeSpan(start=start, end=end), probability=1.0)
            for word, (start, end) in zip(words, pairwise(edges), strict=True)
        )
        return [Segment(words=said)] if said else []


def create(options: Options) -> Transcriber:
    """A script from its first line on; `ConfigurationError` where it cannot be read."""
    try:
        text = options.path.read_text(encoding="utf-8")
        lines = json.loads(text) if options.path.suffix == ".json" else text.splitlines()
    except (OSError, ValueError):
        lines = None
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise ConfigurationError(
            "The script of engine scripted cannot be read: option path must name a UTF-8 text "
            "file or a JSON list of lines."
        )
    return ScriptedTranscriber(lines, options.real_time_factor)
