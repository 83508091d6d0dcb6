"""Recognition by another server: what is sent, what is made of its answers, what goes wrong."""

import io
import wave
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from tests.recognition_server import Reply, Request, SpeechServer, speech_server

from medscribe import remote
from medscribe.domain.transcript import Segment, Word
from medscribe.errors import ConfigurationError, ModelUnavailableError
from medscribe.speech.transcriber import Transcriber
from medscribe.speech.transcribers import openai_audio
from medscribe.speech.transcribers.openai_audio import Options

pytest.importorskip("httpx2")

RATE = 16_000
SPOKEN = (0.1 * np.sin(np.arange(3 * RATE) / 10)).astype(np.float32)
SAID = "Take 500 mg twice a day Thank you"
OPENAI = {
    "task": "transcribe",
    "language": "english",
    "duration": 3.0,
    "text": "Take 500 mg twice a day. Thank you.",
    "words": [
        {"word": word, "start": 0.2 * number, "end": 0.2 * number + 0.15}
        for number, word in enumerate(SAID.split())
    ],
    "segments": [
        {
            "id": 0,
            "seek": 0,
            "start": 0.0,
            "end": 1.2,
            "text": " Take 500 mg twice a day.",
            "tokens": [50364, 3133, 5923],
            "temperature": 0.0,
            "avg_logprob": -0.21,
            "compression_ratio": 1.1,
            "no_speech_prob": 0.02,
        },
        {"id": 1, "start": 1.2, "end": 1.6, "text": " Thank you."},
    ],
    "usage": {"type": "duration", "seconds": 3},
}
WHISPER_CPP = {
    "task": "transcribe",
    "language": "english",
    "duration": 3.0,
    "text": " Take lisinopril.\n",
    "segments": [
        {
            "id": 0,
            "text": " Take lisinopril.",
            "start": 0.0,
            "end": 2.4,
            "tokens": [3133, 287, 271],
            "words": [
                {"word": " Take", "start": 0.01, "end": 0.4, "t_dtw": -1, "probability": 0.9},
                {"word": " lis", "start": 0.4, "end": 0.7, "t_dtw": -1, "probability": 0.8},
                {"word": "inopril", "start": 0.7, "end": 1.6, "t_dtw": -1, "probability": 0.3},
                {"word": ".", "start": 1.6, "end": 2.4, "t_dtw": -1, "probability": 0.9},
            ],
            "temperature": 0.0,
            "avg_logprob": -0.4,
            "no_speech_prob": 0.01,
        }
    ],
}


@pytest.fixture
def server() -> Iterator[SpeechServer]:
    with speech_server() as running:
        yield running


def engine(server: SpeechServer, **options: object) -> Transcriber:
    chosen = {"pause_seconds": 0.0, "answer_seconds": 5.0, **options}
    return openai_audio.create(Options(base_url=server.url, **chosen))  # type: ignore[arg-type]


def words(segments: list[Segment]) -> list[Word]:
    return [word for segment in segments for word in segment.words]


def test_a_stretch_is_sent_as_pcm16_with_everything_asked_for(server: SpeechServer) -> None:
    engine(server, model="large", api_key="secret").transcribe(
        SPOKEN, language="en", prompt="lisinopril", context="My knee hurts."
    )
    request = server.requests[0]
    assert request.path == "/v1/audio/transcriptions"
    assert request.authorization == "Bearer secret"
    assert request.fields == {
        "model": ["large"],
        "language": ["en"],
        "prompt": ["lisinopril My knee hurts."],
        "temperature": ["0"],
        "response_format": ["verbose_json"],
        "timestamp_granularities[]": ["word", "segment"],
    }
    with wave.open(io.BytesIO(request.file)) as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, RATE)
        heard = np.frombuffer(sound.readframes(sound.getnframes()), "<i2") / 32767
    np.testing.assert_allclose(heard, SPOKEN, atol=1e-4)


