"""Master keys + every wrapped data key -> which key wraps what; and all wrapped by a new one.

Why a rotation loses nothing, whatever runs beside it or wherever it is killed: the database names
the key that wraps, and whoever wraps a data key asks for that name under the write lock of its
transaction (`key_for_wrapping`). A rotation puts the new key on the disk in front of the old ones,
wraps everything anew and changes the name, in one transaction under the same lock. Only when that
is durable, and again under the lock, are keys dropped that wrap nothing any more.
"""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, insert, select, update

from medscribe.errors import StoreError
from medscribe.store import tables
from medscribe.store.database import begin_writing, empty_log
from medscribe.store.failures import clear_storage_errors
from medscribe.store.key_file import new_master_key, read_keys, replace_keys
from medscribe.store.keyring import KeyRing, MasterKey, unwrap_key, wrap_key, wrapping_id


def key_for_wrapping(connection: Connection, ring: KeyRing) -> MasterKey:
    """The master key by which a new data key is wrapped in this transaction.

    To be called inside a transaction of `begin_writing`, so that no rotation comes between. Raises
    `StoreError` where the keys were rotated and the ring does not hold the new one, or where no
    encounter opens with the ring: then its keys are of another store, or the key file was lost and
    made anew, and what they sealed would be lost once the right ones are put back.
    """
    named = _named(connection)
    if named is None:
        _refuse_keys_of_another_store(connection, ring)
        return ring.active
    master = ring.named(named)
    if master is None:
        raise StoreError(
            "The master key of this store was changed, and the new one is not at hand: start "
            "MedScribe again with the new key in front, or run  medscribe keys rotate."
        )
    return master


def _refuse_keys_of_another_store(connection: Connection, ring: KeyRing) -> None:
    wrapped = _wrapped(connection)
    if wrapped and not any(_opens(ring, wrapped[id_], id_) for id_ in reversed(wrapped)):
        raise StoreError(
            "No encounter of this store opens with the master key at hand, so none is added: put "
            "back the key that sealed them (medscribe keys status), behind the new one if there is "
            "one, or purge those that  medscribe keys check  names."
        )


def key_usage(engine: Engine) -> Counter[bytes | None]:
    """How many data keys each master key wraps, by its id; None: wrapped before keys had ids."""
    with clear_storage_errors(), engine.connect() as connection:
        return Counter(wrapping_id(wrapped) for wrapped in _wrapped(connection).values())


def named_key(engine: Engine) -> bytes | None:
    """The id of the master key that wraps new data keys; None: the first on the ring, whichever."""
    with clear_storage_errors(), engine.connect() as connection:
        return _named(connection)


def unopened(engine: Engine, ring: KeyRing) -> list[str]:
    """The encounters whose data key opens with no key of the ring; oldest first."""
    with clear_storage_errors(), engine.connect() as connection:
        wrapped = _wrapped(connection)
    return [id_ for id_, key in wrapped.items() if not _opens(ring, key, id_)]


def rewrap_all(engine: Engine, ring: KeyRing) -> int:
    """Wrap every data key by the ring's first key, in one transaction; how many were changed.

    Raises `StoreError`, and changes nothing, where one does not open.
    """
    with clear_storage_errors(), engine.connect() as connection:
        begin_writing(connection)
        _refuse_unopened(connection, ring)
        changed = _rewrap(connection, ring)
        connection.commit()
    empty_log(engine)
    return changed


def rotate_key_file(
    engine: Engine, path: Path, step: Callable[[str], None] = lambda _done: None
) -> int:
    """Put a new master key in place of the one in the file at `path`; how many data keys changed.

    A file that holds several keys is one of a rotation that was cut off: it is finished, and no
    further key is made. `step` is told what is durable. Raises `StoreError`, and changes nothing,
    where a data key does not open with the keys of the file.
    """
    with clear_storage_errors(), engine.connect() as connection:
        begin_writing(connection)
        keys = read_keys(path)
        _refuse_unopened(connection, KeyRing(keys))
        if len(keys) == 1:
            keys = (new_master_key(), *keys)
            replace_keys(path, keys)
            step("The new key is in the key file.")
        changed = _rewrap(connection, KeyRing(keys))
        connection.commit()
    step("Every encounter's key is wrapped by the new key.")
    _drop_unused(engine, path)
    step("The old key is out of the key file.")
    empty_log(engine)
    return changed


def _drop_unused(engine: Engine, path: Path) -> None:
    """Keep the first key of the file alone, if it is the one that wraps everything.

    It is not where another process has begun a rotation of its own meanwhile; that one drops it.
    """
    with clear_storage_errors(), engine.connect() as connection:
        begin_writing(connection)
        keys = read_keys(path)
        named = _named(connection)
        wrapping = {wrapping_id(wrapped) for wrapped in _wrapped(connection).values()}
        if len(keys) > 1 and named == keys[0].id and wrapping <= {named}:
            replace_keys(path, keys[:1])
        connection.rollback()


def _rewrap(connection: Connection, ring: KeyRing) -> int:
    changed = 0
    for encounter_id, wrapped in _wrapped(connection).items():
        if wrapping_id(wrapped) == ring.active.id and _opens(ring, wrapped, encounter_id):
            continue
        data_key = unwrap_key(ring, wrapped, encounter_id)
        connection.execute(
            update(tables.encounters)
            .where(tables.encounters.c.id == encounter_id)
            .values(wrapped_key=wrap_key(ring.active, data_key, encounter_id))
        )
        changed += 1
    connection.execute(delete(tables.wrapping))
    connection.execute(insert(tables.wrapping).values(only=1, key_id=ring.active.id))
    return changed


def _refuse_unopened(connection: Connection, ring: KeyRing) -> None:
    left = sum(not _opens(ring, key, id_) for id_, key in _wrapped(connection).items())
    if left:
        raise StoreError(
            f"The keys of {left} encounters open with no master key at hand, so nothing was "
            "changed: add their master key as a further line of the key file (or behind a comma "
            "of the variable), or purge those that  medscribe keys check  names."
        )


def _named(connection: Connection) -> bytes | None:
    key_id: bytes | None = connection.execute(select(tables.wrapping.c.key_id)).scalar_one_or_none()
    return key_id


def _opens(ring: KeyRing, wrapped: bytes, encounter_id: str) -> bool:
    try:
        unwrap_key(ring, wrapped, encounter_id)
    except StoreError:
        return False
    return True


def _wrapped(connection: Connection) -> dict[str, bytes]:
    """Encounter id -> its wrapped data key, oldest first; purged ones have none."""
    column = tables.encounters.c
    rows = connection.execute(
        select(column.id, column.wrapped_key)
        .where(column.wrapped_key.is_not(None))
        .order_by(column.created_at)
    )
    return {row.id: row.wrapped_key for row in rows}
