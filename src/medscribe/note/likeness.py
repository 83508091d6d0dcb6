"""Two wordings -> whether they say the same, or speak of the same matter."""

from collections.abc import Iterable

from rapidfuzz import fuzz

from medscribe.note.critical import critical_of, is_decisive, is_light
from medscribe.note.folding import fold

_SAME_WORD = 80
"""Likeness 0..100 of two forms of one word: "hurt" and "hurts"; "knee" and "chest" are not."""


def says_the_same(one: str, other: str) -> bool:
    """Whether two wordings differ in nothing but order, forms and light words, and have the same
    numbers, negations, sides and drugs: "Order an x-ray of the knee", "Order knee x-ray".

    "Order an x-ray of the chest" is another statement, however alike the letters.
    """
    first, second = _content(one), _content(other)
    if not first or not second:
        return fold(one).words == fold(other).words
    if not _covered(first, second) or not _covered(second, first):
        return False
    return critical_of(one) == critical_of(other)


def same_matter(one: str, other: str) -> bool:
    """Whether one wording speaks of all that the other speaks of, whatever it says of it:
    "Metformin 500 mg" and "Metformin 1000 mg with meals", "Smokes" and "Does not smoke"."""
    first = [word for word in _content(one) if not is_decisive(word)]
    second = [word for word in _content(other) if not is_decisive(word)]
    if not first or not second:
        return False
    return _covered(first, second) or _covered(second, first)


def _content(text: str) -> list[str]:
    return [word for word in fold(text).words if not is_light(word)]


def _covered(words: Iterable[str], by: Iterable[str]) -> bool:
    """Whether each of `words` has its like among `by`."""
    others = list(by)
    return all(
        any(word == other or fuzz.ratio(word, other) >= _SAME_WORD for other in others)
        for word in words
    )
