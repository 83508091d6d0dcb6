"""A base verb -> the form that goes with "he" or "she", or its past; and what a verb is."""

from functools import cache

from medscribe.note.rules import read_table

_SPECIAL = {
    "have": "has",
    "do": "does",
    "go": "goes",
    "am": "is",
    "are": "is",
    "be": "is",
    "were": "was",
    # "i been having this cough", as people say and recognisers write "i've been".
    "been": "has been",
}
_DOUBLED = frozenset(["stop", "trip", "jog", "plan", "slip", "pop", "drop", "grab"])
_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxz")


@cache
def verb_words(group: str) -> frozenset[str]:
    """One list of `tables/verbs.toml`."""
    return frozenset(str(read_table("verbs")[group]).split())


@cache
def _irregular() -> dict[str, str]:
    listed = read_table("verbs")["past"]
    assert isinstance(listed, dict)
    return {str(base): str(form) for base, form in listed.items()}


def is_modal(word: str) -> bool:
    return word in verb_words("modals")


def is_adverb(word: str) -> bool:
    return word in verb_words("adverbs") or (word.endswith("ly") and len(word) > 4)


def is_known_verb(word: str) -> bool:
    """Whether the word is a base verb of everyday talk about health."""
    return word in verb_words("base_verbs")


def is_finite(word: str) -> bool:
    """Whether the word can be the verb after "you": an auxiliary, a known verb or a past form."""
    return (
        word in _SPECIAL
        or word in ("is", "was", "has", "had", "did", "does")
        or is_modal(word)
        or is_known_verb(word)
        or is_past(word)
    )


def is_past(word: str) -> bool:
    return word in verb_words("irregular_past") or (
        word.endswith("ed") and word not in ("need", "feed")
    )


def third_person(verb: str) -> str:
    """ "take" -> "takes"; past forms and modals stay as they are."""
    if verb in _SPECIAL:
        return _SPECIAL[verb]
    if verb in verb_words("closed_class"):
        return verb
    if verb in ("hurt", "put", "read", "cut", "hit", "quit"):
        return verb
    if is_modal(verb) or is_past(verb) or verb.endswith("ing") or not verb.isalpha():
        return verb
    if verb.endswith(("is", "has", "was", "does")) or (
        verb.endswith("s") and not verb.endswith("ss")
    ):
        return verb
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        return verb + "es"
    if verb.endswith("y") and len(verb) > 1 and verb[-2] in _CONSONANTS:
        return verb[:-1] + "ies"
    return verb + "s"


def past(verb: str) -> str:
    """ "try" -> "tried", "take" -> "took"."""
    if verb in _irregular():
        return _irregular()[verb]
    if is_past(verb):
        return verb
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and len(verb) > 1 and verb[-2] in _CONSONANTS:
        return verb[:-1] + "ied"
    return verb + verb[-1] + "ed" if verb in _DOUBLED else verb + "ed"
