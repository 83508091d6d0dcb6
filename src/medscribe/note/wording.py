"""A chosen unit -> the sentence a chart holds, or None where no such sentence can be made."""

import re

from medscribe.note.casing import decapitalised, sentence_case
from medscribe.note.exam_wording import finding_wording
from medscribe.note.plan_wording import plan_wording
from medscribe.note.small_talk import content_words, is_small_talk
from medscribe.note.subject import Subject
from medscribe.note.third_person import about_patient, first_or_second_person
from medscribe.note.units import Unit

_HISTORY_LEAD = re.compile(
    r"\A(?:(?:and |so |but )*(?:i|we) (?:do |also |can |just )*(?:see|understand|know|heard|hear|noticed|notice|saw|read|have|believe|think|remember|recall)(?: here| from your chart| in your chart| in the chart| in my notes| from the notes?| in your record)*(?: that| where| how)?,? (?=(?:you|your|he|she|it|there|the|that|his|her|on|in|at|since|for|with)\b)"
    r"|(?:it )?(?:looks|look|sounds|sound|seems) like (?:that )?|(?:you|she|he) (?:said|told me|mentioned|mention|say|were saying|are saying|stated|tell me)(?: that| to me)?,? (?=(?:you|your|it|he|she|that|the|there)\b)"
    r"|(?:i|we) (?:think|believe|guess|feel like|feel|would say|am pretty sure|am sure|suppose)(?: that| like)? (?=(?:it|that|i|my|the|this|there|he|she|they|we)\b)"
    r"|(?:it is|that is) (?:that|because) )+",
    re.IGNORECASE,
)  # fmt: skip  # noqa: E501
_FAMILY_WE = re.compile(r"\b(we|us|our|ours)\b", re.IGNORECASE)
_WE_FORMS = {"we": "they", "us": "them", "our": "their", "ours": "theirs"}
_CLINICIAN_YOU = re.compile(
    r"\byou (?:gave|told|said|prescribed|put|sent|recommended|saw|mentioned|wanted|asked|ordered)\b",
    re.I,
)
_DANGLING = re.compile(
    r"(?:,? (?:and|or|but|so|because|that|which|if|the|a|an|of|to|with|for|in|on|at|is|are|was|were|my|your|his|her|i|you|it is|like|when|not|have|has|do|does|as|from|by|about|we|he|she|this|there|into|than|would|will|can|could|should))+\Z",
    re.IGNORECASE,
)
_PRONOUN_ONLY = re.compile(
    r"\b(?:that|this|it) (?:is|was|does|did|will|would|can|has|makes?|sounds?|feels?)\b", re.I
)
_LEAST_CONTENT_WORDS = 2


def history_sentence(unit: Unit, subject: Subject) -> str | None:
    """History as told: "i have been coughing" -> "He has been coughing." """
    text = _HISTORY_LEAD.sub("", unit.text)
    if unit.pronouns == "i":
        if _CLINICIAN_YOU.search(text):
            return None
        text = _FAMILY_WE.sub(lambda match: _WE_FORMS[match.group(1).lower()], text)
        text = re.sub(
            r"\b(?:when|if|whenever|the more) you\b", lambda m: m.group().replace("you", "i"), text
        )
        text = re.sub(r"\byour\b", "the", text) if "you " not in text else text
    return _finished(decapitalised(text), unit, subject)


def finding_sentence(unit: Unit, subject: Subject) -> str | None:
    """A finding of the examination or a result, as charted."""
    return _finished(finding_wording(decapitalised(unit.text)), unit, subject)


def plan_sentence(text: str, unit: Unit, subject: Subject) -> str | None:
    """A plan or an assessment: "i am going to order an x-ray" -> "Order an x-ray." """
    if unit.pronouns == "you":
        text = plan_wording(decapitalised(text))
    return _finished(text, unit, subject)


def _finished(text: str, unit: Unit, subject: Subject) -> str | None:
    if is_small_talk(text):
        return None
    text = about_patient(text, pronouns=unit.pronouns, subject=subject)
    text = _DANGLING.sub("", text.strip(" ,.;:-"))
    if not subject.known:
        text = without_repeated_subject(text)
    if first_or_second_person(text) or len(content_words(text)) < _LEAST_CONTENT_WORDS:
        return None
    return sentence_case(text) + "."


def without_repeated_subject(text: str) -> str:
    """ "the patient has pain and the patient takes the patient's pills" -> "the patient has pain
    and takes the pills": said once is enough."""
    first = text.find("the patient")
    if first < 0:
        return text
    at = first + len(
        "the patient's " if text[first:].startswith("the patient's") else "the patient"
    )
    rest = re.sub(r"(\b(?:and|but|or),?) the patient(?!')\b", r"\1", text[at:])
    kin = r"(?:mother|father|wife|husband|son|daughter|brother|sister|mom|dad|family|doctor)"
    rest = re.sub(rf"\bthe patient's (?!{kin})", "the ", rest)
    return text[:at] + rest
