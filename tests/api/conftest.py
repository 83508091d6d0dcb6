"""Running servers and recordings that the tests of the server share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openai import OpenAI
from tests.api.server import Site, new_service, running, scripted_settings
from tests.api.sounds import silence
from tests.sample_speech import spoken_like


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Address of a server whose recogniser says one line for every stretch of speech."""
    settings = scripted_settings(tmp_path_factory.mktemp("server"))
    with running(new_service(settings)) as site:
        yield site


@pytest.fixture(scope="session")
def client(server: Site) -> OpenAI:
    """The real client of that server; it does not try again."""
    return server.client()


@pytest.fixture(scope="session")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """12 s of the sample visit as a wav file."""
    return spoken_like(tmp_path_factory.mktemp("spoken") / "spoken.wav")


@pytest.fixture(scope="session")
def silent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """3 s in which nobody speaks, as a wav file."""
    return silence(tmp_path_factory.mktemp("silent") / "silent.wav", seconds=3)
