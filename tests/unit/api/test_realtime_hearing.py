"""What a realtime session keeps in memory, and how its commands wait in line."""

import asyncio
import json
from pathlib import Path

import numpy as np
import pytest
from tests.sample_speech import sample_seconds

from medscribe.api.realtime import hearing as hearing_module
from medscribe.api.realtime import inbox
from medscribe.api.realtime.hearing import Hearing
from medscribe.api.realtime.inbox import APPEND, Command, Inbox
from medscribe.api.realtime.session import RealtimeSession
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
    monkeypatch.setattr(hearing_module, "MOST_HELD_SECONDS", 35.0)
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


def append(number: int, size: int) -> Command:
    return Command(APPEND, sound=bytes([number]) * size)


def test_commands_wait_until_there_is_room_and_come_out_in_order(tmp_path: Path) -> None:
    async def run() -> list[str]:
        inbox = Inbox(10, tmp_path)
        await inbox.put(append(0, 8))
        await inbox.put(Command("clear"))
        third = asyncio.create_task(inbox.put(append(1, 8)))
        await asyncio.sleep(0.05)
        assert not third.done(), "there is no room for it yet"
        taken = [inbox.take(wait=False)]
        await asyncio.wait_for(third, PATIENCE)
        taken += [inbox.take(wait=False) for _ in range(3)]
        assert taken.pop() is None
        inbox.close()
        return [f"{command.kind} {list(command.sound[:1])}" for command in taken if command]

    assert asyncio.run(run()) == [f"{APPEND} [0]", "clear []", f"{APPEND} [1]"]


def test_sound_that_waits_lies_on_the_disk_without_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "MOST_BYTES_IN_MEMORY", 1_000)
    monkeypatch.setattr(inbox, "MOST_BYTES_TOGETHER", 3_000)

    async def run() -> bytes:
        inbox = Inbox(1_000_000, tmp_path)
        for number in range(100):
            await inbox.put(append(number, 1_000))
        assert not list(tmp_path.iterdir())
        taken = b""
        while (command := inbox.take(wait=False)) is not None:
            assert len(command.sound) <= 3_000
            taken += command.sound
        inbox.close()
        return taken

    assert asyncio.run(run()) == b"".join(bytes([number]) * 1_000 for number in range(100))


def test_a_command_larger_than_all_room_is_taken_alone(tmp_path: Path) -> None:
    async def run() -> Command | None:
        inbox = Inbox(10, tmp_path)
        await inbox.put(append(7, 100))
        taken = inbox.take(wait=False)
        inbox.close()
        return taken

    command = asyncio.run(run())

    assert command is not None
    assert command.sound == bytes([7]) * 100


def test_closing_lets_go_of_everybody_who_waits(tmp_path: Path) -> None:
    async def run() -> Command | None:
        full = Inbox(10, tmp_path)
        await full.put(append(0, 10))
        putting = asyncio.create_task(full.put(append(1, 10)))
        empty = Inbox(10, tmp_path)
        taking = asyncio.create_task(asyncio.to_thread(empty.take, wait=True))
        await asyncio.sleep(0.05)
        full.close()
        empty.close()
        await asyncio.wait_for(putting, PATIENCE)
        return await asyncio.wait_for(taking, PATIENCE)

    assert asyncio.run(run()) is None
