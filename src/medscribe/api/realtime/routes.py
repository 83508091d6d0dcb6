"""`/v1/realtime?intent=transcription`: sound over a WebSocket -> words while they are spoken.

The protocol is OpenAI's for realtime transcription sessions; see docs/realtime.md.
"""

import asyncio
import base64
import binascii
import json
from collections.abc import Iterator
from typing import Any

import anyio
import anyio.to_thread
import structlog
from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from fastapi.responses import JSONResponse

from medscribe.api.errors import BusyError, RequestError, answer_to
from medscribe.api.realtime.hearing import Hearing
from medscribe.api.realtime.inbox import APPEND, Command, Inbox
from medscribe.api.realtime.items import ServerEvent, event
from medscribe.api.realtime.session import RealtimeSession
from medscribe.api.service import Service
from medscribe.api.uploads import upload_folder
from medscribe.errors import MedScribeError, place_of

MOST_MESSAGE_BYTES = 15 << 20
"""OpenAI's limit for one append, as base64 text."""

BYTES_PER_SECOND = 48_000
"""16-bit PCM at 24 kHz; the other formats have less."""

MOST_UNSENT_EVENTS = 256
"""A client that does not read is not read from either."""

IDLE_SECONDS = 600.0
"""Without a message for so long a session ends; who pauses may send silence."""

_SUBPROTOCOL = "realtime"
_RETRY_SECONDS = 5
_LONGEST_ID = 512
_LONGEST_SESSION = 64 << 10
_NORMAL, _FAILED = 1000, 1011  # close codes, RFC 6455 section 7.4.1
_IDLE = f"Nothing was sent for {IDLE_SECONDS / 60:g} minutes: the session is closed."

log = structlog.get_logger()


def router(service: Service) -> APIRouter:
    """The route; who may use it is decided before (see `medscribe.api.access`)."""
    routes = APIRouter()
    sessions = Sessions(service)

    @routes.websocket("/v1/realtime")
    async def realtime(socket: WebSocket) -> None:
        await sessions.serve(socket)

    return routes


