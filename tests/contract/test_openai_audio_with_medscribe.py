"""One MedScribe recognises for another: this engine against our own server."""

from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from tests.api.server import LINE, new_service, running, scripted_settings
from tests.sample_speech import spoken_like

from medscribe.audio.decode import decode
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.errors import ConfigurationError
from medscribe.speech.transcribers import openai_audio
from medscribe.speech.transcribers.openai_audio import OpenAiAudioTranscriber, Options

pytestmark = pytest.mark.engine
KEY = "a key of sixteen characters"


def engine(url: str, key: str) -> OpenAiAudioTranscriber:
    made = openai_audio.create(Options(base_url=f"{url}/v1", api_key=key, attempts=1))
    assert isinstance(made, OpenAiAudioTranscriber)
    return made


def test_our_own_server_is_one_of_the_servers_it_speaks_to(tmp_path: Path) -> None:
    spoken = decode(spoken_like(tmp_path / "spoken.wav"), max_seconds=60).mono
    with running(new_service(scripted_settings(tmp_path, api_key=KEY))) as site:
        ours, stranger = (engine(site.url, key) for key in (KEY, "wrong"))
        with closing(ours), closing(stranger):
            segments = ours.transcribe(spoken, language="en", prompt="lisinopril", context="Hello.")
            with pytest.raises(ConfigurationError, match="key"):
                stranger.transcribe(spoken, language="en")
    words = [word for segment in segments for word in segment.words]
    assert " ".join(word.text for word in words).startswith(LINE)
    assert words[-1].span.end <= len(spoken) / SAMPLE_RATE
    assert all(a.span.start <= b.span.start for a, b in pairwise(words))
