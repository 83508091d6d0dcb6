"""`medscribe listen`: a file in place of the microphone, with real recognition and a real log."""

import json
import os
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from medscribe.bootstrap import build, live_visit
from medscribe.domain.encounter import EncounterOptions, EncounterStatus
from medscribe.domain.event import EventKind
from medscribe.domain.live import Final
from medscribe.pipeline import intake
from medscribe.settings import load_settings
from medscribe.speech.transcribers import pocketsphinx
from tests.cli.conftest import Run
from tests.sample_speech import SAMPLE_RECORDING, sample_seconds, spoken_like

pytestmark = pytest.mark.engine
LINES = [
    "Good morning, what brings you in today?",
    "I have had a cough for two weeks and no fever.",
    "Any allergies? Penicillin gives me hives.",
    "Let's start benzonatate one hundred milligrams three times a day for ten days.",
] * 20


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "script.txt"
    path.write_text("\n".join(LINES))
    monkeypatch.setenv("MEDSCRIBE_ASR", "scripted")
    monkeypatch.setenv("MEDSCRIBE_ASR_OPTIONS", json.dumps({"path": str(path)}))
    return path


def words(path: Path) -> list[tuple[str, float]]:
    turns = json.loads((path / "transcript.json").read_text())["utterances"]
    return [(word["text"], word["span"]["start"]) for turn in turns for word in turn["words"]]


def test_a_visit_fed_in_real_time_ends_with_the_finals_of_the_recording(
    run: Run, tmp_path: Path
) -> None:
    visit = spoken_like(tmp_path / "visit.wav", 45)
    asr = ("--asr", "pocketsphinx", "--reveal")
    live = run(
        "listen", "--from-file", visit, "--realtime", "--speed", 8, "--out", tmp_path / "a", *asr
    )
    whole = run("scribe", visit, "--out", tmp_path / "b", *asr)
    assert (live.code, whole.code) == (0, 0), live.err + whole.err
    assert words(tmp_path / "a") == words(tmp_path / "b") != []


