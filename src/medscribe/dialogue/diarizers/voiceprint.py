"""Voices told apart by voiceprints and clustering; nothing to download, numpy alone."""

from collections.abc import Sequence
from importlib.metadata import version

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field

from medscribe.dialogue.clustering import centroids, cluster_voices, steady_windows
from medscribe.dialogue.diarizer import Diarizer
from medscribe.dialogue.mel import FRAME_HOP, mel_power
from medscribe.dialogue.resegment import STEP_SECONDS, Steps, Windows, resegment
from medscribe.dialogue.steps import evenly, turns_of
from medscribe.dialogue.voice_activity import (
    activity_around,
    activity_at,
    level_of_speech,
    voice_activity,
)
from medscribe.dialogue.voiceprint_encoder import load_encoder
from medscribe.domain.provenance import Provenance
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import SpeakerTurn

SUMMARY = "Voiceprints and clustering: any recording, no download, no GPU"
REQUIRES: tuple[str, ...] = ()
EXTRA: str | None = None

_FRAMES_PER_SECOND = SAMPLE_RATE // FRAME_HOP
# Long windows tell voices apart surely, and are clustered; short ones place the changes.
_LONG_SECONDS, _LONG_HOP_SECONDS = 1.6, 0.4
_SHORT_SECONDS, _SHORT_HOP_SECONDS = 0.8, 0.25
# Share of a long window that must be speech for it to be clustered.
_SPEECH_SHARE = 0.6
# Mean activity that a window must have. Low, since a soft voice beside a loud one has little.
_LEAST_ACTIVITY, _LEAST_ACTIVITY_LONG = 0.1, 0.25
# Mean square (-26 dBFS) to which speech is brought: voiceprints change with loudness.
_REFERENCE_POWER = 0.0025


class Options(BaseModel, extra="forbid", frozen=True):
    """How many voices may be found."""

    max_speakers: int = Field(default=4, ge=1, le=8)
    """Most speakers where their number is estimated; doctor, patient and two companions."""


class VoiceprintDiarizer:
    """See `Diarizer`. Keeps nothing between recordings."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._encoder = load_encoder()
        self.made_by = Provenance(
            engine="voiceprint", version=version("medscribe"), model="resemblyzer 0.1.4"
        )

    def diarize(
        self,
        samples: NDArray[np.float32],
        speech: Sequence[TimeSpan],
        *,
        num_speakers: int | None,
    ) -> list[SpeakerTurn]:
        """See `Diarizer`; two channels are taken together."""
        spans = [span for span in speech if span.duration > 0]
        if not spans:
            return []
        mono = np.asarray(samples if samples.ndim == 1 else samples.mean(axis=1), np.float32)
        power = mel_power(mono) * np.float32(_REFERENCE_POWER / level_of_speech(mono, spans))
        activity = voice_activity(power)
        short = self._windows(power, _short_centres(spans, activity), _SHORT_SECONDS)
        long = self._windows(power, _long_centres(spans, activity), _LONG_SECONDS)
        times = [evenly(span, STEP_SECONDS) for span in spans]
        steps = Steps(np.concatenate(times), activity_at(activity, np.concatenate(times)))
        path = resegment(short, self._first_labels(short, long, num_speakers), steps)
        return turns_of(spans, times, path)

    def _first_labels(
        self, short: Windows, long: Windows, num_speakers: int | None
    ) -> NDArray[np.intp]:
        """A label for each short window: that of the long windows around it."""
        most = self._options.max_speakers
        if not len(long.centres):
            return cluster_voices(short.prints, num_speakers, max_speakers=most)
        steady = long.prints[steady_windows(long.prints, long.centres)]
        voices = centroids(steady, cluster_voices(steady, num_speakers, max_speakers=most))
        votes = np.eye(len(voices))[(long.prints @ voices.T).argmax(axis=1)]
        spread = [np.interp(short.centres, long.centres, vote) for vote in votes.T]
        return np.asarray(np.stack(spread).argmax(axis=0), np.intp)

    def _windows(
        self, power: NDArray[np.float32], centres: NDArray[np.float64], seconds: float
    ) -> Windows:
        frames = round(seconds * _FRAMES_PER_SECOND)
        starts = np.round(centres * _FRAMES_PER_SECOND).astype(np.intp) - frames // 2
        return Windows(self._encoder.encode(power, starts, frames=frames), centres)


def create(options: Options) -> Diarizer:
    """The diarizer with the weights that ship with MedScribe."""
    return VoiceprintDiarizer(options)


def _short_centres(spans: Sequence[TimeSpan], activity: NDArray[np.float32]) -> NDArray[np.float64]:
    """Evenly over the spans, where the window is not all pause: silence has no voiceprint."""
    centres = np.concatenate([evenly(span, _SHORT_HOP_SECONDS) for span in spans])
    heard = activity_around(activity, centres, _SHORT_SECONDS) >= _LEAST_ACTIVITY
    return centres[heard] if heard.any() else centres


def _long_centres(spans: Sequence[TimeSpan], activity: NDArray[np.float32]) -> NDArray[np.float64]:
    """On a grid, where the window holds enough speech and is not mostly pause."""
    centres = np.arange(0.0, max(span.end for span in spans), _LONG_HOP_SECONDS)
    speech = np.zeros(len(centres))
    half = _LONG_SECONDS / 2
    for span in spans:
        first, last = np.searchsorted(centres, (span.start - half, span.end + half))
        held = centres[first:last]
        ends, starts = np.minimum(held + half, span.end), np.maximum(held - half, span.start)
        speech[first:last] += ends - starts
    heard = activity_around(activity, centres, _LONG_SECONDS) >= _LEAST_ACTIVITY_LONG
    return centres[heard & (speech >= _SPEECH_SHARE * _LONG_SECONDS)]
