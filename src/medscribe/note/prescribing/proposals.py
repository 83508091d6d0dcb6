"""A clinician's question -> whether it asks to do something, and whether the reply agrees to it."""

import re
from enum import StrEnum

from medscribe.note.prescribing.answers import polarity

_LEAD = (
    r"\A(?:(?:and|so|but|okay|ok|all right|alright|um|uh|now|well|then|great|good|yeah|sure|right|"
    r"you know what|in that case|what if i said)[\s,.]+)*"
)
_REQUEST = re.compile(
    _LEAD
    + r"(?:(?:can|could|would|will) (?:you|we|i) (?:please |just |maybe |go ahead and |also )*"
    r"(?:take|stop|start|cut|use|hold|try|increase|decrease|continue|keep|skip|switch|put|drop|"
    r"bump|"
    r"go (?:up|down|back|ahead)|reduce|double|have you|get you|do)\b|"
    r"(?:why do not|why not) (?:we|you|i)\b|(?:how about|what if) (?:we|you|i)\b|let us\b|let's\b)",
    re.IGNORECASE,
)
_OFFER = re.compile(
    _LEAD + r"(?:(?:do|would|did) you (?:want|like|prefer|mind|feel (?:okay|comfortable)|think)\b|"
    r"should (?:we|i)\b|shall (?:we|i)\b|(?:are|would) you (?:be )?(?:okay|ok|willing|open|happy|"
    r"interested|"
    r"up for|comfortable|fine|good|alright)\b|what (?:about|do you think about|would you say)\b|"
    r"how (?:do you feel|would you feel) about\b|is it (?:okay|ok|alright) (?:if|with)\b|"
    r"how about\b|what if\b|could we\b|can we\b)",
    re.IGNORECASE,
)
_AGREES = re.compile(
    r"\A(?:(?:um|uh|oh|well|yeah|so|i mean|you know|hm+|no,? that is|i think|i guess)[\s,.]+)*"
    r"(?:okay|ok|fine|alright|all right|sounds? (?:good|great|fine|like a plan)|that (?:is|works|"
    r"would|"
    r"sounds)|works|works for me|i (?:can|will|would|guess|could|am (?:okay|fine|good|up|open))|"
    r"please|"
    r"great|good|perfect|let us|let's|why not|sure|whatever you|if you think|go ahead|not at all|"
    r"no problem|you (?:are|do|should|can|must|will|qualify|could|still|need)|do|yes|of course|"
    r"absolutely|"
    r"definitely|certainly|keep|finish|i would|i think (?:that is|so|you should|we should)|sounds|"
    r"happy to|by all means|we can|fair enough|carry on|stay)\b",
    re.IGNORECASE,
)


_FORBIDS = re.compile(
    r"\A\W*(?:you (?:are|do|should|can|must|will) not|do not|please do not)\b", re.I
)
_QUESTION_WORDS = re.compile(
    r"\b(?:(?:can|could|would|will|should|shall|do|am|may|must) (?:you|we|i|he|she)"
    r"(?: (?:still|just|need to|have to|supposed to|to))*|(?:do|would|did) you (?:want|like|mind|"
    r"prefer|think)(?: me| us| if)?(?: to| we should| i should| i| we)?|why do not (?:we|you|i)|"
    r"why not|"
    r"(?:how about|what if|what about)(?: we| you| i)?|(?:are|would) you (?:be )?(?:okay|ok|"
    r"willing|open|"
    r"interested|up for|comfortable|fine|good|alright)(?: with| to| in| if)?(?: we| i)?|"
    r"what do you think "
    r"about(?: us| me)?|how (?:do|would) you feel about|is it (?:okay|ok|alright) (?:if|"
    r"with)(?: we| i)?)\b",
    re.IGNORECASE,
)


_PATIENT_ASKS = re.compile(
    _LEAD + r"(?:(?:should|shall|can|could|do|am|may|must|will|would) (?:i|he|she)\b|is (?:he|"
    r"she)\b|"
    r"(?:can|could|would|will) (?:you|we) (?:please |just |maybe |also )*(?:refill|renew|send|"
    r"prescribe|give|get|order|write|call in|do|try|start|put|keep|continue|stop|increase|raise|"
    r"lower|reduce|change|up|switch)\b)",
    re.I,
)


class Asked(StrEnum):
    """`request`: done unless the listener says no ("can you stop the aspirin?"). `offer`: done only
    with a yes ("would you like to start a statin?")."""

    REQUEST = "request"
    OFFER = "offer"
    PERMISSION = "permission"


def asked_to_do(question: str) -> Asked | None:
    """What the question asks for; None where it asks for an answer only."""
    if _REQUEST.match(question):
        return Asked.REQUEST
    return Asked.OFFER if _OFFER.match(question) else None


def without_question(text: str) -> str:
    """ "can you stop the" -> "stop the": the words of the proposal as if it were told."""
    told = _QUESTION_WORDS.sub(" please ", text, count=1)
    return re.sub(r" +", " ", told).lstrip(" ,")


def asked_for(question: str) -> Asked | None:
    """What a patient asks whether to do ("should I keep taking it?"); None for other questions."""
    return Asked.PERMISSION if _PATIENT_ASKS.match(question) else None


def agrees(reply: str) -> bool | None:
    """Whether the reply agrees to a proposal; None where it says neither."""
    if _FORBIDS.match(reply):
        return False
    if _AGREES.match(reply):
        return True
    return polarity(reply)


def is_done(asked: Asked, reply: str | None) -> bool:
    """Whether what was asked is agreed."""
    answer = agrees(reply) if reply else None
    return answer is not False if asked is Asked.REQUEST else answer is True
