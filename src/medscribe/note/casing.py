"""A lower-case sentence -> sentence case, with names of drugs and tests as they are written."""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from medscribe.clinical.drugs import find_drugs

_WORD = re.compile(r"<[A-Z][A-Z0-9_:]*>|[A-Za-z][A-Za-z']*(?:-[A-Za-z]+)*")
_FIXED = {
    "january": "January", "february": "February", "april": "April", "june": "June",
    "july": "July", "august": "August", "september": "September", "october": "October",
    "november": "November", "december": "December", "monday": "Monday", "tuesday": "Tuesday",
    "wednesday": "Wednesday", "thursday": "Thursday", "friday": "Friday", "saturday": "Saturday",
    "sunday": "Sunday", "dr": "Dr", "mr": "Mr", "mrs": "Mrs", "ms": "Ms", "miss": "Miss",
    "a1c": "A1c", "covid": "COVID",
}  # fmt: skip


@cache
def proper_words() -> Mapping[str, str]:
    """Lower-case word -> how charts write it ("mri" -> "MRI", "tylenol" -> "Tylenol")."""
    text = (files("medscribe.note") / "models" / "casing.json").read_text("utf-8")
    return {**json.loads(text), **_FIXED}


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
