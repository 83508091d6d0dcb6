"""`medscribe serve`: the transcription server on this machine."""

import asyncio
import importlib.util
import socket
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from medscribe.bootstrap import build
from medscribe.cli import console
from medscribe.errors import ConfigurationError, MissingDependencyError
from medscribe.settings import Settings, load_settings

if TYPE_CHECKING:
    from uvicorn import Config

_LIBRARIES = ("fastapi", "uvicorn", "python_multipart")
_BACKLOG = 128


def serve(
    model: Annotated[
        str | None,
        typer.Option("--model", help="Serve this model of served_models alone, e.g. medasr."),
    ] = None,
    host: Annotated[str | None, typer.Option("--host", help="Address; default 127.0.0.1.")] = None,
    port: Annotated[
        int | None,
        typer.Option("--port", min=0, max=65535, help="Port; 0 takes a free one. Default 8000."),
    ] = None,
) -> None:
    """Serve OpenAI's transcription API: files, streams, live sound and jobs.

    Any client of that API works: set its base URL to http://127.0.0.1:8000/v1.

    Example: medscribe serve --model medasr --port 8400
    """
    _check_libraries()
    settings = load_settings(host=host)
    _check_key(settings)
    with _listening(settings.host, _port(settings, model, port)) as listener:
        _run(settings, model, listener)


def _run(settings: Settings, model: str | None, listener: socket.socket) -> None:
    from medscribe.api.app import create_app
    from medscribe.api.service import service_of

    medscribe = build(settings, notice=console.notice)
    service = service_of(medscribe, console.notice)
    if model is not None:
        service = replace(service, models=service.models.alone(model))
    shelf = service.models
    # A model that cannot be had is told now, not to the first client.
    shelf.transcriber(shelf.names()[0])
    address = listener.getsockname()
    shown = f"[{address[0]}]" if ":" in address[0] else address[0]
    typer.echo(f"MedScribe serves {', '.join(shelf.offered())} at http://{shown}:{address[1]}/v1")
    # Ctrl-C has ended the server in good order by the time it arrives here.
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(_config(create_app(service)), listener))


async def _serve(config: "Config", listener: socket.socket) -> None:
    from uvicorn import Server

    await Server(config).serve(sockets=[listener])


def _config(app: object) -> "Config":
    """Requests are logged by the application, without what could identify somebody."""
    from uvicorn import Config

    return Config(
        app,  # type: ignore[arg-type]
        access_log=False,
        log_level="error",
        server_header=False,
        # Half a minute for words that are being recognised when the server is told to stop.
        timeout_graceful_shutdown=30,
    )


def _check_libraries() -> None:
    missing = [name for name in _LIBRARIES if importlib.util.find_spec(name) is None]
    if missing:
        raise MissingDependencyError(
            f"The server needs {', '.join(missing)}: install it with  "
            "pip install 'medscribe[server]'"
        )


def _check_key(settings: Settings) -> None:
    from medscribe.api.access import is_loopback

    if settings.api_key is None and not is_loopback(settings.host):
        raise ConfigurationError(
            "Other machines may only be served with a key: set api_key (16 characters or more), "
            "or leave host at 127.0.0.1."
        )


def _port(settings: Settings, model: str | None, port: int | None) -> int:
    """The one given, else the served model's own, else that of the settings."""
    if port is not None:
        return port
    served = settings.served_models.get(model) if model is not None else None
    return served.port if served is not None and served.port is not None else settings.port


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens; `ConfigurationError` where address or port cannot be had."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError:
        raise ConfigurationError(
            f"Port {port} of {host} cannot be used: another program has it, or the address is not "
            "this machine's. Choose another with --port or --host."
        ) from None
