"""One HTTP request -> what the script says: an answer in pieces, or a fault."""

import json
import select
import socket
import time
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any

from medscribe.llm.scripted_server.fault import Fault
from medscribe.llm.scripted_server.formats import Format, OllamaFormat, OpenAiFormat, pieces_of

if TYPE_CHECKING:
    from medscribe.llm.scripted_server.server import Entry, Listener

HALF = '{"summary": "The pat'
"""What is sent of an answer that does not come to its end."""

_STATUSES = {
    Fault.BUSY: (503, b"{}"),
    Fault.REFUSED: (401, b"{}"),
    Fault.UNKNOWN_MODEL: (404, b'{"error": "model not found"}'),
    Fault.GARBAGE: (200, b"<html>no model here</html>"),
}
_TEXTS = {
    Fault.TRUNCATED: (HALF, "length"),
    Fault.CONTENT_FILTER: (HALF, "content_filter"),
    Fault.WRONG_FORM: ("{}", "stop"),
}
_LOOK_SECONDS = 0.02
_BLANKS = " " * 512


class _HungUpError(Exception):
    """The client has gone."""


class Handler(BaseHTTPRequestHandler):
    """Speaks OpenAI's chat completions and Ollama's chat, show and ps."""

    server: "Listener"
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Ollama's running models: all that were asked, with the context they got."""
        if self.path == "/api/ps":
            self._send(200, json.dumps({"models": self._running()}).encode())
        else:
            self._send(404, b"{}")

    def do_POST(self) -> None:
        """A question, or what Ollama knows of a model."""
        body = json.loads(self.rfile.read(int(self.headers.get("content-length", "0"))))
        if self.path == "/api/show":
            self._show(body)
        elif self.path == "/api/chat":
            self._reply(body, OllamaFormat())
        elif self.path == "/v1/chat/completions":
            self._reply(body, OpenAiFormat())
        else:
            self._send(404, b"{}")

    def _reply(self, body: dict[str, Any], kind: Format) -> None:
        entry = self.server.scripted.take(body, self.headers.get("authorization"))
        try:
            if isinstance(entry, Fault) and entry in _STATUSES:
                self._send(*_STATUSES[entry])
            elif entry is Fault.SLOW:
                self._wait()
            elif body.get("stream") and self.server.scripted.streams:
                self._stream(entry, body, kind)
            else:
                self._answer_whole(entry, body, kind)
        except (OSError, _HungUpError):
            self.close_connection = True
            self.server.scripted.note_hang_up()

    def _answer_whole(self, entry: "Entry", body: dict[str, Any], kind: Format) -> None:
        if entry is Fault.BLANKS:
            self._start("application/json")
            while not self.server.scripted.stopped.is_set():
                self._send_chunk(_BLANKS.encode() * 128)
            return
        ledger = self.server.scripted.ledger
        text, finish = _text_of(entry)
        usage = ledger.write(ledger.read(_prompt(body)), text)
        self._send(200, kind.whole(text, finish, self.server.scripted.tells(usage)))

    def _stream(self, entry: "Entry", body: dict[str, Any], kind: Format) -> None:
        scripted = self.server.scripted
        number = scripted.ledger.read(_prompt(body))
        self._start(kind.content_type)
        text, finish = _text_of(entry)
        sent = ""
        try:
            for piece in pieces_of(text):
                self._send_chunk(kind.piece(piece))
                sent += piece
                self._pause()
            while entry is Fault.BLANKS and not scripted.stopped.is_set():
                self._send_chunk(kind.piece(_BLANKS))
        finally:
            usage = scripted.ledger.write(number, sent)
        if entry is Fault.STALLED:
            self._wait()
        elif entry is Fault.DROPPED:
            self.close_connection = True
        else:
            if entry is Fault.FAILED:
                self._send_chunk(kind.failure())
            elif entry is not Fault.UNFINISHED:
                self._send_chunk(kind.end(finish, scripted.tells(usage)))
            self.wfile.write(b"0\r\n\r\n")

    def _start(self, content_type: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def _send_chunk(self, data: bytes) -> None:
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if status == 503:
            self.send_header("Retry-After", "0")
        self.end_headers()
        self.wfile.write(body)

    def _pause(self) -> None:
        """Between pieces; raises `_HungUpError` where nobody listens any more."""
        time.sleep(self.server.scripted.piece_seconds)
        self._look(0.0)

    def _wait(self) -> None:
        """Until the server is stopped; raises `_HungUpError` where the client goes before."""
        self.close_connection = True
        while not self.server.scripted.stopped.is_set():
            self._look(_LOOK_SECONDS)

    def _look(self, seconds: float) -> None:
        readable, _, _ = select.select([self.connection], [], [], seconds)
        if readable and not self.connection.recv(1, socket.MSG_PEEK):
            raise _HungUpError

    def _show(self, body: dict[str, Any]) -> None:
        scripted = self.server.scripted
        if scripted.pulled is not None and body["model"] not in scripted.pulled:
            self._send(*_STATUSES[Fault.UNKNOWN_MODEL])
            return
        known = {"general.architecture": "toy", "toy.context_length": scripted.trained_context}
        self._send(200, json.dumps({"model_info": known}).encode())

    def _running(self) -> list[dict[str, Any]]:
        given = self.server.scripted.allocated_context
        return [
            {"name": _tagged(model), "context_length": context if given is None else given}
            for model, context in {
                request["model"]: request["options"]["num_ctx"]
                for request in self.server.scripted.requests
                if "options" in request
            }.items()
        ]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Nothing is printed."""


def _text_of(entry: "Entry") -> tuple[str, str]:
    """What is said for an entry, and the reason why it ends."""
    if isinstance(entry, Fault):
        return ("", "") if entry is Fault.BLANKS else _TEXTS.get(entry, (HALF, ""))
    return json.dumps(entry), "stop"


def _prompt(body: dict[str, Any]) -> list[tuple[str, str]]:
    return [(message["role"], message["content"]) for message in body["messages"]]


def _tagged(model: str) -> str:
    return model if ":" in model else f"{model}:latest"
