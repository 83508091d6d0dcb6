"""Made-up names and numbers are spoken; none may turn up anywhere it does not belong."""

import base64
import json
import pickle
import socket
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import structlog
from tests.pipeline.canaries import CANARIES, SAID, assert_no_canary, bytes_below, canary_visit
from tests.sample_speech import sample_seconds

from medscribe.bootstrap import MedScribe, build
from medscribe.cli.files import result_files, with_surrogates
from medscribe.cli.visit import run_utterances
from medscribe.domain.encounter import EncounterOptions
from medscribe.domain.privacy import PiiSpan
from medscribe.domain.transcript import Utterance
from medscribe.errors import MedScribeError, PrivacyError
from medscribe.llm.scripted_server import ScriptedServer
from medscribe.pipeline import intake
from medscribe.settings import load_settings

ANALYSIS = {"summary": "A cough.", "topics": ["cough"], "action_items": []}


@pytest.fixture
def visit() -> list[Utterance]:
    return canary_visit()


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def refuse(*_arguments: object, **_named: object) -> None:
        raise AssertionError("an outgoing connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    yield


@pytest.mark.usefixtures("no_network")
def test_no_canary_reaches_store_files_logs_events_or_progress(
    tmp_path: Path, visit: list[Utterance], capsys: pytest.CaptureFixture[str]
) -> None:
    shown: list[str] = []
    settings = load_settings(data_dir=tmp_path / "data")
    with structlog.testing.capture_logs() as logs:
        medscribe = build(
            settings, progress=lambda what, _done, _total: shown.append(what), notice=shown.append
        )
        encounter = run_utterances(medscribe, visit, "0" * 64, EncounterOptions())
        results = medscribe.store.results(encounter.id)
        events = [event.model_dump_json() for event in medscribe.store.events(encounter.id)]
        files = result_files(results, reveal=False)
        medscribe.close()
    assert_no_canary([*shown, *events, *files, *files.values(), str(logs), *capsys.readouterr()])
    assert_no_canary([bytes_below(tmp_path / "data")])
    assert "cough" in files["note.md"]


def test_no_canary_reaches_a_language_model_or_a_job(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs: list[bytes] = []
    with ScriptedServer([ANALYSIS]) as server:
        settings = load_settings(data_dir=tmp_path / "data", language_model_url=server.url)
        medscribe = build(settings)
        submit = medscribe.queue.submit
        monkeypatch.setattr(
            medscribe.queue, "submit", lambda *job: (jobs.append(pickle.dumps(job)), submit(*job))
        )
        # Said by one voice in two, the roles stay open: the role agent is asked as well.
        said = [one.model_copy(update={"speaker": "S1"}) for one in canary_visit(roles_known=False)]
        encounter = run_utterances(medscribe, said, "0" * 64, EncounterOptions(analyse=True))
        assert medscribe.store.results(encounter.id).analysis is not None
        prompts = json.dumps(server.requests)
        medscribe.close()
    assert jobs
    assert "cough" in prompts
    assert_no_canary([prompts, *jobs])


def test_no_canary_spoken_into_a_microphone_reaches_the_disk(tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_text(" ".join(text for _, text in SAID))
    settings = load_settings(
        data_dir=tmp_path / "data", asr_options={"path": str(script)}, asr="scripted"
    )
    medscribe = build(settings)
    sound = sample_seconds(0, 8).reshape(-1, 1)
    encounter = intake.take_in_recording(
        medscribe.store,
        medscribe.audio_log,
        sound,
        source_sha256="0" * 64,
        options=EncounterOptions(asr="scripted"),
    )
    medscribe.queue.submit(encounter.id)
    try:
        medscribe.queue.drain()
        said = medscribe.store.results(encounter.id).utterances or ()
        assert "Zebulon" in " ".join(one.text for one in said)
    finally:
        medscribe.close()
    on_disk = bytes_below(tmp_path / "data")
    assert_no_canary([on_disk])
    loud = int(np.abs(sound).argmax())
    told = sound[loud - 100 : loud + 100]
    assert (told * 32767).astype("<i2").tobytes() not in on_disk
    assert told.astype("<f4").tobytes() not in on_disk


def test_surrogates_tell_nothing_of_what_was_said(tmp_path: Path, visit: list[Utterance]) -> None:
    settings = load_settings(data_dir=tmp_path / "data")
    medscribe = build(settings)
    encounter = run_utterances(medscribe, visit, "0" * 64, EncounterOptions())
    results = medscribe.store.results(encounter.id)
    medscribe.close()

    # Under one key in four the shift leaves a date of early March in its year.
    key_file = tmp_path / "data" / "surrogates.key"
    key_file.touch(mode=0o600)
    key_file.write_bytes(base64.b64encode(b"k" * 32))
    told = with_surrogates(results, settings, "patient-7")
    files = result_files(told, reveal=False)

    assert_no_canary([*files.values(), told.model_dump_json()])
    assert "<NAME" not in files["transcript.txt"]
    assert "cough" in files["note.md"]


def test_those_who_may_see_the_chart_get_the_names_back(
    tmp_path: Path, visit: list[Utterance]
) -> None:
    medscribe = build(load_settings(data_dir=tmp_path / "data"))
    encounter = run_utterances(medscribe, visit, "0" * 64, EncounterOptions())

    files = result_files(medscribe.store.results(encounter.id), reveal=True)

    for canary in CANARIES:
        assert canary in files["transcript.txt"]
    medscribe.close()


class _Quoting:
    """Fails at whatever it is asked, and says what it was given."""

    name = "quoting"

    def _fail(self, *given: object, **_named: object) -> Any:
        raise RuntimeError(f"cannot handle {given}")

    write = check = _fail

    def detect(self, utterances: Sequence[Utterance]) -> list[list[PiiSpan]]:
        raise RuntimeError(f"cannot handle {[one.text for one in utterances]}")


@pytest.mark.parametrize(
    "engine",
    [
        "medscribe.privacy.detectors.clinical",
        "medscribe.note.writers.extractive",
        "medscribe.safety.checks.evidence",
    ],
)
def test_an_engine_that_quotes_the_patient_as_it_fails_is_not_repeated(
    tmp_path: Path,
    visit: list[Utterance],
    engine: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(f"{engine}.create", lambda _options: _Quoting())
    settings = load_settings(data_dir=tmp_path / "data", max_attempts=1)
    raised = ""
    with structlog.testing.capture_logs() as logs:
        medscribe = build(settings)
        try:
            run_utterances(medscribe, visit, "0" * 64, EncounterOptions())
        except MedScribeError as error:
            assert error.__context__ is None
            raised = "".join(traceback.format_exception(error))
        (encounter,) = medscribe.store.encounters()
        events = [event.model_dump_json() for event in medscribe.store.events(encounter.id)]
        alerts = medscribe.store.results(encounter.id).alerts or ()
        medscribe.close()
    assert raised or alerts
    assert_no_canary([raised, str(logs), *events, *(one.detail for one in alerts)])
    assert_no_canary([*capsys.readouterr(), bytes_below(tmp_path / "data")])


def _without(tmp_path: Path, **settings: Any) -> MedScribe:
    return build(load_settings(data_dir=tmp_path / "data", **settings))


@pytest.mark.parametrize(
    "settings",
    [
        {"detectors": ()},
        {"detectors": ("no_such_detector",)},
        {"detector_options": {"clinical": {"no_such_option": 1}}},
        {"detector_options": {"elsewhere": {}}},
    ],
    ids=["none", "unknown", "wrong option", "options of another"],
)
def test_without_a_detector_that_works_the_run_stops_and_nothing_unmasked_is_stored(
    tmp_path: Path, visit: list[Utterance], settings: dict[str, Any]
) -> None:
    medscribe = _without(tmp_path, **settings)

    with pytest.raises(MedScribeError, match=r"detector|clinical"):
        run_utterances(medscribe, visit, "0" * 64, EncounterOptions())

    (encounter,) = medscribe.store.encounters()
    results = medscribe.store.results(encounter.id)
    assert results.masked is results.vault is results.note is results.prescription is None
    medscribe.close()
    assert_no_canary([bytes_below(tmp_path / "data")])


class _Broken:
    """A detector that answers nonsense in one of several ways."""

    name = "broken"

    def __init__(self, answer: Any) -> None:
        self._answer = answer

    def detect(self, utterances: Sequence[Utterance]) -> Any:
        return self._answer


@pytest.mark.parametrize("answer", [None, [], [[]], 7, [["span"]] * 5], ids=repr)
def test_a_detector_that_answers_nonsense_stops_the_visit(
    tmp_path: Path, visit: list[Utterance], answer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "medscribe.privacy.detectors.clinical.create", lambda _options: _Broken(answer)
    )
    medscribe = _without(tmp_path)

    with pytest.raises(PrivacyError):
        run_utterances(medscribe, visit, "0" * 64, EncounterOptions())

    (encounter,) = medscribe.store.encounters()
    assert medscribe.store.results(encounter.id).note is None
    medscribe.close()
