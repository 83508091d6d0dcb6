"""A small speech server with OpenAI's form on this machine: real HTTP, with faults on demand."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Request:
    """What a client sent: form fields (repeated ones as lists), headers and the file."""

    path: str
    fields: dict[str, list[str]]
    authorization: str | None
    file: bytes


@dataclass
class Reply:
    """What the server answers; `slow` seconds pass first, `cut` breaks the body off."""

    status: int = 200
    body: Any = field(default_factory=lambda: {"text": "My left knee hurts."})
    headers: dict[str, str] = field(default_factory=dict)
    slow: float = 0.0
    cut: bool = False


@dataclass
class SpeechServer:
    """Its address, what it was sent, and the replies to come; the last one stays."""

    url: str
    replies: list[Reply | Callable[[Request], Reply]]
    requests: list[Request] = field(default_factory=list)


@contextmanager
def speech_server(*replies: Reply | Callable[[Request], Reply]) -> Iterator[SpeechServer]:
    """Listens on a free port of 127.0.0.1 until the block ends."""
    listener = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    listener.daemon_threads = True
    port = listener.server_address[1]
    server = SpeechServer(url=f"http://127.0.0.1:{port}/v1", replies=list(replies) or [Reply()])
    listener.speech = server  # type: ignore[attr-defined]
    thread = threading.Thread(target=listener.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        server: SpeechServer = self.server.speech  # type: ignore[attr-defined]
        request = self._request()
        server.requests.append(request)
        reply = server.replies.pop(0) if len(server.replies) > 1 else server.replies[0]
        self._answer(reply if isinstance(reply, Reply) else reply(request))

    def _request(self) -> Request:
        head = f"Content-Type: {self.headers['content-type']}\r\n\r\n".encode()
        body = self.rfile.read(int(self.headers["content-length"]))
        fields: dict[str, list[str]] = {}
        file = b""
        for part in BytesParser().parsebytes(head + body).get_payload():
            name = part.get_param("name", header="content-disposition")
            if name == "file":
                file = part.get_payload(decode=True)
            else:
                fields.setdefault(name, []).append(part.get_payload(decode=True).decode())
        return Request(self.path, fields, self.headers.get("authorization"), file)

    def _answer(self, reply: Reply) -> None:
        if reply.slow:
            time.sleep(reply.slow)
        raw = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(raw) + (1000 if reply.cut else 0)))
        self.end_headers()
        self.wfile.write(raw)
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass
