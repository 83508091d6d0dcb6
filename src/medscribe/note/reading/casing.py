"""A lower-case sentence -> sentence case, with names of drugs and tests as they are written."""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from medscribe.clinical.drugs import find_drugs
from medscribe.note.rules import read_table

_WORD = re.compile(r"<[A-Z][A-Z0-9_:]*>|[A-Za-z]\d+[A-Za-z]?\b|[A-Za-z][A-Za-z']*(?:-[A-Za-z]+)*")
# Words that the notes of the corpus happen to capitalise although they name nothing.
_COMMON = frozenset(["nose", "coast", "east", "indole", "finasteride", "ace"])
_PIECE = re.compile(r"<[A-Z][A-Z0-9_:]*>|[^<]+|<")
_FIXED = {
    "january": "January", "february": "February", "april": "April", "june": "June",
    "july": "July", "august": "August", "september": "September", "october": "October",
    "november": "November", "december": "December", "monday": "Monday", "tuesday": "Tuesday",
    "wednesday": "Wednesday", "thursday": "Thursday", "friday": "Friday", "saturday": "Saturday",
    "sunday": "Sunday", "dr": "Dr", "mr": "Mr", "mrs": "Mrs", "ms": "Ms", "miss": "Miss",
    "a1c": "A1c", "covid": "COVID", "er": "ER",
    "colles": "Colles", "colles'": "Colles'",
}  # fmt: skip


@cache
def proper_words() -> Mapping[str, str]:
    """Lower-case word -> how charts write it ("mri" -> "MRI", "tylenol" -> "Tylenol")."""
    text = (files("medscribe.note") / "models" / "casing.json").read_text("utf-8")
    learned = {word: form for word, form in json.loads(text).items() if word not in _COMMON}
    return {**learned, **_FIXED}


def lowered(text: str) -> str:
    """`text` in small letters, its placeholders as they are: "<NAME_1> Is" -> "<NAME_1> is"."""
    return _PIECE.sub(lambda match: _lower_word(match.group()), text)


def _lower_word(piece: str) -> str:
    return piece if len(piece) > 1 and piece.startswith("<") else piece.lower()


def spoken_case(text: str) -> str:
    """A sentence as recognisers and typists write it -> as one speaks it, which the tables expect:
    "No rashes, but I had an MRI. And Tylenol" -> "no rashes, but i had an MRI. and Tylenol".

    Small become the first word, "I", and capitalised words of everyday speech; acronyms, names and
    placeholders stay. `sentence_case` puts the capitals of a written sentence back.
    """
    first = True

    def spoken(match: re.Match[str]) -> str:
        nonlocal first
        opens, first = first, False
        word = match.group()
        if word.startswith("<") or word.islower():
            return word
        plain = word.lower()
        titled = word[0].isupper() and (len(word) == 1 or word[1:].islower())
        return plain if plain in _everyday_words() or (opens and titled) else word

    return _WORD.sub(spoken, text)


@cache
def _everyday_words() -> frozenset[str]:
    """Words that carry no capital of their own wherever they stand."""
    verbs = read_table("verbs")
    listed = [
        str(read_table("small_talk")["function_words"]),
        *(words for words in verbs.values() if isinstance(words, str)),
        "i a an the i'm i've no nope none never ok yes of in on at my it is not",
    ]
    return frozenset(word for words in listed for word in words.split())


def sentence_case(text: str, *, lower_first: bool = False) -> str:
    """`text` with proper words cased and its first letter a capital (or, for the middle of a
    sentence, small); words that have capitals inside, and placeholders, stay as they are."""
    table = proper_words()

    def cased(match: re.Match[str]) -> str:
        word = match.group()
        if word.startswith("<") or not word.islower():
            return word
        if "-" in word and word not in table:
            return "-".join(table.get(part, part) for part in word.split("-"))
        own = word.removesuffix("'s")
        return table.get(word) or (table[own] + word[len(own) :] if own in table else word)

    result = _with_drug_names(_WORD.sub(cased, text))
    if lower_first or not result or result[0] == "<":
        return result
    return result[0].upper() + result[1:]


def _with_drug_names(text: str) -> str:
    """Brand names as they are registered ("eliquis" -> "Eliquis"); generic names stay small."""
    for mention in find_drugs(text):
        if mention.name.lower() == mention.said and not mention.name.isupper():
            text = text[: mention.span.start] + mention.name + text[mention.span.end :]
    return text


def decapitalised(text: str) -> str:
    """The first word in lower case, unless it is a proper word or an acronym: what stood at the
    beginning of a sentence may come to stand in its middle."""
    match = _WORD.match(text)
    if not match or match.group().startswith("<"):
        return text
    word = match.group()
    if word.lower() in proper_words() or (len(word) > 1 and not word[1:].islower()):
        return text
    return word.lower() + text[match.end() :]
