"""Who the patient is, as far as the talk says -> the words to speak of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

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
_DICTATED_WEIGHT = 3.0
_LEAST_DICTATED_CHARACTERS = 150
# What is said when people greet each other counts double.
_EARLY_UTTERANCES = 4
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


@dataclass(frozen=True)
class SexEvidence:
    """What was said so far of the patient's sex; each number counts for "he" or for "she".

    `dictated` are pronouns in the clinician's longer turns without "you": there one speaks of the
    patient. `companions` are pronouns of companions, and what they call the patient ("my son").
    """

    he: float = 0.0
    she: float = 0.0
    dictated_he: int = 0
    dictated_she: int = 0
    companions_he: int = 0
    companions_she: int = 0

    @property
    def subject(self) -> Subject:
        """HE or SHE where the talk tells clearly, else UNKNOWN."""
        he, she = self.he, self.she
        for weight, for_he, for_she in (
            (_DICTATED_WEIGHT, self.dictated_he, self.dictated_she),
            (_COMPANIONS_WEIGHT, self.companions_he, self.companions_she),
        ):
            he += weight * (for_he > 2 * for_she)
            she += weight * (for_she > 2 * for_he)
        if max(he, she) < 1.0 or min(he, she) > _MOST_AGAINST * (he + she):
            return UNKNOWN
        return HE if he > she else SHE

    def and_of(self, utterance: MaskedUtterance, number: int) -> "SexEvidence":
        """With what the utterance of that number, counted from 0, adds."""
        if utterance.role is Role.COMPANION:
            return self._and_of_companion(utterance)
        early = 2.0 if number < _EARLY_UTTERANCES else 1.0
        by_patient = utterance.role is Role.PATIENT
        own = utterance.role is Role.CLINICIAN or by_patient
        weights = {1: self.he, -1: self.she}
        for sign in _SIGNS:
            if own and sign.by_patient is not None and sign.by_patient is not by_patient:
                continue
            count = len(sign.said.findall(utterance.text))
            weights[sign.sign] += count * early * sign.weight * (1.0 if own else 0.5)
        found = replace(self, he=weights[1], she=weights[-1])
        if not _is_dictated(utterance):
            return found
        return replace(
            found,
            dictated_he=self.dictated_he + _said("he|his|him", utterance.text),
            dictated_she=self.dictated_she + _said("she|her", utterance.text),
        )

    def _and_of_companion(self, utterance: MaskedUtterance) -> "SexEvidence":
        kin, text = kin_words(utterance.relation), utterance.text
        he = _said("he|his|him", text) + 2 * _said_as_mine(kin.he, text)
        she = _said("she|her|hers", text) + 2 * _said_as_mine(kin.she, text)
        return replace(
            self, companions_he=self.companions_he + he, companions_she=self.companions_she + she
        )


def find_subject(utterances: Sequence[MaskedUtterance]) -> Subject:
    """HE or SHE where the talk tells clearly, else UNKNOWN.

    "58 year old male", "Mr.", "my wife" speak for HE; "I'm a woman", "Mrs.", "are you pregnant"
    for SHE. Where both have evidence it stays open: a wrong sex is worse than "the patient".
    """
    evidence = SexEvidence()
    for number, utterance in enumerate(utterances):
        evidence = evidence.and_of(utterance, number)
    return evidence.subject


def _is_dictated(utterance: MaskedUtterance) -> bool:
    return (
        utterance.role is Role.CLINICIAN
        and len(utterance.text) > _LEAST_DICTATED_CHARACTERS
        and not re.search(r"\byour?\b", utterance.text, re.IGNORECASE)
    )


def _said(words: str, text: str) -> int:
    return len(re.findall(rf"\b(?:{words})\b", text, re.IGNORECASE))


def _said_as_mine(words: Sequence[str], text: str) -> int:
    return _said(rf"my (?:little )?(?:{'|'.join(words)})", text) if words else 0
