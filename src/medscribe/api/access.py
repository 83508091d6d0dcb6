"""Who may use the server: holders of the key, or this machine alone where there is none."""

import hmac
import ipaddress
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from medscribe.api.errors import Answer, RequestError, answer_to

OPEN_PATHS = frozenset({"/health"})
"""Answered without a key, for whoever watches the server; it says nothing of any patient."""

# How browsers, which cannot set headers on a WebSocket, hand over a key.
_SUBPROTOCOL_KEY = "openai-insecure-api-key."


class Access:
    """ASGI layer that turns away whom nothing further in should see.

    With a key: `Authorization: Bearer <key>` on everything but `OPEN_PATHS`. Without: only requests
    that name this machine as their host and come from no foreign web page, or any page that a
    clinician visits could use the server through their browser (DNS rebinding, cross-site posts).
    """

    def __init__(self, app: ASGIApp, api_key: str | None) -> None:
        self._app = app
        self._key = api_key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._refusal(scope) if scope["type"] in ("http", "websocket") else None
        if refusal is None:
            await self._app(scope, receive, send)
            return
        if scope["type"] == "websocket":
            await receive()
            if "websocket.http.response" not in scope.get("extensions", {}):
                await send({"type": "websocket.close", "code": 1008})
                return
        answer = JSONResponse(refusal.body, refusal.status, dict(refusal.headers))
        await answer(scope, receive, send)

    def _refusal(self, scope: Scope) -> Answer | None:
        headers = Headers(scope=scope)
        if self._key is None:
            return None if _is_local(headers) else _foreign()
        if scope["path"] in OPEN_PATHS or _holds(headers, self._key):
            return None
        return _no_key()


def is_loopback(host: str) -> bool:
    """Whether a host name or address, without port, is this machine's own."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _is_local(headers: Headers) -> bool:
    origin = headers.get("origin")
    named = [f"//{headers.get('host', '')}", *([origin] if origin else [])]
    return all(is_loopback(_host(url)) for url in named)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _holds(headers: Headers, key: str) -> bool:
    scheme, _, given = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        offered = (item.strip() for item in headers.get("sec-websocket-protocol", "").split(","))
        keys = [item for item in offered if item.startswith(_SUBPROTOCOL_KEY)]
        given = keys[0].removeprefix(_SUBPROTOCOL_KEY) if keys else ""
    return hmac.compare_digest(given.strip().encode(), key.encode())


def _no_key() -> Answer:
    return answer_to(
        RequestError(
            "This server needs its key: send it as Authorization: Bearer ....",
            code="invalid_api_key",
            status=401,
        )
    )


def _foreign() -> Answer:
    return answer_to(
        RequestError(
            "Without a key this server answers this machine only: use http://127.0.0.1, or set "
            "api_key.",
            code="foreign_host",
            status=403,
        )
    )
