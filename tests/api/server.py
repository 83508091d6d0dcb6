"""A service -> the real server on a free port of this machine, for tests."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn
from openai import OpenAI

from medscribe.api.app import create_app
from medscribe.api.service import Service, service_of
from medscribe.bootstrap import build
from medscribe.settings import Settings

LINE = "My left knee hurts when I climb the stairs."


def scripted_settings(folder: Path, **others: object) -> Settings:
    """Settings of a service whose recogniser says `LINE` for every stretch."""
    script = folder / "script.txt"
    script.write_text(f"{LINE}\n" * 2000, "utf-8")
    given = {"asr": "scripted", "asr_options": {"path": str(script)}, "data_dir": folder / "data"}
    return Settings(**(given | others))  # type: ignore[arg-type]


def new_service(settings: Settings) -> Service:
    return service_of(build(settings))


@dataclass
class Site:
    """A running server: `url` is `http://127.0.0.1:port`."""

    url: str
    _clients: list[OpenAI] = field(default_factory=list)

    def client(
        self, key: str = "no key is needed", *, retries: int = 0, timeout: float = 60
    ) -> OpenAI:
        """The real client; it does not try again unless told to. Closed with the server."""
        client = OpenAI(
            base_url=f"{self.url}/v1", api_key=key, max_retries=retries, timeout=timeout
        )
        self._clients.append(client)
        return client

    def close(self) -> None:
        for client in self._clients:
            client.close()


@contextmanager
def running(service: Service, only_model: str | None = None) -> Iterator[Site]:
    """The server of `service` in a thread."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(
            create_app(service, only_model), access_log=False, log_level="critical"
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        site = Site(f"http://127.0.0.1:{listener.getsockname()[1]}")
        try:
            yield site
        finally:
            site.close()
            server.should_exit = True
            thread.join(timeout=30)
