"""The words before and after a drug's name -> what is decided about it, and how surely."""

import re
from typing import NamedTuple

from medscribe.domain.medication import Certainty, OrderAction
from medscribe.note.prescribing.after_cues import cues_after
from medscribe.note.prescribing.cue_table import (
    CHANGE,
    CONTINUE,
    HOLD,
    START,
    STOP,
    Cue,
    compiled_cues,
)

MENTION = OrderAction.MENTION


class Decision(NamedTuple):
    """What is said about one drug.

    `weak`: an instruction that fits a new as well as a known medicine ("take ibuprofen"). `advice`:
    a warning off ("avoid ibuprofen") that stops the drug only for somebody who takes it.
    `denied`: it is said that the drug is not taken. `withdrawn`: that it is not to be started,
    which takes back a start said before. `owned`: it is "your" medicine, so known.
    """

    action: OrderAction
    weak: bool = False
    advice: bool = False
    certainty: Certainty = Certainty.CONFIRMED
    denied: bool = False
    withdrawn: bool = False
    owned: bool = False


_GAP_BREAK = re.compile(
    r"[;?!]|\.\s|\b(?:but|because|since|although|while|until|so that|in case|whenever|except)\b",
    re.I,
)
_LONGEST_GAP_WORDS = 9
_CHANGE_GAP = re.compile(
    r"\A(?: (?:the|your|his|her|that|this|on|of|up|dose|doses|dosage|amount|in|home|current|daily|"
    r"a|little|bit|back|from|to|for|medication|\d+|mg|uh|um),?)*\s*\Z",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:had|was|were|did|been|already|previously|ago|last (?:time|visit|week|month|year)|"
    r"used to|once|when (?:i|you|we)|after (?:i|you|we)|since (?:i|you|we)|"
    r"(?:i|we|you|he|she) (?:put|started))\s*(?:\w+\s){0,2}\Z",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:not|never|no need to|no reason to|without|rather not|cannot|hold off(?: on)?|against|"
    r"instead of|avoid|(?<=[a-z] )(?<!actually )(?<!oh )(?<!wait )(?<!so )no)\s(?:\w+\s){0,5}\Z",
    re.IGNORECASE,
)
_NOT_IN_GAP = re.compile(r"\bnot\b|\bno more\b|\bnever\b", re.IGNORECASE)
_POSSIBLE = re.compile(
    r"\b(?:might|maybe|perhaps|could|consider(?:ing|ed)?|thinking (?:about|of)|thought about|talked about|discussed|possibly|potentially|"
    r"(?:an|another|one|other) option|options? (?:is|are|would|include)|discuss|talk about|would you (?:like|want|be)|do you want|eventually|"
    r"someday|at some point|down the road|in the future|may (?:need|want|"
    r"consider|have to|be able|start|add|increase)|can consider|think about|versus|if you want|"
    r"if you would like|what if)\b",
    re.IGNORECASE,
)
_HYPOTHETICAL_BEFORE = re.compile(
    r"\b(?:if|unless|once(?= (?:you|we|i|it|that|he|she|they)\b)|should (?:that|it|this))\b(?! you want)",
    re.I,
)
_HYPOTHETICAL_AFTER = re.compile(
    r"\bif (?:that|it|this|things|your|the|his|her|there|we|you (?:are|do|continue|still))\b", re.I
)
_CALL = re.compile(r"\b(?:call|let (?:me|us) know|come (?:back|in)|see me|tell me|contact)\b", re.I)
_DENIED = re.compile(
    r"(?:\b(?:not|never|denies|denied)(?: been| really| currently| ever| actually| even| have)*"
    r"(?: (?:take|taking|taken|took|use|using|used|on|tried|try|try?ing|had|have|need|needed|want|"
    r"started|get|got|any))+(?: (?:to take|it|any|the|that|my|your|a|an|much|of))*"
    r"|\bno(?: more| other)?|\bwithout(?: any| the| my)?|\bdenies(?: any| use of)?)"
    r"(?: \w+,? (?:or|and|nor))?\s*\Z",
    re.IGNORECASE,
)

