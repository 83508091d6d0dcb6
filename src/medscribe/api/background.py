"""Items that a thread makes one after the other -> the event loop, which stays free meanwhile."""

import asyncio
import threading
from collections.abc import Callable, Generator
from contextlib import closing
from typing import Generic, TypeVar

import anyio
import anyio.to_thread
from starlette.requests import Request

from medscribe.api.errors import ClientGoneError

T = TypeVar("T")


class _End:
    """After the last item."""


class Production(Generic[T]):
    """Runs `make(gone)` in a thread of its own; `gone` is set once nobody wants the items.

    To be made and used in the event loop. Threads are not shared with other work of the server:
    how many there are is bounded by who may wait for a recogniser.
    """

    def __init__(self, make: Callable[[threading.Event], Generator[T, None, None]]) -> None:
        self._make = make
        self._gone = threading.Event()
        self._items: asyncio.Queue[T | _End] = asyncio.Queue()
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.create_task(
            anyio.to_thread.run_sync(self._run, limiter=anyio.CapacityLimiter(1))
        )
        # What went wrong is raised by `next`; nobody may be left to ask for it.
        self._task.add_done_callback(lambda task: task.cancelled() or task.exception())
        self._watch: asyncio.Task[None] | None = None

    def stop_when_gone(self, request: Request) -> None:
        """Stop once the client of `request`, whose body is read, closes its connection."""

        async def watch() -> None:
            while (await request.receive())["type"] != "http.disconnect":
                pass
            self.stop()

        self._watch = asyncio.create_task(watch())

    def stop(self) -> None:
        """Nobody wants more items: the thread ends before it begins its next one."""
        self._gone.set()
        if self._watch is not None:
            self._watch.cancel()

    async def next(self, timeout_seconds: float | None = None) -> T | None:
        """The next item; None after the last. Raises `TimeoutError`, and what making it raised."""
        item = await asyncio.wait_for(self._items.get(), timeout_seconds)
        if not isinstance(item, _End):
            return item
        if self._watch is not None:
            self._watch.cancel()
        await self._task
        return None

    def _run(self) -> None:
        try:
            with closing(self._make(self._gone)) as items:
                for item in items:
                    self._hand_over(item)
                    if self._gone.is_set():
                        raise ClientGoneError("The client has gone.")
        finally:
            self._hand_over(_End())

    def _hand_over(self, item: "T | _End") -> None:
        self._loop.call_soon_threadsafe(self._items.put_nowait, item)
