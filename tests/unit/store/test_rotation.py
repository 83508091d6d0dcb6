"""Rotation: every encounter opens before, while and after the master key is changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from medscribe.domain.encounter import EncounterOptions
from medscribe.domain.results import EncounterResults
from medscribe.domain.transcript import Role, Utterance
from medscribe.errors import StoreError
from medscribe.store import crypto, tables
from medscribe.store.database import open_database
from medscribe.store.encounters import SqlStore
from medscribe.store.key_file import load_key_ring, new_master_key, read_keys, replace_keys
from medscribe.store.keyring import KeyRing, MasterKey
from medscribe.store.rotation import (
    key_usage,
    named_key,
    rewrap_all,
    rotate_key_file,
    unopened,
)

SAID = Utterance(id="u1", speaker="S1", role=Role.PATIENT, text="My left knee hurts.")
OLD, NEW = MasterKey(b"o" * 32), MasterKey(b"n" * 32)


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    load_key_ring(None, tmp_path / "master.key")
    return tmp_path / "master.key"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_database(tmp_path / "medscribe.db")
    yield opened
    opened.dispose()


def visit(store: SqlStore) -> str:
    return store.create("a" * 64, EncounterOptions(), EncounterResults(utterances=(SAID,))).id


def said_in(store: SqlStore, encounter_id: str) -> str:
    (utterance,) = store.results(encounter_id).utterances or ()
    return utterance.text


def test_after_a_rotation_the_new_key_alone_opens_everything(
    engine: Engine, key_file: Path
) -> None:
    store = SqlStore(engine, load_key_ring(None, key_file))
    visits = [visit(store) for _ in range(3)]
    (old,) = read_keys(key_file)

    assert rotate_key_file(engine, key_file) == 3

    (new,) = read_keys(key_file)
    assert key_usage(engine) == {new.id: 3}
    assert unopened(engine, KeyRing([old])) == visits
    fresh = SqlStore(engine, load_key_ring(None, key_file))
    assert [said_in(fresh, id_) for id_ in visits] == [SAID.text] * 3


def test_no_file_of_the_store_holds_a_key_as_the_old_master_key_wrapped_it(
    engine: Engine, key_file: Path, tmp_path: Path
) -> None:
    store = SqlStore(engine, load_key_ring(None, key_file))
    visits = [visit(store) for _ in range(40)]
    with engine.connect() as connection:
        before = connection.execute(tables.encounters.select()).mappings().all()
    wrapped = [row["wrapped_key"] for row in before]

    rotate_key_file(engine, key_file)

    on_disk = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert len(wrapped) == len(visits)
    assert not [blob for blob in wrapped if blob[9:40] in on_disk]


def test_a_process_that_runs_with_the_old_key_goes_on_reading_and_writing(
    engine: Engine, key_file: Path
) -> None:
    running = SqlStore(engine, load_key_ring(None, key_file))
    before = visit(running)

    rotate_key_file(engine, key_file)
    rotate_key_file(engine, key_file)

    after = visit(running)
    fresh = SqlStore(engine, load_key_ring(None, key_file))
    for store in (running, fresh):
        assert said_in(store, before) == said_in(store, after) == SAID.text


def test_a_process_with_the_old_key_in_its_environment_writes_nothing_that_would_not_open(
    engine: Engine,
) -> None:
    running = SqlStore(engine, KeyRing([OLD]))
    before = visit(running)

    assert rewrap_all(engine, KeyRing([NEW, OLD])) == 1

    with pytest.raises(StoreError, match="master key"):
        visit(running)
    with pytest.raises(StoreError, match="master key"):
        running.results(before)
    assert [said_in(SqlStore(engine, KeyRing([NEW])), before)] == [SAID.text]


def test_until_the_rotation_new_visits_are_wrapped_by_the_key_that_the_store_names(
    engine: Engine,
) -> None:
    rewrap_all(engine, KeyRing([OLD]))

    visit(SqlStore(engine, KeyRing([NEW, OLD])))

    assert named_key(engine) == OLD.id
    assert key_usage(engine) == {OLD.id: 1}


def test_visits_from_before_keys_had_ids_are_wrapped_anew(engine: Engine) -> None:
    store = SqlStore(engine, KeyRing([OLD]))
    encounter_id = visit(store)
    context = b"data-key\x00" + encounter_id.encode()
    without_id = crypto.seal(OLD.key, store.data_key(encounter_id), context)
    with engine.begin() as connection:
        connection.execute(update(tables.encounters).values(wrapped_key=without_id))
    assert key_usage(engine) == {None: 1}

    rewrap_all(engine, KeyRing([NEW, OLD]))

    assert key_usage(engine) == {NEW.id: 1}
    assert said_in(SqlStore(engine, KeyRing([NEW])), encounter_id) == SAID.text


def test_a_purged_visit_is_passed_over(engine: Engine, key_file: Path) -> None:
    store = SqlStore(engine, load_key_ring(None, key_file))
    gone, kept = visit(store), visit(store)
    store.purge(gone)

    assert rotate_key_file(engine, key_file) == 1
    assert said_in(store, kept) == SAID.text


def test_where_a_visit_opens_with_no_key_nothing_is_changed(engine: Engine, key_file: Path) -> None:
    keys = read_keys(key_file)
    visit(SqlStore(engine, KeyRing(keys)))
    lost = visit(SqlStore(engine, KeyRing([OLD, *keys])))
    usage = key_usage(engine)

    with pytest.raises(StoreError, match="1 encounters"):
        rotate_key_file(engine, key_file)
    with pytest.raises(StoreError, match="1 encounters"):
        rewrap_all(engine, KeyRing([NEW, *keys]))

    assert (read_keys(key_file), key_usage(engine)) == (keys, usage)
    assert unopened(engine, KeyRing(keys)) == [lost]


def test_the_lost_key_as_a_further_line_of_the_file_mends_that(
    engine: Engine, key_file: Path
) -> None:
    lost = visit(SqlStore(engine, KeyRing([OLD])))
    keys = read_keys(key_file)
    replace_keys(key_file, [*keys, OLD])

    rotate_key_file(engine, key_file)

    assert read_keys(key_file) == keys
    assert said_in(SqlStore(engine, load_key_ring(None, key_file)), lost) == SAID.text


def test_a_rotation_that_was_cut_off_is_finished_without_a_further_key(
    engine: Engine, key_file: Path
) -> None:
    store = SqlStore(engine, load_key_ring(None, key_file))
    encounter_id = visit(store)
    new = new_master_key()
    replace_keys(key_file, [new, *read_keys(key_file)])

    rotate_key_file(engine, key_file)

    assert read_keys(key_file) == (new,)
    assert said_in(store, encounter_id) == SAID.text


def test_a_rotation_that_comes_between_two_steps_of_another_loses_no_key(
    engine: Engine, key_file: Path
) -> None:
    store = SqlStore(engine, load_key_ring(None, key_file))
    encounter_id = visit(store)

    def another(done: str) -> None:
        # The first is about to drop old keys; meanwhile others finish it and rotate twice more.
        if "wrapped by the new key" in done:
            for _ in range(3):
                rotate_key_file(engine, key_file)

    rotate_key_file(engine, key_file, another)

    assert len(read_keys(key_file)) == 1
    fresh = SqlStore(engine, load_key_ring(None, key_file))
    assert said_in(fresh, encounter_id) == SAID.text


def test_a_rotation_of_an_empty_store_changes_the_key(engine: Engine, key_file: Path) -> None:
    (old,) = read_keys(key_file)
    assert rotate_key_file(engine, key_file) == 0
    assert read_keys(key_file) != (old,)


def test_with_another_master_key_no_visit_is_added_beside_those_that_do_not_open(
    engine: Engine, key_file: Path
) -> None:
    store = SqlStore(engine, load_key_ring(None, key_file))
    first = visit(store)
    right = key_file.read_bytes()
    key_file.unlink()
    made_anew = SqlStore(engine, load_key_ring(None, key_file))

    with pytest.raises(StoreError, match="put back"):
        visit(made_anew)

    key_file.write_bytes(right)
    assert said_in(made_anew, visit(made_anew)) == said_in(made_anew, first) == SAID.text


def test_where_every_visit_is_purged_another_master_key_begins_anew(engine: Engine) -> None:
    before, after = SqlStore(engine, KeyRing([OLD])), SqlStore(engine, KeyRing([NEW]))
    before.purge(visit(before))

    assert said_in(after, visit(after)) == SAID.text
