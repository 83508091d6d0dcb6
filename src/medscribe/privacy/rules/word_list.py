"""A word -> what is known of it as a name, as an ordinary word and as a clinical word.

`lexicon/words.txt.gz` holds one word a line with its flags (see `Flag`); it is compiled by
`medscribe.training.names`, and its card stands beside it. The other lists are
written by hand.
"""

import gzip
import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_CONTRACTION = "'f"
_NAME_PREFIXES = ("o'", "d'", "l'")
_FOREIGN = frozenset("šćžčłøåæğışřěůőűțșăđńśźżąęßþðýāēīūļņķģ")
"""Letters of no English word; those of "café", "naïve", "façade" and "jalapeño" are not here."""
_ENGLISH = "dofck"


class Flag(StrEnum):
    """What a word can be; one word often is several things ("mark", "may", "king")."""

    GIVEN = "g"
    SURNAME = "s"
    POPULAR = "p"  # among the 400 most frequent given names of a sex, or 1,000 surnames
    DICTIONARY = "d"  # an English word
    PROPER = "k"  # a proper noun of the dictionary: a place, a people, a brand, or a name
    USED = "o"  # said in small letters in clinical talk
    FREQUENT = "f"  # said so in every few visits: never a name without context
    CLINICAL = "c"  # part of a drug name, brand or diagnosis
    EPONYM = "e"  # nearly always a disease, sign, test or device
    NOT_NAME = "x"  # a brand, a firm, a people
    PLACE = "l"  # a town
    REGION = "r"  # a state or country
    NEVER = "n"  # a function word, a month, a form of address
    FREQUENT_SURNAME = "q"  # such as "young", "white", "good"
    CONTRACTION = "'"  # "i'll", "don't"


def flags(word: str) -> str:
    """The flags of `word` in any case, with or without accents; "" for an unknown word."""
    marks = _marks(word)
    if not is_name(marks) and _sound().fullmatch(word.lower()):
        return marks + Flag.NEVER  # "mhmm", "umm", "ahh", however long a recogniser makes them
    return marks


def _marks(word: str) -> str:
    known = _words()
    if word in known:
        return known[word]
    folded = _folded(word)
    if "'" in folded and folded[:2] not in _NAME_PREFIXES:
        return _CONTRACTION  # "i'll" is not the name "ill"
    marks = known.get(folded.replace("'", ""), "")
    if marks and not _FOREIGN.isdisjoint(word.lower()):
        return "".join(mark for mark in marks if mark not in _ENGLISH)  # "Bašić" is not "basic"
    return marks


@cache
def _sound() -> re.Pattern[str]:
    return re.compile(r"(?:[aeou]*h+m*|[eu]*m+|m+h+m*|(?:m+|h+m+|u+h+)(?:-?h+[um]+)+)")


def is_given(marks: str) -> bool:
    return Flag.GIVEN in marks


def is_surname(marks: str) -> bool:
    return Flag.SURNAME in marks


def is_name(marks: str) -> bool:
    """Whether a word with these flags can be a name at all."""
    return Flag.GIVEN in marks or Flag.SURNAME in marks


def is_ordinary(marks: str) -> bool:
    """Whether a word with these flags is also an English word."""
    return Flag.USED in marks or Flag.DICTIONARY in marks


def listed_words() -> Iterable[tuple[str, str]]:
    """Every listed word with its flags."""
    return _words().items()


def places() -> frozenset[str]:
    """Cities, counties and hospitals, in lower case; a name may have several words."""
    return _place_list()


def regions() -> frozenset[str]:
    """States, countries and continents, in lower case."""
    return _region_list()


def house_adjectives() -> frozenset[str]:
    """Words before "hospital" or "clinic" that do not tell which one: "local", "eye"."""
    return _house_adjectives()


@cache
def _house_adjectives() -> frozenset[str]:
    return frozenset(" ".join(_lines("house_adjectives.txt")).split())


@cache
def _place_list() -> frozenset[str]:
    return frozenset(_listed("places.txt"))


@cache
def _region_list() -> frozenset[str]:
    return frozenset(_listed("regions.txt"))


@cache
def _words() -> dict[str, str]:
    with (_lexicon() / "words.txt.gz").open("rb") as packed:
        text = gzip.decompress(packed.read()).decode("ascii")
    parts = text.split()
    known = dict(zip(parts[::2], parts[1::2], strict=True))
    by_hand = (
        (Flag.GIVEN, " ".join(_lines("given_names.txt")).split()),
        (Flag.SURNAME, " ".join(_lines("surnames.txt")).split()),
        (Flag.EPONYM, " ".join(_lines("eponyms.txt")).split()),
        (Flag.NOT_NAME, " ".join(_lines("not_names.txt")).split()),
        (Flag.NEVER, " ".join(_lines("never_names.txt")).split()),
        (Flag.FREQUENT_SURNAME, " ".join(_lines("frequent_surnames.txt")).split()),
        (Flag.PLACE, places()),
        (Flag.REGION, regions()),
    )
    for flag, words in by_hand:
        for word in map(_folded, words):
            known[word] = known.get(word, "") + flag
    return known


def _listed(name: str) -> list[str]:
    """The entries of a list that is divided by commas."""
    return [entry.strip() for entry in " ".join(_lines(name)).split(",")]


def _lines(name: str) -> list[str]:
    text = (_lexicon() / name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and line[0] != "#"]


def _lexicon() -> Traversable:
    return files("medscribe.privacy") / "lexicon"


def _folded(word: str) -> str:
    """Lower case, without accents and possessive."""
    lower = word.lower().replace("’", "'").removesuffix("'s")
    if lower.isascii():
        return lower
    parts = unicodedata.normalize("NFKD", lower)
    return "".join(part for part in parts if not unicodedata.combining(part))
