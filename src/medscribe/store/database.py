"""The path of a SQLite file -> an engine that loses no commit and zeroes what is deleted."""

from pathlib import Path

from sqlalchemy import URL, Connection, Engine, event
from sqlalchemy import create_engine as create_sql_engine

from medscribe.store import tables
from medscribe.store.failures import clear_storage_errors


def open_database(database: Path) -> Engine:
    """The database at that path, created with its tables where it is not there.

    Raises `StoreError` or `StorageFullError`.
    """
    with clear_storage_errors():
        # The owner's only, as ids and times of visits stand in the database unsealed.
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not database.exists():
            database.touch(mode=0o600)
        engine = create_sql_engine(URL.create("sqlite", database=str(database)))
        event.listen(engine, "connect", _set_pragmas)
        tables.create(engine)
    return engine


def begin_writing(connection: Connection) -> None:
    """Begin a transaction that holds the write lock from its start.

    What it reads, and what it sees in files that are changed under the same lock, stays true until
    it ends. Waits for other writers.
    """
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def empty_log(engine: Engine) -> None:
    """Move what was committed into the database file and empty the write-ahead log.

    Until then the log still holds what was deleted, as it was written.
    """
    with clear_storage_errors(), engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


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
