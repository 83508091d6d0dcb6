"""Bytes -> a file that survives a power cut, and disk errors -> one clear sentence."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from medscribe.errors import StorageFullError, StoreError, is_disk_full


def write_durably(path: Path, blob: bytes) -> None:
    """Write a file that appears whole or not at all; on the disk when this returns.

    Raises `OSError`; wrap calls in `disk_errors`.
    """
    partial = path.with_name(f"{path.name}.part")
    try:
        with partial.open("wb") as file:
            file.write(blob)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError:
        partial.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make new and renamed entries of a folder durable."""
    if os.name == "nt":  # Windows cannot open a folder; NTFS journals the entry itself.
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold a lock file while the block runs; the system lets it go when the process dies.

    Raises `StoreError` where another process holds it.
    """
    with path.open("ab") as file:
        if not _try_lock(file.fileno()):
            raise StoreError("Another process of MedScribe is at work on this recording.")
        yield


def is_held(path: Path) -> bool:
    """Whether some process holds the lock file `path`; False where there is none."""
    if not path.exists():
        return False
    with path.open("ab") as file:
        return not _try_lock(file.fileno())


def _try_lock(descriptor: int) -> bool:
    """Lock the file for this process, without waiting; closing the file lets it go."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def disk_errors(place: str) -> Iterator[None]:
    """Turn an `OSError` into `StorageFullError` or `StoreError` about `place` ("data folder")."""
    try:
        yield
    except OSError as error:
        if is_disk_full(error):
            raise disk_full(place) from None
        raise StoreError(
            f"The {place} cannot be used ({error.strerror}). "
            "Check that it exists and that you may write there."
        ) from None


def disk_full(place: str) -> StorageFullError:
    """The error that says so of `place` ("data folder")."""
    return StorageFullError(
        f"The disk of the {place} is full; nothing was left half-written. "
        "Free some space and run again."
    )
