"""A script -> a listener on this machine that follows it, request by request."""

import threading
from collections.abc import Callable, Sequence
from http.server import ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from medscribe.llm.model import Usage
from medscribe.llm.scripted_server.fault import Fault
from medscribe.llm.scripted_server.handler import Handler
from medscribe.llm.scripted_server.ledger import Ledger

Entry = dict[str, Any] | Fault


def _all(usage: Usage) -> Usage:
    return usage


class ScriptedServer:
    """Listens on a free port of 127.0.0.1 while it is open.

    `script` is a sequence, of which each request uses up one entry, an answer or a fault, and the
    last stays; or a function from a request's body to an entry, called in the request's thread.
    `streams` False: it answers in one piece even where a stream is asked for. `piece_seconds`:
    pause between the pieces of an answer. `tells` makes what is told of a request's tokens out of
    the truth: servers that cut prompts or leave counts out. As Ollama it knows the models in
    `pulled` (None: every one), trained for `trained_context` tokens, and gives a request
    `allocated_context` tokens (None: what it asks for; 0: it does not tell).

    `requests` holds the bodies received, in order, `keys` what they gave as authorization,
    `ledger` the tokens they took, `hung_up` how many clients went away before their answer was
    over.
    """

    def __init__(
        self,
        script: Sequence[Entry] | Callable[[dict[str, Any]], Entry],
        *,
        streams: bool = True,
        piece_seconds: float = 0.0,
        tells: Callable[[Usage], Usage | None] = _all,
        pulled: Sequence[str] | None = None,
        trained_context: int = 32_768,
        allocated_context: int | None = None,
    ) -> None:
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.ledger = Ledger()
        self.hung_up = 0
        self.streams = streams
        self.piece_seconds = piece_seconds
        self.tells = tells
        self.pulled = pulled
        self.trained_context = trained_context
        self.allocated_context = allocated_context
        self.stopped = threading.Event()
        self._script = script if callable(script) else list(script)
        self._lock = threading.Lock()
        self._server = Listener(self)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )

    @property
    def url(self) -> str:
        """What a client of OpenAI's interface takes as its base URL."""
        return f"{self.ollama_url}/v1"

    @property
    def ollama_url(self) -> str:
        """What a client of Ollama's own interface takes as its base URL."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def take(self, request: dict[str, Any], key: str | None) -> Entry:
        """Note a request down; what to do with it."""
        with self._lock:
            self.requests.append(request)
            self.keys.append(key)
            if not callable(self._script):
                return self._script.pop(0) if len(self._script) > 1 else self._script[0]
        return self._script(request)

    def note_hang_up(self) -> None:
        with self._lock:
            self.hung_up += 1

    def wait_for_hang_up(self, seconds: float = 10.0) -> bool:
        """Whether a client has gone, as soon as it is noticed."""
        waiting = threading.Event()
        for _ in range(int(seconds / 0.02)):
            if self.hung_up:
                return True
            waiting.wait(0.02)
        return False

    def let_go(self) -> None:
        """End the requests that wait, without an answer."""
        self.stopped.set()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.let_go()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class Listener(ThreadingHTTPServer):
    """Knows whose script its requests follow."""

    daemon_threads = True

    def __init__(self, scripted: ScriptedServer) -> None:
        self.scripted = scripted
        super().__init__(("127.0.0.1", 0), Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no matter for the terminal."""
