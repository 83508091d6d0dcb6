"""What a stage may use, and what it hands back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from medscribe.audio.stretches import StretchRule
from medscribe.dialogue.diarizer import Diarizer
from medscribe.domain.encounter import Encounter, EncounterOptions
from medscribe.domain.results import EncounterResults
from medscribe.llm.model import LanguageModel
from medscribe.note.template import Template, load_template
from medscribe.note.writer import NoteWriter
from medscribe.pipeline.clock import StageClock
from medscribe.privacy.detector import PiiDetector
from medscribe.safety.check import SafetyCheck
from medscribe.speech.transcriber import Transcriber

Progress = Callable[[str, float, float], None]
"""Called with (what is being done, seconds of audio done, seconds of audio in all)."""


class EncounterStore(Protocol):
    """The truth about every encounter; see `medscribe.store.encounters.SqlStore`."""

    def audio_stored(self, encounter_id: str) -> Encounter: ...

    def lease(self, encounter_id: str) -> Encounter: ...

    def results(self, encounter_id: str) -> EncounterResults: ...

    def commit(
        self, held: Encounter, updates: Mapping[str, object], *, done: bool
    ) -> Encounter: ...


class Sound(Protocol):
    """A recording at 16 kHz; see `medscribe.audio.log.AudioLog`."""

    @property
    def length(self) -> int: ...

    def read(self, start: int = 0, stop: int | None = None) -> NDArray[np.float32]:
        """Samples [start, stop), float32 (n, channels)."""
        ...

    def between(self, start: float, end: float) -> NDArray[np.float32]:
        """Seconds [start, end), float32 (n,): the mean of the channels."""
        ...


@dataclass(frozen=True)
class Records:
    """Where an encounter's facts and sound lie."""

    store: EncounterStore
    audio: Callable[[str], Sound]


def ignore_progress(_what: str, _done: float, _total: float) -> None:
    """For callers that show nothing."""


def _own_hotwords(options: EncounterOptions) -> tuple[str, ...]:
    return options.hotwords


@dataclass(frozen=True)
class Engines:
    """The chosen engines; each is made when first asked for, since some load for seconds."""

    transcriber: Callable[[str], Transcriber]
    diarizer: Callable[[int], Diarizer]
    """Takes the number of channels: two microphones are told apart without a model."""
    detectors: Callable[[], Sequence[PiiDetector]]
    writer: Callable[[], NoteWriter]
    checks: Callable[[], Sequence[SafetyCheck]]
    language_model: Callable[[], LanguageModel]
    stand_in: Callable[[], NoteWriter] | None = None
    """Writes where `writer` fails; None: the draft then fails too."""
    role_model: Callable[[], LanguageModel] | None = None
    """Asked for roles that words leave open; None: nobody is asked."""
    template: Callable[[str], Template] = load_template
    """The note template of that name; `ConfigurationError` where there is none."""
    prescription_window: int = 10
    """Stretches of speech from which a live prescription is rebuilt."""
    hotwords: Callable[[EncounterOptions], tuple[str, ...]] = _own_hotwords
    """Words likely to come in this encounter, most important first."""
    rule: StretchRule = field(default_factory=StretchRule)
    progress: Progress = ignore_progress
    clock: StageClock = field(default_factory=StageClock)


@dataclass(frozen=True)
class Outcome:
    """Fields of `EncounterResults` that a step worked out; `done`: its stage is finished."""

    updates: Mapping[str, object]
    done: bool = True
