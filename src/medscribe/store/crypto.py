"""Plaintext + key + context -> sealed bytes, and back.

Everything of an encounter is sealed with a data key of its own. AES-256-GCM as in NIST SP 800-38D,
random 96-bit nonces.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from medscribe.errors import StoreError

KEY_BYTES = 32
_VERSION = b"\x01"
_NONCE_BYTES = 12
_TAG_BYTES = 16


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


def _cipher(key: bytes) -> AESGCM:
    if len(key) != KEY_BYTES:
        raise StoreError(f"An encryption key is {KEY_BYTES} bytes long; give one of that length.")
    return AESGCM(key)
