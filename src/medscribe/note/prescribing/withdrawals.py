"""Sentences that take back what was just said of a medicine ("scratch that", "sorry, I meant").

"Let's start Lipitor. Scratch that, with your liver let's hold off." starts nothing. "Then let's do
losartan instead." takes the place of what was just to be started, or of what is taken.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from medscribe.domain.medication import OrderAction
from medscribe.note.prescribing.cues import Decision
from medscribe.note.prescribing.sentences import Sentence
from medscribe.note.prescribing.sig import Sig
from medscribe.note.prescribing.statements import DrugStatement

_TAKEN_BACK = re.compile(
    r"\b(?:scratch (?:that|it)|strike that|never ?mind(?: that| it)?\b(?! (?:the|your|about))|"
    r"forget (?:that|it|about (?:that|it)|i said that)|cancel that|on second thought|"
    r"take that back|"
    r"let us not(?: do (?:that|it))?\b|let us hold off(?: on (?:that|it))?(?: for now| then|"
    r" today)?[.!]|"
    r"(?:let us|we can|we will|i will) (?:skip (?:that|it)|wait (?:on (?:that|it)|for now)|"
    r"leave (?:that|it) off)|that is fine,? we (?:do not|will not)|we do not (?:have|"
    r"need) to (?:do|"
    r"start) (?:that|it)|disregard that|(?:i would|i'd) rather not)\b",
    re.IGNORECASE,
)
_MEANT = re.compile(
    r"\A\W*(?:(?:um|uh|oh|okay|wait|well|no|hang on|hold on|let me correct that)[\s,.]+)*"
    r"(?:(?:i'm |i am )?sorry|excuse me|i meant?|actually|correction|rather|no wait|not that|"
    r"make that|"
    r"i misspoke|my mistake|scratch that|strike that|no|wait)\b",
    re.IGNORECASE,
)
_INSTEAD = re.compile(r"\binstead\b(?! of)", re.IGNORECASE)
_THEN = re.compile(
    r"\A\W*(?:(?:okay|ok|alright|all right|fine|sure|no problem|that is fine|well|got it|"
    r"fair enough|"
    r"understood|oh|i see|right)[\s,.]+)*(?:then\b|in that case\b|let us (?:do|try|use|go with)\b)",
    re.IGNORECASE,
)
_ORDERED = (OrderAction.START, OrderAction.CHANGE, OrderAction.STOP, OrderAction.HOLD)
_UNDECIDED = Decision(OrderAction.MENTION)
WITHDRAWN = Decision(OrderAction.MENTION, denied=True, withdrawn=True)


def takes_back(sentence: Sentence) -> bool:
    """Whether a clinician takes back what was said before this sentence."""
    return sentence.by_clinician and bool(_TAKEN_BACK.search(sentence.text))


def is_correction_of_drug(
    sentence: Sentence, named: Sequence[DrugStatement], last: DrugStatement | None
) -> bool:
    """ "Sorry, I meant Crestor twenty." after another drug was ordered."""
    if last is None or not sentence.by_clinician or last.decision.action not in _ORDERED:
        return False
    undecided = len(named) == 1 and named[0].decision == _UNDECIDED
    return undecided and named[0].key != last.key and bool(_MEANT.match(sentence.text))


def meant_instead(last: DrugStatement, statement: DrugStatement) -> DrugStatement:
    """The drug that was meant, with what was decided of the one said by mistake, and, where nothing
    else is said, how it is taken."""
    sig = statement.sig if statement.sig.says_how else last.sig
    return replace(statement, decision=last.decision, sig=sig, current=False)


def withdrawn(subject: DrugStatement, sentence: Sentence) -> DrugStatement:
    """That the clinician takes back what was decided of this drug."""
    return _of(subject, sentence, WITHDRAWN)


def displaced(
    sentences: Sequence[Sentence],
    at: int,
    named: Sequence[DrugStatement],
    focus: Sequence[DrugStatement],
) -> list[DrugStatement]:
    """What the sentence's new drug takes the place of: an order just made is taken back, a medicine
    that the patient takes is stopped."""
    sentence = sentences[at]
    started = {s.key for s in named if s.decision.action is OrderAction.START}
    if not sentence.by_clinician or not started or len({s.key for s in named}) != 1:
        return []
    old = [s for s in focus if s.key not in started]
    if len({s.key for s in old}) != 1:
        return []
    subject = old[-1]
    if _TAKEN_BACK.search(sentence.text):
        return [withdrawn(subject, sentence)]
    objected = _THEN.match(sentence.text) and _objected(sentences, at, subject)
    if not _INSTEAD.search(sentence.text) and not objected:
        return []
    if subject.by_clinician and subject.decision.action is OrderAction.START:
        return [withdrawn(subject, sentence)]
    if (subject.current or not subject.by_clinician) and _INSTEAD.search(sentence.text):
        return [_of(subject, sentence, Decision(OrderAction.STOP))]
    return []


_OBJECTION = re.compile(
    r"\b(?:not|never|no|too|upsets?|makes? me|made me|gives? me|gave me|allergic|expensive|afford|"
    r"cover|"
    r"rather|scared|afraid|hate|worried|bad|sick|tried)\b",
    re.IGNORECASE,
)


def _objected(sentences: Sequence[Sentence], at: int, subject: DrugStatement) -> bool:
    """Whether somebody else objected between the order and this sentence."""
    between = [
        s
        for s in sentences[max(0, at - 6) : at]
        if subject.position < s.position < sentences[at].position and not s.by_clinician
    ]
    return any(_OBJECTION.search(s.text) for s in between)


def _of(subject: DrugStatement, sentence: Sentence, decision: Decision) -> DrugStatement:
    return replace(
        subject,
        sig=Sig(),
        decision=decision,
        by_clinician=True,
        current=False,
        asked=False,
        refill_asked=False,
        proposed=None,
        position=sentence.position,
        evidence=(sentence.evidence(),),
        correction=False,
    )
