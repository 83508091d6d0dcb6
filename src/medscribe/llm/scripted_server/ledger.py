"""Prompts and answers -> the tokens they take, and those that a prefix cache saves."""

import re
import threading
from collections.abc import Sequence

from medscribe.llm.model import Usage

BLOCK_TOKENS = 16
"""vLLM's: a prefix is reused in whole blocks."""

_PIECES_PER_BLOCK = 12
_PIECE = re.compile(r"\w+|[^\w\s]")


class Ledger:
    """Counts what requests cost, as a server with an endless prefix cache would.

    A token is three quarters of a word or punctuation mark (1.33 tokens each), so that 12 of these
    are a block of 16 tokens. Blocks of a prompt are cached up to the first that no earlier request
    began with; the last token of a prompt is always read. Several threads may use it.
    """

    def __init__(self) -> None:
        self.entries: list[Usage] = []
        self._known: set[int] = set()
        self._lock = threading.Lock()

    @property
    def total(self) -> Usage:
        """All requests together."""
        with self._lock:
            total = Usage()
            for entry in self.entries:
                total = total.plus(entry)
            return total

    def read(self, messages: Sequence[tuple[str, str]]) -> int:
        """A request's prompt of (author, text), counted; its number for `write`."""
        pieces = [piece for author, text in messages for piece in (author, *_PIECE.findall(text))]
        with self._lock:
            cached = self._cached_blocks(pieces) * BLOCK_TOKENS
            prompt = tokens_of_pieces(len(pieces))
            if cached >= prompt:
                cached -= BLOCK_TOKENS
            self.entries.append(Usage(prompt_tokens=prompt, cached_tokens=cached))
            return len(self.entries) - 1

    def write(self, number: int, text: str) -> Usage:
        """What was sent of a request's answer, counted; all that the request took."""
        tokens = tokens_of_pieces(len(_PIECE.findall(text)))
        with self._lock:
            entry = self.entries[number].model_copy(update={"completion_tokens": tokens})
            self.entries[number] = entry
            return entry

    def _cached_blocks(self, pieces: Sequence[str]) -> int:
        """Blocks at the beginning that an earlier prompt had; all of these are known from now."""
        cached, chain, unbroken = 0, 0, True
        for start in range(0, len(pieces) - _PIECES_PER_BLOCK + 1, _PIECES_PER_BLOCK):
            chain = hash((chain, *pieces[start : start + _PIECES_PER_BLOCK]))
            unbroken = unbroken and chain in self._known
            cached += unbroken
            self._known.add(chain)
        return cached


def tokens_of_pieces(pieces: int) -> int:
    """Tokens of so many words and punctuation marks."""
    return -(-pieces * 4 // 3)
