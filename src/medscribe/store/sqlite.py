"""A database file and the master keys -> the store in it, made where it is not there."""

from pathlib import Path

from medscribe.store.database import open_database
from medscribe.store.encounters import SqlStore
from medscribe.store.keyring import KeyRing


def open_store(database: Path, keys: KeyRing) -> SqlStore:
    """The SQLite store at `database`, created with its tables where it is not there."""
    return SqlStore(open_database(database), keys)
