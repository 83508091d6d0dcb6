"""Words of a recogniser -> where it went round in circles, or that it read its prompt aloud."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

LOOP_WORDS = 3
"""Words from which on a repeated phrase is suspect: people do say "no, no, no"."""

LONGEST_LOOP_WORDS = 12
LOOP_TIMES = 3
ECHO_WORDS = 4
"""Shorter answers may well be words of the prompt: "Metformin, twice a day." """


@dataclass(frozen=True)
class Loop:
    """A phrase said over and over: it begins at word `start`, its repeats are [again, end)."""

    start: int
    again: int
    end: int


def loops(words: Sequence[str]) -> bool:
    """Whether a phrase of 3 to 12 words comes three times in a row.

    Whisper on a fan: "thank you very much thank you very much thank you very much" -> True.
    """
    return bool(find_loops(words))


def find_loops(
    words: Sequence[str], *, shortest: int = LOOP_WORDS, times: int = LOOP_TIMES
) -> list[Loop]:
    """Phrases of `shortest` to 12 words that come `times` times or more in a row, in order.

    Case and punctuation do not matter. One word repeated is no phrase, unless `shortest` is 1. A
    repeat that breaks off belongs to the loop where nothing follows it.
    """
    plain = [(number, word) for number, word in enumerate(map(_bare, words)) if word]
    said = [word for _, word in plain]
    found: list[Loop] = []
    at = 0
    while at < len(said):
        loop = _loop_at(said, at, shortest, times)
        if loop is None:
            at += 1
            continue
        end = plain[loop.end][0] if loop.end < len(plain) else len(words)
        found.append(Loop(plain[loop.start][0], plain[loop.again][0], end))
        at = loop.end
    return found


def echoes(words: Sequence[str], prompt: str) -> bool:
    """Whether the words, four or more of them, stand in the prompt one after the other."""
    plain = _plain(words)
    if len(plain) < ECHO_WORDS:
        return False
    return f" {' '.join(plain)} " in f" {' '.join(_plain(prompt.split()))} "


def _loop_at(said: list[str], start: int, shortest: int, times: int) -> Loop | None:
    """The loop of the shortest phrase that begins at word `start`."""
    longest = min(LONGEST_LOOP_WORDS, (len(said) - start) // times)
    for length in range(shortest, longest + 1):
        same = start + length
        while same < len(said) and said[same] == said[same - length]:
            same += 1
        repeated = (same - start) // length
        if repeated < times or (shortest > 1 and len(set(said[start : start + length])) == 1):
            continue
        end = same if same == len(said) else start + repeated * length
        return Loop(start, start + length, end)
    return None


def _plain(words: Sequence[str]) -> list[str]:
    return [bare for word in words if (bare := _bare(word))]


def _bare(word: str) -> str:
    return re.sub(r"[^\w']", "", word).lower()
