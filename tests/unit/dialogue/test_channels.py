"""One microphone each: the louder channel speaks."""

from pathlib import Path

import numpy as np
import pytest

from medscribe.dialogue.diarizers.channels import ChannelDiarizer, Options
from medscribe.domain.spans import TimeSpan
from medscribe.errors import ConfigurationError

RANDOM = np.random.default_rng(6)


def _talk(crosstalk: float, gain: float) -> np.ndarray:
    """Left, right, left, 2 s each with 0.4 s pauses; each microphone hears the other softly."""
    voice = [0.1 * RANDOM.normal(size=32_000) for _ in range(3)]
    pause = np.zeros(6_400)
    left = np.concatenate([voice[0], pause, crosstalk * voice[1], pause, voice[2]])
    right = np.concatenate([crosstalk * voice[0], pause, voice[1], pause, crosstalk * voice[2]])
    return (np.stack([left, gain * right], axis=1)).astype(np.float32)


@pytest.mark.parametrize(("crosstalk", "gain"), [(0.0, 1.0), (0.3, 1.0), (0.3, 0.5), (0.3, 2.0)])
def test_turns_follow_the_louder_channel_whatever_the_gains(crosstalk: float, gain: float) -> None:
    spans = [TimeSpan(start=0, end=6.8)]
    turns = ChannelDiarizer(Options()).diarize(_talk(crosstalk, gain), spans, num_speakers=2)
    assert [turn.label for turn in turns] == ["S1", "S2", "S1"]
    assert turns[1].span.start == pytest.approx(2.2, abs=0.25)
    assert turns[2].span.start == pytest.approx(4.6, abs=0.25)


def test_an_unused_microphone_makes_no_second_speaker() -> None:
    voice = 0.1 * RANDOM.normal(size=48_000)
    samples = np.stack([0.1 * voice, voice], axis=1).astype(np.float32)
    spans = [TimeSpan(start=0, end=3)]
    turns = ChannelDiarizer(Options()).diarize(samples, spans, num_speakers=2)
    assert [turn.label for turn in turns] == ["S1"]


def test_one_channel_is_refused_and_the_other_diarizer_named() -> None:
    with pytest.raises(ConfigurationError, match="voiceprint"):
        ChannelDiarizer(Options()).diarize(np.zeros(16_000, np.float32), [], num_speakers=2)


def test_where_nobody_spoke_there_are_no_turns() -> None:
    samples = np.zeros((16_000, 2), np.float32)
    assert ChannelDiarizer(Options()).diarize(samples, [], num_speakers=2) == []


@pytest.mark.corpus
def test_the_voice_that_is_alone_on_its_channel_is_heard_there(corpora: Path) -> None:
    from medscribe.audio.decode import decode

    heard = decode(corpora / "clips" / "stereo_diarization.wav", max_seconds=60)
    assert heard.samples.shape[1] == 2
    spans = [TimeSpan(start=2.7, end=4.7)]
    turns = ChannelDiarizer(Options()).diarize(heard.samples, spans, num_speakers=2)
    assert [turn.label for turn in turns] == ["S1"]
