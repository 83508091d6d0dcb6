"""Talk about the talk, the room or the software: what never goes into a note."""

import re
from functools import cache

from medscribe.note.reading.casing import lowered
from medscribe.note.reading.systems import symptoms_in
from medscribe.note.rules import load_pattern, read_table

_CONTENT = re.compile(r"[a-z]{3,}|\d")


@cache
def _function_words() -> frozenset[str]:
    return frozenset(str(read_table("small_talk")["function_words"]).split())


def is_small_talk(text: str) -> bool:
    """Whether a sentence is about the conversation and not about the patient."""
    return bool(load_pattern("small_talk", "small_talk").search(text)) or is_demographic(text)


def is_demographic(text: str) -> bool:
    """Whether a sentence only says who the patient is: name, birth date, phone, address."""
    return bool(load_pattern("small_talk", "demographics").search(text)) and not symptoms_in(text)


def content_words(text: str) -> list[str]:
    """Words and digits that can carry clinical meaning."""
    words = re.findall(r"<[A-Z][A-Z0-9_:]*>|[a-z']+|\d[\d./%]*", lowered(text))
    return [word for word in words if _CONTENT.search(word) and word not in _function_words()]
