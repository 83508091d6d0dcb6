"""Keys pressed at the terminal -> what they ask for; nothing where there is no terminal."""

import contextlib
import os
import select
import sys
from collections.abc import Callable, Iterator, Mapping
from threading import Event, Thread

_MOST_AT_ONCE = 64


@contextlib.contextmanager
def keys_heard(actions: Mapping[str, Callable[[], None]]) -> Iterator[bool]:
    """Call `actions[key]` when that key is pressed, in a thread of its own; whether keys are heard.

    Without a terminal on standard input, or on Windows' console, no key is heard.
    """
    if not sys.stdin.isatty() or sys.platform == "win32":
        yield False
        return
    import termios
    import tty

    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    stopped = Event()
    listener = Thread(target=_listen, args=(descriptor, actions, stopped), daemon=True)
    try:
        tty.setcbreak(descriptor)
        listener.start()
        yield True
    finally:
        stopped.set()
        listener.join()
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _listen(descriptor: int, actions: Mapping[str, Callable[[], None]], stopped: Event) -> None:
    while not stopped.is_set():
        ready, _, _ = select.select([descriptor], [], [], 0.2)
        if not ready:
            continue
        try:
            # Not sys.stdin: it would hold back the second of two keys until a third is pressed.
            pressed = os.read(descriptor, _MOST_AT_ONCE)
        except OSError:
            return
        if not pressed:  # the terminal is gone
            return
        for key in _plain(pressed):
            action = actions.get(key)
            if action is not None:
                action()


def _plain(pressed: bytes) -> str:
    """Keys of letters; F1 comes as ESC O P, F2 as ESC O Q, and must neither pause nor stop."""
    return pressed.split(b"\x1b")[0].decode("ascii", "ignore").lower()
