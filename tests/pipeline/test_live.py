"""Live listening: the finals of the recording, previews before them, and no sound lost."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.sample_speech import SAMPLE_RECORDING

from medscribe.audio.decode import decode
from medscribe.audio.stretches import find_stretches
from medscribe.audio.window import SoundWindow
from medscribe.domain.live import Final, LiveEvent, Partial, SpeechStarted, SpeechStopped
from medscribe.domain.transcript import RejectionReason
from medscribe.pipeline.live import LiveRecognition
from medscribe.speech.transcribers import scripted

pytestmark = pytest.mark.engine
RATE = 16_000
LINES = [
    "Good morning what brings you in today and how long has it been",
    "I have had a cough for two weeks and a fever since Monday",
    "Any allergies to medicines that you know of",
    "Penicillin gives me hives",
    "Then we will start doxycycline one hundred milligrams twice a day for a week",
    "Thank you doctor",
] * 4


@pytest.fixture(scope="module")
def visit() -> NDArray[np.float32]:
    return decode(SAMPLE_RECORDING, max_seconds=600).mono


@pytest.fixture
def engine(tmp_path: Path) -> scripted.ScriptedTranscriber:
    script = tmp_path / "script.txt"
    script.write_text("\n".join(LINES))
    made = scripted.create(scripted.Options(path=script))
    assert isinstance(made, scripted.ScriptedTranscriber)
    return made


def listened(
    live: LiveRecognition, window: SoundWindow, samples: NDArray[np.float32], every: int = 1
) -> Iterator[LiveEvent]:
    """Half a second at a time; the engine gets a turn after `every` pieces."""
    for number, start in enumerate(range(0, len(samples), RATE // 2), start=1):
        piece = samples[start : start + RATE // 2]
        window.append(piece)
        yield from live.hear(piece)
        if number % every == 0:
            yield from live.work()
            window.forget(live.needed_from)
    yield from live.finish()
    while live.pending:
        yield from live.work()


def texts(events: list[LiveEvent]) -> list[str]:
    return [
        " ".join(segment.text for segment in event.segments)
        for event in events
        if isinstance(event, Final)
    ]


@pytest.mark.parametrize("every", [1, 40])
def test_finals_are_those_of_the_recording_however_slow_the_engine(
    visit: NDArray[np.float32], engine: scripted.ScriptedTranscriber, every: int
) -> None:
    window = SoundWindow()
    live = LiveRecognition(engine, window, language="en")
    events = list(listened(live, window, visit, every))
    offline = find_stretches([visit])
    finals = [event for event in events if isinstance(event, Final)]
    assert tuple(final.span for final in finals) == offline.stretches
    assert tuple(live.voice) == offline.voice
    assert texts(events) == LINES[: len(offline.stretches)]


def test_every_stretch_starts_stops_and_gets_one_final_in_order(
    visit: NDArray[np.float32], engine: scripted.ScriptedTranscriber
) -> None:
    window = SoundWindow()
    events = list(listened(LiveRecognition(engine, window, language="en"), window, visit))
    for kind in (SpeechStarted, SpeechStopped, Final):
        numbers = [event.stretch for event in events if isinstance(event, kind)]
        assert numbers == list(range(1, len(numbers) + 1))
    for stretch in {event.stretch for event in events}:
        kinds = [type(event) for event in events if event.stretch == stretch]
        assert kinds[0] is SpeechStarted
        assert kinds[-2:] == [SpeechStopped, Final]
        assert set(kinds[1:-2]) <= {Partial}


def test_partials_grow_and_begin_like_the_final(
    visit: NDArray[np.float32], engine: scripted.ScriptedTranscriber
) -> None:
    window = SoundWindow()
    events = list(listened(LiveRecognition(engine, window, language="en"), window, visit))
    partials = [event for event in events if isinstance(event, Partial)]
    assert partials
    for stretch in {partial.stretch for partial in partials}:
        grown = [partial.committed for partial in partials if partial.stretch == stretch]
        assert all(later.startswith(before) for before, later in pairwise(grown))


def test_without_partials_the_engine_is_asked_for_finals_only(
    visit: NDArray[np.float32], engine: scripted.ScriptedTranscriber
) -> None:
    window = SoundWindow()
    live = LiveRecognition(engine, window, language="en", partials=False)
    events = list(listened(live, window, visit))
    assert not any(isinstance(event, Partial) for event in events)
    assert texts(events)


def test_the_window_forgets_what_is_recognised(
    visit: NDArray[np.float32], engine: scripted.ScriptedTranscriber
) -> None:
    window = SoundWindow()
    live = LiveRecognition(engine, window, language="en")
    longest = 0.0
    for _ in listened(live, window, np.tile(visit, 3)):
        longest = max(longest, window.held_seconds)
    assert longest < 35


def test_closing_a_stretch_by_hand_gives_its_final_at_once(
    engine: scripted.ScriptedTranscriber, visit: NDArray[np.float32]
) -> None:
    window = SoundWindow()
    live = LiveRecognition(engine, window, language="en", partials=False)
    piece = visit[: 6 * RATE]
    window.append(piece)
    live.hear(piece)
    closed = live.close_stretch()
    assert any(isinstance(event, SpeechStopped) for event in closed)
    assert texts(live.work()) == LINES[:1]


def test_what_the_owner_chose_to_drop_is_counted_and_marked(
    visit: NDArray[np.float32], engine: scripted.ScriptedTranscriber
) -> None:
    window = SoundWindow()
    live = LiveRecognition(engine, window, language="en", most_waiting_seconds=5.0)
    list(listened(live, window, visit, every=10_000))
    dropped = [
        item for item in live.transcription.rejected if item.reason is RejectionReason.DROPPED
    ]
    assert dropped
    assert live.status.dropped_seconds == pytest.approx(sum(d.span.duration for d in dropped))


def test_lag_is_told_while_finals_wait(
    visit: NDArray[np.float32], engine: scripted.ScriptedTranscriber
) -> None:
    window = SoundWindow()
    live = LiveRecognition(engine, window, language="en")
    window.append(visit)
    live.hear(visit)
    live.finish()
    assert live.status.lag_seconds > 5
    while live.pending:
        live.work()
    assert live.status.lag_seconds == 0
    assert live.status.real_time_factor is not None
