"""One statement + the talk -> parts of the body that the talk has on the other side only."""

import re
from collections.abc import Iterator
from itertools import takewhile

from medscribe.safety.grounding.talk import Talk, words_of
from medscribe.safety.grounding.words import listed

_QUADRANTS = re.compile(r"\b([RL])([LU])Q\b")
_SIDE_LETTER = re.compile(r"\b([RL])(?= [a-z])")
_BEHIND = re.compile(
    r"([\w ]+)[,(] ?(?:on the )?(left|right)(?: side)? *(?=[.,;)]|\Z)", re.IGNORECASE
)
_SIDE_NAMES = {"R": "right", "L": "left"}
_LEVEL_NAMES = {"U": "upper", "L": "lower"}
_SIDES = {"left": "right", "right": "left"}
_SIDE_REACH = 3


def wrong_sides(text: str, talk: Talk) -> Iterator[str]:
    """ "right knee" where the talk has the left knee only; "R knee" and "RLQ" are understood."""
    spelled = _QUADRANTS.sub(
        lambda match: f"{_SIDE_NAMES[match[1]]} {_LEVEL_NAMES[match[2]]} quadrant", text
    )
    spelled = _SIDE_LETTER.sub(lambda match: _SIDE_NAMES[match[1]], spelled)
    said = set(_side_pairs(list(talk.words)))
    words = words_of(spelled)
    for side, part in dict.fromkeys([*_side_pairs(words), *_sides_behind(text)]):
        if (side, part) not in said and (_SIDES[side], part) in said:
            yield f"{side} {part}"
    yield from _both_sides(words, said, talk)


def _both_sides(words: list[str], said: set[tuple[str, str]], talk: Talk) -> Iterator[str]:
    """ "Bilateral knee pain" where one knee only was spoken of."""
    if not {"both", "bilateral", "bilaterally", "each", "either"}.isdisjoint(talk.words):
        return
    for at, word in enumerate(words):
        if word != "bilateral":
            continue
        for part in words[at + 1 : at + 1 + _SIDE_REACH]:
            one = part.removesuffix("s")
            sides = sum((side, one) in said for side in _SIDES)
            if one in listed("parts") and sides == 1 and f"{one}s" not in talk.words:
                yield f"bilateral {one}"


def _sides_behind(text: str) -> Iterator[tuple[str, str]]:
    """ "Knee pain, right.": a side by itself, behind its part."""
    for match in _BEHIND.finditer(text):
        near = words_of(match[1])[-_SIDE_REACH:]
        if not any(each in _SIDES for each in near):
            side = match[2].lower()
            yield from ((side, part.removesuffix("s")) for part in near if _is_part(part))


def _is_part(word: str) -> bool:
    return word.removesuffix("s") in listed("parts")


def _side_pairs(words: list[str]) -> Iterator[tuple[str, str]]:
    for at, word in enumerate(words):
        if word in _SIDES:
            near = takewhile(lambda each: each not in _SIDES, words[at + 1 : at + 1 + _SIDE_REACH])
            yield from ((word, part.removesuffix("s")) for part in near if _is_part(part))
