"""A sentence without a drug's name -> what it decides of the drug that was just spoken of ("stop
it", "keep that going")."""

import re
from collections.abc import Sequence

from medscribe.domain.medication import OrderAction
from medscribe.note.prescribing.cues import Decision, is_final, widely_decided
from medscribe.note.prescribing.sentences import Sentence

_IT = r"(?:it|that|them|this|that one|this one)"
_DECISIONS = (
    (re.compile(rf"\b(?:hold|pause|skip|suspend)(?: off on)?(?: taking| using)? {_IT}\b|"
                rf"\bput {_IT} on hold\b|\b(?:break|holiday|rest) from {_IT}\b|\b(?:stop|"
                rf"quit) (?:taking )?{_IT}\b(?=.{{0,40}}\b(?:until|for (?:now|"
                r"a (?:week|few|couple)|\d+ (?:days|weeks))|before (?:the|your)|"
                r"for the time being))|"
                r"\b(?:on the (?:day|morning)|before|the (?:day|morning) (?:of|"
                r"before)).{0,60}do not take (?:it|that|them)\b|\bdo not take (?:it|that|"
                r"them|any(?: more)? of (?:it|that|them))\b(?=.{0,30}\b"
                r"(?:the (?:morning|day|night) (?:of|before)|"
                r"until|that (?:morning|day)|while))", re.I),
     OrderAction.HOLD),
    (re.compile(rf"\b(?:stop|discontinue|quit|get rid of|drop|come off|go off|get you off|"
        rf"take you off)"
                rf"(?: of)?(?: taking| using| giving(?: (?:him|her))?)? {_IT}\b"
                rf"(?! (?:down|to(?! (?:him|her|them)\b)|back))|"
                rf"\bno longer need {_IT}\b|"
                rf"\bget rid of {_IT}\b|\bstop there\b|"
                rf"\b{_IT}(?: has| is| needs?| have)(?: got)? to (?:stop|go)\b|"
                rf"\bwean (?:you )?off (?:of )?{_IT}\b", re.I),
     OrderAction.STOP),
    (re.compile(rf"\b(?:continue|keep)(?: (?:taking|using|on|with|you on))* {_IT}\b|"
                rf"\b(?:refill|renew) {_IT}\b|\b(?:keep going|stick|stay|staying|sticking) (?:on|"
                rf"with|at|"
                rf"going) ?(?:{_IT}|the same|what)?\b|\bkeep (?:that|it) (?:going|the same|up|"
                rf"where)\b|"
                rf"\bleave {_IT} (?:alone|as|where|the same|there|at)\b|\bno changes? (?:there|"
                rf"to that|"
                r"needed|today)\b|\bsame dose\b|\bkeep it up\b|\bcontinue (?:as is|the same|what)|"
                r"\b(?:that|it|this)(?: one)? you keep\b|\b(?:send|get|give|issue|write|"
                r"put)(?: you| in| in for)? "
                r"(?:a |another |the |your )?(?:new |fresh |repeat |more )?(?:supply|repeat|"
                r"renewal)\b|\bkeep going\b|\bkeep taking\b|\bkeep everything\b|"
                r"\bnot (?:going to )?change (?:it|that)\b|"
                r"\bsend (?:in )?(?:a |the |you a )?refills?\b|\bget you (?:a )?refills?\b", re.I),
     OrderAction.CONTINUE),
    (re.compile(rf"\b(?:increase|decrease|reduce|lower|raise|double|bump|cut|drop|bring|take|move|"
        rf"titrate|"
                rf"halve|push|turn|get|switch|change) (?:{_IT}|the dose|the dosage|your dose|you)\b"
                r"(?= (?:to (?:\d|half|a|once|twice|every|three|the (?:higher|lower|next))|by|up|"
                r"down|"
                r"from (?:\d|once|twice)|back|in half)\b)|"
                r"\bgo(?:ing)? (?:up|down) (?:to|on|a|by)\b|\bgo(?:ing)? (?:up|down)\s*[.,!]|"
                r"\b(?:drop|go|come|move|step|cut|going|coming)(?: (?:down|up|back))? to (?=\d|"
                r"half)|\bnew dose\b|"
                r"\b(?:instead of|rather than) (?:\d|once|twice|three|every|daily|half|one|two)|"
                r"\bless of it\b|\bbump (?:it|that)\b|\b(?:increase|double|reduce|decrease) (?:it|"
                r"that|the dose|your dose)"
                r"\b", re.I),
     OrderAction.CHANGE),
    (re.compile(rf"\b(?:let us|i will|we will|i want to|i am going to|we are going to|"
        rf"i would like to|go "
                rf"ahead and) (?:go ahead and )?(?:start|try|add|restart|resume) "
                rf"(?:you on |in )?{_IT}\b(?! (?:out|over))|\b(?:we|i) would (?:begin|"
                rf"start) (?:with|at|on)\b|\b(?:begin|start)(?:ing)?"
                rf"(?: (?:low|slow|small|off|out|you|gently|and|go))*,?(?: (?:with|"
                rf"at|on))? (?=\d)|"
                rf"\bgo (?:back )?on {_IT}\b", re.I),
     OrderAction.START),
)  # fmt: skip
_WITHDRAWN = re.compile(
    r"\b(?:will not|going to not|are not going to|am not going to|do not have to|not) "
    r"(?:start|begin|prescribe|add|order|do|use) (?:it|that|them|this)\b|"
    r"\bleave (?:it|that|them) off\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:not|never|no need to|without)\s(?:\w+\s){0,3}\Z", re.IGNORECASE)
