"""A stereo recording with one microphone each: who speaks is the louder channel."""

from collections.abc import Sequence
from importlib.metadata import version

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, Field

from medscribe.dialogue.diarizer import Diarizer
from medscribe.dialogue.resegment import STEP_SECONDS, best_path
from medscribe.dialogue.steps import evenly, turns_of
from medscribe.domain.provenance import Provenance
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import SpeakerTurn
from medscribe.errors import ConfigurationError

SUMMARY = "Stereo with one microphone each: the louder channel speaks, no model"
REQUIRES: tuple[str, ...] = ()
EXTRA: str | None = None

# Loudness is taken over this much time around a step, about one syllable.
_AROUND_SECONDS = 0.15
# A difference in loudness beyond this is no stronger evidence.
_FULL_DECIBEL = 12.0
# Log-likelihood of a full difference in one step: two steps outweigh a change of speaker in
# full voice, so that a turn of a tenth of a second is kept.
_STRENGTH = 6.0
# Below the recording's loud speech by this much, a step is a pause.
_PAUSE_DECIBEL = 30.0


class Options(BaseModel, extra="forbid", frozen=True):
    """How unlike the two microphones may be."""

    gain_difference_decibel: float = Field(default=6.0, ge=0, le=30)
    """Largest difference in gain that is evened out, dB. A neighbour's voice reaches a clip-on
    microphone 10 dB softer and more; evening out that much would make him the owner."""


class ChannelDiarizer:
    """See `Diarizer`. "S1" and "S2" are the channels in order of first appearance."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self.made_by = Provenance(engine="channels", version=version("medscribe"))

    def diarize(
        self,
        samples: NDArray[np.float32],
        speech: Sequence[TimeSpan],
        *,
        num_speakers: int | None,
    ) -> list[SpeakerTurn]:
        """See `Diarizer`; `num_speakers` does not matter: each channel is a speaker.

        Raises `ConfigurationError` for a recording of one channel.
        """
        if samples.ndim != 2 or samples.shape[1] != 2:
            raise ConfigurationError(
                "This recording has one channel: choose the diarizer voiceprint for it."
            )
        spans = [span for span in speech if span.duration > 0]
        if not spans:
            return []
        times = [evenly(span, STEP_SECONDS) for span in spans]
        loudness = _decibel(samples, np.concatenate(times))
        loud = np.percentile(loudness, 90, axis=0)
        activity = 1 - (loud.max() - loudness.max(axis=1)) / _PAUSE_DECIBEL
        limit = self._options.gain_difference_decibel
        gain = float(np.clip(loud[0] - loud[1], -limit, limit))
        difference = (loudness[:, 0] - loudness[:, 1] - gain) / _FULL_DECIBEL
        evidence = np.outer(difference.clip(-1, 1), [1.0, -1.0]) * _STRENGTH
        path = best_path(evidence.astype(np.float32), activity.clip(0, 1).astype(np.float32))
        return turns_of(spans, times, path)


def create(options: Options) -> Diarizer:
    """The diarizer; it has no model."""
    return ChannelDiarizer(options)


def _decibel(samples: NDArray[np.float32], times: NDArray[np.float64]) -> NDArray[np.float64]:
    """Loudness of float32 (n, 2) around each time in seconds, (times, 2)."""
    half = round(_AROUND_SECONDS / 2 * SAMPLE_RATE)
    middles = np.round(times * SAMPLE_RATE).astype(np.intp)
    loudness = np.empty((len(times), 2))
    for channel in range(2):
        energy = np.zeros(len(samples) + 1)
        np.cumsum(np.square(samples[:, channel], dtype=np.float64), out=energy[1:])
        first = (middles - half).clip(0, len(samples))
        last = (middles + half).clip(0, len(samples))
        mean = (energy[last] - energy[first]) / np.maximum(last - first, 1)
        loudness[:, channel] = 10 * np.log10(mean + 1e-10)
    return loudness
