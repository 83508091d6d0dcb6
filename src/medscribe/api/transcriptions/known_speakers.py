"""Voices that a client knows + speaker turns of a recording -> which turn label is whose.

The voiceprints are those of the built-in diarizer, so nothing has to be fetched for it.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from medscribe.dialogue.mel import FRAME_HOP, mel_power
from medscribe.dialogue.voice_activity import level_of_speech
from medscribe.dialogue.voiceprint_encoder import load_encoder
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import SpeakerTurn

Voice = NDArray[np.float32]
"""A voiceprint of unit length, float32 (256,)."""

SAME_PERSON = 0.8
"""Cosine from which a known voice is taken for a speaker of the recording.

Measured on the three recorded visits of Fareez et al. 2022 and the spoken sample visit, excerpts
against whole voices: the same person 0.78 to 0.97 with 2 s, 0.81 and more with 4 s and 8 s; the
other person of the visit at most 0.80 with 2 s, 0.76 with 4 s, 0.78 with 8 s.
"""

_FRAMES_PER_SECOND = SAMPLE_RATE // FRAME_HOP
# As in the built-in diarizer: windows of 1.6 s, at one loudness (mean square, -26 dBFS).
_WINDOW, _HOP = round(1.6 * _FRAMES_PER_SECOND), round(0.4 * _FRAMES_PER_SECOND)
_SHORTEST_SECONDS = 0.8
_REFERENCE_POWER = 0.0025
# More of a voice makes its mean no better.
_ENOUGH_SECONDS = 60.0


def voice_of(samples: NDArray[np.float32], spans: Sequence[TimeSpan]) -> Voice | None:
    """The voiceprint of whoever speaks in `spans` of float32 (n,) mono at 16 kHz.

    None where no span is long enough to tell a voice by, 0.8 s.
    """
    prints = []
    seconds = 0.0
    for span in sorted(spans, key=lambda each: each.duration, reverse=True):
        if span.duration < _SHORTEST_SECONDS or seconds >= _ENOUGH_SECONDS:
            break
        seconds += span.duration
        prints.append(_prints(samples, span))
    if not prints:
        return None
    total = np.concatenate(prints).sum(axis=0)
    return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9), np.float32)


def speaker_names(
    samples: NDArray[np.float32], turns: Sequence[SpeakerTurn], known: Mapping[str, Voice]
) -> dict[str, str]:
    """What each turn label is called: the known name of that voice, else "A", "B" ... in order.

    A known voice names one label at most, the most alike first; a voice that is not clearly in the
    recording names none. samples: float32 (n,) mono at 16 kHz, the whole recording.
    """
    labels = list(dict.fromkeys(turn.label for turn in turns))
    names = _recognised(samples, turns, known) if known else {}
    free = (letter for letter in map(_letter, range(len(labels) + len(known))))
    taken = set(known)
    for label in labels:
        if label not in names:
            names[label] = next(letter for letter in free if letter not in taken)
    return names


def _recognised(
    samples: NDArray[np.float32], turns: Sequence[SpeakerTurn], known: Mapping[str, Voice]
) -> dict[str, str]:
    alike = []
    for label in dict.fromkeys(turn.label for turn in turns):
        voice = voice_of(samples, [turn.span for turn in turns if turn.label == label])
        if voice is not None:
            alike += [(float(voice @ other), label, name) for name, other in known.items()]
    names: dict[str, str] = {}
    for likeness, label, name in sorted(alike, reverse=True):
        if likeness >= SAME_PERSON and label not in names and name not in names.values():
            names[label] = name
    return names


def _prints(samples: NDArray[np.float32], span: TimeSpan) -> NDArray[np.float32]:
    """Voiceprints (windows, 256) of one span."""
    part = samples[int(span.start * SAMPLE_RATE) : int(span.end * SAMPLE_RATE)]
    level = level_of_speech(part, [TimeSpan(start=0.0, end=span.duration)])
    power = mel_power(part) * np.float32(_REFERENCE_POWER / level)
    frames = min(_WINDOW, len(power))
    starts = np.arange(0, len(power) - frames + 1, _HOP, dtype=np.intp)
    return load_encoder().encode(power, starts, frames=frames)


def _letter(number: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    whole, rest = divmod(number, 26)
    return (_letter(whole - 1) if whole else "") + chr(ord("A") + rest)
