"""What a server says of itself, and a model that is served alone."""

from pathlib import Path

import httpx2
import openai
import pytest
from openai import OpenAI
from tests.api.server import LINE, new_service, running, scripted_settings

from medscribe import __version__
from medscribe.errors import ConfigurationError
from medscribe.settings import ServedModel


def test_models_are_listed_as_the_client_reads_them(client: OpenAI) -> None:
    models = client.models.list().data
    names = [model.id for model in models]
    assert names[0] == "scripted"
    assert {"whisper-1", "gpt-4o-transcribe", "gpt-4o-transcribe-diarize", "auto"} <= set(names)
    assert all(model.object == "model" and model.owned_by and model.created for model in models)


def test_an_alias_says_what_it_means(client: OpenAI) -> None:
    found = client.models.retrieve("whisper-1")
    assert found.id == "whisper-1"
    assert found.model_extra is not None
    assert found.model_extra["served_as"] == "scripted"


def test_health_says_what_is_served_and_loaded(tmp_path: Path, silent: Path) -> None:
    with running(new_service(scripted_settings(tmp_path))) as site:
        before = httpx2.get(f"{site.url}/health").json()
        site.client().audio.transcriptions.create(file=silent, model="auto")
        after = httpx2.get(f"{site.url}/health").json()
    assert before["status"] == "healthy"
    assert before["type"] == "automatic-speech-recognition"
    assert before["version"] == __version__
    assert before["models"][0] == {"id": "scripted", "loaded": False}
    assert after["models"][0] == {"id": "scripted", "loaded": True}


def test_a_model_served_alone_is_the_only_one(tmp_path: Path, spoken: Path) -> None:
    script = tmp_path / "other.txt"
    script.write_text("The other model speaks.\n" * 9, "utf-8")
    served = {"other": ServedModel(engine="scripted", options={"path": str(script)}, port=8401)}
    service = new_service(scripted_settings(tmp_path, served_models=served))
    with running(service, only_model="other") as site:
        client = site.client()
        assert [model.id for model in client.models.list().data] == ["other"]
        assert httpx2.get(f"{site.url}/health").json()["model"] == "other"
        said = client.audio.transcriptions.create(file=spoken, model="other").text
        assert said == "The other model speaks."
        # The client of the earlier MedASR server names no model at all.
        bare = httpx2.post(
            f"{site.url}/v1/audio/transcriptions", files={"file": spoken.read_bytes()}
        ).json()
        assert bare["text"] == said
        for name in ("whisper-1", "scripted"):
            with pytest.raises(openai.NotFoundError):
                client.audio.transcriptions.create(file=spoken, model=name)


def test_two_models_are_served_beside_each_other(tmp_path: Path, spoken: Path) -> None:
    script = tmp_path / "other.txt"
    script.write_text("The other model speaks.\n" * 9, "utf-8")
    served = {"other": ServedModel(engine="scripted", options={"path": str(script)})}
    with running(new_service(scripted_settings(tmp_path, served_models=served))) as site:
        client = site.client()
        said = [
            client.audio.transcriptions.create(file=spoken, model=name).text
            for name in ("whisper-1", "other")
        ]
    assert said == [LINE, "The other model speaks."]


def test_a_model_that_is_not_configured_cannot_be_served_alone(tmp_path: Path) -> None:
    service = new_service(scripted_settings(tmp_path))
    with pytest.raises(ConfigurationError, match="served_models"):
        service.models.alone("gpt-9")
    service.medscribe.close()
