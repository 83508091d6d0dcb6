"""A sentence to or by the patient -> the same about the patient.

"i take it and my knee hurts" -> "he takes it and his knee hurts"; "if you need me" keeps its "me",
which `first_or_second_person` then reports.
"""

import re

from medscribe.note.reading.agreement import (
    is_adverb,
    is_finite,
    is_known_verb,
    is_modal,
    third_person,
    verb_words,
)
from medscribe.note.reading.subject import THEY, Subject

_TOKEN = re.compile(r"<[A-Z][A-Z0-9_:]*>|\d{1,3}(?:,\d{3})+|\.\d+|[^\s\w<]|[\w/%.'-]*\w%?|<")
_INVERSIONS = frozenset(["are", "were", "do", "did", "can", "could", "would", "will", "should"])
# Other people in a sentence: a "they" for the patient beside them could be either.
_OTHERS = re.compile(r"\b(?:they|them|their|theirs|we|us|our|he|she|him|his|her)\b", re.IGNORECASE)
_PLURAL = {"am": "are", "was": "were"}
_LEFT_OVER = re.compile(
    r"\b(?:i|me|my|mine|myself|we|us|our|ours|you|your|yours|yourself|let's)\b(?!\.)", re.IGNORECASE
)


def first_or_second_person(text: str) -> bool:
    """Whether somebody still speaks in the text ("I", "you", "our" ...)."""
    return bool(_LEFT_OVER.search(text))


def about_patient(text: str, *, pronouns: str, subject: Subject) -> str:
    """`text` with the patient in the third person.

    `pronouns` says how the patient is spoken of: "i" (the patient speaks) or "you" (somebody
    speaks to the patient). "we" of the patient becomes "they". A patient whose sex is not known is
    named once: "i take it and my knee hurts" -> "the patient takes it and their knee hurts".
    """
    words = _TOKEN.findall(text)
    lower = [word.lower() for word in words]
    result: list[str] = []
    governs = False
    again = subject if subject.known or _OTHERS.search(text) else THEY
    named = "the patient" in text.lower() or text.startswith("advised")
    at = 0
    while at < len(words):
        here = lower[at]
        form = _pronoun(lower, at, pronouns, again if named else subject)
        if form is None:
            verb = governs and _coordinated(lower, at)
            result.append(third_person(here) if verb else words[at])
            governs = governs and here not in (".", ";", "that", "because", "when", "if", "to")
            at += 1
            continue
        result.append(form)
        at += 1
        if form == THEY.nominative:
            at = _plural(words, lower, at, result)
        elif form == subject.nominative and _is_nominative(lower, at - 1, pronouns):
            at, governs = _agree(words, lower, at, result)
        named = True
    return _joined(result)


def _pronoun(lower: list[str], at: int, pronouns: str, subject: Subject) -> str | None:
    word = lower[at]
    if pronouns == "i":
        table = {"my": subject.possessive, "mine": subject.possessive, "me": subject.objective,
                 "myself": subject.reflexive, "i": subject.nominative}  # fmt: skip
        return table.get(word)
    if word == "you":
        return subject.nominative if _is_nominative(lower, at, "you") else subject.objective
    table = {"your": subject.possessive, "yours": subject.possessive, "yourself": subject.reflexive}
    return table.get(word)


def _is_nominative(lower: list[str], at: int, pronouns: str) -> bool:
    if pronouns == "i":
        return lower[at] == "i"
    before = lower[at - 1] if at else ""
    after = lower[at + 1] if at + 1 < len(lower) else ""
    if not before or before in verb_words("clause_openers"):
        return bool(after) and after not in (",", ".", "for", "to", "in")
    if after in ("are", "were") or before in _INVERSIONS:
        return True
    if before == "like" and is_finite(after):
        return True
    if before in verb_words("governing"):
        return False
    return is_finite(after) or (
        is_adverb(after) and at + 2 < len(lower) and is_finite(lower[at + 2])
    )


def _agree(words: list[str], lower: list[str], at: int, result: list[str]) -> tuple[int, bool]:
    """Copies adverbs and the verb that follow a subject, the verb made to agree; returns where to
    go on, and whether the verb is a present form that coordinated verbs have to follow."""
    while at < len(words) and is_adverb(lower[at]):
        result.append(words[at])
        at += 1
    if at >= len(words) or not lower[at].isalpha():
        return at, False
    verb = lower[at]
    if _is_joint_subject(lower, at):
        result.append(words[at])
        return at + 1, False
    agreed = third_person(verb)
    result.append(agreed if agreed != verb else words[at])
    present = (
        agreed != verb and verb not in ("am", "are", "were", "have", "do") and not is_modal(verb)
    )
    return at + 1, present


def _plural(words: list[str], lower: list[str], at: int, result: list[str]) -> int:
    """Copies adverbs and the auxiliary that follow "they": "i am" -> "they are"."""
    while at < len(words) and is_adverb(lower[at]):
        result.append(words[at])
        at += 1
    if at < len(words) and lower[at] in _PLURAL:
        result.append(_PLURAL[lower[at]])
        at += 1
    return at


def _is_joint_subject(lower: list[str], at: int) -> bool:
    """ "my wife and i were": the verb stays plural."""
    return (
        at >= 4
        and lower[at - 1] in ("i", "you")
        and lower[at - 2] == "and"
        and lower[at - 4] in ("my", "your")
    )


def _coordinated(lower: list[str], at: int) -> bool:
    return lower[at - 1] in ("and", "or", "but") and is_known_verb(lower[at])


def _joined(words: list[str]) -> str:
    text = " ".join(words)
    text = re.sub(r" +([,.;:?!%)])", r"\1", text)
    text = re.sub(r"\( ", "(", text)
    text = re.sub(r"\b(the patient|he|she) (?:is|was|has|does),? (?=\1\b)", "", text)
    text = re.sub(r"\b(the patient|he|she),? (?:(?:so|well|like),? )?(?=\1\b)", "", text)
    text = re.sub(r"\b(the patient|he|she),? am\b", r"\1 is", text)
    return re.sub(r"(?<=\w) ([’']s)\b", r"\1", text)
