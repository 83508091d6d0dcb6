"""Requests -> so many inside at once, and one at a time at each recogniser, as they came."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from medscribe.api.errors import BusyError, ClientGoneError

_LOOK_AGAIN_SECONDS = 1.0
# How much the last turn counts in the expected length of the next.
_NEW_SHARE = 0.3
_FIRST_GUESS_SECONDS = 5.0
_LONGEST_RETRY_SECONDS = 120


class Door:
    """Counts requests from their arrival on: uploads under way take disk before they wait."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._guard = threading.Lock()
        self._count = 0

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Be one of those inside; `BusyError` at once where there are as many as may be."""
        with self._guard:
            if self._count >= self._most:
                raise BusyError(round(_FIRST_GUESS_SECONDS))
            self._count += 1
        try:
            yield
        finally:
            with self._guard:
                self._count -= 1


class Line:
    """First come, first served; at most `most_waiting` wait (None: any number). For threads."""

    def __init__(self, most_waiting: int | None = None) -> None:
        self._most_waiting = most_waiting
        self._changed = threading.Condition()
        self._tickets: deque[object] = deque()
        self._usual_seconds = _FIRST_GUESS_SECONDS

    @contextmanager
    def turn(self, gone: threading.Event | None = None) -> Iterator[None]:
        """Wait for one's turn and hold it.

        Raises `BusyError` at once where too many wait, `ClientGoneError` within a second after
        `gone` is set.
        """
        ticket = self._join()
        try:
            self._wait(ticket, gone)
            yield
        finally:
            with self._changed:
                self._tickets.remove(ticket)
                self._changed.notify_all()

    @property
    def retry_after_seconds(self) -> int:
        """Whole seconds after which somebody who comes anew is likely to find room."""
        return min(max(round(self._usual_seconds), 1), _LONGEST_RETRY_SECONDS)

    def took(self, seconds: float) -> None:
        """Tell how long a turn lasted, for `retry_after_seconds`."""
        self._usual_seconds += _NEW_SHARE * (seconds - self._usual_seconds)

    def _join(self) -> object:
        ticket = object()
        with self._changed:
            if self._most_waiting is not None and len(self._tickets) > self._most_waiting:
                raise BusyError(self.retry_after_seconds)
            self._tickets.append(ticket)
        return ticket

    def _wait(self, ticket: object, gone: threading.Event | None) -> None:
        with self._changed:
            while self._tickets[0] is not ticket:
                if gone is not None and gone.is_set():
                    raise ClientGoneError("The client has gone.")
                self._changed.wait(_LOOK_AGAIN_SECONDS)
