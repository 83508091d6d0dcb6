"""A spoken sentence -> the same sentence without hesitation, repetition and courtesy words.

What counts as such is data: `tables/fillers.toml`.
"""

import re
from functools import cache

from medscribe.clinical.offsets import NormalisedText
from medscribe.note.rules import load_pattern, load_rules, reworded_with_origins


@cache
def _lead() -> re.Pattern[str]:
    words = load_pattern("fillers", "lead").pattern
    return re.compile(rf"[\s,.;-]*(?:{words})\b(?!-)[\s,.!]+", re.IGNORECASE)


@cache
def _tail() -> re.Pattern[str]:
    words = load_pattern("fillers", "tail").pattern
    return re.compile(rf"(?:[\s,]+(?:{words})\b)*[\s,.;?!-]*\Z", re.IGNORECASE)


def without_fillers(spoken: NormalisedText) -> NormalisedText:
    """`spoken` without fillers, stutters, and discourse words at both ends; may be empty.

    "so , uh , my my knee hurts , you know ?" -> "my knee hurts".
    """
    result = reworded_with_origins(spoken, load_rules("fillers"))
    start = _start_of_content(result.text)
    rest = result.part(start, len(result.text))
    trailing = _tail().search(rest.text)
    return rest.part(0, trailing.start() if trailing else len(rest.text))


def _start_of_content(text: str) -> int:
    """Where discourse words end; "no chest pain" and "right knee pain" are content."""
    keep = load_pattern("fillers", "keep_lead")
    at = 0
    while True:
        word_at = at + len(text[at:]) - len(text[at:].lstrip(" ,.;-"))
        match = _lead().match(text, at)
        if match is None or keep.match(text, word_at):
            return word_at
        at = match.end()
