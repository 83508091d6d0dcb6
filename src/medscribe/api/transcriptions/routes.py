"""`POST /v1/audio/transcriptions` and `/v1/audio/translations`, as OpenAI's clients call them."""

import threading
from collections.abc import Callable, Generator
from contextlib import ExitStack

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse

from medscribe.api.background import Production
from medscribe.api.fields import Fields
from medscribe.api.service import Service
from medscribe.api.shelf import ModelShelf
from medscribe.api.transcriptions.event_stream import Item, event_stream
from medscribe.api.transcriptions.formats import Answered, json_body, plain_text
from medscribe.api.transcriptions.parameters import Wanted, transcription_wanted, translation_wanted
from medscribe.api.transcriptions.recognition import Piece, Started, recognise_upload
from medscribe.api.uploads import Upload, receive, upload_folder
from medscribe.audio.stretches import StretchRule
from medscribe.settings import Settings

# A streamed answer that fails sooner than this fails with a status of its own, which clients
# understand better than an error inside the stream.
_STATUS_WITHIN_SECONDS = 5.0

_CONTENT_TYPES = {"text": "text/plain", "srt": "text/plain", "vtt": "text/vtt"}
_NO_BUFFERING = {"cache-control": "no-cache", "x-accel-buffering": "no"}

Reader = Callable[[Fields, ModelShelf, Settings, StretchRule], Wanted]


def router(service: Service) -> APIRouter:
    """Both routes; the body is read by `receive`, so that its size is bounded while it arrives."""
    routes = APIRouter(prefix="/v1/audio", tags=["audio"])

    @routes.post("/transcriptions")
    async def transcriptions(request: Request) -> Response:
        return await _answer(service, request, transcription_wanted)

    @routes.post("/translations")
    async def translations(request: Request) -> Response:
        return await _answer(service, request, translation_wanted)

    return routes


async def _answer(service: Service, request: Request, read: Reader) -> Response:
    settings = service.settings
    with ExitStack() as held:
        held.enter_context(service.models.admitted())
        upload = await receive(request, upload_folder(settings), max_mb=settings.max_upload_mb)
        held.enter_context(upload)
        rule = service.medscribe.engines.rule
        wanted = read(Fields(upload.fields), service.models, settings, rule)
        production = _produce(service, wanted, upload, held.pop_all())
    production.stop_when_gone(request)
    if wanted.stream:
        return await _streamed(production, wanted)
    return await _whole(production, wanted)


def _produce(service: Service, wanted: Wanted, upload: Upload, held: ExitStack) -> Production[Item]:
    """Begin the work in a thread; what is held for the request is let go when it ends."""

    def make(gone: threading.Event) -> Generator[Item, None, None]:
        with held:
            yield from recognise_upload(service, wanted, upload, gone)

    return Production(make)


async def _whole(production: Production[Item], wanted: Wanted) -> Response:
    items: list[Item] = []
    try:
        while (item := await production.next()) is not None:
            items.append(item)
    finally:
        production.stop()
    started = next(item for item in items if isinstance(item, Started))
    answered = Answered(started, [item for item in items if isinstance(item, Piece)])
    if wanted.form in _CONTENT_TYPES:
        return PlainTextResponse(
            plain_text(answered, wanted.form), media_type=_CONTENT_TYPES[wanted.form]
        )
    return JSONResponse(json_body(answered, wanted))


async def _streamed(production: Production[Item], wanted: Wanted) -> Response:
    try:
        first = await production.next(_STATUS_WITHIN_SECONDS)
    except TimeoutError:
        first = None
    return StreamingResponse(
        event_stream(first, production, wanted),
        media_type="text/event-stream",
        headers=_NO_BUFFERING,
    )
