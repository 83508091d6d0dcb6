"""What a realtime session keeps in memory, and how its commands wait in line."""

import asyncio
import json
import threading
from pathlib import Path

import numpy as np
import pytest
from tests.sample_speech import sample_seconds

from medscribe.api import realtime_hearing
from medscribe.api.realtime_hearing import Hearing
from medscribe.api.realtime_inbox import Command, Inbox
from medscribe.api.realtime_session import RealtimeSession
from medscribe.api.service import service_of
from medscribe.bootstrap import build
from medscribe.settings import load_settings

PATIENCE = 20.0
LONGEST_STRETCH = 28.0


def pcm24(samples: np.ndarray) -> bytes:
    times = np.arange(len(samples) * 3 // 2) / 24_000
    stretched = np.interp(times, np.arange(len(samples)) / 16_000, samples)
    return np.round(stretched * 32767).astype("<i2").tobytes()


@pytest.mark.parametrize("by_voice", [True, False])
def test_memory_does_not_grow_with_what_was_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by_voice: bool
) -> None:
    monkeypatch.setattr(realtime_hearing, "MOST_HELD_SECONDS", 35.0)
    script = tmp_path / "script.json"
    script.write_text(json.dumps(["So it was said."] * 500))
    settings = load_settings(
        data_dir=tmp_path / "data", asr="scripted", asr_options={"path": str(script)}
    )
    service = service_of(build(settings))
    session = RealtimeSession(model="scripted", language="en")
    if not by_voice:
        session = RealtimeSession(model="scripted", language="en", vad=None)
    hearing = Hearing(session, service.models, partials=False)
    # One message of five minutes: the worst that a client can send at once.
    sound = pcm24(np.tile(sample_seconds(0, 150.0), 2))

    most = 0.0
    for _event in hearing.append(sound):
        most = max(most, hearing._window.held_seconds)
    while hearing.pending:
        hearing.work()

    assert most <= 35.0 + 5.0 + LONGEST_STRETCH
    assert hearing._window.held_seconds <= LONGEST_STRETCH + 2.5
    service.medscribe.close()


def test_commands_wait_until_there_is_room_and_come_out_in_order() -> None:
    taken: list[bytes] = []
    go_on = threading.Event()

    async def run() -> None:
        inbox = Inbox(most_bytes=10)

        def work() -> None:
            go_on.wait(PATIENCE)
            while (command := inbox.take(wait=True)) is not None:
                taken.append(command.sound)

        thread = asyncio.create_task(asyncio.to_thread(work))
        for number in range(4):
            putting = asyncio.create_task(inbox.put(Command("a", sound=bytes([number]) * 8)))
            done, _ = await asyncio.wait([putting], timeout=0.05)
            # The second one does not fit beside the first until somebody takes that.
            assert bool(done) == (number != 1)
            go_on.set()
            await putting
        while len(taken) < 4:
            await asyncio.sleep(0.01)
        inbox.close()
        await thread

    asyncio.run(run())

    assert [sound[0] for sound in taken] == [0, 1, 2, 3]


def test_a_command_larger_than_all_room_is_taken_alone() -> None:
    async def run() -> Command | None:
        inbox = Inbox(most_bytes=10)
        await inbox.put(Command("a", sound=bytes(100)))
        return inbox.take(wait=False)

    command = asyncio.run(run())

    assert command is not None
    assert len(command.sound) == 100
