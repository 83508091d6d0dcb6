"""Every format, asked for by the real client; answers are checked here, since it checks none."""

import io
import re
from pathlib import Path
from typing import Any

import httpx2
import pytest
from openai import OpenAI
from tests.api.server import LINE, Site

SEGMENT_KEYS = {
    "id": int,
    "seek": int,
    "start": float,
    "end": float,
    "text": str,
    "tokens": list,
    "temperature": float,
    "avg_logprob": float,
    "compression_ratio": float,
    "no_speech_prob": float,
}


def asked(client: OpenAI, file: Any, **fields: Any) -> Any:
    """The body as it came over the wire."""
    found = client.audio.transcriptions.with_raw_response.create(
        file=file, model="whisper-1", **fields
    )
    return found.http_response


def test_json_is_the_default_and_counts_the_sound(client: OpenAI, spoken: Path) -> None:
    found = client.audio.transcriptions.with_raw_response.create(
        file=spoken, model="gpt-transcribe"
    )
    answer = found.http_response
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == {"text": LINE, "usage": {"type": "duration", "seconds": 12.0}}
    read = found.parse()
    assert read.text == LINE
    assert read.usage is not None
    assert read.usage.type == "duration"


def test_text_is_raw_text(client: OpenAI, spoken: Path) -> None:
    read = client.audio.transcriptions.create(
        file=spoken, model="whisper-1", response_format="text"
    )
    assert read == f"{LINE}\n"


def test_srt_holds_every_word_with_times_in_order(client: OpenAI, spoken: Path) -> None:
    answer = asked(client, spoken, response_format="srt")
    assert answer.headers["content-type"].startswith("text/plain")
    times = re.findall(r"(\d\d:\d\d:\d\d,\d{3}) --> (\d\d:\d\d:\d\d,\d{3})", answer.text)
    flat = [time for pair in times for time in pair]
    assert flat == sorted(flat)
    lines = answer.text.splitlines()
    words = [line for line in lines if line and not re.match(r"^\d+$|.* --> ", line)]
    assert " ".join(words) == LINE


def test_vtt_has_its_header_and_no_voices(client: OpenAI, spoken: Path) -> None:
    answer = asked(client, spoken, response_format="vtt")
    assert answer.headers["content-type"].startswith("text/vtt")
    assert answer.text.startswith("WEBVTT\n\n00:00:")
    assert "<v" not in answer.text


def test_verbose_json_has_whispers_keys_and_segments_by_default(
    client: OpenAI, spoken: Path
) -> None:
    body = asked(client, spoken, response_format="verbose_json").json()
    assert body["task"] == "transcribe"
    assert body["language"] == "english"
    assert body["duration"] == 12.0
    assert body["text"] == LINE
    assert "words" not in body
    (segment,) = body["segments"]
    assert {key: type(value) for key, value in segment.items()} == SEGMENT_KEYS
    assert 0 <= segment["start"] < segment["end"] <= 12.0


@pytest.mark.parametrize(
    ("granularities", "keys"),
    [
        (["word"], {"words"}),
        (["word", "segment"], {"words", "segments"}),
    ],
)
def test_granularities_choose_what_has_times(
    client: OpenAI, spoken: Path, granularities: list[Any], keys: set[str]
) -> None:
    body = asked(
        client, spoken, response_format="verbose_json", timestamp_granularities=granularities
    ).json()
    assert keys == {"words", "segments"} & set(body)
    if "words" in keys:
        assert [word["word"] for word in body["words"]] == LINE.split()
        edges = [edge for word in body["words"] for edge in (word["start"], word["end"])]
        assert edges == sorted(edges)


def test_lists_are_taken_without_brackets_too(server: Site, spoken: Path) -> None:
    fields = {"model": "auto", "response_format": "verbose_json", "timestamp_granularities": "word"}
    body = httpx2.post(
        f"{server.url}/v1/audio/transcriptions", data=fields, files={"file": spoken.read_bytes()}
    ).json()
    assert len(body["words"]) == len(LINE.split())


def test_the_model_may_be_left_out(server: Site, spoken: Path) -> None:
    answer = httpx2.post(
        f"{server.url}/v1/audio/transcriptions", files={"file": ("v.m4a", spoken.read_bytes())}
    )
    assert answer.json()["text"] == LINE


def test_log_probabilities_come_where_they_are_asked_for(client: OpenAI, spoken: Path) -> None:
    body = asked(client, spoken, include=["logprobs"]).json()
    assert "".join(each["token"] for each in body["logprobs"]).strip() == LINE
    assert all(bytes(each["bytes"]).decode() == each["token"] for each in body["logprobs"])
    assert all(each["logprob"] <= 0 for each in body["logprobs"])


def test_content_counts_and_not_the_name(client: OpenAI, spoken: Path) -> None:
    content = spoken.read_bytes()
    for file in (io.BytesIO(content), ("visit.mp3", content)):
        assert client.audio.transcriptions.create(file=file, model="whisper-1").text == LINE


def test_silence_gives_a_valid_answer_without_words(client: OpenAI, silent: Path) -> None:
    assert asked(client, silent, response_format="vtt").text == "WEBVTT\n"


def test_silence_has_no_segments_and_no_speakers(client: OpenAI, silent: Path) -> None:
    both: Any = ["word", "segment"]
    body = asked(
        client, silent, response_format="verbose_json", timestamp_granularities=both
    ).json()
    assert (body["text"], body["words"], body["segments"]) == ("", [], [])
    diarized = asked(client, silent, response_format="diarized_json").json()
    assert (diarized["text"], diarized["segments"]) == ("", [])


def test_server_vad_cuts_at_shorter_pauses(client: OpenAI, spoken: Path) -> None:
    vad: Any = {"type": "server_vad", "silence_duration_ms": 150, "threshold": 0.5}
    cut = asked(client, spoken, response_format="verbose_json", chunking_strategy=vad).json()
    assert len(cut["segments"]) > 1


def test_hints_of_the_client_are_taken(client: OpenAI, spoken: Path) -> None:
    found = client.audio.transcriptions.create(
        file=spoken,
        model="gpt-transcribe",
        prompt="A visit about a knee.",
        keywords=["lisinopril", "metformin"],
        languages=["en", "de"],
        temperature=0,
        extra_body={"num_speakers": 2},
    )
    assert found.text == LINE