_LEAVE = re.compile(r"\bleave (?:the |your |that )?\Z", re.IGNORECASE)
_WILL_NOT = re.compile(
    r"\b(?:i|we) (?:will not|am not going to|are not going to|should not|cannot)\b[^,;.]*\Z", re.I
)
_LEFT_OFF = re.compile(r"\A off\b", re.IGNORECASE)
_NOT_YET = re.compile(
    r"\A[^.]{0,25}\b(?:until|till|before|unless|yet|with|without|if|on the same|more than|longer|"
    r"right away|forever|long term|every|too)\b",
    re.IGNORECASE,
)
_ANY_MORE = re.compile(r"\A,? (?:any ?more|any longer|at all)\b", re.IGNORECASE)
_TOLD_NOT = re.compile(
    r"(?:\A|[,.;]\s|\b(?:so|please|and|then|should|must|to|will) )\W*(?:do )?not (?:take|use|give|have)\b"
    r"[^.;]{0,30}\Z",
    re.IGNORECASE,
)
_NO_MORE_SO = re.compile(r"\bnot (?:every day|daily|twice|once|three)[^.]{0,12} any ?more\b", re.I)
_OF_PRONOUN = re.compile(
    r"\A (?:it|that|them|this)(?:,| (?:as well|too|also|and|at|for|with|until|to|because|since|now)\b)",
    re.IGNORECASE,
)
_BARE_NO = re.compile(r"\bno \Z", re.IGNORECASE)
_SOON = re.compile(
    r"\b(?:today|tonight|tomorrow|this (?:week|evening|morning)|the day after)\b", re.I
)
_TO_A_LIST = re.compile(
    r"\A(?: \w+)? (?:to|in|on) (?:your|the|his|her) (?:allerg|chart|record|list|problem)",
    re.IGNORECASE,
)
_ANOTHER_WAY = re.compile(
    r"\A (?:once|twice|at|in the|every|daily|\d|three|nightly)[^.]{0,30}\b(?:take|use|do|have|try|make|give) "
    r"(?:it|that)\b",
    re.IGNORECASE,
)
_NEXT_STEP = re.compile(r"\b(?:then|after that)\b", re.IGNORECASE)
_NOT_NEEDED = re.compile(
    r"\b(?:no longer|not|never)(?: going to| really)?(?: be)? (?:need|requir|have to (?:take|use)|"
    r"be on|taking)\w*(?: (?:to take|to be on|on|the|your|that|any))*\s*\Z",
    re.IGNORECASE,
)
_FOR_A_TIME = re.compile(
    r"\b(?:until|till|while (?:you|he|she|we)|for now|for the (?:time being|moment|next)|"
    r"(?:the )?(?:morning|day|night|week) (?:of|before)|"
    r"(?:before|prior to|ahead of)(?: (?:the|your|his|her|that|any|you have|having|a|an))*(?: \w+)? ?"
    r"(?:surgery|procedures?|operations?|scans?|tests?|biops\w+|injection|an(?:a)?esth\w+|"
    r"colonoscop\w+|scopes?|endoscop\w+|extraction|dentist|cath\w*|appointment|ct|mri|contrast|"
    r"implant|fast|labs?)\b|temporarily|through (?:the|this|your)|over the weekend|"
    r"for (?:about |at least |just )?(?:an?|\d+|one|two|three|couple(?: of)?|few) (?:more )?"
    r"(?:days?|weeks?|hours?|months?)|on (?:sick|those) days|that morning|pending|during)\b",
    re.IGNORECASE,
)
_OTHER_FORM = re.compile(
    r"\bto (?:the |an? )?(?:(?:extended|immediate|long|slow|delayed|sustained|controlled)[- ]?"
    r"(?:release|acting)|liquid|brand(?: name)?|generic|once[- ]daily|long acting|xr|er|xl)"
    r"(?: \w+){0,3} ?\||\b(?:switch|chang|transition|mov)\w*(?: \w+){0,3} to (?:the |an? )?\|"
    r"[ -](?:x[rl]|er|sr|la|cr|extended|long|liquid|delayed|succinate)",
    re.IGNORECASE,
)
_KNOWN = re.compile(r"\b(?:the|your|his|her|that)(?: \w+)? \Z", re.IGNORECASE)
_OWNED = re.compile(
    r"\b(?:your|his|her)(?: (?:daily|regular|usual|morning|evening|home))* \Z", re.I
)
_FROM_NOW_ON = re.compile(
    r"\b(?:from now on|going forward|now instead|(?:instead of|rather than) (?:once|twice|three|every|"
    r"\d|just|at|in|taking|two|one|half|daily)|now\s*\W*\Z|now,|instead\s*\W*\Z|"
    r"not (?:every day|daily|twice|once)[^.]{0,12} any ?more)",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"\b(?:instead of|rather than) (?:once|twice|three|every|\d|taking|just|at|in|two|one|daily)|"
    r"\bfrom now on\b|\bgoing forward\b|\b(?:taking|using) the \Z(?<=want you taking the )",
    re.IGNORECASE,
)
_PUT_OFF = re.compile(
    r"\b(?:but|though|however|and|so)[\s,]+(?:\w+[\s,]+)?(?:let us|we will|i would|i will|we should|"
    r"i think we|i want to|we can|not)\s?(?:rather )?(?:wait|hold off|(?:not )?(?:yet|today|right now|"
    r"just yet)|see how|revisit|think about|do not)",
    re.IGNORECASE,
)
_AS_NEEDED = re.compile(r"\b(?:as needed|if needed|when needed|prn|only)\b", re.IGNORECASE)


