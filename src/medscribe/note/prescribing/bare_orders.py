"""A sentence that only says how to take a medicine -> whether that orders it.

"Keflex 500 four times a day for a week." orders; "you're on Keflex 500 four times a day" does not.
"""

import re

from medscribe.domain.medication import OrderAction
from medscribe.note.prescribing.cues import Decision
from medscribe.note.prescribing.own_words import without_amount
from medscribe.note.prescribing.regimen import read_regimen
from medscribe.note.prescribing.sentences import Sentence

_ORDER_LEAD = re.compile(
    r"(?:\A|[,;:]\s*|\b(?:so|is|with|then|needs?|do)\s+)\W*(?:(?:and|so|okay|ok|alright|um|uh|"
    r"well|also|then|plus|now|great|perfect|the plan(?: is)?|"
    r"plan|is|it is|let us say|we will say|that is|prescription|rx|order|start|new|script|"
    r"for (?:your|"
    r"the|his|her) (?:\w+ ){1,3}?|for (?:pain|nausea|sleep|anxiety|reflux|the \w+)|first|second|"
    r"next|"
    r"some|i am thinking|how about|hey|a|the)[\s,:.]*)*\Z",
    re.IGNORECASE,
)
_READS = re.compile(
    r"\b(?:you(?:'re| are)(?: currently| still)? (?:on|taking)|you take|you(?:'ve| have) been|"
    r"i see|"
    r"(?:current|home|your|his|her|list of) med\w*|medications? (?:include|are)|chart|records?|"
    r"reviewed?|"
    r"takes|taking|was on|were on|discharged|you said|you mentioned|he is on|she is on|"
    r"right now you|meds|medications|"
    r"your list|on file|correct\?|is that right)(?:\b|(?<=\?))|"
    r"\b(?:right|correct|yeah|yes|still)\s*\?",
    re.IGNORECASE,
)
_HISTORY = re.compile(
    r"\b(?:was|were|has been|did|helped?|worked|caused|is (?:working|helping|helpful|good|great|a|"
    r"an|the|"
    r"one|what|also|not|too)|can (?:cause|help|make)|does|works|may cause|might|would)\b",
    re.IGNORECASE,
)
# "The bisoprolol, 2.5 mg, you take every morning."
_AMOUNT_THEN_YOU = re.compile(
    r"\A,? [^,;]{0,25}\d[^,;]{0,25}, you (?:take|use|put|inject|apply)\b", re.IGNORECASE
)
_AT_ONCE = re.compile(r"\d[^.,]{0,20} (?:now|right now|right away|today|tonight|at once)\b", re.I)
_HOW_TO_USE = re.compile(
    r"\b(?:leave|rub|wash|put|spread|massage|rinse|apply|smear) (?:it|them|that)\b", re.IGNORECASE
)
_NOT_TOLD = re.compile(
    r"\b(?:if|when|whenever|was|were|had|has|have|been|did|used|take|takes|taking|took|on (?:the|"
    r"your|a)|am on|are on|patients?|people|usual(?:ly)?|typical(?:ly)?|normal(?:ly)?|most|some|he|"
    r"she|they|his|her|their|my|i see|might|may|could|consider\w*|than|versus|already|know|said|"
    r"told|mention\w*|list\w*|review\w*|allerg\w*|sent|wrote|"
    r"put|gave|started|prescribed|got|ordered|recommended|changed|switched|says|shows|last|ago|because|since|instead|"
    r"level|dose|doses|max(?:imum)?)\b|"
    r"\b(?:no|not|never|without|like|or)(?: \w+){0,2} \Z",
    re.IGNORECASE,
)
# "And then there's the gabapentin, ...", "so you use the spray, ...": gone through, not ordered.
_GONE_THROUGH = re.compile(
    r"\b(?:there (?:is|are)|manag\w+|you (?:use|have)|we have)[\s,]+(?:(?:the|your|also)\s+)*\Z",
    re.IGNORECASE,
)
_FORM = re.compile(
    r"\b(?:gel|cream|ointment|lotion|drops?|spray|patch(?:es)?|inhaler|shampoo)\b", re.IGNORECASE
)


def is_bare_order(sentence: Sentence, decision: Decision, before: str, after: str) -> bool:
    """Whether a clinician says here how a medicine is to be taken, with no other word on it; one
    who reads what is taken orders nothing."""
    if not sentence.by_clinician or sentence.is_question:
        return False
    if decision != Decision(OrderAction.MENTION):
        return False
    sig = read_regimen(after)
    lead = without_amount(before)
    if _ORDER_LEAD.search(lead) and _AMOUNT_THEN_YOU.match(after):
        return True
    if _GONE_THROUGH.search(lead):
        return False
    if _READS.search(sentence.utterance.text) or _HISTORY.search(after):
        return False
    if not _ORDER_LEAD.search(lead):
        # "The eye doctor and I agree on latanoprost, one drop in each eye at bedtime."
        told_in_full = sig.says_how_much and sig.frequency is not None
        return told_in_full and _NOT_TOLD.search(lead) is None
    at_once = _AT_ONCE.search(after) or _HOW_TO_USE.search(after)
    how_often = sig.frequency or sig.duration or sig.as_needed or sig.max_per_day or at_once
    in_full = sig.frequency is not None and sig.duration is not None
    number = re.match(r"[\s,]*(?:\w+ ){0,2}\d", after)
    return bool(how_often and (in_full or sig.says_how_much or _FORM.search(after) or number))
