"""`/v1/realtime` as the real `openai` client uses it, against the real server."""

import base64
import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from openai.resources.realtime.realtime import RealtimeConnection
from tests.api.server import Site, new_service, running
from tests.sample_speech import sample_seconds
from tests.whisper_twin import build_whisper_twin
from websockets.exceptions import ConnectionClosed, InvalidStatus

from medscribe.api.realtime import hearing, inbox, routes
from medscribe.api.realtime.items import TENTATIVE
from medscribe.api.realtime.sound import SoundStream
from medscribe.api.service import Service
from medscribe.audio.stretches import find_stretches
from medscribe.domain.transcript import Segment
from medscribe.errors import ModelUnavailableError
from medscribe.settings import load_settings
from medscribe.speech.recognise import begin_transcription, recognise_stretch, with_stretch

LINES = [f"This is what was said as number {number}." for number in range(1, 40)]
PATIENCE = 60.0
MANUAL: dict[str, Any] = {"turn_detection": None}
PCM_RATE = 24_000
MOST_EVENTS = 2_000


def service_at(folder: Path, real_time_factor: float = 0.0, **more: Any) -> Service:
    """A service whose recogniser says `LINES`, one for each stretch of speech."""
    script = folder / "script.json"
    script.write_text(json.dumps(LINES))
    options = {"path": str(script), "real_time_factor": real_time_factor}
    chosen = {"asr": "scripted", "asr_options": options, **more}
    return new_service(load_settings(data_dir=folder / "data", **chosen))


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with running(service_at(tmp_path)) as started:
        yield started


@contextmanager
def connected(site: Site, key: str = "none", **query: str) -> Iterator[RealtimeConnection]:
    query = query or {"intent": "transcription"}
    # Events of another protocol version are no errors for the client; ours are checked here.
    with site.client(key).realtime.connect(extra_query=query) as connection:
        yield connection


@contextmanager
def session(site: Site, **heard: Any) -> Iterator[RealtimeConnection]:
    """A connection whose session has the audio input settings `heard`."""
    with connected(site) as connection:
        assert next_event(connection)["type"] == "session.created"
        if heard:
            connection.session.update(session=shape(**heard))
            assert next_event(connection)["type"] == "session.updated"
        yield connection


def shape(**heard: Any) -> Any:
    return {"type": "transcription", "audio": {"input": heard}}


def next_event(connection: RealtimeConnection) -> dict[str, Any]:
    event: dict[str, Any] = json.loads(connection.recv_bytes())
    assert event["event_id"].startswith("event_")
    return event


def events_until(connection: RealtimeConnection, kind: str, count: int = 1) -> list[dict[str, Any]]:
    """Events up to and with the `count`-th of type `kind`."""
    seen: list[dict[str, Any]] = []
    while sum(event["type"] == kind for event in seen) < count:
        seen.append(next_event(connection))
        assert len(seen) < MOST_EVENTS
    return seen