def decide(before: str, after: str, beyond: str | None = None) -> Decision:
    """What is decided about a drug between the words `before` and `after` its name.

    `before` starts at the sentence or behind the previous drug's own words. Without any cue the
    drug is only mentioned. "We could consider metformin" decides nothing: a possible mention.
    `beyond` is all that follows in the sentence, other talk included: "... is helping, so I would
    leave it alone".
    """
    beyond = after if beyond is None else beyond
    if _LEFT_OFF.match(after) and _LEAVE.search(before):
        return Decision(MENTION, denied=True, withdrawn=True)
    cue, at, end = _nearest_cue(before, after)
    if cue is None:
        return _without_cue(before, after, beyond)
    lead = before[:at]
    if cue.action is not STOP and _PAST.search(lead):
        # "I was going to raise it, but let's leave it at 5 mg."
        return _weighed(_decided_after(beyond), "", after)
    if cue.withdraws:
        return Decision(MENTION, denied=True, withdrawn=True)
    if _NOT.search(lead) or _NOT_IN_GAP.search(before[end:]):
        return _negated(cue, beyond)
    if cue.action is CHANGE and not _CHANGE_GAP.match(before[end:]):
        return Decision(MENTION)
    return _weighed(_as_used(cue, before, after), before, after, use=cue.use)


def is_final(after: str) -> bool:
    """Whether "we will not start it" is no mere "not before your scan"."""
    return not _NOT_YET.match(after)


def _as_used(cue: Cue, before: str, after: str) -> Decision:
    """The cue's decision; "take the metoprolol twice a day now" changes, "stop it until your scan"
    holds, "take your Lantus at night" goes on with what is taken."""
    if cue.action is STOP and not cue.advice and _FOR_A_TIME.search(after[:60]):
        return Decision(HOLD)
    if cue.action is START and _TO_A_LIST.match(after):
        return Decision(MENTION, denied=True)
    if cue.advice and _ANOTHER_WAY.match(after):
        return Decision(CHANGE)
    if cue.action is START and _OTHER_FORM.search(before[-40:] + "|" + after[:25]):
        return Decision(CHANGE)
    if cue.use and _NO_MORE_SO.search(after):
        return Decision(CHANGE)
    if not cue.use:
        return Decision(cue.action, weak=cue.weak, advice=cue.advice)
    if _KNOWN.search(before) and (_FROM_NOW_ON.search(after) or _INSTEAD.search(before)):
        return Decision(CHANGE)
    return Decision(START, weak=True, owned=bool(_OWNED.search(before)))


