"""After a purge no byte on the disk opens anything of the visit; those beside it still open."""

import sqlite3
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from medscribe.audio.log import AudioLog
from medscribe.domain.encounter import EncounterOptions
from medscribe.domain.results import EncounterResults
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import Role, Utterance
from medscribe.errors import StoreError
from medscribe.pipeline.intake import discard
from medscribe.store.crypto import open_sealed, seal
from medscribe.store.encounters import SqlStore
from medscribe.store.key_file import load_key_ring
from medscribe.store.keyring import KeyRing, unwrap_key
from medscribe.store.rotation import rotate_key_file
from medscribe.store.sqlite import open_store

WRAPPED_BYTES = 1 + 8 + 1 + 12 + 32 + 16
WINDOW = 24
"""Bytes of a sealed blob that stand nowhere else by chance."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = open_store(tmp_path / "medscribe.db", load_key_ring(None, tmp_path / "master.key"))
    yield opened
    opened.close()


def audio_log(folder: Path, store: SqlStore, encounter_id: str) -> AudioLog:
    key = store.data_key(encounter_id)
    return AudioLog(
        folder / "audio" / encounter_id,
        lambda plaintext, context: seal(key, plaintext, context),
        lambda blob, context: open_sealed(key, blob, context),
    )


def visit(folder: Path, store: SqlStore, words: int) -> str:
    """A visit with a segment of sound and `words` words; many words need pages of their own."""
    said = Utterance(id="u1", speaker="S1", role=Role.PATIENT, text="My knee hurts. " * words)
    created = store.create("a" * 64, EncounterOptions(), EncounterResults(utterances=(said,)))
    audio_log(folder, store, created.id).append(np.zeros((1600, 1), np.float32))
    held = store.lease(created.id)
    # Written twice, so that an older value of the same field was deleted before.
    for end in (1.0, 2.0):
        held = store.commit(held, {"speech": (TimeSpan(start=0.0, end=end),)}, done=False)
    return created.id


def sealed_of(folder: Path, encounter_id: str) -> list[bytes]:
    """Its wrapped key, sealed results and sealed sound, as they lie on the disk."""
    with sqlite3.connect(folder / "medscribe.db") as database:
        (key,) = database.execute(
            "SELECT wrapped_key FROM encounters WHERE id = ?", (encounter_id,)
        ).fetchone()
        results = database.execute(
            "SELECT sealed FROM results WHERE encounter_id = ?", (encounter_id,)
        ).fetchall()
    database.close()
    segments = [path.read_bytes() for path in (folder / "audio" / encounter_id).glob("*.seg")]
    return [key, *(row[0] for row in results), *segments]


def on_disk(folder: Path) -> bytes:
    """Every byte of database, free pages, write-ahead log and sound, whatever SQLite says of it."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return b"\x00".join(path.read_bytes() for path in files)


def remains(blob: bytes, disk: bytes) -> bool:
    """Whether any stretch of the blob is on the disk still, cut up by pages or not."""
    last = len(blob) - WINDOW
    return any(blob[at : at + WINDOW] in disk for at in (*range(0, last, WINDOW), last))


def opens_somewhere(disk: bytes, ring: KeyRing, encounter_id: str) -> bool:
    """Whether some stretch of bytes, wherever it lies, gives the key of that visit."""
    at = disk.find(b"\x02")
    while at >= 0:
        try:
            unwrap_key(ring, disk[at : at + WRAPPED_BYTES], encounter_id)
        except StoreError:
            at = disk.find(b"\x02", at + 1)
        else:
            return True
    return False


@pytest.mark.parametrize("words", [1, 2000])
def test_nothing_of_a_purged_visit_is_on_the_disk_nor_opens(
    store: SqlStore, tmp_path: Path, words: int
) -> None:
    visits = [visit(tmp_path, store, words) for _ in range(12)]
    gone, kept = visits[1::2], visits[::2]
    sealed = {id_: sealed_of(tmp_path, id_) for id_ in visits}
    ring = KeyRing(load_key_ring(None, tmp_path / "master.key").keys)
    before = on_disk(tmp_path)
    assert all(remains(blob, before) for id_ in visits for blob in sealed[id_])
    assert all(opens_somewhere(before, ring, id_) for id_ in visits)

    for encounter_id in gone:
        discard(store, partial(audio_log, tmp_path, store), encounter_id)

    after = on_disk(tmp_path)
    assert not [id_ for id_ in gone for blob in sealed[id_] if remains(blob, after)]
    assert not [id_ for id_ in gone if opens_somewhere(after, ring, id_)]
    for encounter_id in kept:
        assert store.results(encounter_id).utterances
        assert audio_log(tmp_path, store, encounter_id).length == 1600


def test_a_visit_purged_after_a_rotation_opens_with_neither_master_key(
    store: SqlStore, tmp_path: Path
) -> None:
    gone = visit(tmp_path, store, 1)
    old = load_key_ring(None, tmp_path / "master.key").keys
    rotate_key_file(store._engine, tmp_path / "master.key")
    both = KeyRing([*old, *load_key_ring(None, tmp_path / "master.key").keys])
    assert opens_somewhere(on_disk(tmp_path), both, gone)

    discard(store, partial(audio_log, tmp_path, store), gone)

    assert not opens_somewhere(on_disk(tmp_path), both, gone)


def test_a_purge_waits_for_those_who_still_read_the_log(store: SqlStore, tmp_path: Path) -> None:
    gone = visit(tmp_path, store, 1)
    ring = KeyRing(load_key_ring(None, tmp_path / "master.key").keys)
    reader = sqlite3.connect(tmp_path / "medscribe.db", check_same_thread=False)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM encounters").fetchone()
    finished = threading.Timer(0.3, reader.close)
    finished.start()

    discard(store, partial(audio_log, tmp_path, store), gone)

    finished.join()
    assert not opens_somewhere(on_disk(tmp_path), ring, gone)