def pcm24(samples: NDArray[np.float32]) -> bytes:
    """float32 at 16 kHz -> PCM16 at 24 kHz."""
    times = np.arange(len(samples) * 3 // 2) / PCM_RATE
    stretched = np.interp(times, np.arange(len(samples)) / 16_000, samples)
    return np.round(np.clip(stretched, -1, 1) * 32767).astype("<i2").tobytes()


def send(connection: RealtimeConnection, sound: bytes, piece: int = 9_600) -> None:
    for start in range(0, len(sound), piece):
        audio = base64.b64encode(sound[start : start + piece]).decode()
        connection.input_audio_buffer.append(audio=audio)


def spoken(seconds: float, start: float = 0.0) -> bytes:
    return pcm24(sample_seconds(start, start + seconds))


def silence(seconds: float) -> bytes:
    return bytes(2 * round(seconds * PCM_RATE))


TRANSCRIPTION = "conversation.item.input_audio_transcription"
COMPLETED = f"{TRANSCRIPTION}.completed"
DONE = "conversation.item.done"


def transcripts(events: Sequence[dict[str, Any]]) -> list[str]:
    return [event["transcript"] for event in events if event["type"] == COMPLETED]


def of_item(events: Sequence[dict[str, Any]], item_id: str) -> list[str]:
    """Types of the events about an item, repeated ones once."""
    kinds = [
        event["type"]
        for event in events
        if event.get("item_id") == item_id or event.get("item", {}).get("id") == item_id
    ]
    return list(dict.fromkeys(kinds))


def test_a_session_says_how_it_hears_before_anything_is_asked(site: Site) -> None:
    with connected(site) as connection:
        created = next_event(connection)

    assert created["type"] == "session.created"
    assert created["session"]["type"] == "transcription"
    heard = created["session"]["audio"]["input"]
    assert heard["format"] == {"type": "audio/pcm", "rate": 24_000}
    assert heard["transcription"]["model"] == "scripted"
    assert heard["turn_detection"] == {
        "type": "server_vad",
        "threshold": 0.5,
        "prefix_padding_ms": 300,
        "silence_duration_ms": 500,
    }


def test_an_update_changes_what_it_names_and_nothing_else(site: Site) -> None:
    with connected(site) as connection:
        next_event(connection)
        vad = {"type": "server_vad", "silence_duration_ms": 900}
        transcription = {"model": "whisper-1", "language": "en", "keywords": ["metoprolol"]}
        connection.session.update(session=shape(turn_detection=vad, transcription=transcription))
        heard = next_event(connection)["session"]["audio"]["input"]
        connection.session.update(session=shape(turn_detection=None))
        later = next_event(connection)["session"]["audio"]["input"]

    assert heard["turn_detection"]["silence_duration_ms"] == 900
    assert heard["transcription"]["keywords"] == ["metoprolol"]
    assert heard["transcription"]["model"] == "scripted"
    assert later["turn_detection"] is None
    assert later["transcription"] == heard["transcription"]


def test_speech_becomes_items_by_its_pauses(site: Site) -> None:
    with session(site) as connection:
        send(connection, spoken(12.0) + silence(2.0))
        events = events_until(connection, DONE, count=2)

    first, second = [e for e in events if e["type"] == "input_audio_buffer.committed"][:2]
    kinds = of_item(events, first["item_id"])
    assert [kind for kind in kinds if kind not in (f"{TRANSCRIPTION}.delta", TENTATIVE)] == [
        "input_audio_buffer.speech_started",
        "input_audio_buffer.speech_stopped",
        "input_audio_buffer.committed",
        "conversation.item.added",
        "conversation.item.created",
        COMPLETED,
        DONE,
    ]
    assert first["previous_item_id"] is None
    assert second["previous_item_id"] == first["item_id"]
    assert transcripts(events)[:2] == LINES[:2]


def test_times_count_from_the_first_sound_of_the_session(site: Site) -> None:
    with session(site) as connection:
        send(connection, silence(3.0) + spoken(4.0) + silence(1.0))
        events = events_until(connection, COMPLETED)

    started = next(e for e in events if e["type"].endswith("speech_started"))
    stopped = next(e for e in events if e["type"].endswith("speech_stopped"))
    assert 2_500 <= started["audio_start_ms"] <= 4_000
    assert started["audio_start_ms"] < stopped["audio_end_ms"] <= 8_000
    usage = next(e for e in events if e["type"] == COMPLETED)["usage"]
    assert usage["type"] == "duration"
    assert 0 < usage["seconds"] <= 5.0


def test_deltas_only_grow_and_add_up_to_the_transcript(site: Site) -> None:
    with session(site) as connection:
        send(connection, spoken(20.0) + silence(1.0), piece=4_800)
        events = events_until(connection, COMPLETED, count=3)

    for completed in (event for event in events if event["type"] == COMPLETED):
        mine = [e for e in events if e.get("item_id") == completed["item_id"]]
        deltas = [e["delta"] for e in mine if e["type"] == f"{TRANSCRIPTION}.delta"]
        assert "".join(deltas) == completed["transcript"]


def test_a_client_that_commits_by_itself_gets_one_item_for_all_it_sent(site: Site) -> None:
    with session(site, **MANUAL) as connection:
        send(connection, spoken(30.0))
        connection.input_audio_buffer.commit()
        events = events_until(connection, DONE)
        send(connection, spoken(5.0, start=40.0))
        connection.input_audio_buffer.commit()
        later = events_until(connection, DONE)

    assert not [event for event in events if "speech_" in event["type"]]
    (text,), (next_text,) = transcripts(events), transcripts(later)
    stretches = text.count("This is")
    assert text == " ".join(LINES[:stretches])
    assert next_text == LINES[stretches]
    committed = [e for e in [*events, *later] if e["type"] == "input_audio_buffer.committed"]
    assert committed[1]["previous_item_id"] == committed[0]["item_id"]
    done = events[-1]["item"]
    assert (done["status"], done["content"][0]["transcript"]) == ("completed", text)


def test_committed_silence_is_an_empty_item(site: Site) -> None:
    with session(site, **MANUAL) as connection:
        send(connection, silence(1.0))
        connection.input_audio_buffer.commit()
        events = events_until(connection, DONE)

    assert transcripts(events) == [""]


@pytest.mark.parametrize("milliseconds", [0, 99])
def test_less_than_a_tenth_of_a_second_is_too_small(site: Site, milliseconds: int) -> None:
    with session(site, **MANUAL) as connection:
        send(connection, silence(milliseconds / 1000))
        connection.send({"type": "input_audio_buffer.commit", "event_id": "mine"})
        error = next_event(connection)["error"]
        send(connection, silence((100 - milliseconds) / 1000))
        connection.input_audio_buffer.commit()
        after = next_event(connection)

    assert "buffer too small" in error["message"]
    assert error["code"] == "input_audio_buffer_commit_empty"
    assert error["event_id"] == "mine"
    assert after["type"] == "input_audio_buffer.committed"


def test_what_is_cleared_is_never_transcribed(site: Site) -> None:
    with session(site, **MANUAL) as connection:
        send(connection, spoken(5.0))
        connection.input_audio_buffer.clear()
        assert next_event(connection)["type"] == "input_audio_buffer.cleared"
        send(connection, silence(0.5))
        connection.input_audio_buffer.commit()
        events = events_until(connection, DONE)

    assert transcripts(events) == [""]


def test_a_commit_ends_an_item_while_somebody_speaks(site: Site) -> None:
    with session(site) as connection:
        send(connection, spoken(2.5))
        connection.input_audio_buffer.commit()
        events = events_until(connection, COMPLETED)

    assert transcripts(events) == LINES[:1]


def test_clearing_takes_back_what_is_being_said_and_no_more(site: Site) -> None:
    with session(site) as connection:
        send(connection, spoken(8.0) + silence(1.0) + spoken(1.5, start=0.5))
        connection.input_audio_buffer.clear()
        before = events_until(connection, "input_audio_buffer.cleared")
        send(connection, spoken(4.0) + silence(1.0))
        after = events_until(connection, COMPLETED)

    committed = [e["item_id"] for e in before if e["type"] == "input_audio_buffer.committed"]
    assert committed
    assert [e["item_id"] for e in before if e["type"] == COMPLETED] == committed
    assert transcripts(after) == LINES[len(committed) : len(committed) + 1]
    started = next(e for e in after if e["type"].endswith("speech_started"))
    assert started["audio_start_ms"] >= 10_500


def test_an_update_in_the_middle_first_gives_the_words_of_what_was_said(site: Site) -> None:
    with session(site) as connection:
        send(connection, spoken(2.5))
        connection.session.update(session=shape(turn_detection=None))
        events = events_until(connection, "session.updated")
        send(connection, spoken(3.0))
        connection.input_audio_buffer.commit()
        later = events_until(connection, DONE)

    assert transcripts(events) == LINES[:1]
    assert transcripts(later) == LINES[1:2]


@pytest.mark.parametrize("law", ["audio/pcmu", "audio/pcma"])
def test_telephone_sound_is_heard(site: Site, law: str) -> None:
    # Both laws begin with the sign and then rise with the size, so a coarse table is enough here;
    # the exact one is tested against the library's decoder.
    with session(site, format={"type": law}, **MANUAL) as connection:
        send(connection, as_telephone(sample_seconds(0, 6.0), law))
        connection.input_audio_buffer.commit()
        events = events_until(connection, DONE)

    assert transcripts(events)[0].startswith(LINES[0])


def as_telephone(samples: NDArray[np.float32], law: str) -> bytes:
    """float32 at 16 kHz -> G.711 at 8 kHz, each sample the nearest of the 256 values."""
    from medscribe.api.realtime import sound

    table = sound._mu_law() if law == "audio/pcmu" else sound._a_law()
    order = np.argsort(table)
    wanted = np.round(samples[::2] * 32767)
    places = np.searchsorted(table[order], wanted).clip(0, 255)
    return bytes(order[places].astype(np.uint8))


@pytest.mark.parametrize(
    ("heard", "param"),
    [
        ({"transcription": {"model": "nosuch"}}, "model"),
        ({"transcription": {"language": "Klingonese"}}, "language"),
        ({"turn_detection": {"type": "semantic_vad"}}, "session.audio.input.turn_detection.type"),
        ({"turn_detection": {"type": "server_vad", "threshold": 7}}, "threshold"),
        ({"format": {"type": "audio/pcm", "rate": 16_000}}, "session.audio.input.format.rate"),
    ],
)
def test_a_wrong_setting_is_named_and_changes_nothing(
    site: Site, heard: dict[str, Any], param: str
) -> None:
    with connected(site) as connection:
        before = next_event(connection)["session"]
        connection.session.update(session=shape(**heard))
        error = next_event(connection)
        connection.session.update(session=shape())
        after = next_event(connection)["session"]

    assert error["type"] == "error"
    assert error["error"]["param"].endswith(param)
    assert before == after


@pytest.mark.parametrize(
    "message",
    [
        "no JSON",
        "[]",
        '{"type": "response.create"}',
        '{"type": "input_audio_buffer.append", "audio": "?!"}',
        '{"type": "input_audio_buffer.append"}',
    ],
)
def test_a_message_that_makes_no_sense_is_an_error_and_the_session_goes_on(
    site: Site, message: str
) -> None:
    with session(site, **MANUAL) as connection:
        connection._connection.send(message)
        error = next_event(connection)
        send(connection, silence(1.0))
        connection.input_audio_buffer.commit()
        events_until(connection, DONE)

    assert error["type"] == "error"
    assert error["error"]["type"] == "invalid_request_error"


HALF = "\ud800"
"""JSON can say it, UTF-8 cannot: half of a surrogate pair."""


def test_text_that_is_no_text_comes_back_as_it_was_sent(site: Site) -> None:
    with session(site) as connection:
        connection._connection.send(json.dumps({"type": "nonsense", "event_id": HALF}))
        error = next_event(connection)
        connection._connection.send(
            json.dumps(
                {"type": "session.update", "session": shape(transcription={"keywords": [HALF]})}
            )
        )
        update = next_event(connection)

    assert error["error"]["event_id"] == HALF
    assert update["type"] in ("error", "session.updated")


def test_a_client_that_goes_on_sending_hears_that_its_session_has_failed(site: Site) -> None:
    with (
        session(site, transcription={"model": "medasr"}) as connection,
        pytest.raises(ConnectionClosed),
    ):
        for _ in range(2_000):
            send(connection, silence(0.05))
            time.sleep(0.002)


def test_a_key_is_asked_for_before_the_connection_stands(tmp_path: Path) -> None:
    key = "a key of sixteen letters or more"
    with running(service_at(tmp_path, api_key=key)) as site:
        with pytest.raises(InvalidStatus) as refusal, connected(site, "wrong"):
            pass
        with connected(site, key) as connection:
            assert next_event(connection)["type"] == "session.created"

    assert refusal.value.response.status_code == 401


def test_only_transcription_sessions_are_offered(site: Site) -> None:
    with pytest.raises(InvalidStatus) as refusal, connected(site, model="gpt-realtime"):
        pass

    assert refusal.value.response.status_code == 400


def test_one_session_too_many_is_told_when_to_come_back(tmp_path: Path) -> None:
    with running(service_at(tmp_path, max_waiting_requests=0)) as site:
        with session(site), pytest.raises(InvalidStatus) as refusal, connected(site):
            pass
        with session(site):
            pass

    assert refusal.value.response.status_code == 429
    assert int(refusal.value.response.headers["retry-after"]) > 0


def test_without_a_place_for_its_sound_no_session_begins(tmp_path: Path) -> None:
    service = service_at(tmp_path)
    (tmp_path / "data" / "uploads").write_text("in the way")
    with running(service) as site, pytest.raises(InvalidStatus) as refusal, connected(site):
        pass

    assert refusal.value.response.status_code == 500
    assert b"store_unavailable" in refusal.value.response.body


def test_a_session_nobody_uses_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "IDLE_SECONDS", 0.3)
    with running(service_at(tmp_path)) as site, session(site) as connection:
        assert next_event(connection)["error"]["code"] == "session_idle"
        with pytest.raises(ConnectionClosed) as closed:
            next_event(connection)

    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1000