def _without_cue(before: str, after: str, beyond: str) -> Decision:
    if _NOT_NEEDED.search(before) and (_ANY_MORE.search(after) or "no longer" in before.lower()):
        return Decision(STOP)
    if _TOLD_NOT.search(before) and (_FOR_A_TIME.search(beyond[:70]) or _SOON.search(beyond[:40])):
        return Decision(HOLD)
    if _BARE_NO.search(before) and (_FOR_A_TIME.search(beyond[:60]) or _SOON.search(beyond[:40])):
        return Decision(HOLD)
    if _DENIED.search(before):
        withdrawn = bool(_WILL_NOT.search(before)) and is_final(after)
        return Decision(MENTION, denied=True, withdrawn=withdrawn)
    return _weighed(_decided_after(beyond), before, after)


def _negated(cue: Cue, after: str) -> Decision:
    if cue.action in (STOP, CHANGE, HOLD):
        return Decision(CONTINUE)
    if cue.action is CONTINUE:
        return Decision(STOP)
    if cue.use and (_FOR_A_TIME.search(after[:60]) or _SOON.search(after[:40])):
        return Decision(HOLD)
    if cue.use and not is_final(after) and not _ANY_MORE.match(after):
        # "do not take it with alcohol" stops nothing.
        return Decision(MENTION, denied=True)
    if cue.weak:
        return Decision(STOP, advice=not _ANY_MORE.match(after))
    return Decision(MENTION, denied=True, withdrawn=is_final(after))


def _weighed(found: Decision, before: str, after: str, *, use: bool = False) -> Decision:
    """The decision, or a possible or hypothetical mention where it is none yet. An "if" behind
    "take it" says when to take it."""
    if found.denied:
        return found
    if _POSSIBLE.search(before[-60:]):
        return Decision(MENTION, certainty=Certainty.POSSIBLE)
    if found.action is MENTION:
        return found
    if found.action in (START, CHANGE) and _PUT_OFF.search(after[:90]):
        return Decision(MENTION, certainty=Certainty.POSSIBLE)
    ahead = after[:80]
    conditional = _HYPOTHETICAL_AFTER.search(ahead)
    if conditional and _NEXT_STEP.search(ahead[: conditional.start()]):
        conditional = None
    told = conditional and (use or bool(_AS_NEEDED.search(ahead[: conditional.start()])))
    if conditional and not told and not _CALL.search(ahead[: conditional.start()]):
        return Decision(MENTION, certainty=Certainty.HYPOTHETICAL)
    if not found.weak and found.action is not STOP and _HYPOTHETICAL_BEFORE.search(before[-70:]):
        return Decision(MENTION, certainty=Certainty.HYPOTHETICAL)
    return found


def _decided_after(after: str) -> Decision:
    for cue in cues_after(after):
        lead = after[: cue.at]
        if _PAST.search(lead) or (cue.action is CHANGE and _NEXT_STEP.search(lead)):
            continue
        if _NOT.search(lead):
            return Decision(MENTION)
        action = cue.action
        if action is STOP and _FOR_A_TIME.search(after[cue.at : cue.at + 80]):
            action = HOLD
        return Decision(action, weak=cue.weak)
    return Decision(MENTION)


def _nearest_cue(before: str, after: str) -> tuple[Cue | None, int, int]:
    best: tuple[Cue | None, int, int] = (None, 0, 0)
    for pattern, cue in compiled_cues():
        if cue.after and not re.search(cue.after, after, re.IGNORECASE):
            continue
        for match in pattern.finditer(before):
            if match.end() >= best[2] and _reaches(before[match.end() :]):
                best = (cue, match.start(), match.end())
    return best


def _reaches(gap: str) -> bool:
    return (
        not _GAP_BREAK.search(gap)
        and not _OF_PRONOUN.match(gap)
        and len(gap.split()) <= _LONGEST_GAP_WORDS
    )
