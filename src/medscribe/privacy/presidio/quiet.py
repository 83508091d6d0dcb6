"""Presidio's loggers -> silence, and the failures that it would only log.

Presidio logs words of the text at level DEBUG, and where a pattern takes too long or a model fails
it logs the error and goes on without what it should have found.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

LOGGERS = ("presidio-analyzer", "decision_process")


class _Silence(logging.Filter):
    """Lets no record through; remembers per thread that one told of an exception."""

    def __init__(self) -> None:
        super().__init__()
        self.state = threading.local()

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info:
            self.state.failed = True
        return False


_SILENCE = _Silence()


@contextmanager
def silent() -> Iterator[None]:
    """Presidio says nothing, here and later; `RuntimeError` where it went on after an error."""
    for name in LOGGERS:
        logging.getLogger(name).addFilter(_SILENCE)
    _SILENCE.state.failed = False
    yield
    if _SILENCE.state.failed:
        raise RuntimeError("Presidio left out a part of the text after an error.")