def test_an_answer_of_openai_gives_its_text_with_the_times_of_its_bare_words(
    server: SpeechServer,
) -> None:
    server.replies = [Reply(body=OPENAI)]
    segments = engine(server).transcribe(SPOKEN, language="en")
    assert [piece.text for piece in segments] == ["Take 500 mg twice a day.", "Thank you."]
    assert [word.span.start for word in words(segments)] == pytest.approx(
        [0, 0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.4]
    )
    assert segments[0].quality is not None
    assert segments[0].quality.mean_log_probability == -0.21
    assert segments[0].quality.tokens == (50364, 3133, 5923)
    assert segments[1].quality is None


def test_tokens_of_whisper_cpp_become_whole_words(server: SpeechServer) -> None:
    server.replies = [Reply(body=WHISPER_CPP)]
    segments = engine(server).transcribe(SPOKEN, language="en")
    take, drug = words(segments)
    assert (drug.text, drug.span.start, drug.span.end) == ("lisinopril.", 0.4, 1.6)
    assert (take.probability, drug.probability) == (0.9, 0.3)
    assert drug.low_confidence
    assert segments[0].quality is not None
    assert segments[0].quality.compression_ratio > 0


def test_words_without_times_share_their_segment(server: SpeechServer) -> None:
    segment = {"id": 0, "start": 1.0, "end": 2.0, "text": "My knee hurts."}
    server.replies = [Reply(body={"text": "My knee hurts.", "segments": [segment]})]
    heard = words(engine(server).transcribe(SPOKEN, language="en"))
    assert [word.text for word in heard] == ["My", "knee", "hurts."]
    assert (heard[0].span.start, heard[-1].span.end) == (1.0, pytest.approx(2.0))
    assert all(a.span.end == b.span.start for a, b in pairwise(heard))


def test_a_server_that_only_knows_text_is_asked_for_text_from_then_on(
    server: SpeechServer,
) -> None:
    def only_json(request: Request) -> Reply:
        plain = request.fields["response_format"] == ["json"]
        return Reply() if plain else Reply(status=400, body={"error": {"message": "no"}})

    server.replies = [only_json]
    transcriber = engine(server)
    heard = words(transcriber.transcribe(SPOKEN, language="en"))
    assert [word.text for word in heard] == ["My", "left", "knee", "hurts."]
    assert heard[-1].span.end == pytest.approx(3.0)
    transcriber.transcribe(SPOKEN, language="en")
    formats = [request.fields["response_format"][0] for request in server.requests]
    assert formats == ["verbose_json", "json", "json"]


@pytest.mark.parametrize(
    "text", ["", " [BLANK_AUDIO]", " (upbeat music)", "\u266a \u266a", "\ud800"]
)
def test_what_nobody_said_has_no_words(server: SpeechServer, text: str) -> None:
    server.replies = [Reply(body={"text": text})]
    assert engine(server).transcribe(SPOKEN, language="en") == []


def test_silence_is_not_sent(server: SpeechServer) -> None:
    assert engine(server).transcribe(np.zeros(RATE, np.float32), language="en") == []
    assert server.requests == []


