"""How long the note of a talk is, and from which worth on sentences are taken to make it so."""

from collections.abc import Callable, Sequence

from medscribe.domain.note import Section
from medscribe.domain.privacy import MaskedUtterance

# Words of a note: so many, and so many more per word that was said. Best ROUGE-1 of a coarse grid
# in cross-validation on ACI-Bench train and validation; written notes there have 420 words of 1200.
_WORDS = 150
_WORDS_PER_WORD = 0.2
# Worths that are tried; sentences of less say nothing, those of more would be missed.
_WORTHS = (0.1, 0.13, 0.16, 0.2, 0.24, 0.28, 0.32, 0.36)


def expected_words(utterances: Sequence[MaskedUtterance]) -> float:
    """Words that a note of this talk should have."""
    said = sum(len(utterance.text.split()) for utterance in utterances)
    return _WORDS + _WORDS_PER_WORD * said


def words_in(sections: Sequence[Section]) -> int:
    """Words of a note's statements, headings of sections that have any included."""
    return sum(
        len(section.title.split()) + sum(len(line.text.split()) for line in section.statements)
        for section in sections
        if section.statements
    )


def worth_for_length(words_at: Callable[[float], int], wanted: float) -> float:
    """The worth whose note comes closest to `wanted` words; `words_at` says how many words the
    note of a worth has, and the higher the worth the fewer."""
    low, high = 0, len(_WORTHS) - 1
    tried: dict[float, float] = {}
    while low <= high:
        middle = (low + high) // 2
        words = words_at(_WORTHS[middle])
        tried[_WORTHS[middle]] = abs(words - wanted)
        if words > wanted:
            low = middle + 1
        else:
            high = middle - 1
    return min(tried, key=lambda worth: (tried[worth], worth))
