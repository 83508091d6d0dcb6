"""A word in no list -> whether English or clinical talk made it all the same: "reset", "batcher".

Dictionaries list few of the words that prefixes, endings and compounds make, and no slip of a
recogniser ("phosphatate"); what is left of the unlisted words are mostly names.
"""

import re
from functools import cache, lru_cache

from medscribe.privacy.rules.word_list import Flag, flags, is_name, listed_words

MIN_STEM_LETTERS = 4
MIN_SLIP_LETTERS = 8
"""A shorter word may begin as a listed one does and be a name: "christa"."""

SLIP_LETTERS = 6
"""Letters that a slip has in common with the word that was meant, from the first on."""

_PREFIXES_TEXT = (
    "anti auto bi bio bronchi bronchio cardio cervico chemo chole co de di dis electro endo "
    "entero epi extra gastro haemo hemo hepato hyper hypo im immuno in infra inter intra kilo "
    "macro mega meta micro mid mini mis mono multi myo naso neo nephro neuro non oesophago off "
    "ortho osteo out over para patho peri photo pneumo poly post pre pro pseudo psycho pulmo "
    "radio re renal retro semi spiro sub super supra tele thermo thoraco thrombo trans tri "
    "ultra un under up uro vaso video"
)
_PREFIXES = tuple(_PREFIXES_TEXT.split())
_SHORT_STEMS = ("re", "un", "dis", "non", "tele")
"""Prefixes before which a stem of three letters is enough: "reset", "undid"."""

_ENGLISH = {Flag.DICTIONARY, Flag.USED, Flag.CLINICAL, Flag.NEVER, Flag.NOT_NAME}


@lru_cache(maxsize=4096)
def is_made_word(lower: str) -> bool:
    """Whether the unlisted word is made of listed ones: "telehealth", "fingersticks", "bruisy"."""
    return any(_is_word(stem) or _is_prefixed(stem) or _is_compound(stem) for stem in _stems(lower))


@lru_cache(maxsize=4096)
def is_slip(lower: str) -> bool:
    """Whether the word begins as a long listed word does: "phosphatate", "hyperandrogynism"."""
    return len(lower) >= MIN_SLIP_LETTERS and lower[:SLIP_LETTERS] in _beginnings()


def _stems(lower: str) -> list[str]:
    """The word, and what it may be made of before its ending."""
    stems = [lower]
    match = _ending().search(lower)
    while match and match.start() >= MIN_STEM_LETTERS:
        stem = lower[: match.start()]
        stems += [stem, stem + "e", stem + "y"]
        if stem[-1] == stem[-2]:
            stems.append(stem[:-1])
        match = _ending().search(lower, match.start() + 1)
    return stems


def _is_prefixed(word: str) -> bool:
    for prefix in _PREFIXES:
        least = MIN_STEM_LETTERS - (prefix in _SHORT_STEMS)
        if word.startswith(prefix) and len(word) - len(prefix) >= least:
            rest = word[len(prefix) :]
            if any(_is_word(stem, least) for stem in _stems(rest)):
                return True
    return False


def _is_compound(word: str) -> bool:
    return any(
        _is_word(word[:at]) and _is_word(word[at:])
        for at in range(MIN_STEM_LETTERS, len(word) - MIN_STEM_LETTERS + 1)
    )


def _is_word(word: str, least: int = MIN_STEM_LETTERS) -> bool:
    marks = flags(word)
    return len(word) >= least and not _ENGLISH.isdisjoint(marks) and "'" not in marks


@cache
def _ending() -> re.Pattern[str]:
    return re.compile(
        r"(?:s|es|ies|ied|e?d|ing|e?rs?|e?ly|y|ish|less|like|wise|ness|able|ally|ist)$"
    )


@cache
def _beginnings() -> frozenset[str]:
    """How the long words begin that nobody is called."""
    return frozenset(
        word[:SLIP_LETTERS]
        for word, marks in listed_words()
        if len(word) >= MIN_SLIP_LETTERS
        and not is_name(marks)
        and not {Flag.DICTIONARY, Flag.USED, Flag.CLINICAL}.isdisjoint(marks)
    )
