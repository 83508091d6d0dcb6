"""Words of a companion before a substance -> whether companions speak of their own use of it."""

import re

from medscribe.domain.medication import Experiencer
from medscribe.note.prescribing.sentences import Sentence

_OWN = re.compile(
    r"\bi (?:also |just |currently |always |really |only |\w+ly )*(?:am|was|have|had|get|cannot"
    r"|take|took|use|used)\b(?!.*\bgiv(?:e|en|ing)\b)",
    re.IGNORECASE,
)
_GIVES_ME = re.compile(
    r"\A (?:always |just |really )?(?:gives?|gave|makes?|made|causes?) (?:me|my)\b", re.IGNORECASE
)
_PATIENT = re.compile(r"\b(?:he|she|him|her|his|the patient)\b|<NAME_\d", re.IGNORECASE)
_NOT_KIN = ("friend", "caregiver", "companion", "guardian", "partner")


def reacts_oneself(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the allergy to the substance at [start, end) is the companion's: "I'm allergic to
    sulfa, but he is not"."""
    if sentence.companion is None:
        return False
    found = _OWN.search(sentence.text[:start])
    own = found is not None and not _PATIENT.search(sentence.text[found.start() : start])
    return own or bool(_GIVES_ME.match(sentence.text[end:]))


def own_medicine_of(sentence: Sentence, before: str) -> Experiencer | None:
    """Whose the medicine is that companions take themselves ("I take lisinopril too"); None where
    the words before it do not say that."""
    companion = sentence.companion
    if companion is None or not _OWN.search(before) or _PATIENT.search(sentence.text):
        return None
    return Experiencer.OTHER if companion.noun in _NOT_KIN else Experiencer.FAMILY
