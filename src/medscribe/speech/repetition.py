"""Words of a recogniser -> whether it went round in circles or read its prompt aloud."""

import re

LOOP_WORDS = 3
"""Words from which on a repeated phrase is suspect: people do say "no, no, no"."""

LOOP_TIMES = 3
ECHO_WORDS = 4
"""Shorter answers may well be words of the prompt: "Metformin, twice a day." """


def loops(words: list[str]) -> bool:
    """Whether a phrase of 3 to 12 words comes three times in a row.

    Whisper on a fan: "thank you very much thank you very much thank you very much" -> True.
    """
    plain = _plain(words)
    for length in range(LOOP_WORDS, 13):
        for start in range(len(plain) - LOOP_TIMES * length + 1):
            phrase = plain[start : start + length]
            thrice = plain[start : start + LOOP_TIMES * length] == phrase * LOOP_TIMES
            if thrice and len(set(phrase)) > 1:
                return True
    return False


def echoes(words: list[str], prompt: str) -> bool:
    """Whether the words, four or more of them, stand in the prompt one after the other."""
    plain = _plain(words)
    if len(plain) < ECHO_WORDS:
        return False
    return f" {' '.join(plain)} " in f" {' '.join(_plain(prompt.split()))} "


def _plain(words: list[str]) -> list[str]:
    bare = (re.sub(r"[^\w']", "", word).lower() for word in words)
    return [word for word in bare if word]
