"""Talk about the talk, the room or the software: what never goes into a note."""

import re
from functools import cache

_SMALL_TALK = (
    r"\b(?:dragon|dax|finalize|chart this|scribe|siri|alexa)\b",
    r"\b(?:good|nice|great|lovely|wonderful|pleasure) (?:to|seeing|meeting|catching) ",
    r"\bit was (?:good|nice|great)\b",
    r"\bshow me\b|\bpull up\b|\bopen your\b|\bstick out\b|\bdeep breath\b|\bfollow my\b|\bsqueeze my\b",
    r"\blet me (?:know|see|take|look|check|go|do|get|examine|listen|ask|pull)\b",
    r"\blet's (?:talk|go|look|see|take a look|do (?:a|your)|review|get started|move|start with your|check|examine|have a look)\b",
    r"\b(?:assessment and (?:my |the )?plan|my assessment|my plan|talk about (?:my|the|your) (?:plan|assessment))\b",
    r"\b(?:questions?|concerns?) (?:for me|about that|so far|at this)|\b(?:have|got) any (?:other |more )?questions\b|\bany (?:other |more )?questions\b",
    r"\b(?:sounds?|sound) (?:good|great|fine|like a plan)\b|\bmake sense\b|\byou got it\b|\bno problem\b",
    r"\b(?:thank|thanks|bye|goodbye|hello|excuse me|sorry|take care|have a (?:good|great|nice)|see you (?:then|later|soon)|talk to you|you are welcome)\b",
    r"\bi (?:am|will|want|would like)(?: going)? to (?:quickly )?(?:check you|examine you|take a (?:quick )?look|look at|listen|do (?:a|my|your) (?:quick |physical |brief )*exam|feel|press|move|touch|talk|ask|go over|tell dax)",
    r"\b(?:quick|brief|move on to (?:a|the|your)|do (?:a|your|the)) (?:physical )?exam(?:ination)?\b",
    r"\blet you know what i find\b|\bcheck you(?:r \w+)? out\b|\bgo over (?:your|the|some|my)\b|\bcome over here\b",
    r"\b(?:the|my|our) (?:nurse|assistant|medical assistant|ma) (?:told|said|did|will|is going|was)\b|\bchecked in\b|\breview of (?:systems|symptoms)\b",
    r"\bdate of birth\b|\bdictat\w+\b|\bnext patient\b|\bparagraph\b|\bper the template\b|\bchief complaint\b|\bmedical record\b",
    r"\b(?:are you|is that|did i|do you) (?:okay|ok|correct|all right)\b|\bhow (?:are you|is it going|have you been)\b",
    r"\bi (?:see|understand|hear|know|get|love|like|hope|wish|wonder|remember)\Z|\bi know\b.{0,25}\Z|\bwhat (?:do|did|are|is|have|can|would) ",
    r"\b(?:tell me|talk to me|walk me|remind me)\b|\bgo ahead\b|\bhere we go\b|\bthere you go\b",
    r"\b(?:weather|football|super bowl|vacation|weekend|movie|netflix|birthday|congratulations|christmas|thanksgiving|holidays?)\b",
    r"\bscary stuff\b|\bkeep up the\b|\bgood job\b|\bgood question\b|\bgod bless\b|\bmy friend\b|\bbuddy\b",
    r"\b(?:tilt|squeeze|push against|pull against|bend|straighten|raise|wiggle|lift|hold) your \w+(?: up| down| out)?\Z|\blay (?:down|back)\b|\blie (?:down|back)\b|\bhop up\b|\bsit up\b",
    r"\bdoes that (?:hurt|sound|make)\b|\bhow about (?:here|this|now)\b|\bwhen i (?:press|push|touch|move|squeeze|bend)\b",
    r"\b(?:the nurse will|check out|front desk|get checked out|schedul\w+ (?:you|up) (?:at|with the)|step out|be right back|be back)\b",
)  # fmt: skip  # noqa: E501
_CONTENT = re.compile(r"[a-z]{3,}|\d")
_FUNCTION_WORDS = frozenset(
    """the and you your that this have has was are with for not but his her him she they them there
    does did will would can could what when then just very really some any all one about out get got
    going like know think see well okay yeah yes been had its from where how who which right good here
    now also lot little bit thing things something anything nothing everything way sure want need
    feel said says say tell told mean guess maybe probably come came back make made take took""".split()  # noqa: SIM905
)


@cache
def _small_talk() -> re.Pattern[str]:
    return re.compile("|".join(_SMALL_TALK), re.IGNORECASE)


def is_small_talk(text: str) -> bool:
    """Whether a sentence is about the conversation and not about the patient."""
    return bool(_small_talk().search(text))


def content_words(text: str) -> list[str]:
    """Words and digits that can carry clinical meaning."""
    words = re.findall(r"<[A-Z][A-Z0-9_:]*>|[a-z']+|\d[\d./%]*", text.lower())
    return [word for word in words if _CONTENT.search(word) and word not in _FUNCTION_WORDS]
