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
    r"right now you|"
    r"your list|on file|correct\?|is that right)\b",
    re.IGNORECASE,
)
_HISTORY = re.compile(
    r"\b(?:was|were|has been|did|helped?|worked|caused|is (?:working|helping|helpful|good|great|a|"
    r"an|the|"
    r"one|what|also|not|too)|can (?:cause|help|make)|does|works|may cause|might|would)\b",
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
    if not _ORDER_LEAD.search(without_amount(before)):
        return False
    if _READS.search(sentence.utterance.text) or _HISTORY.search(after):
        return False
    sig = read_regimen(after)
    how_often = sig.frequency or sig.duration or sig.as_needed or sig.max_per_day
    in_full = sig.frequency is not None and sig.duration is not None
    number = re.match(r"[\s,]*(?:\w+ ){0,2}\d", after)
    return bool(how_often and (in_full or sig.says_how_much or _FORM.search(after) or number))