def test_an_engine_five_times_too_slow_loses_nothing(
    run: Run, tmp_path: Path, script: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = spoken_like(tmp_path / "visit.wav", 100)
    run("scribe", visit, "--out", tmp_path / "whole", "--reveal")
    slow = {"path": str(script), "real_time_factor": 5 / 100}
    monkeypatch.setenv("MEDSCRIBE_ASR_OPTIONS", json.dumps(slow))
    monkeypatch.setenv("MEDSCRIBE_KEEP_ENCOUNTERS", "true")
    live = run(
        *("listen", "--from-file", visit, "--realtime", "--speed", 100),
        *("--out", tmp_path / "live", "--reveal"),
    )
    assert live.code == 0, live.err
    assert words(tmp_path / "live") == words(tmp_path / "whole") != []
    medscribe = build(load_settings())
    (kept,) = medscribe.store.encounters()[-1:]
    assert medscribe.audio_log(kept.id).length == pytest.approx(100 * 16_000, abs=16_000)
    medscribe.close()


def test_the_note_and_the_prescription_are_those_of_the_talk(
    run: Run, tmp_path: Path, script: Path
) -> None:
    # One voice: the script's lines are not those that the two voices of the recording spoke.
    done = run(
        *("listen", "--from-file", SAMPLE_RECORDING, "--num-speakers", 1),
        *("--out", tmp_path / "out"),
    )
    assert done.code == 0, done.err
    (prescription,) = (tmp_path / "out").glob("prescription_*.json")
    orders = json.loads(prescription.read_text())["orders"]
    order = next(order for order in orders if order["drug"] == "benzonatate")
    assert order["strength"] == {"value": 100.0, "unit": "mg"}
    assert "Listened to" in done.out


def test_under_drop_oldest_what_was_left_out_is_counted_and_flagged(
    run: Run, tmp_path: Path, script: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = {"path": str(script), "real_time_factor": 0.05}
    monkeypatch.setenv("MEDSCRIBE_ASR_OPTIONS", json.dumps(slow))
    monkeypatch.setenv("MEDSCRIBE_OVERFLOW", "drop_oldest")
    monkeypatch.setenv("MEDSCRIBE_QUEUE_CHUNKS", "4")
    done = run(
        *("listen", "--from-file", SAMPLE_RECORDING, "--realtime", "--speed", 100),
        *("--out", tmp_path / "out"),
    )
    assert done.code == 0, done.err
    assert "left out" in done.out
    alerts = json.loads((tmp_path / "out" / "alerts.json").read_text())
    assert any("left out" in alert["detail"] for alert in alerts["alerts"])


def test_nothing_is_kept_in_clear_in_the_data_folder(
    run: Run, tmp_path: Path, script: Path
) -> None:
    run("listen", "--from-file", SAMPLE_RECORDING, "--out", tmp_path / "out")
    assert not list((tmp_path / "data" / "audio").glob("*/*.seg"))
    stored = b"".join(p.read_bytes() for p in (tmp_path / "data").rglob("*") if p.is_file())
    assert b"benzonatate" not in stored


def test_a_recording_without_a_voice_is_kept_and_said_so(run: Run, tmp_path: Path) -> None:
    import wave

    quiet = tmp_path / "quiet.wav"
    with wave.open(str(quiet), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(bytes(2 * 16_000 * 3))
    done = run("listen", "--from-file", quiet, "--asr", "pocketsphinx", "--out", tmp_path / "out")
    assert done.code == 3
    assert "No speech" in done.err
    assert "encounters purge" in done.err


def test_realtime_without_a_file_is_refused(run: Run) -> None:
    done = run("listen", "--realtime")
    assert done.code == 3
    assert "--from-file" in done.err


def test_a_killed_listening_is_finished_from_its_log(run: Run, tmp_path: Path) -> None:
    visit = spoken_like(tmp_path / "visit.wav", 60)
    run("scribe", visit, "--asr", "pocketsphinx", "--out", tmp_path / "whole", "--reveal")
    listening = subprocess.Popen(
        [
            *(sys.executable, "-m", "medscribe", "listen", "--from-file", str(visit)),
            *("--realtime", "--speed", "3", "--asr", "pocketsphinx", "--out", str(tmp_path / "x")),
        ],
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert listening.stdout is not None
    assert listening.stdout.readline()  # the first final is out
    time.sleep(1.0)
    listening.send_signal(signal.SIGKILL)
    listening.communicate()
    medscribe = build(load_settings())
    (cut_off,) = medscribe.store.unfinished()
    assert cut_off.status is EncounterStatus.RECORDING
    medscribe.close()

    resumed = run("encounters", "resume")
    exported = run("encounters", "export", cut_off.id, "--out", tmp_path / "cut", "--reveal")

    assert (resumed.code, exported.code) == (0, 0), resumed.err + exported.err
    said, whole = words(tmp_path / "cut"), words(tmp_path / "whole")
    assert len(said) > 5
    # All but the last stretch, which the kill may have cut, is what the whole recording gives.
    start_of_last = max(start for _, start in said) - 28
    sure = [word for word in said if word[1] < start_of_last]
    assert sure == whole[: len(sure)]


def test_a_listening_process_is_not_taken_for_a_dead_one(run: Run, tmp_path: Path) -> None:
    medscribe = build(load_settings())
    encounter = intake.begin_visit(medscribe.store, EncounterOptions(asr="pocketsphinx"))
    log = medscribe.audio_log(encounter.id)
    with log.recording():
        run("encounters", "resume")
        assert medscribe.store.get(encounter.id).status is EncounterStatus.RECORDING
    run("encounters", "resume")
    assert medscribe.store.get(encounter.id).status is EncounterStatus.PURGED
    medscribe.close()


def test_a_visit_that_is_still_worked_on_is_not_cut_off(run: Run, tmp_path: Path) -> None:
    medscribe = build(load_settings())
    encounter = intake.begin_visit(medscribe.store, EncounterOptions(asr="pocketsphinx"))
    log = medscribe.audio_log(encounter.id)
    with log.recording():
        log.append(sample_seconds(0, 2)[:, None])
        medscribe.store.audio_stored(encounter.id)  # finals still wait
        assert "Resumed 0" in run("encounters", "resume").out
        refused = run("encounters", "purge", encounter.id)
        assert refused.code == 3
        assert "being recorded" in refused.err
        assert intake.cut_off(medscribe.store, medscribe.audio_log) == []
    assert intake.cut_off(medscribe.store, medscribe.audio_log) != []
    medscribe.close()


def test_a_visit_that_is_about_to_be_recorded_is_left_alone(run: Run) -> None:
    medscribe = build(load_settings())
    encounter = intake.begin_visit(medscribe.store, EncounterOptions(asr="pocketsphinx"))
    run("encounters", "resume")
    assert medscribe.store.get(encounter.id).status is EncounterStatus.RECORDING
    medscribe.close()


def test_an_unforeseen_failure_of_recognition_does_not_end_the_recording(
    run: Run, tmp_path: Path, script: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyError("words of a patient")

    monkeypatch.setattr("medscribe.pipeline.live_visit.attribute_words", fail)
    visit = spoken_like(tmp_path / "visit.wav", 40)
    done = run(
        *("listen", "--from-file", visit, "--realtime", "--speed", 20, "--out", tmp_path / "out")
    )
    assert done.code == 10
    assert "KeyError" in done.err
    assert "patient" not in done.err
    assert "encounters resume" in done.err
    medscribe = build(load_settings())
    (kept,) = medscribe.store.unfinished()
    assert medscribe.audio_log(kept.id).length == 40 * 16_000
    medscribe.close()


def test_a_prescription_that_cannot_be_saved_yet_does_not_end_listening(
    run: Run, tmp_path: Path, script: Path
) -> None:
    visit = spoken_like(tmp_path / "visit.wav", 60)
    (tmp_path / "file").write_text("")
    out = tmp_path / "file" / "out"
    done = run("listen", "--from-file", visit, "--realtime", "--speed", 20, "--out", out)
    assert done.code == 8
    assert done.err.count("is not saved") == 1
    assert LINES[1].split()[-1] in done.out
    assert "encounters export" in done.err


def test_a_reader_that_goes_away_does_not_end_the_recording(
    run: Run, tmp_path: Path, script: Path
) -> None:
    visit = spoken_like(tmp_path / "visit.wav", 60)
    listening = subprocess.Popen(
        [
            *(sys.executable, "-m", "medscribe", "listen", "--from-file", str(visit)),
            *("--realtime", "--speed", "10", "--out", str(tmp_path / "out"), "--reveal"),
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert listening.stdout is not None
    assert listening.stdout.readline()
    listening.stdout.close()
    assert listening.wait(120) == 0
    assert words(tmp_path / "out")[-1][1] > 40
    medscribe = build(load_settings())
    (encounter,) = medscribe.store.encounters()
    kinds = [event.kind for event in medscribe.store.events(encounter.id)]
    medscribe.close()
    assert kinds.index(EventKind.REVEALED) < kinds.index(EventKind.READY)


def test_a_visit_taken_up_under_another_stretch_length_says_nothing_twice(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    medscribe = build(load_settings(stretch_seconds=4))
    encounter = intake.begin_visit(medscribe.store, EncounterOptions(asr="pocketsphinx"))
    log = medscribe.audio_log(encounter.id)
    log.append(sample_seconds(0, 30)[:, None])
    visit = live_visit(medscribe, encounter.id, pocketsphinx.create(pocketsphinx.Options()))
    assert any(isinstance(event, Final) for _ in range(20) for event in visit.step())
    medscribe.close()

    run("encounters", "resume")

    medscribe = build(load_settings())
    transcription = medscribe.store.results(encounter.id).transcription
    medscribe.close()
    assert transcription is not None
    spans = [word.span for word in transcription.words]
    assert all(one.end <= next_.start + 0.1 for one, next_ in pairwise(spans))