_NEW = (OrderAction.START, OrderAction.CHANGE)
_SENT = re.compile(
    r"\b(?:send|sending|call|calling|phone|order|prescribe|print|write) (?:in )?(?:it|that|them|"
    r"this|those|"
    r"one)\b(?: (?:in|over|for you|off|today|to))?",
    re.IGNORECASE,
)
_WHAT_IF = re.compile(r"\bif (?:i|it|he|she|we)\b[^?]*\?", re.IGNORECASE)
UNDECIDED = re.compile(
    r"\b(?:(?<!see )if|might|maybe|could|consider|may need|probably|eventually|over time|later)\b",
    re.IGNORECASE,
)


def says_what_to_do(text: str) -> bool:
    """Whether the words decide something, whoever says them."""
    return any(pattern.search(text) for pattern, _ in _DECISIONS)


def decision_of(sentences: Sequence[Sentence], at: int, sentence: Sentence) -> Decision | None:
    """What a clinician decides in `sentence`, which stands at `at`; None where nothing."""
    text = sentence.text
    if not sentence.by_clinician or sentence.is_question or _is_what_if(sentences, at):
        return None
    withdrawn = _WITHDRAWN.search(text)
    if withdrawn and is_final(text[withdrawn.end() :]):
        return Decision(OrderAction.MENTION, denied=True, withdrawn=True)
    for pattern, action in _DECISIONS:
        found = pattern.search(text)
        if found is None:
            continue
        ahead = text[found.end() : found.end() + 60] if action in _NEW else ""
        if UNDECIDED.search(text[: found.start()]) or UNDECIDED.search(ahead):
            continue
        if _NEGATED.search(text[: found.start()]) and " not " not in f" {found.group()}":
            stopping = action not in (OrderAction.START, OrderAction.CONTINUE)
            return Decision(OrderAction.CONTINUE if stopping else OrderAction.MENTION)
        return Decision(action)
    if _SENT.search(text) and not UNDECIDED.search(text):
        return Decision(OrderAction.START, weak=True)
    wide = widely_decided(text, text)
    return None if wide.action is OrderAction.MENTION or UNDECIDED.search(text) else wide


def _is_what_if(sentences: Sequence[Sentence], at: int) -> bool:
    """Whether this answers "and if I skip lunch?": it decides for that case only."""
    position = sentences[at].position
    before = [s for s in sentences[max(0, at - 3) : at] if s.position == position - 1]
    return bool(before) and bool(_WHAT_IF.search(before[-1].text))
