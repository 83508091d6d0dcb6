"""Who the patient is, as far as the talk says -> the words to speak of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.transcript import Role

_AGE = r"\b(?:\d+|old)[ -](?:white |black |right-handed |caucasian )?"
_MALE = re.compile(
    _AGE + r"(?:male|man|gentleman|boy)\b|\bmr\b|\bmister\b|\bsir\b"
    r"|\bprostate\b|\bmy wife\b|\byour wife\b|\bhis\b|\bhe (?:is a|presents)|\btesticle|\berectile",
    re.IGNORECASE,
)
_FEMALE = re.compile(
    _AGE + r"(?:female|woman|lady|girl)\b|\bm(?:r)?s\b|\bmiss\b"
    r"|\bma'am\b|\bpregnan|\bmenstrua|\bperiods\b|\bmy husband\b|\byour husband\b|\bovar"
    r"|\bshe (?:is a|presents)|\bpap smear\b|\bmenopaus|\bmammogram",
    re.IGNORECASE,
)
# A stated sex ("58-year-old male") outweighs a title, a title outweighs a spouse or an organ.
_STATED = re.compile(
    r"\b(?:old|\d)[ -]\w*[ -]?(?:fe)?(?:male|man|woman|gentleman|lady|boy|girl)\b", re.I
)
_TITLE = re.compile(r"\b(?:mr|mister|mrs|ms|miss|sir|ma'am)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Subject:
    """The patient's pronouns. Of a patient whose sex is not said one writes "the patient"."""

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


def find_subject(utterances: Sequence[MaskedUtterance]) -> Subject:
    """HE or SHE where the talk tells clearly, else UNKNOWN.

    "58 year old male", "Mr.", "my wife" speak for HE; "she is a", "Mrs.", "pregnant" for SHE.
    """
    score = 0.0
    for number, utterance in enumerate(utterances):
        early = 2.0 if number < 4 else 1.0
        own = utterance.role in (Role.CLINICIAN, Role.PATIENT)
        for pattern, sign in ((_MALE, 1), (_FEMALE, -1)):
            for match in pattern.finditer(utterance.text):
                score += sign * early * _weight(match.group()) * (1.0 if own else 0.5)
    if utterances:
        score += _dictated_pronouns(utterances)
    if abs(score) < 1.0:
        return UNKNOWN
    return HE if score > 0 else SHE


def _weight(said: str) -> float:
    if _STATED.search(said):
        return 8.0
    return 3.0 if _TITLE.search(said) else 1.0


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
