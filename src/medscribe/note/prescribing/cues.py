"""The words before and after a drug's name -> what is decided about it, and how surely."""

import re
from functools import cache
from typing import NamedTuple

from medscribe.domain.medication import Certainty, OrderAction

START, STOP, CONTINUE, CHANGE, MENTION = (
    OrderAction.START,
    OrderAction.STOP,
    OrderAction.CONTINUE,
    OrderAction.CHANGE,
    OrderAction.MENTION,
)


class Decision(NamedTuple):
    """What is said about one drug.

    `weak`: an instruction that fits a new as well as a known medicine ("take ibuprofen"). `advice`:
    a warning off ("avoid ibuprofen") that stops the drug only for somebody who takes it.
    `denied`: it is said that the drug is not taken. `withdrawn`: that it is not to be started,
    which takes back a start said before.
    """

    action: OrderAction
    weak: bool = False
    advice: bool = False
    certainty: Certainty = Certainty.CONFIRMED
    denied: bool = False
    withdrawn: bool = False


class _Cue(NamedTuple):
    pattern: str
    action: OrderAction
    weak: bool = False
    advice: bool = False


_YOU = r"(?:you|him|her|them)"
_WILL = (
    r"(?:will|going to|want to|wanted to|would like to|like to|let us|let's|can|should|"
    r"go ahead and|plan to|need to|gonna|may|might|could|would|please|have to|okay to|fine to|"
    r"must|to|and|just|also|then)"
)
_TOLD = (
    rf"(?:(?:want|like|need|have|going to have|ask|tell|told|advise|encourage) {_YOU} (?:to )?"
    rf"(?:also |just |still |then |keep |try )?|(?:you|he|she) (?:can|should|will|may|must|could|"
    rf"need to|are going to|is going to|want to|have to)(?: also| just| still| then| try)? |"
    rf"\bplease |\bgo ahead and |(?:\A\W*|[;,.]\s|\bthen\s)(?:(?:so|and|then|okay|um|uh|just|"
    rf"now|well|also|or|for \w+)"
    rf"[\s,]+)*)"
)
# Later entries win where two cues end at the same place; the cue nearest to the drug decides.
_CUES: tuple[_Cue, ...] = (
    _Cue(rf"{_TOLD}(?:take|taking|use|using|apply|inject|inhale|try|get|put|"
         rf"do)\b", START, weak=True),
    _Cue(rf"\b{_WILL} (?:do|try|use|order|give {_YOU}|inject|go with|recommend|suggest)\b", START,
         weak=True),
    _Cue(r"\b(?:order|recommend|suggest|advise)(?:ing)?\b", START, weak=True),
    _Cue(rf"\bgiv(?:ing {_YOU}|e yourself)\b|\bwrit(?:e|ing) (?:{_YOU} )?(?:a |for )?|"
         rf"\bgive {_YOU}\b", START, weak=True),
    _Cue(r"\b(?:have|has) (?:sent|prescribed|ordered|called in|written)\b", START, weak=True),
    _Cue(r"\bprescrib(?:e|ing)\b|\bcall(?:ing)? in\b|\bsend(?:ing)?\b|\bsent (?:in|over)\b|"
         rf"\bprescription (?:for|of)\b|\bprovid(?:e|ing) {_YOU} with\b", START, weak=True),
    _Cue(rf"\b(?:re)?start(?:ing)?(?: {_YOU})?(?: back)?(?: out)?(?: on| with)?\b|"
         rf"\bbegin(?:ning)?\b|\binitiat(?:e|ing)\b|\bresum(?:e|ing)\b", START),
    _Cue(
        rf"\b{_WILL} (?:put|place|get) {_YOU} (?:back )?(?:started )?on\b|"
        rf"\b(?:putting|placing|getting) {_YOU} (?:back )?(?:started )?on\b",
        START,
    ),
    _Cue(r"\badd(?:ing)?(?: on| in)?\b", START),
    _Cue(rf"\bswitch(?:ing)?(?: {_YOU})?(?: over)? (?:on)?to\b|\bchang(?:e|"
         rf"ing) {_YOU} to\b", START),
    _Cue(rf"\bcontinu(?:e|ing)(?: {_YOU})?(?: to take| taking| using| to use| on|"
         rf" with)*\b", CONTINUE),
    _Cue(rf"\bkeep(?:ing)?(?: {_YOU}(?: on)?| on| taking| using| with| going| up)+(?: on| with)?\b|"
        r"\bkeep (?=your|the)|"
         r"\b(?:stay|staying|remain|sticking|stick|maintain)(?: on| with)?\b|"
         r"\brefill(?:s|ing)?(?: of| on| for)?\b|\brenew(?:ing)?\b", CONTINUE),
    _Cue(r"\b(?:increas|decreas|reduc|rais|lower|doubl|adjust|titrat|taper|chang|bump)(?:e|ing)?"
         r"(?: up| down)?\b|\b(?:go|going|move|bring) (?:up|down|back)(?: on)?\b|\bup your\b|"
         r"\bcut(?:ting)? (?:back|down)(?: on)?\b|\bbump(?:ing)?(?: up)?\b", CHANGE),
    _Cue(rf"\bstop(?:ping)?(?: {_YOU})?(?: the use of| taking| using)?\b|\bdiscontinu(?:e|ing)\b|"
         rf"\bhold(?:ing)?(?: off)?(?: on)?\b(?! steady)|\b(?:take|get|taking|getting|wean|"
         rf"weaning) {_YOU} off\b|"
         r"\b(?:come|coming|get|go|going|wean|stay) off\b|\bquit(?:ting)?\b|"
         r"\bno longer (?:need|take|taking)\b|\bswitch(?:ing)? (?:you )?from\b", STOP),
    _Cue(r"\bavoid(?:ing)?\b|\bstay(?:ing)? away from\b|\binstead of\b|\brather than\b|"
         r"\blimit(?:ing)?\b|\bin place of\b", STOP, advice=True),
)  # fmt: skip
_CHANGE_AFTER = re.compile(
    r"\b(?:increas(?:e|ing)|decreas(?:e|ing)|reduc(?:e|ing)|rais(?:e|ing)|bump|doubl(?:e|ing)|"
    r"adjust|go up|go down|cut back|lower)\b (?:it|that|this|the dose|the dosage|up|to|on)\b",
    re.IGNORECASE,
)
_AFTER: tuple[tuple[re.Pattern[str], Decision], ...] = (
    (re.compile(r"\b(?:stop|discontinue|hold) (?:it|that|this|taking it)\b", re.I), Decision(STOP)),
    (_CHANGE_AFTER, Decision(CHANGE)),
    (
        re.compile(
            r"\b(?:continue|keep) (?:with )?(?:it|that|this|taking (?:it|that)|on (?:it|that))\b|"
            r"\Ashould be continued|\b(?:want|like) you to (?:continue|keep)\b|\brefill (?:it|"
            r"that)\b",
            re.IGNORECASE,
        ),
        Decision(CONTINUE),
    ),
    (
        re.compile(
            r"\A[\s,]*(?:which |and )?(?:i|we) (?:will|am going to|are going to|would like to|"
            r"want to|want you to)(?: have you)? (?:start|take|try)\b|"
            r"\b(?:i|we) (?:want|would like) you to (?:start|take|try|use)\b|"
            r"\A[\s,]*(?:is|are)? ?(?:to be )?(?:prescribed|started|ordered)\b(?! (?:last|by|in))",
            re.IGNORECASE,
        ),
        Decision(START, weak=True),
    ),
)
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
    r"instead of|avoid|no)\s(?:\w+\s){0,5}\Z",
    re.IGNORECASE,
)
_NOT_IN_GAP = re.compile(r"\bnot\b|\bno more\b|\bnever\b", re.IGNORECASE)
_POSSIBLE = re.compile(
    r"\b(?:might|maybe|perhaps|could|consider(?:ing)?|thinking (?:about|of)|possibly|potentially|"
    r"option(?:s)?|discuss|talk about|would you (?:like|want|be)|do you want|eventually|"
    r"someday|at some point|down the road|in the future|may (?:need|want|"
    r"consider|have to|be able|start|add|increase)|can consider|think about|versus|if you want|"
    r"if you would like|what if)\b",
    re.IGNORECASE,
)
_HYPOTHETICAL_BEFORE = re.compile(
    r"\b(?:if|unless|once|should (?:that|it|this))\b(?! you want)", re.I
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
_ANY_MORE = re.compile(r"\A (?:any ?more|any longer)\b", re.IGNORECASE)


def decide(before: str, after: str) -> Decision:
    """What is decided about a drug between the words `before` and `after` its name.

    `before` starts at the sentence or behind the previous drug's own words. Without any cue the
    drug is only mentioned. "We could consider metformin" decides nothing: a possible mention.
    """
    if _LEFT_OFF.match(after) and _LEAVE.search(before):
        return Decision(MENTION, denied=True, withdrawn=True)
    cue, at, end = _nearest_cue(before)
    if cue is None:
        denied = bool(_DENIED.search(before))
        withdrawn = bool(_WILL_NOT.search(before)) and is_final(after)
        denial = Decision(MENTION, denied=True, withdrawn=withdrawn)
        found = denial if denied else _decided_after(after)
        return _weighed(found, before, after)
    lead = before[:at]
    if cue.action is not STOP and _PAST.search(lead):
        return Decision(MENTION)
    if _NOT.search(lead) or _NOT_IN_GAP.search(before[end:]):
        return _negated(cue, after)
    if cue.action is CHANGE and not _CHANGE_GAP.match(before[end:]):
        return Decision(MENTION)
    found = Decision(cue.action, weak=cue.weak, advice=cue.advice)
    return _weighed(found, before, after)


def is_final(after: str) -> bool:
    """Whether "we will not start it" is no mere "not before your scan"."""
    return not _NOT_YET.match(after)


def _negated(cue: _Cue, after: str) -> Decision:
    if cue.action is STOP:
        return Decision(CONTINUE)
    if cue.action is CONTINUE:
        return Decision(STOP)
    if cue.action is START:
        if cue.weak:
            return Decision(STOP, advice=not _ANY_MORE.match(after))
        return Decision(MENTION, denied=True, withdrawn=is_final(after))
    return Decision(MENTION)


def _weighed(found: Decision, before: str, after: str) -> Decision:
    """The decision, or a possible or hypothetical mention where it is none yet."""
    if found.denied:
        return found
    if _POSSIBLE.search(before[-60:]):
        return Decision(MENTION, certainty=Certainty.POSSIBLE)
    if found.action is MENTION:
        return found
    ahead = after[:80]
    conditional = _HYPOTHETICAL_AFTER.search(ahead)
    if conditional and not _CALL.search(ahead[: conditional.start()]):
        return Decision(MENTION, certainty=Certainty.HYPOTHETICAL)
    if not found.weak and found.action is not STOP and _HYPOTHETICAL_BEFORE.search(before[-70:]):
        return Decision(MENTION, certainty=Certainty.HYPOTHETICAL)
    return found


def _decided_after(after: str) -> Decision:
    for pattern, decision in _AFTER:
        found = pattern.search(after[:70])
        if found and not _PAST.search(after[: found.start()]):
            if _NOT.search(after[: found.start()]):
                return Decision(MENTION)
            return decision
    return Decision(MENTION)


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], _Cue], ...]:
    return tuple((re.compile(cue.pattern, re.IGNORECASE), cue) for cue in _CUES)


def _nearest_cue(before: str) -> tuple[_Cue | None, int, int]:
    best: tuple[_Cue | None, int, int] = (None, 0, 0)
    for pattern, cue in _compiled():
        for match in pattern.finditer(before):
            if match.end() >= best[2] and _reaches(before[match.end() :]):
                best = (cue, match.start(), match.end())
    return best


def _reaches(gap: str) -> bool:
    return not _GAP_BREAK.search(gap) and len(gap.split()) <= _LONGEST_GAP_WORDS
