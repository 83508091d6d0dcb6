"""The pipeline over store and queue: every stage once, in order, whatever happens in between."""

import base64
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from tests.sample_speech import SAMPLE_RECORDING, SAMPLE_SCRIPT

from medscribe.bootstrap import MedScribe, build
from medscribe.cli.visit import run_recording, run_utterances
from medscribe.domain.encounter import EncounterOptions, EncounterStatus, Stage
from medscribe.domain.event import EventKind
from medscribe.domain.results import EncounterResults
from medscribe.domain.transcript import Role, Utterance
from medscribe.errors import StaleLeaseError
from medscribe.pipeline import intake
from medscribe.pipeline.advance import advance
from medscribe.pipeline.work import Records
from medscribe.settings import load_settings

TALK = [
    Utterance(id="u1", speaker="A", role=Role.UNKNOWN, text="What brings you in today?"),
    Utterance(id="u2", speaker="B", role=Role.UNKNOWN, text="I have had a bad cough for a week."),
    Utterance(id="u3", speaker="A", role=Role.UNKNOWN, text="Any fever? Let me examine you."),
    Utterance(id="u4", speaker="B", role=Role.UNKNOWN, text="No, I feel fine otherwise, doctor."),
]


@pytest.fixture
def medscribe(tmp_path: Path) -> MedScribe:
    return build(
        load_settings(
            data_dir=tmp_path / "data", asr="scripted", asr_options={"path": str(SAMPLE_SCRIPT)}
        )
    )


def stages_done(medscribe: MedScribe, encounter_id: str) -> list[str]:
    events = medscribe.store.events(encounter_id)
    return [str(event.facts["stage"]) for event in events if event.kind is EventKind.STAGE_DONE]


def test_a_recording_passes_every_stage_once_and_in_order(medscribe: MedScribe) -> None:
    encounter = run_recording(medscribe, SAMPLE_RECORDING, EncounterOptions(asr="scripted"))

    assert encounter.status is EncounterStatus.READY_FOR_REVIEW
    assert stages_done(medscribe, encounter.id) == [
        str(stage) for stage in Stage if stage is not Stage.ANALYSE
    ]
    results = medscribe.store.results(encounter.id)
    missing = [name for name in type(results).model_fields if getattr(results, name) is None]
    assert missing == ["corrections", "pii_decisions", "analysis"]


def test_an_imported_dialogue_starts_where_its_words_are_known(medscribe: MedScribe) -> None:
    encounter = run_utterances(medscribe, TALK, "0" * 64, EncounterOptions())

    assert stages_done(medscribe, encounter.id) == ["attribute", "mask", "draft", "check"]
    speakers = medscribe.store.results(encounter.id).speakers
    assert speakers is not None
    assert {speaker.label for speaker in speakers} == {"A", "B"}


def test_a_mere_transcript_stops_before_masking_and_note(medscribe: MedScribe) -> None:
    options = EncounterOptions(last_stage=Stage.ATTRIBUTE)

    encounter = run_utterances(medscribe, TALK, "0" * 64, options)

    assert encounter.status is EncounterStatus.READY_FOR_REVIEW
    assert stages_done(medscribe, encounter.id) == ["attribute"]
    assert medscribe.store.results(encounter.id).note is None


def test_work_by_a_worker_that_lost_its_lease_is_not_committed(medscribe: MedScribe) -> None:
    encounter = intake.take_in_transcript(
        medscribe.store, TALK, source_sha256="0" * 64, options=EncounterOptions()
    )
    store = medscribe.store

    class Interrupted:
        """A store in which somebody else takes the encounter over during the stage."""

        lease = staticmethod(store.lease)
        commit = staticmethod(store.commit)

        @staticmethod
        def results(encounter_id: str) -> object:
            store.lease(encounter_id)
            return store.results(encounter_id)

    records = Records(store=Interrupted(), audio=lambda _id: None)  # type: ignore[arg-type]
    with pytest.raises(StaleLeaseError):
        advance(encounter.id, records, medscribe.engines)

    assert store.get(encounter.id).next_stage is Stage.ATTRIBUTE
    assert stages_done(medscribe, encounter.id) == []


def test_a_sweep_finishes_what_a_crash_forgot(medscribe: MedScribe) -> None:
    encounter = intake.take_in_transcript(
        medscribe.store, TALK, source_sha256="0" * 64, options=EncounterOptions()
    )

    assert intake.sweep(medscribe.store, medscribe.audio_log, medscribe.queue) == 1
    medscribe.queue.drain()

    assert medscribe.store.get(encounter.id).next_stage is None
    assert intake.sweep(medscribe.store, medscribe.audio_log, medscribe.queue) == 0


def test_a_recording_that_was_cut_off_while_it_was_taken_in_is_removed(
    medscribe: MedScribe, tmp_path: Path
) -> None:
    encounter = medscribe.store.create("0" * 64, EncounterOptions(), EncounterResults())
    medscribe.audio_log(encounter.id).append(np.zeros((160, 1), dtype=np.float32))

    assert intake.sweep(medscribe.store, medscribe.audio_log, medscribe.queue) == 0
    assert intake.discard_abandoned(medscribe.store, medscribe.audio_log) == 0
    count = intake.discard_abandoned(
        medscribe.store, medscribe.audio_log, older_than=timedelta(seconds=0)
    )

    assert count == 1
    assert medscribe.store.get(encounter.id).status is EncounterStatus.PURGED
    assert not list((tmp_path / "data").rglob("*.seg"))


def test_an_encounter_can_be_discarded_by_those_who_lost_its_key(
    medscribe: MedScribe, tmp_path: Path
) -> None:
    encounter = medscribe.store.create("0" * 64, EncounterOptions(), EncounterResults())
    medscribe.audio_log(encounter.id).append(np.zeros((160, 1), dtype=np.float32))
    stranger = build(
        load_settings(data_dir=tmp_path / "data", master_key=base64.b64encode(b"x" * 32).decode())
    )

    intake.discard(stranger.store, stranger.audio_log, encounter.id)

    assert not list((tmp_path / "data").rglob("*.seg"))
    stranger.close()


def test_a_dialogue_that_was_cut_off_is_taken_up_and_not_done_twice(medscribe: MedScribe) -> None:
    cut_off = intake.take_in_transcript(
        medscribe.store, TALK, source_sha256="0" * 64, options=EncounterOptions()
    )

    finished = run_utterances(medscribe, TALK, "0" * 64, EncounterOptions())

    assert finished.id == cut_off.id
    assert len(medscribe.store.encounters()) == 1