class Sessions:
    """All open sessions; their number is bounded like that of waiting requests."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._open = 0

    async def serve(self, socket: WebSocket) -> None:
        """One session from its first message to its last."""
        try:
            self._check(socket)
            connection = _Connection(socket, self._service)
        except MedScribeError as error:
            refusal = answer_to(error)
            body = JSONResponse(refusal.body, refusal.status, dict(refusal.headers))
            await socket.send_denial_response(body)
            return
        self._open += 1
        try:
            offered = socket.scope.get("subprotocols", ())
            await socket.accept(_SUBPROTOCOL if _SUBPROTOCOL in offered else None)
            await connection.run()
        finally:
            self._open -= 1

    def _check(self, socket: WebSocket) -> None:
        """Raises `RequestError` and `BusyError`: the handshake is answered with their status."""
        if socket.query_params.get("intent") != "transcription":
            raise RequestError(
                "This server has realtime transcription only: connect with ?intent=transcription.",
                param="intent",
            )
        if self._open > self._service.settings.max_waiting_requests:
            raise BusyError(_RETRY_SECONDS)


class _Connection:
    """One client: a task that reads, a thread that hears, a task that sends."""

    def __init__(self, socket: WebSocket, service: Service) -> None:
        settings = service.settings
        self._socket = socket
        self._loop = asyncio.get_running_loop()
        self._code = _FAILED
        most_seconds = int(settings.max_audio_hours * 3600)
        self._inbox = Inbox(most_seconds * BYTES_PER_SECOND, upload_folder(settings))
        self._outbox: asyncio.Queue[ServerEvent | None] = asyncio.Queue(MOST_UNSENT_EVENTS)
        session = RealtimeSession(model=service.models.resolve(None), language=settings.language)
        self._hearing = Hearing(
            session, service.models, hotwords=settings.hotwords, partials=settings.partials
        )

    async def run(self) -> None:
        """Until the client closes, is idle for too long, or the engine fails."""
        await self._send(event("session.created", session=self._hearing.session.shown))
        reading = asyncio.create_task(self._read())
        sending = asyncio.create_task(self._send_all())
        hearing = asyncio.create_task(
            anyio.to_thread.run_sync(self._hear, limiter=anyio.CapacityLimiter(1))
        )
        try:
            await asyncio.wait([reading, sending], return_when=asyncio.FIRST_COMPLETED)
        finally:
            reading.cancel()
            self._inbox.close()
            ended = asyncio.gather(reading, sending, hearing, return_exceptions=True)
            await asyncio.shield(ended)
            await self._close()

    async def _read(self) -> None:
        """Take messages as long as there is room for them; ends when the client has gone."""
        while True:
            try:
                # Not wait_for: it may take a message that has just come for the end of its wait
                # and let a cancelling pass; the session would go on without the thread that hears.
                async with asyncio.timeout(IDLE_SECONDS):
                    received = await self._socket.receive()
            except TimeoutError:
                self._code = _NORMAL
                await self._outbox.put(_error(RequestError(_IDLE, code="session_idle"), None))
                return
            if received["type"] == "websocket.disconnect":
                return
            message: dict[str, Any] = {}
            try:
                message = _parsed(received.get("text"))
                await self._inbox.put(_command(message))
            except RequestError as error:
                await self._outbox.put(_error(error, _event_id(message)))
            except MedScribeError as error:
                await self._outbox.put(_error(error, _event_id(message)))
                return

    async def _send_all(self) -> None:
        """Send events in order until the thread ends; one nobody receives is let go."""
        while (item := await self._outbox.get()) is not None:
            await self._send(item)

    async def _send(self, item: ServerEvent) -> None:
        try:
            # As ASCII: what a client sent and is shown again may hold halves of surrogate pairs.
            await self._socket.send_text(json.dumps(item))
        except (WebSocketDisconnect, RuntimeError):
            self._inbox.close()

    async def _close(self) -> None:
        try:
            await self._socket.close(self._code)
        except (WebSocketDisconnect, RuntimeError):
            return  # the client was first

    def _hear(self) -> None:
        """The thread: sound is taken in before anything is decoded, then one decode at a time."""
        try:
            while not self._inbox.closed:
                command = self._inbox.take(wait=not self._hearing.pending)
                if command is not None:
                    self._tell(self._obeyed(command))
                    continue
                self._tell(self._hearing.work())
        except MedScribeError as error:
            self._tell([_error(error, None)])
        except Exception as error:  # noqa: BLE001 - the outermost loop of a worker
            log.error("session failed", error=type(error).__name__, place=place_of(error))
        finally:
            self._put(None)

    def _obeyed(self, command: Command) -> Iterator[ServerEvent]:
        hearing = self._hearing
        try:
            if command.kind == "session.update":
                yield from hearing.update(command.session)
            elif command.kind == APPEND:
                yield from hearing.append(command.sound)
                yield from hearing.work()
            elif command.kind == "input_audio_buffer.commit":
                yield from hearing.commit()
            else:
                yield from hearing.clear()
        except RequestError as error:
            yield _error(error, command.event_id)

    def _tell(self, events: Iterator[ServerEvent] | list[ServerEvent]) -> None:
        for item in events:
            self._put(item)

    def _put(self, item: ServerEvent | None) -> None:
        """Wait for room: the task that sends takes all there is until the last."""
        asyncio.run_coroutine_threadsafe(self._outbox.put(item), self._loop).result()


_KINDS = (
    "session.update",
    APPEND,
    "input_audio_buffer.commit",
    "input_audio_buffer.clear",
)


def _parsed(text: str | None) -> dict[str, Any]:
    """A client's message; `RequestError` for what is none."""
    if text is None or len(text) > MOST_MESSAGE_BYTES:
        raise RequestError(
            f"Send text messages of at most {MOST_MESSAGE_BYTES >> 20} MB.", code="invalid_message"
        )
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        message = None
    if not isinstance(message, dict):
        raise RequestError("A message is a JSON object.", code="invalid_json")
    return message


def _command(message: dict[str, Any]) -> Command:
    kind = message.get("type")
    if kind not in _KINDS:
        raise RequestError(
            f"This session takes {', '.join(_KINDS)}.", param="type", code="invalid_value"
        )
    session = message.get("session")
    if len(json.dumps(session)) > _LONGEST_SESSION:
        raise RequestError("This session update is too long.", param="session")
    sound = _sound(message.get("audio")) if kind == APPEND else b""
    return Command(kind, _event_id(message), sound=sound, session=session)


def _sound(audio: object) -> bytes:
    try:
        return base64.b64decode(audio if isinstance(audio, str) else b"?", validate=True)
    except (binascii.Error, ValueError):
        raise RequestError(
            "audio is base64 of sound in the session's format.",
            param="audio",
            code="invalid_value",
        ) from None


def _event_id(message: dict[str, Any]) -> str | None:
    """The id that the client gave its message, to name it in errors."""
    given = message.get("event_id")
    return given[:_LONGEST_ID] if isinstance(given, str) else None


def _error(error: MedScribeError, event_id: str | None) -> ServerEvent:
    told = answer_to(error).body["error"]
    return event("error", error={**told, "event_id": event_id})