class Hindered:
    """A recogniser that does something of its own before each final."""

    draft = False

    def __init__(self, inner: Any, before_final: Callable[[], None]) -> None:
        self.inner = inner
        self.made_by = inner.made_by
        self.before_final = before_final

    def transcribe(self, samples: NDArray[np.float32], **how: Any) -> list[Segment]:
        if not how.get("preview"):
            self.before_final()
        return list(self.inner.transcribe(samples, **how))


def test_a_recogniser_that_is_too_slow_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Far less may wait than is sent: reading must pause, and go on.
    monkeypatch.setattr(routes, "BYTES_PER_SECOND", 10)
    monkeypatch.setattr(inbox, "MOST_BYTES_IN_MEMORY", 50_000)
    monkeypatch.setattr(hearing, "MOST_HELD_SECONDS", 25.0)
    samples = sample_seconds(0, 150.0)
    service = service_at(tmp_path, real_time_factor=0.02)

    with running(service) as site, session(site, **MANUAL) as connection:
        send(connection, pcm24(samples), piece=48_000)
        connection.input_audio_buffer.commit()
        events = events_until(connection, DONE)

    stretches = find_stretches([samples]).stretches
    assert transcripts(events) == [" ".join(LINES[: len(stretches)])]


@pytest.mark.engine
def test_live_words_are_those_of_the_recording(tmp_path: Path) -> None:
    model = build_whisper_twin(tmp_path / "twin")
    sound = spoken(40.0)
    options = {"model": str(model), "device": "cpu", "cpu_threads": 1}
    settings = load_settings(data_dir=tmp_path / "data", asr="faster_whisper", asr_options=options)
    with running(new_service(settings)) as site, session(site, **MANUAL) as connection:
        send(connection, sound)
        connection.input_audio_buffer.commit()
        events = events_until(connection, DONE)

    stream = SoundStream("audio/pcm")
    samples = np.concatenate([stream.take(sound), stream.finish()])
    # Loaded anew: above temperature 0 words are drawn by lot, from where the model began.
    transcriber = new_service(settings).models.transcriber("faster_whisper")
    whole = begin_transcription(transcriber, "en")
    for span in find_stretches([samples]).stretches:
        part = samples[round(span.start * 16_000) : round(span.end * 16_000)]
        found = recognise_stretch(transcriber, part, span, before=whole)
        whole = with_stretch(whole, found)
    wanted = [word.text for word in whole.words]
    assert wanted
    assert transcripts(events)[0].split() == " ".join(wanted).split()


def test_words_that_cannot_be_had_fail_their_item_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = service_at(tmp_path)
    inner = service.models._default("scripted")
    faults: list[Exception] = [ModelUnavailableError("The model is gone: fetch it again.")]

    def fail_once() -> None:
        if faults:
            raise faults.pop()

    monkeypatch.setattr(service.models, "_default", lambda _name: Hindered(inner, fail_once))
    with running(service) as site, session(site) as connection:
        send(connection, spoken(12.0) + silence(1.0))
        events = events_until(connection, COMPLETED)

    failed = next(event for event in events if event["type"] == f"{TRANSCRIPTION}.failed")
    assert failed["error"]["message"] == "The model is gone: fetch it again."
    assert transcripts(events) == LINES[:1]
    assert of_item(events, failed["item_id"])[-1] == DONE
