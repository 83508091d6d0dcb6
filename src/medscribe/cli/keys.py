"""Keys pressed at the terminal -> what they ask for; nothing where there is no terminal."""

import contextlib
import select
import sys
from collections.abc import Callable, Iterator, Mapping
from threading import Event, Thread


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
        if ready:
            action = actions.get(sys.stdin.read(1).lower())
            if action is not None:
                action()
