"""Counts of a server's records -> numbers; the tokens of all tries of one model together."""

import threading

from medscribe.llm.model import Usage


class Meter:
    """Adds up tokens; several threads may use it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._total = Usage()

    @property
    def total(self) -> Usage:
        return self._total

    def add(self, usage: Usage) -> None:
        with self._lock:
            self._total = self._total.plus(usage)


def count_of(value: object) -> int:
    """A count as a server gives it; 0 where it is missing or nonsense."""
    return value if isinstance(value, int) and value > 0 else 0
