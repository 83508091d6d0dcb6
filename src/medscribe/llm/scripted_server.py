"""A script of answers and faults -> a small OpenAI-compatible server on this machine, for tests.

It speaks real HTTP, so that what comes between a client and a language model can be tried out:
slowness, 503, garbage, answers that are cut off or that are white space without end.
"""

import json
import threading
from collections.abc import Sequence
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


class Fault(StrEnum):
    """What the server does in place of an answer."""

    SLOW = "slow"
    """Nothing, until it is stopped."""
    BUSY = "busy"
    """Status 503 with `Retry-After: 0`."""
    GARBAGE = "garbage"
    """Status 200 and no JSON."""
    WRONG_FORM = "wrong_form"
    """A whole answer that lacks every field."""
    TRUNCATED = "truncated"
    """The first half of an answer, finish_reason length."""
    BLANKS = "blanks"
    """White space without end."""
    REFUSED = "refused"
    """Status 401."""


class ScriptedServer:
    """Listens on a free port of 127.0.0.1 while it is open.

    Each request uses up one entry of `script`, an answer or a fault; the last entry stays.
    `requests` holds the bodies received, in order.
    """

    def __init__(self, script: Sequence[dict[str, Any] | Fault]) -> None:
        self.requests: list[dict[str, Any]] = []
        self._script = list(script)
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._server = _Listener(self)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        """What a client takes as its base URL."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def take(self, request: dict[str, Any]) -> dict[str, Any] | Fault:
        """Note a request down; what to do with it."""
        with self._lock:
            self.requests.append(request)
            return self._script.pop(0) if len(self._script) > 1 else self._script[0]

    def wait_until_stopped(self) -> None:
        self._stopped.wait()

    def let_go(self) -> None:
        """End the requests that wait, without an answer."""
        self._stopped.set()

    @property
    def stopped(self) -> bool:
        return self._stopped.is_set()

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


class _Listener(ThreadingHTTPServer):
    """Knows whose script its requests follow."""

    daemon_threads = True

    def __init__(self, scripted: ScriptedServer) -> None:
        self.scripted = scripted
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    """One request, by the next entry of the script."""

    server: _Listener

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", "0"))
        entry = self.server.scripted.take(json.loads(self.rfile.read(length)))
        if entry is Fault.SLOW:
            self.server.scripted.wait_until_stopped()
        elif entry is Fault.BLANKS:
            self._send_blanks()
        elif isinstance(entry, Fault):
            self._send(*_ANSWERS_OF_FAULTS[entry])
        else:
            self._send(200, _completion(json.dumps(entry), "stop"))

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if status == 503:
            self.send_header("Retry-After", "0")
        self.end_headers()
        self.wfile.write(body)

    def _send_blanks(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while not self.server.scripted.stopped:
                self.wfile.write(b" " * 65_536)
        except OSError:  # the client had enough
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Nothing is printed."""


def _completion(text: str, finish_reason: str) -> bytes:
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "finish_reason": finish_reason}
    return json.dumps({"object": "chat.completion", "choices": [choice]}).encode()


_ANSWERS_OF_FAULTS = {
    Fault.BUSY: (503, b"{}"),
    Fault.REFUSED: (401, b"{}"),
    Fault.GARBAGE: (200, b"<html>no model here</html>"),
    Fault.WRONG_FORM: (200, _completion("{}", "stop")),
    Fault.TRUNCATED: (200, _completion('{"summary": "The pat', "length")),
}
