"""Commands from the event loop -> the thread that works on them, in order, their sound on the disk.

A server that stopped reading while recognition lags would no longer hear a client's pings either,
and the client would take the connection for dead. So reading goes on, and what waits lies in a file
without a name, which is gone with the session.
"""

import asyncio
import tempfile
import threading
from collections import deque
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from medscribe.durable import disk_errors

MOST_BYTES_IN_MEMORY = 2 << 20
"""Of waiting sound; half a minute of 16-bit PCM. A session that keeps up never needs the file."""

MOST_BYTES_TOGETHER = 480_000
"""Sound that waits is taken in pieces of up to 10 s, however small a client sent it."""

MOST_COMMANDS = 5_000

APPEND = "input_audio_buffer.append"


@dataclass(frozen=True)
class Command:
    """One message of a client. `event_id` is the client's own; `sound` the bytes of an append."""

    kind: str
    event_id: str | None = None
    sound: bytes = b""
    session: Any = None


class Inbox:
    """Holds at most `most_bytes` of sound, or one command; then `put` waits, and with it reading.

    To be closed: the file ends with it.
    """

    def __init__(self, most_bytes: int, folder: Path) -> None:
        self._most_bytes = most_bytes
        self._loop = asyncio.get_running_loop()
        self._room = asyncio.Event()
        self._arrived = threading.Condition()
        # A command without its sound, and how many bytes that has.
        self._commands: deque[tuple[Command, int]] = deque()
        with disk_errors("data folder"):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._sound = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - it lives as long as this
            MOST_BYTES_IN_MEMORY, dir=str(folder)
        )
        self._read_to = self._written_to = 0
        self._closed = False

    async def put(self, command: Command) -> None:
        """Hand over a command; to be called in the event loop. Raises `StorageFullError`."""
        size = len(command.sound)
        while self._is_full(size):
            # The thread sets it through the loop, so never between these two lines.
            self._room.clear()
            await self._room.wait()
        with self._arrived:
            if self._closed:
                return
            with disk_errors("data folder"):
                self._sound.seek(self._written_to)
                self._sound.write(command.sound)
            self._written_to += size
            self._line_up(replace(command, sound=b""), size)
            self._arrived.notify()

    def take(self, *, wait: bool) -> Command | None:
        """The next command, for the thread; None where there is none, or when it is closed."""
        with self._arrived:
            while wait and not self._commands and not self._closed:
                self._arrived.wait()
            if self._closed or not self._commands:
                return None
            command, size = self._commands.popleft()
            with disk_errors("data folder"):
                self._sound.seek(self._read_to)
                sound = self._sound.read(size)
                self._read_to += size
                if not self._waiting_bytes:
                    self._sound.seek(0)
                    self._sound.truncate()
                    self._read_to = self._written_to = 0
        self._loop.call_soon_threadsafe(self._room.set)
        return replace(command, sound=sound)

    def close(self) -> None:
        """No more commands; what waits is not worked on, and gone. To be called in the loop."""
        with self._arrived:
            self._closed = True
            self._commands.clear()
            self._read_to = self._written_to = 0
            self._sound.close()
            self._arrived.notify()
        self._room.set()

    @property
    def closed(self) -> bool:
        return self._closed

    def _is_full(self, size: int) -> bool:
        waiting = self._waiting_bytes
        return len(self._commands) >= MOST_COMMANDS or bool(
            waiting and waiting + size > self._most_bytes
        )

    def _line_up(self, command: Command, size: int) -> None:
        """Behind the others; sound together with the sound before it."""
        if command.kind == APPEND and self._commands:
            last, last_size = self._commands[-1]
            if last.kind == APPEND and last_size + size <= MOST_BYTES_TOGETHER:
                self._commands[-1] = (last, last_size + size)
                return
        self._commands.append((command, size))

    @property
    def _waiting_bytes(self) -> int:
        return self._written_to - self._read_to
