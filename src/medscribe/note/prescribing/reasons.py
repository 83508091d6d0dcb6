"""Written text -> why a medicine is taken ("for your blood pressure") and when only ("as needed for
pain")."""

import re
from typing import NamedTuple

_STOP = (
    r"(?:and|or|but|so|that|which|because|if|when|while|as|once|twice|every|each|for|with|to|at|in|"
    r"on|by|is|are|was|has|have|will|would|can|could|should|i|we|you|he|she|they|it|okay|ok|right|"
    r"take|taking|today|now|too|also|again|until|since|then|um|uh|about|up|_+|due|from|after|"
    r"before|"
    r"let|please|the|your|his|her|using|start|continue|hey|daily|nightly|prn|instead|well|"
    r"going|us|me|him|her|them)"
)
_WORD = rf"(?!{_STOP}\b)[a-z][a-z'-]*"
_REASON = rf"(?P<reason>(?:type [12] )?{_WORD}(?: {_WORD}){{0,4}})"
_OWNER = r"(?:(?:your|his|her|my|the|their|any|some|a|an|that|this|those|these|severe|bad) )*"
# "for your first problem, your depression": the words that announce a problem, not the problem.
_HEADING = (
    r"(?:(?:first|second|third|fourth|next|last|final|other|new)(?: \w+)? (?:problem|issue|concern|"
    r"diagnosis|thing|one)s?(?: here)?,?(?: (?:of|is|being|um|uh),?)* ?(?:(?:your|his|her|the|"
    r"a) )?)?"
)
_INDICATION = re.compile(
    rf"\b(?:for|to (?:help )?(?:with|treat|control|manage|prevent|relieve|help)|"
    rf"to help (?:you )?with|to help (?:control|manage|treat))\s+{_OWNER}{_HEADING}{_REASON}",
    re.IGNORECASE,
)
_NOT_A_REASON = re.compile(
    r"\A(?:\W|_)*(?:now|much|approximately|about|of|mr|mrs|ms|dr|"
    r"kind|similar|(?:first|second|third|next|last|"
    r"final|other|new) (?:\w+ )?problem|next|past|last|example|sure|you|me|him|her|it|them|"
    r"that|this|while|long|"
    r"longer|least|good|breakfast|lunch|dinner|follow|days?|weeks?|months?|years?|hours?|today|"
    r"tomorrow|tonight|number|what|whatever|couple|few|several|bit|time|one|two|three|four|"
    r"five|six|"
    r"home|medication|medications|medicine|refill|prescription|problem|everything|anything|ever|"
    r"further|some time|whole|rest|duration|moment|starters|most|both|all|first|second|third|more|"
    r"patient|life|test|tests|testing|results|visit|appointment|insurance|free|half|yourself|"
    r"just)\b",
    re.IGNORECASE,
)
_AS_NEEDED = re.compile(
    rf"(?:prn(?=as|for|pain|int|\b)|\b(?:only )?(?:as needed|when needed|if needed|if necessary|"
    rf"as necessary|"
    rf"p\.r\.n\.?|"
    rf"(?:as|when|if|whenever) (?:you|he|she|i) (?:need|needs)(?: (?:it|them|to))?|"
    rf"on an as-needed basis)"
    rf"(?:,? (?:for|with|if you have|when you have|to help with) {_OWNER}{_REASON})?)"
    rf"|(?:\b(?:only )?(?:if|when|whenever) (?:you|he|she|i) (?:have|has|get|gets|feel|"
    rf"are having|am "
    rf"having|start having|develop) {_OWNER}(?P<symptom>{_WORD}(?: {_WORD}){{0,3}}))",
    re.IGNORECASE,
)
_PRN_REASON = re.compile(rf"\bprn {_OWNER}{_REASON}", re.IGNORECASE)


class AsNeeded(NamedTuple):
    """ "as needed for pain" with its characters; `reason` None where none was said."""

    reason: str | None
    start: int
    end: int


def as_needed_in(text: str) -> AsNeeded | None:
    """Whether the medicine is taken only when needed; None where nothing says so."""
    found = _PRN_REASON.search(text)
    if found and not _NOT_A_REASON.match(found.group("reason")):
        return AsNeeded(found.group("reason"), found.start(), found.end())
    found = _AS_NEEDED.search(text)
    if found is None:
        return None
    reason = found.group("reason") or found.group("symptom")
    return AsNeeded(reason.lower() if reason else None, found.start(), found.end())


def indication_in(text: str) -> str | None:
    """The reason for the medicine, without "your": "for your high blood pressure" -> "high blood
    pressure"; None where none was said or "for" says something else ("for 10 days")."""
    for found in _INDICATION.finditer(text):
        reason = found.group("reason")
        if not _NOT_A_REASON.match(reason):
            return reason.lower()
    return None
