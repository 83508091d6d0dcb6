"""Errors of disk and database -> one clear sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from medscribe.durable import disk_errors, disk_full
from medscribe.errors import StoreError


@contextmanager
def clear_storage_errors() -> Iterator[None]:
    """Turn what SQLAlchemy and the file system raise into `StoreError` or `StorageFullError`.

    The original message is dropped on purpose: SQLAlchemy's quotes the values of the statement.
    """
    try:
        with disk_errors("data folder"):
            yield
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", "") or "")
        if "disk is full" in reason or "disk I/O error" in reason:
            raise disk_full("data folder") from None
        raise StoreError(
            f"The encounter database cannot be used ({type(error).__name__}). "
            "Check that the data folder is writable and holds a MedScribe database."
        ) from None
