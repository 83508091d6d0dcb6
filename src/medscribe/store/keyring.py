"""Master keys + data key -> wrapped data key, and back.

A data key is stored only wrapped by a master key. Whoever destroys the wrapped data key makes all
of the encounter unreadable, save from a backup of the database that still holds it.

A wrapped key is 0x02, the 8-byte id of the master key that wrapped it, and the data key sealed by
that master key for one encounter. Without the first two it is of a store made before keys had ids.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from medscribe.errors import StoreError
from medscribe.store import crypto

ID_BYTES = 8
_NAMED = b"\x02"
_ID_LABEL = b"medscribe master key id\x00"


@dataclass(frozen=True)
class MasterKey:
    """A key that wraps data keys; 32 bytes. It is never printed."""

    key: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.key) != crypto.KEY_BYTES:
            raise StoreError(
                f"A master key is {crypto.KEY_BYTES} bytes long; give one of that length."
            )

    @property
    def id(self) -> bytes:
        """Tells keys apart and may be shown: 8 bytes of a SHA-256, which do not lead to the key."""
        return hashlib.sha256(_ID_LABEL + self.key).digest()[:ID_BYTES]


class KeyRing:
    """The master keys at hand: the first wraps, all of them open.

    `reread` reads the keys anew where they are kept: another process may have rotated them since.
    None: they cannot change while this process runs (environment).
    """

    def __init__(
        self, keys: Sequence[MasterKey], reread: Callable[[], Sequence[MasterKey]] | None = None
    ) -> None:
        if not keys:
            raise StoreError("There is no master key: give one, or let a key file be made.")
        self._keys = tuple(dict.fromkeys(keys))
        self._reread = reread

    @property
    def keys(self) -> tuple[MasterKey, ...]:
        return self._keys

    @property
    def active(self) -> MasterKey:
        return self._keys[0]

    def named(self, key_id: bytes) -> MasterKey | None:
        """The key of that id; looked for again where keys are kept before the answer is None."""
        return self._at_hand(key_id) or (self._at_hand(key_id) if self.read_again() else None)

    def read_again(self) -> bool:
        """Read the keys anew; whether they may have changed. Raises what `reread` raises."""
        if self._reread is None:
            return False
        self._keys = tuple(dict.fromkeys(self._reread())) or self._keys
        return True

    def _at_hand(self, key_id: bytes) -> MasterKey | None:
        return next((key for key in self._keys if key.id == key_id), None)


def wrap_key(master: MasterKey, data_key: bytes, encounter_id: str) -> bytes:
    """`data_key` sealed by the master key for this encounter alone."""
    return _NAMED + master.id + crypto.seal(master.key, data_key, _context(encounter_id))


def unwrap_key(ring: KeyRing, wrapped: bytes, encounter_id: str) -> bytes:
    """The data key in `wrapped`; `StoreError` if it is another encounter's, or was changed, or
    its master key is not on the ring, even after the keys were read again."""
    data_key = _opened(ring.keys, wrapped, encounter_id)
    if data_key is None and ring.read_again():
        data_key = _opened(ring.keys, wrapped, encounter_id)
    if data_key is None:
        raise StoreError(
            "This encounter's key opens with no master key at hand: check the master key "
            "(medscribe keys status), or restore the database from a backup."
        )
    return data_key


def wrapping_id(wrapped: bytes) -> bytes | None:
    """The id of the master key that wrapped this; None: it was wrapped before keys had ids."""
    return wrapped[1 : 1 + ID_BYTES] if wrapped[:1] == _NAMED else None


def _opened(keys: Sequence[MasterKey], wrapped: bytes, encounter_id: str) -> bytes | None:
    key_id = wrapping_id(wrapped)
    sealed = wrapped if key_id is None else wrapped[1 + ID_BYTES :]
    for master in keys:
        if key_id is not None and master.id != key_id:
            continue
        try:
            return crypto.open_sealed(master.key, sealed, _context(encounter_id))
        except StoreError:
            continue
    return None


def _context(encounter_id: str) -> bytes:
    return b"data-key\x00" + encounter_id.encode("utf-8")
