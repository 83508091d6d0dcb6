"""A word -> how its consonants sound in English, so that misheard spellings fall together.

A short form of Metaphone (Philips, Computer Language, 1990): vowels count at the beginning only.
"""

import re

_RULES = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"[^a-z]", ""),
        (r"\A(?:kn|gn|pn|wr)", "n"),
        (r"\Ax", "s"),
        (r"ph", "f"),
        (r"ght|gh", "t"),
        (r"sch|sh|tio|sio|cia|tia", "x"),
        (r"tch|ch", "k"),
        (r"th", "t"),
        (r"ck|q|c(?![eiy])", "k"),
        (r"c|z", "s"),
        (r"x", "ks"),
        (r"g(?=[eiy])|dg|j", "j"),
        (r"g", "k"),
        (r"d", "t"),
        (r"v", "f"),
        (r"b", "p"),
        (r"w|h|y", ""),
        (r"(?<=.)[aeiou]+", ""),
        (r"\A[aeiou]", "a"),
        (r"(.)\1+", r"\1"),
    )
)


def sound_of(word: str) -> str:
    """The key of a word in small letters: "lisinopril" and "listen april" sound much alike."""
    for pattern, sound in _RULES:
        word = pattern.sub(sound, word)
    return word
