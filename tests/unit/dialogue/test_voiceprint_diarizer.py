"""The whole diarizer: contract at the edges, and real voices where the corpora lie."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from medscribe.dialogue.diarizer import Diarizer
from medscribe.dialogue.diarizers import voiceprint
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import SpeakerTurn
from medscribe.plugin import create_engine


@pytest.fixture(scope="module")
def diarizer() -> Diarizer:
    return voiceprint.create(voiceprint.Options())


def _voice(hertz: float, seconds: float, tilt: float) -> np.ndarray:
    """A hum with overtones, unlike for unlike pitch and tilt."""
    times = np.arange(round(seconds * 16_000)) / 16_000
    tones = [np.sin(2 * np.pi * hertz * k * times) / k**tilt for k in range(1, int(7000 / hertz))]
    beat = 0.6 + 0.4 * np.sin(2 * np.pi * 4 * times)
    return (0.05 * sum(tones) * beat).astype(np.float32)


def _spans(*pairs: tuple[float, float]) -> list[TimeSpan]:
    return [TimeSpan(start=start, end=end) for start, end in pairs]


def _covers(turns: Sequence[SpeakerTurn], spans: Sequence[TimeSpan]) -> bool:
    spoken = sum(turn.span.duration for turn in turns)
    return abs(spoken - sum(span.duration for span in spans)) < 1e-6


def test_two_voices_in_turn_are_told_apart(diarizer: Diarizer) -> None:
    low, high = _voice(110, 3, 1.0), _voice(230, 3, 0.3)
    samples = np.concatenate([low, high, low, high])
    spans = _spans((0, 12))
    turns = diarizer.diarize(samples, spans, num_speakers=2)
    assert [turn.label for turn in turns] == ["S1", "S2", "S1", "S2"]
    changes = [turn.span.start for turn in turns[1:]]
    assert changes == pytest.approx([3, 6, 9], abs=0.25)
    assert _covers(turns, spans)


def test_two_channels_are_heard_together(diarizer: Diarizer) -> None:
    sound = np.concatenate([_voice(110, 3, 1.0), _voice(230, 3, 0.3)])
    stereo = np.stack([sound, sound], axis=1)
    spans = _spans((0, 6))
    found = diarizer.diarize(stereo, spans, num_speakers=2)
    assert found == diarizer.diarize(sound, spans, num_speakers=2)


def test_where_nobody_spoke_there_are_no_turns(diarizer: Diarizer) -> None:
    silence = np.zeros(16_000, np.float32)
    assert diarizer.diarize(silence, [], num_speakers=2) == []
    assert diarizer.diarize(silence, _spans((0.5, 0.5)), num_speakers=None) == []


@pytest.mark.parametrize("num_speakers", [1, 2, 3, None])
@pytest.mark.parametrize("spans", [[(0.2, 0.3)], [(0, 1)], [(0, 0.5), (0.9, 1.2), (1.9, 5.0)]])
def test_every_bit_of_speech_gets_one_label_however_short(
    diarizer: Diarizer, spans: list[tuple[float, float]], num_speakers: int | None
) -> None:
    given = _spans(*spans)
    turns = diarizer.diarize(_voice(150, 4, 1.0), given, num_speakers=num_speakers)
    assert _covers(turns, given)
    assert all(one.span.end <= other.span.start + 1e-9 for one, other in pairwise(turns))
    assert turns[0].label == "S1"
    assert len({turn.label for turn in turns}) <= (num_speakers or 4)


def test_digital_silence_taken_for_speech_does_no_harm(diarizer: Diarizer) -> None:
    turns = diarizer.diarize(np.zeros(80_000, np.float32), _spans((0, 5)), num_speakers=2)
    assert _covers(turns, _spans((0, 5)))


def test_it_is_found_by_name_and_refuses_unknown_options() -> None:
    from medscribe.errors import ConfigurationError

    engine = create_engine("medscribe.dialogue.diarizers", "voiceprint", {"max_speakers": 3})
    assert engine.made_by.engine == "voiceprint"
    with pytest.raises(ConfigurationError, match="speakers"):
        create_engine("medscribe.dialogue.diarizers", "voiceprint", {"speakers": 3})


@pytest.mark.corpus
@pytest.mark.parametrize("num_speakers", [2, None])
def test_two_real_voices_are_told_apart(
    corpora: Path, diarizer: Diarizer, num_speakers: int | None
) -> None:
    """sample.wav, away from changes by a quarter of a second and from overlaps."""
    from medscribe.audio.decode import decode
    from medscribe.audio.vad import speech_spans

    heard = decode(corpora / "clips" / "sample.wav", max_seconds=60).mono
    turns = diarizer.diarize(heard, speech_spans(heard), num_speakers=num_speakers)
    said = [((10.8, 14.2), "a"), ((14.8, 17.8), "b"), ((18.9, 21.4), "a"), ((22.1, 27.6), "b")]
    wrong = 0.0
    label_of = {"a": _label_at(turns, 12), "b": _label_at(turns, 25)}
    assert label_of["a"] != label_of["b"]
    for (start, end), speaker in said:
        times = np.arange(start, end, 0.05)
        wrong += 0.05 * sum(_label_at(turns, t) not in (None, label_of[speaker]) for t in times)
    assert wrong < 0.5


def _label_at(turns: Sequence[SpeakerTurn], time: float) -> str | None:
    return next((t.label for t in turns if t.span.start <= time < t.span.end), None)
