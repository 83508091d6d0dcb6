"""Environment variable or key file -> the master keys, and a key file that survives a power cut.

A key file holds one key a line in base64, the variable the same divided by commas. The first key
wraps; those after it only open, as a rotation that was cut off leaves them.
"""

import base64
import binascii
import contextlib
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from medscribe.durable import disk_errors, sync_folder
from medscribe.errors import StoreError
from medscribe.store.crypto import KEY_BYTES, new_data_key
from medscribe.store.keyring import KeyRing, MasterKey

MASTER_KEY_VARIABLE = "MEDSCRIBE_MASTER_KEY"
_PLACE = "folder of the key file"


def load_key_ring(encoded: str | None, path: Path) -> KeyRing:
    """The master keys `encoded` (base64 of 32 bytes each, commas between), else of the key file.

    `encoded` None or blank: the file at `path` is read, and created on first use. Raises
    `StoreError` if a key cannot be used.
    """
    if encoded and encoded.strip():
        variable = f"the environment variable {MASTER_KEY_VARIABLE}"
        return KeyRing(_decoded(encoded.split(","), variable))
    return KeyRing(load_or_create_keys(path), lambda: read_keys(path))


def load_or_create_keys(path: Path) -> tuple[MasterKey, ...]:
    """The keys in the file at `path`; a missing file is created with a new key, mode 0600.

    The file appears whole or not at all, and is on the disk before this returns. Raises
    `StoreError` for a file that others may read (not on Windows), that holds no key, or that
    cannot be written; `StorageFullError` where no room is left.
    """
    with disk_errors(_PLACE):
        if not path.exists():
            _create(path)
    return read_keys(path)


def read_keys(path: Path) -> tuple[MasterKey, ...]:
    """The keys in the file at `path`; errors as of `load_or_create_keys`."""
    with disk_errors(_PLACE):
        _refuse_if_others_may_read(path)
        lines = path.read_bytes().decode("ascii", errors="replace").splitlines()
    return _decoded(lines, f"the key file {path}")


def replace_keys(path: Path, keys: Sequence[MasterKey]) -> None:
    """Put `keys` in place of what the file holds: whole or not at all, on the disk on return.

    It keeps its owner and stays 0600; of a link the file behind it is replaced. One process at a
    time: the caller sees to that.
    """
    with disk_errors(_PLACE):
        path = path.resolve(strict=True)
        for left_behind in path.parent.glob(f".{path.name}.*"):  # by processes that were killed
            left_behind.unlink(missing_ok=True)
        draft = path.with_name(f".{path.name}.next")
        try:
            _write_new(draft, keys)
            _keep_owner(draft, path)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        sync_folder(path.parent)


def new_master_key() -> MasterKey:
    return MasterKey(new_data_key())


def _decoded(lines: Sequence[str], place: str) -> tuple[MasterKey, ...]:
    keys = [_decode(line.strip()) for line in lines if line.strip()]
    found = tuple(key for key in keys if key is not None)
    if not keys or len(found) < len(keys):
        raise StoreError(
            f"There is no usable key in {place}: give the base64 form of {KEY_BYTES} bytes, or "
            "the key that sealed this store."
        )
    return found


def _decode(encoded: str) -> MasterKey | None:
    try:
        key = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return None
    return MasterKey(key) if len(key) == KEY_BYTES else None


def _create(path: Path) -> None:
    """A new key at `path`; if another process was first, its key stands."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        _write_new(draft, [new_master_key()])
        # A link, unlike a rename, never replaces a key that another process has just made.
        with contextlib.suppress(FileExistsError, FileNotFoundError):
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.parent)


def _write_new(path: Path, keys: Sequence[MasterKey]) -> None:
    """A file that was not there, its owner's only from its first byte on."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.writelines(base64.b64encode(master.key) + b"\n" for master in keys)
        file.flush()
        os.fsync(file.fileno())


def _keep_owner(draft: Path, path: Path) -> None:
    """An administrator who rotates the keys of a service must not lock the service out."""
    if os.name == "nt":
        return
    before, after = path.stat(), draft.stat()
    if (before.st_uid, before.st_gid) != (after.st_uid, after.st_gid):
        os.chown(draft, before.st_uid, before.st_gid)


def _refuse_if_others_may_read(path: Path) -> None:
    if os.name != "nt" and path.stat().st_mode & 0o077:
        raise StoreError(f"Others may read the key file: run  chmod 600 {path}")
