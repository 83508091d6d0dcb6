"""Masked utterances -> the patient's sex and age as they were said."""

import re
from collections.abc import Sequence

from medscribe.domain.findings import PatientSex
from medscribe.domain.medication import Experiencer
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.transcript import Role
from medscribe.note.findings.context.assertion import stated_at
from medscribe.note.findings.context.questions_asked import reply_to
from medscribe.note.findings.context.scopes import scopes_of
from medscribe.note.prescribing.sentences import Sentence
from medscribe.note.reading.subject import HE, SHE, find_subject

OLDEST = 90
"""Higher ages are told as 90: privacy, 45 CFR 164.514(b)(2)(i)(C)."""

_HE = r"(?:male|man|gentleman|boy|guy)"
_SHE = r"(?:female|woman|lady|girl)"
_ADJECTIVES = r"(?:(?!old\b)[a-z]+(?:-[a-z]+)?,? ){0,3}"
_SAYS_SEX = re.compile(
    rf"(?:\b\d+[- ](?:years?|months?|weeks?)[- ]old,? {_ADJECTIVES}"
    rf"|<[A-Z0-9_:]*AGE[A-Z0-9_]*>(?:[- ]years?[- ]old)?,? {_ADJECTIVES}"
    rf"|\b(?:i am|as) an? {_ADJECTIVES}|\b(?:she|he|patient|this"
    rf"|<[A-Z0-9_:]+>) is an? {_ADJECTIVES}|\A\d+,? )(?:(?P<he>{_HE})|(?P<she>{_SHE}))\b",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\b(?:(?P<he>mr\.?(?= ?<| [a-z])|mister|sir)|(?P<she>mrs\.?(?= ?<| [a-z])|ms\.?(?= ?<)"
    r"|miss(?= <)|ma'am))",
    re.IGNORECASE,
)
_COMPANIONS = re.compile(
    r"\bthe patient\b.*?\b(?:(?P<he>he|his|him)|(?P<she>she|her))\b", re.IGNORECASE
)
_AGED = re.compile(
    r"\b(?P<years>\d{1,3})[- ](?P<unit>years?|months?|weeks?)[- ]old\b(?! (?:son|daughter|child"
    r"|kid|brother|sister|dog|baby at home))",
    re.IGNORECASE,
)
_MASKED_AGE = re.compile(r"<(?:UNCERTAIN:)?AGE_OVER_89_\d+(?:_\d+)?>")
_I_AM = re.compile(
    r"\A(?:(?:um|uh|yes|yeah|well|so|and|hi|hello)[ ,.]+)*i am (?P<years>\d{1,3})(?= *(?:\Z|[.,]"
    r"| years old| now| and))",
    re.I,
)
_ASKS_AGE = re.compile(
    r"\bhow old (?:are you|is (?:he|she|the patient))\b|\byour age\b", re.IGNORECASE
)
_BARE_AGE = re.compile(
    r"\A(?:(?:um|uh|i am|he is|she is|well|oh)[ ,.]*)*(?P<years>\d{1,3})\b(?! (?:months?|weeks?"
    r"|days?))",
    re.I,
)


def sex_of(utterances: Sequence[MaskedUtterance], sentences: Sequence[Sentence]) -> PatientSex:
    """MALE or FEMALE where somebody says so: "59-year-old male", "Mrs.", "my son" of a mother.

    UNKNOWN where it is not said, or the rest of the talk speaks against it; a spouse or an organ
    tell it to nobody.
    """
    he = she = 0
    for sentence in sentences:
        other = {Role.CLINICIAN: [_TITLE], Role.COMPANION: [_COMPANIONS]}
        patterns = [_SAYS_SEX, *other.get(sentence.utterance.role, [])]
        for pattern in patterns:
            for found in pattern.finditer(sentence.text):
                if _is_of_patient(sentence.text, found.start(), found.end()):
                    he += found["he"] is not None
                    she += found["she"] is not None
    if bool(he) == bool(she):
        return PatientSex.UNKNOWN
    subject = find_subject(utterances)
    if subject == (SHE if he else HE):
        return PatientSex.UNKNOWN
    return PatientSex.MALE if he else PatientSex.FEMALE


def age_of(sentences: Sequence[Sentence]) -> int | None:
    """Years as said of the patient, at most `OLDEST`; None where they are not said."""
    for at, sentence in enumerate(sentences):
        if sentence.is_question and sentence.by_clinician and _ASKS_AGE.search(sentence.text):
            replies = reply_to(sentences, at, asks=[False] * len(sentences))
            found = _BARE_AGE.match(replies[0].text) if replies else None
            if replies and _MASKED_AGE.search(replies[0].text):
                return OLDEST
            if found:
                return min(int(found["years"]), OLDEST)
        said = _age_in(sentence)
        if said is not None:
            return said
    return None


def _age_in(sentence: Sentence) -> int | None:
    text = sentence.text
    masked = _MASKED_AGE.search(text)
    if masked and _is_of_patient(text, masked.start(), masked.end()):
        return OLDEST
    for found in _AGED.finditer(text):
        if _is_of_patient(text, found.start(), found.end()):
            years = int(found["years"])
            divisor = {"y": 1, "m": 12, "w": 52}[found["unit"][0].lower()]
            return min(years // divisor, OLDEST)
    own = _I_AM.match(text) if sentence.utterance.role is Role.PATIENT else None
    return min(int(own["years"]), OLDEST) if own else None


def _is_of_patient(text: str, start: int, end: int) -> bool:
    if re.search(
        r"\b(?:when|was|were|since|until|at|my|your|his|her|a friend|like)(?: (?:a|an|i|you|he|she"
        r"|was|were|about))* ?\Z",
        text[:start],
    ):
        return False
    stated = stated_at(text, scopes_of(text), start, end)
    return stated.assertion.experiencer is Experiencer.PATIENT
