"""A secret key + a patient + a question -> always the same choice, which nobody else can tell.

HMAC-SHA-256 (RFC 2104) under the key, so that without it surrogates cannot be led back.
"""

import hashlib
import hmac
from collections.abc import Iterator, Sequence

from medscribe.errors import PrivacyError

MIN_KEY_BYTES = 16
_SEPARATOR = b"\x00"


class KeyedChoice:
    """Choices for one patient. The same question has the same answer, in every visit and process.

    Raises `PrivacyError` for a key under 16 bytes.
    """

    def __init__(self, key: bytes, patient: str) -> None:
        if len(key) < MIN_KEY_BYTES:
            raise PrivacyError(
                f"The key for surrogates is too short: give {MIN_KEY_BYTES} bytes or more."
            )
        self._key = hmac.digest(key, b"medscribe surrogates\x00" + patient.encode(), "sha256")

    def digest(self, *question: str) -> bytes:
        """32 bytes that look random."""
        joined = _SEPARATOR.join(part.encode("utf-8", "surrogatepass") for part in question)
        return hmac.digest(self._key, joined, hashlib.sha256)

    def number(self, below: int, *question: str) -> int:
        """An integer 0 <= n < `below`; `below` is far under 2**64, so all are as likely."""
        return int.from_bytes(self.digest(*question)[:8], "big") % below

    def stream(self, below: int, *question: str) -> Iterator[int]:
        """Integers 0 <= n < `below` without end."""
        block = 0
        while True:
            digest = self.digest(*question, str(block))
            for at in range(0, len(digest), 4):
                yield int.from_bytes(digest[at : at + 4], "big") % below
            block += 1

    def shuffled(self, items: Sequence[str], *question: str) -> list[str]:
        """The items in an order of this patient's own."""
        return sorted(items, key=lambda item: self.digest(*question, item))
