"""The outermost layer of the server: a request's id, one log line for it, and no error past it.

Log lines hold ids, counts, durations, statuses and the route's pattern; never a query, a file name
or anything of a body.
"""

import time
import uuid
from collections.abc import MutableMapping
from typing import Any

import structlog
from starlette.datastructures import MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from medscribe.api.errors import UNFORESEEN
from medscribe.errors import place_of

log = structlog.get_logger()


class Boundary:
    """ASGI layer around the whole application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        request = _Exchange(scope, send)
        try:
            await self._app(scope, receive, request.send)
        except Exception as error:  # noqa: BLE001 - the outermost loop of the server
            log.error(
                "request failed",
                request=request.id,
                error=type(error).__name__,
                place=place_of(error),
            )
            await request.fail(receive)
        request.log()


class _Exchange:
    """One request and what was answered so far."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.id = f"req_{uuid.uuid4().hex}"
        self._scope = scope
        self._send = send
        self._began = time.monotonic()
        self._status = 0

    async def send(self, message: Message) -> None:
        if message["type"] in ("http.response.start", "websocket.http.response.start"):
            self._status = int(message["status"])
            MutableHeaders(scope=message)["x-request-id"] = self.id
        elif message["type"] == "websocket.accept":
            self._status = 101
        await self._send(message)

    async def fail(self, receive: Receive) -> None:
        """Answer with 500 where nothing was answered; else the connection just ends."""
        if self._scope["type"] == "websocket":
            await self._send({"type": "websocket.close", "code": 1011})
        elif not self._status:
            response = JSONResponse(UNFORESEEN.body, 500, dict(UNFORESEEN.headers))
            await response(self._scope, receive, self.send)
        else:
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    def log(self) -> None:
        log.info(
            "request",
            request=self.id,
            method=self._scope.get("method", "WEBSOCKET"),
            route=_route(self._scope),
            status=self._status,
            seconds=round(time.monotonic() - self._began, 3),
        )


def _route(scope: MutableMapping[str, Any]) -> str:
    """The pattern that matched, such as `/v1/models/{name}`: a path itself may hold anything."""
    return str(getattr(scope.get("route"), "path", "none"))
