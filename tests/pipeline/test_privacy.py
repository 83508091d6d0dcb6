"""A made-up name and number are spoken; neither may turn up anywhere it does not belong."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from medscribe.bootstrap import build
from medscribe.cli.files import result_files
from medscribe.cli.visit import run_utterances
from medscribe.domain.encounter import EncounterOptions
from medscribe.domain.transcript import Role, Utterance
from medscribe.errors import PrivacyError
from medscribe.settings import load_settings

CANARIES = ("Zebulon", "Quackenbush", "555-0143", "zq@example.org")
SAID = [
    (Role.CLINICIAN, "Good morning, Mr. Quackenbush. What brings you in?"),
    (Role.PATIENT, "My name is Zebulon Quackenbush. My number is 206-555-0143."),
    (Role.PATIENT, "Zebulon is tired. You can write to zq@example.org. I have had a cough."),
    (Role.CLINICIAN, "We will start amoxicillin 500 mg three times a day, Mr. Quackenbush."),
]


@pytest.fixture
def visit() -> list[Utterance]:
    return [
        Utterance(id=f"u{number}", speaker=str(role), role=role, text=text)
        for number, (role, text) in enumerate(SAID, start=1)
    ]


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
    on_disk = b"".join(
        path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file()
    )
    seen = "\n".join([*shown, *events, *files, *files.values(), str(logs), *capsys.readouterr()])
    for canary in CANARIES:
        assert canary.lower() not in seen.lower()
        assert canary.lower().encode() not in on_disk.lower()
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


def test_without_a_detector_there_is_no_note(tmp_path: Path, visit: list[Utterance]) -> None:
    medscribe = build(load_settings(data_dir=tmp_path / "data", detectors=()))

    with pytest.raises(PrivacyError):
        run_utterances(medscribe, visit, "0" * 64, EncounterOptions())

    (encounter,) = medscribe.store.encounters()
    assert medscribe.store.results(encounter.id).note is None
    medscribe.close()
