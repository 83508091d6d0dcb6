"""A service -> the web application: routes, access, limits, and errors in OpenAI's shape."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from medscribe import __version__
from medscribe.api import catalogue
from medscribe.api.access import Access
from medscribe.api.boundary import Boundary
from medscribe.api.errors import Answer, answer_to
from medscribe.api.jobs import routes as jobs
from medscribe.api.realtime import routes as realtime
from medscribe.api.service import Service
from medscribe.api.transcriptions import routes as transcriptions
from medscribe.errors import MedScribeError

_ROUTE_SENTENCES = {
    404: "There is no such address here; docs/server.md lists them.",
    405: "This address does not take that method; docs/server.md lists them.",
}


def create_app(service: Service, only_model: str | None = None) -> FastAPI:
    """The application of `service`; with `only_model` that served model alone.

    The service's store is closed when the application ends.
    """
    if only_model is not None:
        service = replace(service, models=service.models.alone(only_model))

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        service.medscribe.close()

    app = FastAPI(
        title="MedScribe",
        version=__version__,
        lifespan=lifespan,
        # Its pages load scripts from elsewhere, and bodies that are read by hand are not in it.
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    for room in (transcriptions, jobs, realtime, catalogue):
        app.include_router(room.router(service))
    _answer_errors(app)
    app.add_middleware(_AccessByKey, api_key=service.settings.api_key)
    app.add_middleware(Boundary)
    return app


class _AccessByKey(Access):
    """`Access` with the argument order that `add_middleware` wants."""

    def __init__(self, app: ASGIApp, *, api_key: str | None) -> None:
        super().__init__(app, api_key)


def _answer_errors(app: FastAPI) -> None:
    @app.exception_handler(MedScribeError)
    async def known(_request: Request, error: MedScribeError) -> Response:
        return _response(answer_to(error))

    @app.exception_handler(RequestValidationError)
    async def invalid(_request: Request, error: RequestValidationError) -> Response:
        # The library's own text quotes what was sent.
        places = [".".join(map(str, item["loc"][1:])) for item in error.errors()]
        named = ", ".join(place for place in places if place) or "the body"
        message = f"The request cannot be read at {named}: see docs/server.md."
        return _response(Answer(400, message, param=places[0] or None, code="invalid_value"))

    @app.exception_handler(HTTPException)
    async def routing(_request: Request, error: HTTPException) -> Response:
        message = _ROUTE_SENTENCES.get(error.status_code, HTTPStatus(error.status_code).phrase)
        return _response(Answer(error.status_code, message, headers=error.headers or {}))


def _response(answer: Answer) -> Response:
    return JSONResponse(answer.body, answer.status, dict(answer.headers))
