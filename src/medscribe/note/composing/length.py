"""How long the note of a talk is, and from which worth on sentences are taken to make it so."""

from collections.abc import Sequence

import numpy as np

from medscribe.note.composing.draft import Headed
from medscribe.note.reading.classifier import Sorted
from medscribe.note.reading.units import Unit

# Words of a note: so many, and so many more per word that was said. Best ROUGE-1 of a coarse grid
# in cross-validation on ACI-Bench train and validation; written notes there have 420 words of 1200.
_WORDS = 150
_WORDS_PER_WORD = 0.2
TYPICAL_WORTH = 0.2
# Worths to choose from; sentences of less say nothing, those of more would be missed.
_WORTHS = (0.1, 0.13, 0.16, TYPICAL_WORTH, 0.24, 0.28, 0.32, 0.36)


def expected_words(said: int) -> float:
    """Words that a note of a talk of `said` words should have."""
    return _WORDS + _WORDS_PER_WORD * said


def words_in(composed: Sequence[Headed]) -> int:
    """Words of a note: its statements, and the headings of sections that have any."""
    return sum(
        len(heading.title.split()) + sum(line.length for line in lines)
        for heading, lines in composed
        if lines
    )


def worth_for_length(
    units: Sequence[Unit], places: Sequence[Sorted], typical_words: int, wanted: float
) -> float:
    """The worth whose note should come closest to `wanted` words, where the note of
    `TYPICAL_WORTH` has `typical_words`: what is charted keeps its share of what was said."""
    lengths = np.array([unit.length for unit in units], dtype=np.int64)
    worths = np.array([place.worth for place in places])
    spoken = {worth: int(lengths[worths >= worth].sum()) for worth in _WORTHS}
    share = typical_words / max(spoken[TYPICAL_WORTH], 1)

    def distance(worth: float) -> tuple[float, float]:
        return abs(share * spoken[worth] - wanted), abs(worth - TYPICAL_WORTH)

    return min(_WORTHS, key=distance)
