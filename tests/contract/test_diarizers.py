"""What every diarization engine promises, checked on each of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.diarizer_twins import build_pyannote_twin, build_sherpa_twin

from medscribe.dialogue.diarizer import Diarizer
from medscribe.dialogue.diarizers import channels, pyannote, sherpa, voiceprint
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import SpeakerTurn

Samples = NDArray[np.float32]


@dataclass(frozen=True)
class Engine:
    """A diarizer, and how many channels a recording for it has; 1 stands for float32 (n,)."""

    diarizer: Diarizer
    channels: int = 1


def _needs(library: str, extra: str) -> None:
    if find_spec(library) is None:
        pytest.skip(f"{library} is not installed (see {extra} in pyproject.toml)")


def _voiceprint(_folder: Path) -> Engine:
    return Engine(voiceprint.create(voiceprint.Options()))


def _channels(_folder: Path) -> Engine:
    return Engine(channels.create(channels.Options()), channels=2)


def _sherpa(folder: Path) -> Engine:
    _needs("sherpa_onnx", "sherpa")
    _needs("onnx", "dev")
    options = sherpa.Options(model_directory=build_sherpa_twin(folder), threads=1)
    return Engine(sherpa.create(options))


def _pyannote(folder: Path) -> Engine:
    _needs("torch", "diarization")
    _needs("pyannote", "diarization")
    return Engine(pyannote.create(pyannote.Options(model_directory=build_pyannote_twin(folder))))


# The library warns when it is imported, of a decoder that is not used.
MODELS = [pytest.mark.models, pytest.mark.filterwarnings("ignore")]
ENGINES = [_voiceprint, _channels, _sherpa, pytest.param(_pyannote, marks=MODELS)]


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    make: Callable[[Path], Engine] = request.param
    return make(tmp_path_factory.mktemp("models"))


def _hum(hertz: float, seconds: float, tilt: float) -> Samples:
    times = np.arange(round(seconds * 16_000)) / 16_000
    tones = [np.sin(2 * np.pi * hertz * k * times) / k**tilt for k in range(1, int(7000 / hertz))]
    beat = 0.6 + 0.4 * np.sin(2 * np.pi * 4 * times)
    return (0.05 * sum(tones) * beat).astype(np.float32)


SECONDS = 14.0
SPEECH = [TimeSpan(start=1, end=7), TimeSpan(start=7.5, end=13.5)]


def _talk(channels_wanted: int) -> Samples:
    """Silence, then a low and a high voice in turn, each before a microphone of its own."""
    low, high = _hum(110, 3, 1.0), _hum(230, 3, 0.3)
    parts = [np.zeros(16_000), low, high, np.zeros(8_000), low, high, np.zeros(8_000)]
    left = np.concatenate([part * (part is not high) for part in parts])
    right = np.concatenate([part * (part is not low) for part in parts])
    if channels_wanted == 1:
        return (left + right).astype(np.float32)
    soft = 10 ** (-15 / 20)
    return np.stack([left + soft * right, right + soft * left], axis=1).astype(np.float32)


def diarized(
    engine: Engine, samples: Samples, speech: Sequence[TimeSpan], num_speakers: int | None
) -> list[SpeakerTurn]:
    """The turns, after checking what holds for any recording."""
    turns = engine.diarizer.diarize(samples, speech, num_speakers=num_speakers)
    assert all(turn.span.duration > 0 for turn in turns)
    assert all(turn.span.end <= len(samples) / 16_000 + 1e-6 for turn in turns)
    assert all(one.span.end <= other.span.start + 1e-9 for one, other in pairwise(turns))
    labels = list(dict.fromkeys(turn.label for turn in turns))
    assert labels == [f"S{number}" for number in range(1, len(labels) + 1)]
    if num_speakers is not None and engine.channels == 1:
        assert len(labels) <= num_speakers
    return turns


@pytest.mark.parametrize("num_speakers", [1, 2, 3, None])
def test_turns_are_in_order_and_labels_by_first_appearance(
    engine: Engine, num_speakers: int | None
) -> None:
    assert diarized(engine, _talk(engine.channels), SPEECH, num_speakers)


def test_where_nobody_spoke_there_are_no_turns(engine: Engine) -> None:
    shape = (32_000,) if engine.channels == 1 else (32_000, engine.channels)
    silence = np.zeros(shape, np.float32)
    assert diarized(engine, silence, [], 2) == []
    assert diarized(engine, silence, [TimeSpan(start=1, end=1)], None) == []
    assert diarized(engine, silence[:0], [], None) == []


def test_channels_are_heard_together_or_told_apart(engine: Engine) -> None:
    if engine.channels == 2:
        pytest.skip("takes nothing but two channels, which the other tests give it")
    mono = _talk(1)
    expected = diarized(engine, mono, SPEECH, 2)
    assert diarized(engine, np.stack([mono, mono], axis=1), SPEECH, 2) == expected
    assert diarized(engine, mono[:, None], SPEECH, 2) == expected


@pytest.mark.parametrize("seconds", [0.001, 0.02, 0.1, 0.4, 1.3])
@pytest.mark.parametrize("num_speakers", [2, None])
def test_a_very_short_sound_does_not_crash(
    engine: Engine, seconds: float, num_speakers: int | None
) -> None:
    length = round(seconds * 16_000)
    sound = _talk(engine.channels)[16_000 : 16_000 + length]
    diarized(engine, sound, [TimeSpan(start=0, end=seconds)], num_speakers)


def test_digital_silence_taken_for_speech_does_not_crash(engine: Engine) -> None:
    silence = np.zeros_like(_talk(engine.channels))
    diarized(engine, silence, SPEECH, 2)


def test_the_same_recording_gives_the_same_turns(engine: Engine) -> None:
    talk = _talk(engine.channels)
    assert diarized(engine, talk, SPEECH, 2) == diarized(engine, talk, SPEECH, 2)


def test_the_samples_are_left_as_they_are(engine: Engine) -> None:
    talk = _talk(engine.channels)
    given = talk.copy()
    diarized(engine, talk, SPEECH, 2)
    np.testing.assert_array_equal(talk, given)


def test_the_engine_says_what_it_is(engine: Engine) -> None:
    assert engine.diarizer.made_by.engine in ("voiceprint", "channels", "sherpa", "pyannote")
    assert engine.diarizer.made_by.version
