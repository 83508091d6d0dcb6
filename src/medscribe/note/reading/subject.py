"""Who the patient is, as far as the talk says -> the words to speak of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.transcript import Role
from medscribe.note.reading.kinship import kin_words

_HE_IS = r"(?:male|man|gentleman|guy|dude)"
_SHE_IS = r"(?:female|woman|lady|gal)"
_AGED = r"\b(?:\d+|old)[ -](?:(?:white|black|right-handed|left-handed|caucasian|hispanic|asian) )?"
_SELF = r"\b(?:i am|i[’']m|i m|as) (?:an? )?(?:\d+[- ]years?[- ]old |\w+ )?"
_TITLE_OF = r"(?: ?\. ?|(?= <)|(?= [A-Z][a-z]))"
_MINE = r"\b(?:my|your) (?:last |own |left |right )?"


@dataclass(frozen=True)
class _Sign:
    """What speaks for a sex, how much, and in whose mouth (`None`: anybody's)."""

    said: re.Pattern[str]
    sign: int
    weight: float
    by_patient: bool | None = None


def _sign(said: str, sign: int, weight: float, by_patient: bool | None = None) -> _Sign:
    return _Sign(re.compile(said, re.IGNORECASE), sign, weight, by_patient)


# A stated sex ("58-year-old male") outweighs a title, a title outweighs a spouse or an organ.
# A patient who says "sir" speaks of the clinician; "MS" is a disease, "miss" a verb.
_SIGNS = (
    _sign(_AGED + rf"{_HE_IS}\b", 1, 8, False),
    _sign(_AGED + rf"{_SHE_IS}\b", -1, 8, False),
    _sign(_SELF + rf"{_HE_IS}\b", 1, 8, True),
    _sign(_SELF + rf"{_SHE_IS}\b", -1, 8, True),
    _sign(rf"\A[\w,' ]{{0,20}}\d+[,-]?(?: years?[ -]old)?,? {_HE_IS}\b", 1, 8, True),
    _sign(rf"\A[\w,' ]{{0,20}}\d+[,-]?(?: years?[ -]old)?,? {_SHE_IS}\b", -1, 8, True),
    _sign(rf"\b(?:(?-i:[Mm]r){_TITLE_OF}|mister\b|sir\b)", 1, 3, False),
    _sign(
        rf"\b(?:(?-i:[Mm]r?s){_TITLE_OF}|miss(?= <)|(?-i:Miss(?= [A-Z]))|ma[’']?am\b)", -1, 3, False
    ),
    _sign(rf"{_MINE}(?:prostate|testicles?|penis|scrotum)|\berectile\b", 1, 1),
    _sign(
        rf"{_MINE}(?:periods?\b(?! of)|menstrua\w*|ovar\w+|uterus|pap smear|mammogram|menopause"
        r"|pregnanc\w+)",
        -1,
        1,
    ),
    _sign(
        r"\b(?:are you|could you be|you are|i am|i was|you were) (?:currently |not )?pregnant\b"
        r"|\bhysterectomy\b|\bmy ob[ -]?gyn",
        -1,
        1,
    ),
    _sign(r"\bmy wife\b", 1, 1, True),
    _sign(r"\byour wife\b", 1, 1, False),
    _sign(r"\bmy husband\b", -1, 1, True),
    _sign(r"\byour husband\b", -1, 1, False),
    _sign(r"\bhe (?:is an? (?:\d|very pleasant)|presents)", 1, 2, False),
    _sign(r"\bshe (?:is an? (?:\d|very pleasant)|presents)", -1, 2, False),
)
# A companion's "he" and "my son" weigh as much as a stated sex.
_COMPANIONS_WEIGHT = 8.0
# With more than this share of the evidence on the other side the sex stays open.
_MOST_AGAINST = 0.25


@dataclass(frozen=True)
class Subject:
    """The patient's pronouns. Of a patient whose sex is not said one writes "the patient", and
    "they" for whom a sentence has named already."""

    nominative: str
    objective: str
    possessive: str
    reflexive: str

    @property
    def known(self) -> bool:
        return self.nominative != "the patient"


HE = Subject("he", "him", "his", "himself")
SHE = Subject("she", "her", "her", "herself")
UNKNOWN = Subject("the patient", "the patient", "the patient's", "the patient")
# Of a sentence that has named "the patient"; verbs agree in the plural.
THEY = Subject("they", "them", "their", "themselves")


def find_subject(utterances: Sequence[MaskedUtterance]) -> Subject:
    """HE or SHE where the talk tells clearly, else UNKNOWN.

    "58 year old male", "Mr.", "my wife" speak for HE; "I'm a woman", "Mrs.", "are you pregnant"
    for SHE. Where both have evidence it stays open: a wrong sex is worse than "the patient".
    """
    weights = {1: 0.0, -1: 0.0}
    for number, utterance in enumerate(utterances):
        if utterance.role is Role.COMPANION:
            continue
        early = 2.0 if number < 4 else 1.0
        by_patient = utterance.role is Role.PATIENT
        own = utterance.role is Role.CLINICIAN or by_patient
        for sign in _SIGNS:
            if own and sign.by_patient is not None and sign.by_patient is not by_patient:
                continue
            count = len(sign.said.findall(utterance.text))
            weights[sign.sign] += count * early * sign.weight * (1.0 if own else 0.5)
    for heard in (_dictated_pronouns(utterances), _companions_words(utterances)):
        weights[1 if heard > 0 else -1] += abs(heard)
    he, she = weights[1], weights[-1]
    if max(he, she) < 1.0 or min(he, she) > _MOST_AGAINST * (he + she):
        return UNKNOWN
    return HE if he > she else SHE


def _dictated_pronouns(utterances: Sequence[MaskedUtterance]) -> float:
    """Pronouns in the clinician's longest turn without "you": there one speaks of the patient."""
    dictated = [
        utterance.text.lower()
        for utterance in utterances
        if utterance.role is Role.CLINICIAN
        and len(utterance.text) > 150
        and not re.search(r"\byour?\b", utterance.text, re.IGNORECASE)
    ]
    text = " ".join(dictated)
    he = len(re.findall(r"\b(?:he|his|him)\b", text))
    she = len(re.findall(r"\b(?:she|her)\b", text))
    return 3.0 * (he > 2 * she) - 3.0 * (she > 2 * he)


def _companions_words(utterances: Sequence[MaskedUtterance]) -> float:
    """Whom companions speak of: their pronouns, and what they call the patient ("my son")."""
    he = she = 0
    for utterance in utterances:
        if utterance.role is not Role.COMPANION:
            continue
        kin = kin_words(utterance.relation)
        he += _said(r"he|his|him", utterance.text) + 2 * _said_as_mine(kin.he, utterance.text)
        she += _said(r"she|her|hers", utterance.text) + 2 * _said_as_mine(kin.she, utterance.text)
    return _COMPANIONS_WEIGHT * ((he > 2 * she) - (she > 2 * he))


def _said(words: str, text: str) -> int:
    return len(re.findall(rf"\b(?:{words})\b", text, re.IGNORECASE))


def _said_as_mine(words: Sequence[str], text: str) -> int:
    return _said(rf"my (?:little )?(?:{'|'.join(words)})", text) if words else 0
