"""Commands from the event loop -> the thread that works on them, in order and bounded."""

import asyncio
import threading
from collections import deque
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Command:
    """One message of a client. `event_id` is the client's own; `sound` the bytes of an append."""

    kind: str
    event_id: str | None = None
    sound: bytes = field(default=b"", repr=False)
    session: Any = None


class Inbox:
    """Holds at most `most_bytes` of sound, or one command: then `put` waits, and with it reading.

    So a client that sends faster than its words are recognised is slowed down by the network.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._loop = asyncio.get_running_loop()
        self._room = asyncio.Event()
        self._arrived = threading.Condition()
        self._commands: deque[Command] = deque()
        self._bytes = 0
        self._closed = False

    async def put(self, command: Command) -> None:
        """Hand over a command; to be called in the event loop."""
        size = len(command.sound)
        while self._commands and self._bytes + size > self._most_bytes and not self._closed:
            # The thread sets it through the loop, so never between these two lines.
            self._room.clear()
            await self._room.wait()
        with self._arrived:
            self._commands.append(command)
            self._bytes += size
            self._arrived.notify()

    def close(self) -> None:
        """No more commands; what waits is not worked on."""
        with self._arrived:
            self._closed = True
            self._arrived.notify()
        self._room.set()

    @property
    def closed(self) -> bool:
        return self._closed

    def take(self, *, wait: bool) -> Command | None:
        """The next command, for the thread; None where there is none, or when it is closed."""
        with self._arrived:
            while wait and not self._commands and not self._closed:
                self._arrived.wait()
            if self._closed or not self._commands:
                return None
            command = self._commands.popleft()
            self._bytes -= len(command.sound)
        self._loop.call_soon_threadsafe(self._room.set)
        return command
