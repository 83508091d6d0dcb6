"""What a realtime session keeps in memory, and how its commands wait in line."""

import asyncio
import json
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
    async def run() -> list[int]:
        inbox = Inbox(most_bytes=10)
        await inbox.put(Command("a", sound=bytes([0] * 8)))
        second = asyncio.create_task(inbox.put(Command("a", sound=bytes([1] * 8))))
        await asyncio.sleep(0.05)
        assert not second.done(), "there is no room for it yet"
        first_taken = inbox.take(wait=False)
        await asyncio.wait_for(second, PATIENCE)
        taken = [first_taken, inbox.take(wait=False), inbox.take(wait=False)]
        assert taken.pop() is None
        return [command.sound[0] for command in taken if command is not None]

    assert asyncio.run(run()) == [0, 1]


def test_closing_lets_go_of_everybody_who_waits() -> None:
    async def run() -> Command | None:
        inbox = Inbox(most_bytes=10)
        taking = asyncio.create_task(asyncio.to_thread(inbox.take, wait=True))
        await asyncio.sleep(0.05)
        inbox.close()
        return await asyncio.wait_for(taking, PATIENCE)

    assert asyncio.run(run()) is None


def test_a_command_larger_than_all_room_is_taken_alone() -> None:
    async def run() -> Command | None:
        inbox = Inbox(most_bytes=10)
        await inbox.put(Command("a", sound=bytes(100)))
        return inbox.take(wait=False)

    command = asyncio.run(run())

    assert command is not None
    assert len(command.sound) == 100
