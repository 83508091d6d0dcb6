"""Two wordings -> whether they say the same, or speak of the same matter."""

from collections.abc import Iterable

from medscribe.clinical.drugs import find_drugs
from medscribe.note.statements.critical import (
    is_decisive,
    is_light,
    is_subject,
    means_alike,
    same_word,
)
from medscribe.note.statements.folding import fold


def says_the_same(one: str, other: str) -> bool:
    """Whether two wordings differ in nothing but order, forms and light words, and have the same
    numbers, negations, sides and drugs: "Order an x-ray of the knee", "Order knee x-ray".

    "Order an x-ray of the chest" is another statement, however alike the letters. Where more than
    one word decides, order counts: "Stop lisinopril, start metformin" is not the other way round.
    """
    first, second = _content(one), _content(other)
    if not first or not second:
        return fold(one).words == fold(other).words
    if not _covered(first, second) or not _covered(second, first):
        return False
    if _deciding(one, first) > 1 and not _in_order(first, second):
        return False
    return means_alike(one, other)


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


def _deciding(text: str, content: Iterable[str]) -> int:
    """How many words of a text say how much, which, whether, or of whom."""
    words = sum(is_decisive(word) or is_subject(word) for word in content)
    return words + len(find_drugs(text))


def _in_order(first: list[str], second: list[str]) -> bool:
    return len(first) == len(second) and all(map(same_word, first, second))


def _covered(words: Iterable[str], by: Iterable[str]) -> bool:
    """Whether each of `words` has its like among `by`."""
    others = list(by)
    return all(any(same_word(word, other) for other in others) for word in words)
