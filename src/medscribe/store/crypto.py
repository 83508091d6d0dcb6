"""Plaintext + key + context -> sealed bytes, and back. Keys: one master, one per encounter.

Everything of an encounter is sealed with its own data key; the data key is stored only wrapped by
the master key. Whoever destroys the wrapped data key makes all of the encounter unreadable, save
from a backup of the database that still holds it. AES-256-GCM as in NIST SP 800-38D, random 96-bit
nonces.
"""

import base64
import binascii
import contextlib
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from medscribe.durable import disk_errors, sync_folder
from medscribe.errors import StoreError

MASTER_KEY_VARIABLE = "MEDSCRIBE_MASTER_KEY"
KEY_BYTES = 32
_VERSION = b"\x01"
_NONCE_BYTES = 12
_TAG_BYTES = 16


@dataclass(frozen=True)
class MasterKey:
    """The key that wraps all data keys; 32 bytes. It is never printed."""

    key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.key) != KEY_BYTES:
            raise StoreError(f"A master key is {KEY_BYTES} bytes long; give one of that length.")


def load_master_key(encoded: str | None, path: Path) -> MasterKey:
    """The master key `encoded` (base64 of 32 bytes, from the environment), else of the key file.

    `encoded` None or blank: the file at `path` is read, and created on first use. Raises
    `StoreError` if the key cannot be used.
    """
    if encoded and encoded.strip():
        return _decode_key(encoded.strip(), f"the environment variable {MASTER_KEY_VARIABLE}")
    return load_or_create_key(path)


def load_or_create_key(path: Path) -> MasterKey:
    """The key in the file at `path`; a missing file is created with a new key, mode 0600.

    The file appears whole or not at all, and is on the disk before this returns. Raises
    `StoreError` for a file that others may read (not on Windows), that holds no key, or that
    cannot be written; `StorageFullError` where no room is left.
    """
    with disk_errors("folder of the key file"):
        if not path.exists():
            _create_key_file(path)
        _refuse_if_others_may_read(path)
        encoded = path.read_bytes().decode("ascii", errors="replace").strip()
    return _decode_key(encoded, f"the key file {path}")


def seal(key: bytes, plaintext: bytes, context: bytes) -> bytes:
    """`plaintext` encrypted and bound to `context`: version byte, 12-byte nonce, ciphertext, tag.

    `context` (such as an encounter id and the kind of content) is not stored: the same must be
    given to open it, so that a blob cannot be passed off as another.
    """
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = _cipher(key).encrypt(nonce, plaintext, _VERSION + context)
    return _VERSION + nonce + sealed


def open_sealed(key: bytes, blob: bytes, context: bytes) -> bytes:
    """The plaintext of `blob`; `StoreError` if it was changed, or key or context are others."""
    if len(blob) < len(_VERSION) + _NONCE_BYTES + _TAG_BYTES:
        raise StoreError("Sealed content is cut off: restore it from a backup.")
    version, nonce, sealed = blob[:1], blob[1 : 1 + _NONCE_BYTES], blob[1 + _NONCE_BYTES :]
    if version != _VERSION:
        raise StoreError("Sealed content has an unknown format: open it with a newer MedScribe.")
    try:
        return _cipher(key).decrypt(nonce, sealed, version + context)
    except InvalidTag:
        raise StoreError(
            "Sealed content does not open with this key: check the master key, or restore the "
            "content from a backup."
        ) from None


def new_data_key() -> bytes:
    """A random key for one encounter, 32 bytes."""
    return AESGCM.generate_key(bit_length=8 * KEY_BYTES)


def wrap_key(master: MasterKey, data_key: bytes, encounter_id: str) -> bytes:
    """`data_key` sealed by the master key for this encounter alone."""
    return seal(master.key, data_key, _key_context(encounter_id))


def unwrap_key(master: MasterKey, wrapped: bytes, encounter_id: str) -> bytes:
    """The data key in `wrapped`; `StoreError` if it is another encounter's, or was changed."""
    return open_sealed(master.key, wrapped, _key_context(encounter_id))


def _key_context(encounter_id: str) -> bytes:
    return b"data-key\x00" + encounter_id.encode("utf-8")


def _cipher(key: bytes) -> AESGCM:
    if len(key) != KEY_BYTES:
        raise StoreError(f"An encryption key is {KEY_BYTES} bytes long; give one of that length.")
    return AESGCM(key)


def _decode_key(encoded: str, place: str) -> MasterKey:
    try:
        key = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise StoreError(
            f"There is no usable key in {place}: give the base64 form of {KEY_BYTES} bytes, or "
            "the key that sealed this store."
        )
    return MasterKey(key)


def _create_key_file(path: Path) -> None:
    """A new key at `path`; if another process was first, its key stands."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(base64.b64encode(new_data_key()) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        # A link, unlike a rename, never replaces a key that another process has just made.
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.parent)


def _refuse_if_others_may_read(path: Path) -> None:
    if os.name != "nt" and path.stat().st_mode & 0o077:
        raise StoreError(f"Others may read the key file: run  chmod 600 {path}")
