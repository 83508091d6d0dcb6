"""The store keeps what was committed, seals what was said, and fences stale workers."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from medscribe.domain.encounter import Encounter, EncounterOptions, EncounterStatus, Stage
from medscribe.domain.event import EventKind
from medscribe.domain.results import EncounterResults
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import Role, Utterance
from medscribe.errors import StaleLeaseError, StoreError
from medscribe.store.encounters import SqlStore
from medscribe.store.keyring import KeyRing, MasterKey
from medscribe.store.sqlite import open_store

SAID = Utterance(id="u1", speaker="S1", role=Role.PATIENT, text="I am Zebulon Quark, 555-0199.")
KEYS = KeyRing([MasterKey(b"k" * 32)])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = open_store(tmp_path / "medscribe.db", KEYS)
    yield opened
    opened.close()


STAGES = [stage for stage in Stage if stage is not Stage.ANALYSE]


def recorded(store: SqlStore) -> Encounter:
    encounter = store.create("a" * 64, EncounterOptions(), EncounterResults())
    return store.audio_stored(encounter.id)


def test_a_committed_result_is_read_back_and_moves_the_cursor(store: SqlStore) -> None:
    held = store.lease(recorded(store).id)
    speech = (TimeSpan(start=0.5, end=2.0),)

    after = store.commit(held, {"speech": speech}, done=True)

    assert after.next_stage is Stage.TRANSCRIBE
    assert store.results(held.id).speech == speech
    assert store.get(held.id).next_stage is Stage.TRANSCRIBE


def test_a_step_inside_a_stage_keeps_the_stage_and_counts_the_position(store: SqlStore) -> None:
    held = store.lease(recorded(store).id)

    after = store.commit(held, {}, done=False)

    assert (after.next_stage, after.position) == (Stage.DETECT_SPEECH, 1)


def test_what_a_stale_worker_commits_is_refused_whole(store: SqlStore) -> None:
    first = store.lease(recorded(store).id)
    store.lease(first.id)

    with pytest.raises(StaleLeaseError):
        store.commit(first, {"speech": (TimeSpan(start=0, end=1),)}, done=True)

    assert store.get(first.id).next_stage is Stage.DETECT_SPEECH
    assert store.results(first.id).speech is None


def test_what_was_said_is_in_no_file_of_the_store(store: SqlStore, tmp_path: Path) -> None:
    store.create("b" * 64, EncounterOptions(), EncounterResults(utterances=(SAID,)))

    on_disk = b"".join(file.read_bytes() for file in tmp_path.iterdir())

    assert b"Zebulon" not in on_disk
    assert b"555-0199" not in on_disk


def test_another_master_key_opens_nothing(store: SqlStore, tmp_path: Path) -> None:
    encounter = store.create("b" * 64, EncounterOptions(), EncounterResults(utterances=(SAID,)))
    other = open_store(tmp_path / "medscribe.db", KeyRing([MasterKey(b"x" * 32)]))

    with pytest.raises(StoreError):
        other.results(encounter.id)
    other.close()


def test_a_purged_encounter_cannot_be_read_but_its_history_stays(store: SqlStore) -> None:
    encounter = store.create("b" * 64, EncounterOptions(), EncounterResults(utterances=(SAID,)))

    store.purge(encounter.id)

    with pytest.raises(StoreError):
        store.results(encounter.id)
    assert store.get(encounter.id).status is EncounterStatus.PURGED
    assert [event.kind for event in store.events(encounter.id)] == [
        EventKind.CREATED,
        EventKind.PURGED,
    ]


def test_a_worker_whose_encounter_is_purged_while_it_commits_changes_nothing(
    store: SqlStore, tmp_path: Path
) -> None:
    class PurgedMeanwhile(SqlStore):
        """The key is read, then somebody purges, then the results are written."""

        def data_key(self, encounter_id: str) -> bytes:
            key = super().data_key(encounter_id)
            store.purge(encounter_id)
            return key

    held = store.lease(recorded(store).id)
    worker = PurgedMeanwhile(store._engine, KEYS)

    with pytest.raises(StaleLeaseError):
        worker.commit(held, {"utterances": (SAID,)}, done=True)
    store.fail(held.id, "StoreError")

    assert store.get(held.id).status is EncounterStatus.PURGED
    assert store.get(held.id).next_stage is None
    with sqlite3.connect(tmp_path / "medscribe.db") as database:
        assert database.execute("select count(*) from results").fetchone() == (0,)


def test_events_are_numbered_without_gaps(store: SqlStore) -> None:
    encounter = recorded(store)
    for _ in STAGES:
        store.commit(store.lease(encounter.id), {}, done=True)

    events = store.events(encounter.id)

    assert [event.sequence for event in events] == list(range(1, len(events) + 1))
    assert events[-1].kind is EventKind.READY
    assert store.get(encounter.id).status is EncounterStatus.READY_FOR_REVIEW


def test_unfinished_names_only_encounters_with_work_left(store: SqlStore) -> None:
    waiting, done, purged = recorded(store), recorded(store), recorded(store)
    for _ in STAGES:
        store.commit(store.lease(done.id), {}, done=True)
    store.purge(purged.id)

    assert [encounter.id for encounter in store.unfinished()] == [waiting.id]


def test_a_failed_encounter_says_at_which_stage_and_can_be_taken_up_again(store: SqlStore) -> None:
    encounter = recorded(store)

    store.fail(encounter.id, "ValueError")

    assert store.get(encounter.id).status is EncounterStatus.FAILED
    assert store.events(encounter.id)[-1].facts == {"stage": "detect_speech", "error": "ValueError"}
    assert [left.id for left in store.unfinished()] == [encounter.id]
    after = store.commit(store.lease(encounter.id), {}, done=True)
    assert after.status is EncounterStatus.TRANSCRIBING


def test_a_file_that_is_no_database_is_one_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "medscribe.db").write_text("hello, this is not a database at all" * 50)

    with pytest.raises(StoreError, match="database"):
        open_store(tmp_path / "medscribe.db", KEYS)


def test_an_unknown_id_is_one_clear_sentence(store: SqlStore) -> None:
    with pytest.raises(StoreError, match="no encounter"):
        store.get("nothing")


def test_a_new_store_is_its_owners_only(tmp_path: Path) -> None:
    database = tmp_path / "data" / "medscribe.db"
    opened = open_store(database, KEYS)
    recorded(opened)

    for path in (database.parent, *database.parent.iterdir()):
        assert path.stat().st_mode & 0o077 == 0, path.name
    opened.close()


def test_the_folder_of_a_store_may_have_signs_in_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "ward 3? #1"
    opened = open_store(folder / "medscribe.db", KEYS)
    opened.close()

    assert (folder / "medscribe.db").is_file()


def test_a_purged_key_is_in_no_file_of_a_store_that_is_open(
    store: SqlStore, tmp_path: Path
) -> None:
    encounter = recorded(store)
    with sqlite3.connect(tmp_path / "medscribe.db") as raw:
        (wrapped,) = raw.execute("SELECT wrapped_key FROM encounters").fetchone()
    raw.close()

    store.purge(encounter.id)

    assert all(wrapped not in path.read_bytes() for path in tmp_path.glob("medscribe.db*"))


def test_several_may_begin_on_a_new_database_at_once(tmp_path: Path) -> None:
    def begin(number: int) -> str:
        opened = open_store(tmp_path / f"{number // 8}" / "medscribe.db", KEYS)
        created = opened.create("", EncounterOptions(), EncounterResults())
        opened.close()
        return created.id

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(begin, range(64)))) == 64
