"""Chunks of a live visit, in any order -> the prescription so far."""

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from medscribe.domain.medication import Prescription
from medscribe.domain.privacy import MaskedUtterance
from medscribe.note.prescribing.facts import Facts, facts_of, prescription_from

WINDOW_CHUNKS = 10
_LOOKS_AHEAD = 2
"""How many chunks after its own a statement waits for an answer ("yes, please") or a correction."""


@dataclass(frozen=True)
class Chunk:
    """One recognised stretch of the visit: the utterances between two pauses of the recogniser.

    `position` is its place in the talk, counted from the beginning of the visit; places may be
    left out and come later.
    """

    position: int
    utterances: tuple[MaskedUtterance, ...]


class RollingPrescription:
    """The prescription of a visit that is still going on.

    Every chunk is read in a window of `window_chunks` around it: those before it, to which "take it
    twice a day" refers, and two after it, in which a question is answered. What a chunk says
    depends on nothing else, so that the order in which chunks arrive, and that one arrives twice,
    make no difference; what leaves the window stays known; and of two words on one medicine the
    later in the talk wins, not the one that arrived later. A chunk that comes again with another
    text (a corrected transcript) takes the place of the one before.

    The result is `extract_prescription` of the whole talk but for what reaches further than the
    window: "it" for a medicine named more than seven chunks ago, an answer more than two chunks
    after its question, and whose sex or kinship only other parts of the talk tell.

    An update reads as many windows as chunks see the new one: `_LOOKS_AHEAD` + 1 at the end of the
    talk, however long it is.
    """

    def __init__(self, window_chunks: int = WINDOW_CHUNKS) -> None:
        """Raises `ValueError` for a window that holds no more than what is looked ahead."""
        if window_chunks <= _LOOKS_AHEAD:
            raise ValueError(f"Choose a window of more than {_LOOKS_AHEAD} chunks.")
        self._before = window_chunks - 1 - _LOOKS_AHEAD
        self._positions: list[int] = []
        self._chunks: dict[int, Chunk] = {}
        self._facts: dict[int, Facts] = {}

    def add(self, chunks: Iterable[Chunk], *, created_at: datetime) -> Prescription:
        """The prescription with these chunks; known ones may be among them."""
        stale: set[int] = set()
        for chunk in chunks:
            if self._chunks.get(chunk.position) == chunk:
                continue
            if chunk.position not in self._chunks:
                insort(self._positions, chunk.position)
            self._chunks[chunk.position] = chunk
            stale |= self._that_see(chunk.position)
        for position in stale:
            self._facts[position] = self._read(position)
        return prescription_from((self._facts[at] for at in self._positions), created_at)

    def _that_see(self, position: int) -> set[int]:
        """Positions of the chunks that are read in the light of this one, itself among them."""
        at = bisect_left(self._positions, position)
        # A new chunk also pushes another one out of the windows behind it.
        return set(self._positions[max(0, at - _LOOKS_AHEAD) : at + self._before + 2])

    def _read(self, position: int) -> Facts:
        at = bisect_left(self._positions, position)
        first = max(0, at - self._before)
        window = [self._chunks[p] for p in self._positions[first : at + _LOOKS_AHEAD + 1]]
        begin = sum(len(chunk.utterances) for chunk in window[: at - first])
        end = begin + len(self._chunks[position].utterances)
        utterances = [utterance for chunk in window for utterance in chunk.utterances]
        return facts_of(utterances, begin, end)
