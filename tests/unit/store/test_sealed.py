"""Words to expect may be names: they are sealed like what was said, and go with it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from medscribe.domain.encounter import EncounterOptions
from medscribe.domain.results import EncounterResults
from medscribe.store.encounters import SqlStore
from medscribe.store.keyring import KeyRing, MasterKey
from medscribe.store.sqlite import open_store

OPTIONS = EncounterOptions(hotwords=("Zebulon", "St. Orsola", "metoprolol"))
SOURCE = "5e" * 32


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = open_store(tmp_path / "medscribe.db", KeyRing([MasterKey(b"k" * 32)]))
    yield opened
    opened.close()


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


def test_words_to_expect_come_back_and_stand_nowhere_in_clear(
    store: SqlStore, tmp_path: Path
) -> None:
    encounter = store.create(SOURCE, OPTIONS, EncounterResults())

    assert encounter.options == OPTIONS
    assert store.get(encounter.id).options == OPTIONS
    assert store.unfinished(SOURCE)[0].options == OPTIONS
    assert store.lease(encounter.id).options == OPTIONS
    assert store.results(encounter.id) == EncounterResults()
    assert b"Zebulon" not in on_disk(tmp_path)


def test_a_store_whose_key_is_not_at_hand_lists_its_encounters_without_them(
    store: SqlStore, tmp_path: Path
) -> None:
    store.create(SOURCE, OPTIONS, EncounterResults())
    other = open_store(tmp_path / "medscribe.db", KeyRing([MasterKey(b"x" * 32)]))

    (encounter,) = other.encounters()
    other.close()

    assert encounter.options.hotwords == ()


def test_a_purge_leaves_neither_words_nor_the_fingerprint_of_the_recording(
    store: SqlStore, tmp_path: Path
) -> None:
    encounter = store.create(SOURCE, OPTIONS, EncounterResults())

    store.purge(encounter.id)

    assert store.get(encounter.id).options == OPTIONS.model_copy(update={"hotwords": ()})
    assert SOURCE.encode() not in on_disk(tmp_path)
