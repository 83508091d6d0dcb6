"""An allergy and the reaction told after it -> one sentence: "i am allergic to latex; it gave me
hives"."""

import re

_ALLERGY = re.compile(r"\ballerg(?:ic|y|ies) to\b(?!.*;)", re.IGNORECASE)
_REACTION = re.compile(
    r"(?:it|that|they|i|my)\b.*\b(?:hives|rash\w*|swell\w*|swollen|swole|anaphyla\w*|throat|breath\w*"
    r"|itch\w*|vomit\w*|throw\w* up|nause\w*|stomach|diarrhea|dizz\w*|wheez\w*|blister\w*|welts"
    r"|reaction|break out|broke out|sick)\b",
    re.IGNORECASE,
)


def allergy_with_reaction(allergy: str, reaction: str, *, to_patient: bool) -> str | None:
    """What is said of an allergy and what is said of a reaction right after it, in one sentence;
    None where the two are not that. `to_patient`: the allergy is put to the patient ("you are")."""
    if not _REACTION.match(reaction) or not _ALLERGY.search(allergy):
        return None
    told = _to_patient(reaction) if to_patient else reaction
    return f"{allergy.rstrip(' .,')}; {told}"


def _to_patient(text: str) -> str:
    """ "it gave me hives when i was a child" -> "it gave you hives when you were a child"."""
    text = re.sub(r"\bi was\b", "you were", re.sub(r"\bi am\b", "you are", text))
    return re.sub(r"\b(?:i|me)\b", "you", re.sub(r"\bmy\b", "your", text))
