"""What a clinician puts right is followed by everything that rests on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from medscribe.bootstrap import MedScribe, build
from medscribe.cli.visit import run_utterances
from medscribe.dialogue.corrections import flipped
from medscribe.domain.encounter import Encounter, EncounterOptions, EncounterStatus
from medscribe.domain.event import EventKind
from medscribe.domain.medication import OrderAction
from medscribe.domain.privacy import PiiDecision
from medscribe.domain.results import EncounterResults
from medscribe.domain.transcript import Relation, Role, RoleBasis, SpeakerCorrection, Utterance
from medscribe.errors import InputError, StaleLeaseError, StoreError
from medscribe.pipeline.review import correct_speakers, decide_identifiers, decisions_on
from medscribe.settings import load_settings

SAID = (
    ("S1", "Good morning. What brings you in today?"),
    ("S2", "I have had a cough for two weeks. Kestrel had it too, and Karen."),
    ("S1", "Any fever or chest pain?"),
    ("S2", "No fever. No chest pain."),
    ("S1", "Your lungs are clear. We will start amoxicillin 500 mg three times a day."),
    ("S2", "Thank you, that sounds good."),
)


@pytest.fixture
def medscribe(tmp_path: Path) -> Iterator[MedScribe]:
    opened = build(load_settings(data_dir=tmp_path / "data"))
    yield opened
    opened.close()


@pytest.fixture
def visit(medscribe: MedScribe) -> Encounter:
    utterances = [
        Utterance(id=f"u{number}", speaker=speaker, role=Role.UNKNOWN, text=text)
        for number, (speaker, text) in enumerate(SAID, start=1)
    ]
    return run_utterances(medscribe, utterances, "0" * 64, EncounterOptions())


def made_anew(medscribe: MedScribe, visit: Encounter) -> EncounterResults:
    medscribe.queue.submit(visit.id)
    medscribe.queue.drain()
    assert medscribe.store.get(visit.id).status is EncounterStatus.READY_FOR_REVIEW
    return medscribe.store.results(visit.id)


def roles(results: EncounterResults) -> dict[str, Role]:
    assert results.masked is not None
    return {utterance.speaker: utterance.role for utterance in results.masked}


def started(results: EncounterResults) -> list[str]:
    assert results.prescription is not None
    orders = results.prescription.orders
    return [order.drug for order in orders if order.action is OrderAction.START]


def test_exchanged_roles_reach_transcript_note_and_orders(
    medscribe: MedScribe, visit: Encounter
) -> None:
    before = medscribe.store.results(visit.id)
    assert roles(before) == {"S1": Role.CLINICIAN, "S2": Role.PATIENT}
    assert started(before) == ["amoxicillin"]

    correct_speakers(medscribe.store, visit.id, flipped(before.speakers or ()))
    after = made_anew(medscribe, visit)

    assert roles(after) == {"S1": Role.PATIENT, "S2": Role.CLINICIAN}
    assert {one.basis for one in after.speakers or ()} == {RoleBasis.CLINICIAN}
    assert after.note is not None and after.note != before.note
    assert started(after) == []  # what a patient proposes is no order


def test_a_companion_is_one_in_the_masked_transcript(
    medscribe: MedScribe, visit: Encounter
) -> None:
    mother = SpeakerCorrection(speaker="S2", role=Role.COMPANION, relation=Relation.MOTHER)
    correct_speakers(medscribe.store, visit.id, [mother])
    after = made_anew(medscribe, visit)

    assert after.masked is not None
    told = [one for one in after.masked if one.speaker == "S2"]
    assert {(one.role, one.relation) for one in told} == {(Role.COMPANION, Relation.MOTHER)}
    assert after.note is not None
    assert any("other reports" in statement.text for statement in after.note.statements)


def test_a_speakers_name_is_masked_wherever_it_is_said(
    medscribe: MedScribe, visit: Encounter
) -> None:
    named = SpeakerCorrection(speaker="S2", name="Ann Kestrel")
    correct_speakers(medscribe.store, visit.id, [named])
    after = made_anew(medscribe, visit)

    assert after.masked is not None and after.note is not None
    shown = "".join(
        [one.text for one in after.masked] + [one.text for one in after.note.statements]
    )
    assert "Kestrel" not in shown
    assert "amoxicillin" in shown
    assert roles(after) == {"S1": Role.CLINICIAN, "S2": Role.PATIENT}


def test_released_words_come_back_and_confirmed_ones_are_certain(
    medscribe: MedScribe, visit: Encounter
) -> None:
    decide_identifiers(
        medscribe.store, visit.id, [PiiDecision(original="two weeks", identifies=True)]
    )
    hidden = made_anew(medscribe, visit)
    (entry,) = [one for one in hidden.vault or () if one.original == "two weeks"]
    assert hidden.masked is not None
    assert entry.placeholder in hidden.masked[1].text
    assert "UNCERTAIN" not in entry.placeholder

    decide_identifiers(
        medscribe.store, visit.id, decisions_on(hidden, [entry.placeholder], identifies=False)
    )
    again = made_anew(medscribe, visit)
    assert again.masked is not None
    assert "two weeks" in again.masked[1].text


def test_decisions_and_corrections_add_up(medscribe: MedScribe, visit: Encounter) -> None:
    decide_identifiers(medscribe.store, visit.id, [PiiDecision(original="cough", identifies=True)])
    made_anew(medscribe, visit)
    correct_speakers(
        medscribe.store, visit.id, [SpeakerCorrection(speaker="S1", role=Role.PATIENT)]
    )
    after = made_anew(medscribe, visit)

    assert after.masked is not None
    assert "cough" not in after.masked[1].text
    assert len(after.pii_decisions or ()) == len(after.corrections or ()) == 1


def test_the_history_tells_that_something_was_put_right_and_not_what(
    medscribe: MedScribe, visit: Encounter
) -> None:
    decide_identifiers(medscribe.store, visit.id, [PiiDecision(original="cough", identifies=True)])

    last = medscribe.store.events(visit.id)[-1]

    assert last.kind is EventKind.REVISED
    assert last.facts == {"again_from": "mask"}


def test_an_unknown_voice_or_placeholder_is_refused_and_changes_nothing(
    medscribe: MedScribe, visit: Encounter
) -> None:
    before = medscribe.store.results(visit.id)

    with pytest.raises(InputError):
        correct_speakers(
            medscribe.store, visit.id, [SpeakerCorrection(speaker="S9", role=Role.PATIENT)]
        )
    with pytest.raises(InputError):
        decisions_on(before, ["<NAME_99>"], identifies=False)

    assert medscribe.store.results(visit.id) == before
    assert medscribe.store.get(visit.id).next_stage is None


def test_what_is_refused_takes_no_work_away(medscribe: MedScribe, visit: Encounter) -> None:
    unknown = SpeakerCorrection(speaker="S9", role=Role.PATIENT)
    recording = medscribe.store.create("1" * 64, EncounterOptions(), EncounterResults())
    hidden = PiiDecision(original="cough", identifies=True)
    before = [medscribe.store.get(each.id) for each in (visit, recording)]

    for encounter in (visit, recording):
        with pytest.raises(InputError):
            correct_speakers(medscribe.store, encounter.id, [unknown])
    with pytest.raises(InputError):
        decide_identifiers(medscribe.store, recording.id, [hidden])

    # A lease taken would have raised the epoch, and ended a recording under way.
    assert [medscribe.store.get(each.id) for each in (visit, recording)] == before


def test_a_worker_that_was_at_it_meanwhile_cannot_undo_a_correction(
    medscribe: MedScribe, visit: Encounter
) -> None:
    correct_speakers(
        medscribe.store, visit.id, [SpeakerCorrection(speaker="S1", role=Role.PATIENT)]
    )
    slow = medscribe.store.lease(visit.id)
    correct_speakers(
        medscribe.store, visit.id, [SpeakerCorrection(speaker="S1", role=Role.CLINICIAN)]
    )

    with pytest.raises(StaleLeaseError):
        medscribe.store.commit(slow, {}, done=True)

    assert roles(made_anew(medscribe, visit))["S1"] is Role.CLINICIAN


def test_a_purged_encounter_cannot_be_corrected(medscribe: MedScribe, visit: Encounter) -> None:
    medscribe.store.purge(visit.id)

    with pytest.raises(StoreError):
        correct_speakers(
            medscribe.store, visit.id, [SpeakerCorrection(speaker="S1", role=Role.PATIENT)]
        )
