"""A database file -> the store in it (SQLite, WAL mode), made where it is not there."""

from pathlib import Path

from sqlalchemy import URL, create_engine, event

from medscribe.store import crypto, tables
from medscribe.store.encounters import SqlStore
from medscribe.store.failures import clear_storage_errors


def open_store(database: Path, master_key: crypto.MasterKey) -> SqlStore:
    """The SQLite store at `database`, created with its tables where it is not there."""
    with clear_storage_errors():
        # The owner's only, as ids and times of visits stand in the database unsealed.
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not database.exists():
            database.touch(mode=0o600)
        engine = create_engine(URL.create("sqlite", database=str(database)))
        event.listen(engine, "connect", _set_pragmas)
        tables.create(engine)
    return SqlStore(engine, master_key)


def _set_pragmas(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    for pragma in (
        "busy_timeout=10000",
        "journal_mode=WAL",
        # FULL: a commit that returned survives a power cut; WAL's default may lose the last ones.
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