@pytest.mark.parametrize(
    "fault",
    [
        Reply(status=429, headers={"Retry-After": "0"}),
        Reply(status=503, headers={"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}),
        Reply(status=500, body=b"oops"),
        Reply(body=b"\xff\xfe not json"),
        Reply(body=[1, 2]),
        Reply(body={"error": "failed to read audio"}),
        Reply(body=b'{"text": "My kn', cut=True),
    ],
)
def test_a_passing_fault_is_tried_again_and_a_lasting_one_is_named(
    server: SpeechServer, fault: Reply
) -> None:
    server.replies = [fault, Reply()]
    assert words(engine(server).transcribe(SPOKEN, language="en"))
    server.requests.clear()
    server.replies = [fault]
    with pytest.raises(ModelUnavailableError, match="speech server") as raised:
        engine(server, attempts=2).transcribe(SPOKEN, language="en")
    assert len(server.requests) == 2
    assert "My kn" not in str(raised.value)
    assert "oops" not in str(raised.value)


def test_the_pause_a_busy_server_asks_for_is_kept(server: SpeechServer) -> None:
    pauses: list[float] = []
    with pytest.MonkeyPatch.context() as clock:
        clock.setattr(remote.time, "sleep", pauses.append)
        server.replies = [
            Reply(status=429, headers={"Retry-After": "7"}),
            Reply(status=503, headers={"Retry-After": "86400"}),
            Reply(),
        ]
        engine(server).transcribe(SPOKEN, language="en")
    assert pauses == [7, openai_audio.LONGEST_PAUSE_SECONDS]


def test_a_preview_is_not_tried_again(server: SpeechServer) -> None:
    server.replies = [Reply(status=503)]
    with pytest.raises(ModelUnavailableError):
        engine(server).transcribe(SPOKEN, language="en", preview=True)
    assert len(server.requests) == 1


def test_a_server_that_does_not_answer_in_time_is_left(server: SpeechServer) -> None:
    server.replies = [Reply(slow=1.0)]
    with pytest.raises(ModelUnavailableError, match="in time"):
        engine(server, answer_seconds=0.1, attempts=1).transcribe(SPOKEN, language="en")


def test_a_server_that_is_not_there_is_named() -> None:
    with speech_server() as gone:
        transcriber = engine(gone, attempts=2)
    with pytest.raises(ModelUnavailableError, match="cannot be reached"):
        transcriber.transcribe(SPOKEN, language="en")


@pytest.mark.parametrize(
    ("status", "names"), [(401, "api_key"), (403, "api_key"), (404, "base_url"), (400, "language")]
)
def test_what_a_retry_cannot_cure_is_said_at_once(
    server: SpeechServer, status: int, names: str
) -> None:
    server.replies = [Reply(status=status, body={"error": {"message": "My knee"}})]
    with pytest.raises(ConfigurationError, match=names) as raised:
        engine(server, response_format="json").transcribe(SPOKEN, language="en")
    assert len(server.requests) == 1
    assert "My knee" not in str(raised.value)


def test_a_recording_does_not_follow_a_redirect(server: SpeechServer) -> None:
    with speech_server() as elsewhere:
        there = f"{elsewhere.url}/audio/transcriptions"
        server.replies = [Reply(status=307, headers={"Location": there})]
        with pytest.raises(ConfigurationError, match="another address"):
            engine(server).transcribe(SPOKEN, language="en")
        assert elsewhere.requests == []


def test_a_proxy_of_the_environment_is_not_used(
    server: SpeechServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with speech_server() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url.removesuffix("/v1"))
        monkeypatch.delenv("NO_PROXY", raising=False)
        engine(server).transcribe(SPOKEN, language="en")
        assert len(server.requests) == 1
        assert proxy.requests == []


@pytest.mark.parametrize(
    "address",
    [
        "http://speech.example/v1",
        "http://10.0.0.7:8000/v1",
        "http://127.0.0.1.evil.example/v1",
        "http://127.0.0.1@evil.example/v1",
    ],
)
def test_a_voice_is_not_sent_in_clear_over_a_network(address: str) -> None:
    with pytest.raises(ConfigurationError, match="unencrypted"):
        openai_audio.create(Options(base_url=address))
    assert openai_audio.create(Options(base_url=address, allow_insecure=True))


@pytest.mark.parametrize(
    "address",
    ["https://speech.example/v1", "http://localhost:8000/v1", "http://[::1]:80/v1"],
)
def test_encrypted_addresses_and_this_machine_are_fine(address: str) -> None:
    assert openai_audio.create(Options(base_url=address))


def test_the_key_is_in_no_printed_form() -> None:
    assert "secret" not in repr(Options(base_url="https://speech.example/v1", api_key="secret"))


def test_translation_goes_to_its_own_address_without_a_language(server: SpeechServer) -> None:
    transcriber = engine(server)
    assert isinstance(transcriber, openai_audio.OpenAiAudioTranscriber)
    assert words(transcriber.translate(SPOKEN, language="de"))
    assert server.requests[0].path == "/v1/audio/translations"
    assert "language" not in server.requests[0].fields
