"""Stretches found in the texts of a visit -> the stretches to mask: merged, and found again.

Overlaps become one, whole words stay whole, and what was found with certainty once is masked
wherever it stands.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from medscribe.domain.privacy import PLACEHOLDER, PiiDecision, PiiKind
from medscribe.privacy.folding import Folded, continues_word, fold
from medscribe.privacy.rules.numbers.digit_words import number_words
from medscribe.privacy.rules.word_list import Flag, flags

CERTAIN_SCORE = 0.8
"""From here on a span is certain; lower ones are masked as `<UNCERTAIN:...>`."""

LEAST_DIGITS_TO_REPEAT = 5
"""A number of fewer is a dose or a pulse elsewhere in the visit."""

LOWEST_SCORE = 0.35
"""Below this a span is left as it is: more of them are wrong than right."""


class Found(NamedTuple):
    """Characters [start, end) of one utterance that must not be seen."""

    start: int
    end: int
    kind: PiiKind
    score: float


def stretches_to_mask(
    texts: Sequence[str],
    found: Sequence[Iterable[Found]],
    decisions: Sequence[PiiDecision] = (),
) -> list[list[Found]]:
    """Per text the stretches to mask, in order and without overlaps.

    What a clinician called an identifier is masked wherever it stands as whole words; what a
    clinician released is left wherever a stretch is nothing but that.
    """
    last_word = {key: each for each in decisions if (key := key_of(each.original))}
    # What looks like a placeholder and stays would be revealed as somebody.
    released = {
        key
        for key, each in last_word.items()
        if not each.identifies and not PLACEHOLDER.search(each.original)
    }
    confirmed = {
        key: Found(0, len(each.original), each.kind, 1.0)
        for key, each in last_word.items()
        if each.identifies
    }
    folded = [fold(text) for text in texts]
    if confirmed:
        pattern = _any_of(confirmed)
        found = [
            [*spans, *_repeated(text, pattern, confirmed)]
            for text, spans in zip(folded, found, strict=True)
        ]
    merged = [
        _without(released, text, _merged(text, spans))
        for text, spans in zip(texts, found, strict=True)
    ]
    everywhere = _found_everywhere(texts, folded, merged)
    return [_without(released, text, spans) for text, spans in zip(texts, everywhere, strict=True)]


def key_of(original: str) -> str:
    """What spellings of one identifier have in common."""
    return fold(original).text.strip()


def _without(released: set[str], text: str, spans: list[Found]) -> list[Found]:
    if not released:
        return spans
    return [span for span in spans if key_of(text[span.start : span.end]) not in released]


def _merged(text: str, spans: Iterable[Found]) -> list[Found]:
    """Whole words, no overlaps, in order; of overlapping ones the widest with the highest score."""
    merged: list[Found] = []
    wide = (_whole_words(text, found) for found in spans if found.score >= LOWEST_SCORE)
    for found in sorted(found for found in wide if found.start < found.end):
        last = merged[-1] if merged else None
        if last is None or found.start >= last.end:
            merged.append(found)
            continue
        # "12 Mary Street": the widest find tells best what the whole is.
        widest = max(last, found, key=lambda one: (one.end - one.start, one.score))
        end, score = max(last.end, found.end), max(last.score, found.score)
        merged[-1] = Found(last.start, end, widest.kind, score)
    return merged


def _whole_words(text: str, found: Found) -> Found:
    """`found` widened so that no part of a word is left beside a placeholder."""
    start, end = found.start, found.end
    while 0 < start < end and _is_word(text[start - 1]) and _is_word(text[start]):
        start -= 1
    while start < end < len(text) and _is_word(text[end - 1]) and _is_word(text[end]):
        end += 1
    return found._replace(start=start, end=end)


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_" or continues_word(character)


def _found_everywhere(
    texts: Sequence[str], folded: Sequence[Folded], found: list[list[Found]]
) -> list[list[Found]]:
    """Certain finds carried to every place of the visit where the same words stand.

    Merging can make a longer certain find, which is looked for in turn, until nothing is new.
    """
    known: dict[str, Found] = {}
    while True:
        certain = {
            key_of(text[span.start : span.end]): span
            for text, spans in zip(texts, found, strict=True)
            for span in spans
            if span.score >= CERTAIN_SCORE
            and _means_the_same_elsewhere(text[span.start : span.end], span.kind)
        }
        new = {key: span for key, span in certain.items() if key not in known}
        if not new:
            return found
        known |= new
        pattern = _any_of(new)
        found = [
            _merged(text, [*spans, *_repeated(like, pattern, new)])
            for text, like, spans in zip(texts, folded, found, strict=True)
        ]


def _means_the_same_elsewhere(original: str, kind: PiiKind) -> bool:
    """Whether the words identify wherever they stand; not "ninety", "march", "reading" or "4 2".

    Dates and ages are found by their form each time, and so is a number of few digits, or not.
    """
    if kind in (PiiKind.DATE, PiiKind.AGE_OVER_89):
        return False
    words = _word().findall(key_of(original))
    if all(word.isdigit() or len(word) == 1 or word in number_words() for word in words):
        value = "".join(number_words().get(word, word) for word in words)
        return len(value) >= LEAST_DIGITS_TO_REPEAT
    if kind is PiiKind.LOCATION and len(words) == 1:
        return not {Flag.FREQUENT, Flag.USED} & set(flags(words[0]))
    return True


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"\d+|[^\W\d_]+")


def _any_of(keys: Iterable[str]) -> re.Pattern[str]:
    """Matches the keys as whole words of a folded text; one that begins with a sign anywhere."""
    longest_first = sorted(keys, key=lambda key: (-len(key), key))
    return re.compile("|".join(map(_as_whole_words, longest_first)))


def _as_whole_words(key: str) -> str:
    before = r"(?<!\w)" if _is_word(key[0]) else ""
    after = r"(?!\w)" if _is_word(key[-1]) else ""
    return before + re.escape(key) + after


def _repeated(text: Folded, pattern: re.Pattern[str], known: dict[str, Found]) -> list[Found]:
    repeated = []
    for match in pattern.finditer(text.text):
        like = known[match.group()]
        start, last = text.places[match.start()], text.places[match.end() - 1]
        repeated.append(Found(start, last + 1, like.kind, like.score))
    return repeated
