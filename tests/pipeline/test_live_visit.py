"""What a clinician says about the voices while the visit is spoken holds when it is over."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.sample_speech import sample_seconds

from medscribe.bootstrap import MedScribe, build, live_visit
from medscribe.domain.encounter import EncounterOptions, EncounterStatus
from medscribe.domain.live import Final
from medscribe.domain.transcript import Role, RoleBasis, SpeakerCorrection
from medscribe.errors import InputError
from medscribe.pipeline import intake
from medscribe.pipeline.live_visit import LiveVisit
from medscribe.settings import load_settings

pytestmark = pytest.mark.engine
SECONDS = 25
HALF_A_SECOND = 8_000


@pytest.fixture
def medscribe(tmp_path: Path) -> Iterator[MedScribe]:
    (tmp_path / "script.txt").write_text("Good morning what brings you in\n" * 20)
    opened = build(
        load_settings(
            data_dir=tmp_path / "data",
            asr="scripted",
            asr_options={"path": str(tmp_path / "script.txt")},
        )
    )
    yield opened
    opened.close()


@pytest.fixture
def visit(medscribe: MedScribe) -> LiveVisit:
    encounter = intake.begin_visit(medscribe.store, EncounterOptions(asr="scripted"))
    return live_visit(medscribe, encounter.id, medscribe.engines.transcriber("scripted"))


def recorded(medscribe: MedScribe, visit: LiveVisit) -> str:
    """The sample visit goes into the log and is heard; the encounter's id."""
    (encounter,) = medscribe.store.encounters()
    log = medscribe.audio_log(encounter.id)
    samples = sample_seconds(0, SECONDS).reshape(-1, 1)
    with log.recording():
        for start in range(0, len(samples), HALF_A_SECOND):
            log.append(samples[start : start + HALF_A_SECOND])
    while visit.step():
        pass
    return encounter.id


def finish(medscribe: MedScribe, visit: LiveVisit, encounter_id: str) -> None:
    visit.finish()
    while visit.pending:
        visit.step()
    visit.close()
    medscribe.queue.submit(encounter_id)
    medscribe.queue.drain()


def test_a_correction_made_while_listening_outlives_the_last_telling_apart(
    medscribe: MedScribe, visit: LiveVisit
) -> None:
    encounter_id = recorded(medscribe, visit)
    visit.correct([SpeakerCorrection(speaker="S1", role=Role.PATIENT)])
    drafted = visit.draft(medscribe.store.get(encounter_id).created_at)
    assert {one.role for one in drafted.masked or () if one.speaker == "S1"} == {Role.PATIENT}
    assert medscribe.store.results(encounter_id).corrections

    finish(medscribe, visit, encounter_id)

    assert medscribe.store.get(encounter_id).status is EncounterStatus.READY_FOR_REVIEW
    results = medscribe.store.results(encounter_id)
    assert results.speakers
    corrected = [one for one in results.speakers if one.basis is RoleBasis.CLINICIAN]
    assert [one.role for one in corrected] == [Role.PATIENT]


def test_finals_after_a_correction_show_the_role(medscribe: MedScribe, visit: LiveVisit) -> None:
    encounter_id = recorded(medscribe, visit)
    visit.correct([SpeakerCorrection(speaker="S1", role=Role.CLINICIAN)])
    events = [*visit.finish()]
    while visit.pending:
        events += visit.step()
    spoken = [one for event in events if isinstance(event, Final) for one in visit.spoken(event)]

    assert spoken
    assert all(one.role is Role.CLINICIAN for one in spoken if one.speaker == "S1")
    assert medscribe.store.get(encounter_id).id == encounter_id


def test_a_voice_nobody_heard_cannot_be_corrected(medscribe: MedScribe, visit: LiveVisit) -> None:
    recorded(medscribe, visit)

    with pytest.raises(InputError):
        visit.correct([SpeakerCorrection(speaker="S7", role=Role.PATIENT)])
