"""The words after a drug's name -> what they decide about it ("... needs to go up to 40")."""

import re
from typing import NamedTuple

from medscribe.domain.medication import OrderAction

START, STOP, HOLD, CONTINUE, CHANGE = (
    OrderAction.START,
    OrderAction.STOP,
    OrderAction.HOLD,
    OrderAction.CONTINUE,
    OrderAction.CHANGE,
)
_REACH = 70
_IT = r"(?:it|that|this|that one|this one|them)"
_MUST = (
    r"(?:can|should|will|needs? to|has to|have to|is going to|are going to|must|ought to|gets|is|"
    r"are|"
    r"gets to|would)(?: also| just| now| probably)*"
)


class AfterCue(NamedTuple):
    """What is decided; `at` is the character after the drug's name at which it is said."""

    action: OrderAction
    weak: bool
    at: int


# Earlier rows win.
_ROWS: tuple[tuple[str, OrderAction, bool], ...] = (
    (rf"\b(?:stop|discontinue|quit|drop|bin|get rid of|cut out|"
        rf"get off) (?:taking )?(?:of )?{_IT}\b(?! (?:to|down|back|up)\b)|\A stops\b|"
     rf"\A[\s,]*{_MUST} (?:be )?(?:stop(?:ped)?|discontinued|dropped|come off|go away)\b|"
     rf"\A[\s,]*(?:has to|needs to|can|should) go\b(?=\W*\Z|[.,;]| (?:now|today|completely|"
     r"altogether|entirely|too|as well|for good|away|first|because|since|i|and|so|please)\b)|"
     rf"\A (?:to be )?(?:stopped|discontinued)\b|\btake (?:you )?off {_IT}\b|\A[\s,]*(?:is|"
     rf"are) (?:stopped\b|"
     rf"done\b(?=\W*\Z|[.,;]| (?:now|for|and|then|so|today|with)\b))|\bcome off {_IT}\b|"
     rf"\bno longer need {_IT}\b|\btake {_IT} off (?:your|the) list\b", STOP, False),
    (rf"\b(?:hold|pause|skip|suspend) (?:off on )?{_IT}\b|\A (?:to be )?(?:paused|held)\b|"
     rf"\b(?:break|holiday|rest) from {_IT}\b|\A[\s,]*{_MUST} (?:be )?(?:held|hold|paused|"
     rf"on hold)\b|\A(?: \w+){{0,3}} on (?:hold|pause)\b|\bput {_IT} on hold\b", HOLD, False),
    (r"\bnot every day any ?more\b|\b(?:increas(?:e|ing)|decreas(?:e|ing)|reduc(?:e|ing)|rais(?:e|"
        r"ing)|bump|doubl(?:e|ing)|"
     r"adjust|go up|go down|cut back|lower|cut)\b (?:it|that|this|the dose|the dosage|up|to|on|"
     r"down)\b|"
     rf"\A(?: dose)?[\s,]*{_MUST} (?:be )?(?:increased|decreased|reduced|raised|lowered|doubled|"
     rf"bumped|"
     r"changed|adjusted|cut|go(?:ing)? (?:up|down|to|from)|drop(?:ped|ping)?|"
     r"com(?:e|ing) (?:up|down)|"
     r"be (?=\d|half|once|twice))\b|\A to (?:go|be|come|drop) (?:up |down )?(?:to|at)\b|"
     r"\A (?:to be )?"
     r"(?:increased|decreased|reduced|raised|doubled|lowered)\b|"
     r"\byou are on\b.{0,40}\b(?:try|go (?:up |down )?to|take|switch to|move to|change to|"
     r"make it)\b|"
     r"\A(?: dose)?[\s,]*(?:goes|going) (?:up|down|from|to)\b|\b(?:let us|we will|i will|"
     r"i want to|i am going to|"
     rf"we are going to|we can) (?:take|bring|move|drop|push|get|change|switch) {_IT} (?:up|down|"
     rf"back|to)"
     r"\b", CHANGE, False),
    (rf"\b(?:continue|keep) (?:with )?(?:{_IT}|taking {_IT}|on {_IT})\b|"
        rf"\A[\s,]*should be continued\b|"
     rf"\b(?:want|like) you to (?:continue|keep|stay)\b|\brefill {_IT}\b|\brenew {_IT}\b|"
     r"\A[\s,]*(?:that |it |they |which |this )?(?:one )?(?:is |are |can |will |"
     r"should )?(?:staying|stays?|remains?|stay) (?:the same|as (?:it )?is|"
     r"put|where (?:it|they)|unchanged|at|on|exactly)\b|\A[\s,]*(?:is |are )?unchanged\b|"
     rf"\b(?:leave|leaving|keep|keeping) {_IT} (?:alone|as|where|the same|there|at|exactly|"
     rf"going)\b|"
     r"\A[^.,]{0,20} (?:alone|the same|as (?:it )?is|as they are|where (?:it|they|you) (?:is|are)|"
     r"unchanged)\b|\bno changes?\b(?! in)|\bstay(?:ing)? (?:on|with) " + _IT + r"\b|\bsame dose\b|"
     rf"\b(?:stick|sticking) with {_IT}\b", CONTINUE, False),
    (r"\A[\s,]*(?:which |and )?(?:i|we) (?:will|am going to|are going to|would like to|"
     r"want to|want you to)(?: have you)? (?:start|take|try|do|go with|use)\b|"
     r"\b(?:i|we) (?:want|would like|need) you to (?:start|take|try|use)\b|"
     r"\b(?:i|we) would (?:use|do|give|take|try|start (?:at|with)) (?:a |about )?(?=\d|half\b)|"
     r"\A[\s,]*(?:is|are)? ?(?:to be )?(?:prescribed|started|ordered)\b(?! (?:last|by|in))|"
     r"\A it is\b|\A[\s,]*(?:is|would be) (?:what|the one) (?:i|we) (?:want|will|would|am)\b|"
     r"\A[\s,]*(?:has been|is being|is) (?:sent|called|ordered)\b", START, True),
)  # fmt: skip
_PATTERNS = tuple((pattern, action, weak) for pattern, action, weak in _ROWS)


def cues_after(after: str) -> list[AfterCue]:
    """What the words after the drug's name decide, the likeliest first; [] where nothing."""
    near = after[:_REACH]
    found = []
    for pattern, action, weak in _PATTERNS:
        match = re.search(pattern, near, re.IGNORECASE)
        if match:
            found.append(AfterCue(action, weak, match.start()))
    return found
