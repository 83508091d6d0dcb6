"""`stream=true`: events as the real client reads them."""

import asyncio
import json
import threading
from collections.abc import Generator
from pathlib import Path

import httpx2
import pytest
from openai import APIError, OpenAI
from tests.api.server import LINE, Site, new_service, running, scripted_settings
from tests.sample_speech import spoken_like

from medscribe.api.background import Production
from medscribe.api.service import Service
from medscribe.api.shelf import ModelShelf
from medscribe.api.transcriptions.event_stream import Item, event_stream
from medscribe.api.transcriptions.parameters import Cutting, Wanted
from medscribe.api.transcriptions.recognition import Started
from medscribe.audio.stretches import StretchRule
from medscribe.domain.provenance import Provenance
from medscribe.errors import ModelUnavailableError

WANTED = Wanted(model="auto", form="json", stream=True, cutting=Cutting(StretchRule()))


def test_deltas_joined_are_the_whole_text(client: OpenAI, tmp_path: Path) -> None:
    visit = spoken_like(tmp_path / "visit.wav", 80.0)
    events = list(
        client.audio.transcriptions.create(
            file=visit, model="gpt-4o-transcribe", stream=True, include=["logprobs"]
        )
    )
    deltas = [event for event in events if event.type == "transcript.text.delta"]
    done = events[-1]
    assert len(deltas) > 3
    assert done.type == "transcript.text.done"
    assert done.text == "".join(event.delta for event in deltas)
    assert done.text.startswith(f"{LINE} {LINE}")
    assert done.usage is not None
    assert deltas[0].logprobs


def test_speakers_are_streamed_segment_by_segment(client: OpenAI, spoken: Path) -> None:
    events = list(
        client.audio.transcriptions.create(
            file=spoken,
            model="gpt-4o-transcribe-diarize",
            response_format="diarized_json",
            stream=True,
        )
    )
    segments = [event for event in events if event.type == "transcript.text.segment"]
    deltas = [event for event in events if event.type == "transcript.text.delta"]
    assert [event.segment_id for event in deltas] == [event.id for event in segments]
    assert " ".join(event.text for event in segments) == events[-1].text == LINE
    assert {event.speaker for event in segments} <= {"A", "B"}


def test_a_stream_is_answered_as_one_whatever_the_format(server: Site, silent: Path) -> None:
    answer = httpx2.post(
        f"{server.url}/v1/audio/transcriptions",
        data={"model": "whisper-1", "stream": "true", "response_format": "text"},
        files={"file": silent.read_bytes()},
    )
    assert answer.headers["content-type"].startswith("text/event-stream")
    lines = [line.removeprefix("data: ") for line in answer.text.splitlines() if line]
    assert json.loads(lines[0])["type"] == "transcript.text.done"
    assert lines[-1] == "[DONE]"


class FailsLater:
    """Recognises one stretch; then its model is gone."""

    draft = False
    made_by = Provenance(engine="scripted", version="0")

    def __init__(self) -> None:
        self.calls = 0

    def transcribe(self, samples, *, language, prompt=None, context=None, preview=False):
        self.calls += 1
        if self.calls > 1:
            raise ModelUnavailableError("The model has been taken away: put it back.")
        return []


def test_an_error_inside_a_stream_is_raised_by_the_client(tmp_path: Path) -> None:
    medscribe = new_service(scripted_settings(tmp_path)).medscribe
    failing = FailsLater()
    models = ModelShelf(medscribe.settings, lambda _name: failing)
    with running(Service(medscribe, models)) as site:
        stream = site.client().audio.transcriptions.create(
            file=spoken_like(tmp_path / "visit.wav", 50.0), model="whisper-1", stream=True
        )
        with pytest.raises(APIError, match="taken away") as raised:
            list(stream)
    assert raised.value.code == "model_unavailable"
    assert raised.value.type == "server_error"


def test_a_slow_recogniser_keeps_the_connection_alive() -> None:
    def slow(gone: threading.Event) -> Generator[Item, None, None]:
        yield Started(seconds=1.0, language="en")
        gone.wait(0.3)

    async def collected() -> list[bytes]:
        production: Production[Item] = Production(slow)
        stream = event_stream(None, production, WANTED, keep_alive_seconds=0.05)
        return [chunk async for chunk in stream]

    chunks = asyncio.run(collected())
    assert b": keep-alive\n\n" in chunks
    assert chunks[-1] == b"data: [DONE]\n\n"


def test_an_unforeseen_error_says_nothing_of_what_was_said() -> None:
    def broken(gone: threading.Event) -> Generator[Item, None, None]:
        raise ValueError("Zebedee Quill has a rash")
        yield

    async def collected() -> bytes:
        production: Production[Item] = Production(broken)
        return b"".join([chunk async for chunk in event_stream(None, production, WANTED)])

    sent = asyncio.run(collected())
    assert sent.startswith(b"event: error\n")
    assert b"Zebedee" not in sent
