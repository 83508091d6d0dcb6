"""The sentences of a visit -> all statements on drugs, also where the name is not repeated.

"Let's start metformin." "Take it twice a day with meals." "Actually make that 500 milligrams."
"How much do you take?" "Twenty milligrams, once a day."
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from medscribe.domain.medication import Certainty, OrderAction
from medscribe.note.prescribing.answers import answer_to, replies_to
from medscribe.note.prescribing.cues import Decision
from medscribe.note.prescribing.proposals import Asked, agrees, is_done
from medscribe.note.prescribing.references import before_the_name, referring
from medscribe.note.prescribing.regimen import read_regimen
from medscribe.note.prescribing.sentences import Sentence
from medscribe.note.prescribing.sharing import with_shared
from medscribe.note.prescribing.statements import DrugStatement, measured_in, statements_in
from medscribe.note.prescribing.withdrawals import (
    displaced,
    is_correction_of_drug,
    meant_instead,
    takes_back,
    withdrawn,
)

_REACH_SENTENCES = 3
"""A drug is still spoken of in this many sentences after its name; "mm-hmm" does not count."""
_BACKCHANNEL_WORDS = 3
_ASKED_FOR = (OrderAction.START, OrderAction.CONTINUE)
_NAMED_LATE = re.compile(
    r"\A\W*(?:(?:so|and|okay|um|uh|it|that|this|is|the|name|of|called|we call it|one|medicine|"
    r"medication|drug|they call it)[\s,]+)*[\w-]+(?: [\w-]+)?\W*\Z",
    re.IGNORECASE,
)
# "What do you take?", "Anything over the counter?": the answer is what is taken now.
_WHAT_IS_TAKEN = re.compile(
    r"\b(?:(?:are|do) you (?:\w+ )?(?:take|taking|on|use|using)\b|over the counter|"
    r"(?:what|which|any|other) (?:\w+ )?(?:medicines?|medications?|meds|pills|supplements?))",
    re.IGNORECASE,
)
_CONFIRMS = re.compile(
    r"\A\W*(?:(?:yes|yeah|yep|uh-huh|mm-hmm)[\s,.]+)*(?:right|correct|exactly|that is (?:right|"
    r"correct|it|them|all|the one|what i)|those are|i do|i am|i have|still|since|"
    r"that(?=\W*\Z)|been|"
    r"it (?:helps|works|is (?:fine|good|great|helping|working))|every (?:day|night|morning))\b",
    re.IGNORECASE,
)
# "Levothyroxine, 75 mcg every morning. Any trouble with that?"
_ASKS_OF_TAKING = re.compile(
    r"\b(?:any (?:trouble|problems?|side effects?|issues)|how (?:is|are) (?:that|it|they)|"
    r"still (?:taking|doing|using|on)|is (?:it|that) (?:helping|working)|miss(?:ed|ing)? (?:any )?"
    r"doses?|(?:need|needing) (?:a |any )?refills?)\b",
    re.IGNORECASE,
)
_INSTEAD_OF = re.compile(
    r"\A\W*(?:so |and |okay )*(?:instead of|rather than) (?:once|twice|every|\d|taking|one|two|"
    r"half|three|daily|a whole)\b",
    re.IGNORECASE,
)
_DONE_ON_REQUEST = (OrderAction.CHANGE, OrderAction.STOP, OrderAction.HOLD)
_STILL = re.compile(r"\b(?:still|need|have to|finish|supposed to|meant to)\b", re.IGNORECASE)
_TO_BEGIN = re.compile(
    r"\b(?:try|start|get|give|prescribe|put|order|be put|begin|switch to|go (?:back )?on|be on|"
    r"have|use)(?: (?:taking|using|"
    r"some|a|an|the|that|it|this|one|on|of|more))*\b",
    re.IGNORECASE,
)


def statements_of(sentences: Sequence[Sentence]) -> list[DrugStatement]:
    """Every statement of the visit on a drug, in order, named or referred to."""
    return [statement for part in statements_by_sentence(sentences) for statement in part]


def statements_by_sentence(sentences: Sequence[Sentence]) -> list[list[DrugStatement]]:
    """As `statements_of`, for each sentence those that are made in it."""
    found: list[list[DrugStatement]] = []
    focus: list[DrugStatement] = []
    last: DrugStatement | None = None
    age = 0
    for at, sentence in enumerate(sentences):
        named = _named(sentences, at, last)
        if named:
            named = _told_before(sentences, at, named, found)
            made = _with_displaced(sentences, at, named, focus, last)
            made = [*before_the_name(sentences, at, named, focus), *made]
            focus, age = [s for s in named if not s.decision.denied], 0
        else:
            measured = measured_in(sentence)
            focus, age = (measured, 0) if measured else (focus, age)
            made = _without_name(sentences, at, focus) if age < _REACH_SENTENCES else []
            if made:
                age = 0
            elif len(sentence.text.split()) > _BACKCHANNEL_WORDS:
                age += 1
        found.append(made)
        last = made[-1] if made else last
    return found


def _named(
    sentences: Sequence[Sentence], at: int, last: DrugStatement | None
) -> list[DrugStatement]:
    sentence = sentences[at]
    shared = with_shared(sentence.text, statements_in(sentence))
    named = [_in_review(_answered(s, sentences, at), sentences, at) for s in shared]
    if is_correction_of_drug(sentence, named, last) and last is not None:
        return [meant_instead(last, named[0])]
    return _continuing_list(last, named)


def _in_review(statement: DrugStatement, sentences: Sequence[Sentence], at: int) -> DrugStatement:
    """What is taken: told in answer to "what do you take?", or said back by the clinician and
    confirmed ("Metformin, 500 mg twice a day." "That's right.")."""
    before = sentences[at - 1] if at else None
    if before is not None and not statement.by_clinician:
        asked = before.by_clinician and before.position == statement.position - 1
        if asked and before.text.endswith("?") and _WHAT_IS_TAKEN.search(before.text):
            return replace(statement, current=not statement.decision.denied)
    if statement.decision.bare:
        replies, following = replies_to(sentences, at), sentences[at + 1 : at + 2]
        asked = any(s.by_clinician and _ASKS_OF_TAKING.search(s.text) for s in following)
        if asked or (replies and _CONFIRMS.match(replies[0].text)):
            return replace(statement, decision=Decision(OrderAction.MENTION), current=True)
    # "Instead of once a day | I would like you to take it twice a day."
    same = before is not None and before.position == statement.position
    if statement.decision.weak and same and _INSTEAD_OF.match(sentences[at - 1].text):
        return replace(statement, decision=Decision(OrderAction.CHANGE))
    return statement


def _told_before(
    sentences: Sequence[Sentence],
    at: int,
    named: list[DrugStatement],
    found: list[list[DrugStatement]],
) -> list[DrugStatement]:
    """ "You take it at bedtime, 300 mg. It's called gabapentin.": what was told before the name.

    What was taken for the dose of the medicine named before is this one's.
    """
    sentence = sentences[at]
    late = len(named) == 1 and sentence.by_clinician and _NAMED_LATE.match(sentence.text)
    if not late or named[0].sig.says_how or sentence.is_question:
        return named
    for before in range(at - 1, max(-1, at - 3), -1):
        earlier = sentences[before]
        if earlier.position != sentence.position or earlier.drugs or earlier.is_question:
            break
        sig = read_regimen(earlier.text, named[0].drug.ingredients)
        if sig.says_how_much:
            found[before] = []
            evidence = (earlier.evidence(), *named[0].evidence)
            start = Decision(OrderAction.START, weak=True)
            return [replace(named[0], sig=sig, decision=start, evidence=evidence)]
    return named


def _with_displaced(
    sentences: Sequence[Sentence],
    at: int,
    named: list[DrugStatement],
    focus: Sequence[DrugStatement],
    last: DrugStatement | None,
) -> list[DrugStatement]:
    sentence = sentences[at]
    if last is not None and is_correction_of_drug(sentence, statements_in(sentence), last):
        return [withdrawn(last, sentence), *named]
    return [*displaced(sentences, at, named, focus), *named]


def _without_name(
    sentences: Sequence[Sentence], at: int, focus: Sequence[DrugStatement]
) -> list[DrugStatement]:
    made = referring(sentences, at, focus)
    said = any(s.sig.says_how or s.decision.action is OrderAction.STOP for s in made)
    if not takes_back(sentences[at]) or said or _is_corrected_next(sentences, at, focus):
        return made
    ordered = [s for s in focus if s.by_clinician]
    return [withdrawn(subject, sentences[at]) for subject in ordered[-1:]]


def _is_corrected_next(
    sentences: Sequence[Sentence], at: int, focus: Sequence[DrugStatement]
) -> bool:
    """ "Scratch that. Make it twenty.": what is taken back is the dose."""
    following = at + 1
    if following >= len(sentences) or sentences[following].position != sentences[at].position:
        return False
    if sentences[following].drugs:
        return False
    return any(s.sig.says_how for s in referring(sentences, following, focus))


def _continuing_list(last: DrugStatement | None, named: list[DrugStatement]) -> list[DrugStatement]:
    """ "Continue the lisinopril. And the aspirin and the metoprolol." continues all three."""
    if last is None or not named or not named[0].listed:
        return named
    undecided = Decision(OrderAction.MENTION)
    if last.position != named[0].position or last.decision == undecided:
        return named
    bare = Decision(OrderAction.START, weak=True, bare=True)
    return [
        replace(s, decision=last.decision) if s.decision in (undecided, bare) else s for s in named
    ]


def _answered(statement: DrugStatement, sentences: Sequence[Sentence], at: int) -> DrugStatement:
    """The statement in the light of the answer, where it is a question: a "no" to "do you take
    aspirin?" means there is none, a "yes" to "do you need a refill?" is a refill, and one to
    "would you like to start a statin?" a start."""
    if statement.proposed is not None:
        return _agreed(statement, sentences, at)
    if not (statement.asked or statement.refill_asked):
        return statement
    answer = answer_to(sentences, at)
    if answer is None:
        return statement
    evidence = (*statement.evidence, replies_to(sentences, at)[0].evidence())
    if statement.refill_asked:
        action = OrderAction.CONTINUE if answer else OrderAction.MENTION
        return replace(statement, decision=Decision(action), current=True, evidence=evidence)
    if answer:
        return replace(statement, current=True, evidence=evidence)
    return replace(statement, decision=Decision(OrderAction.MENTION, denied=True))


def _permitted(
    statement: DrugStatement, proposed: Decision, replies: Sequence[Sentence]
) -> DrugStatement:
    """The patient's question in the light of the clinician's answer: yes to "do I still take it?"
    goes on with it, no stops it; yes to "could I try it?" starts it."""
    question = statement.evidence[0].quote
    still = bool(_STILL.search(question))
    goes_on = still or proposed.weak or proposed.action is OrderAction.CONTINUE
    answer = agrees(replies[0].text) if replies and replies[0].by_clinician else None
    begins = not still and proposed.action is OrderAction.START and _begins(question)
    taken = replace(statement, asked=False, current=goes_on and not begins)
    if begins:
        return _begun(taken, answer, replies)
    if answer and proposed.action in _DONE_ON_REQUEST:
        evidence = (*statement.evidence, replies[0].evidence())
        return replace(taken, decision=proposed, by_clinician=True, current=True, evidence=evidence)
    if answer is None or not (still or (proposed.action in _ASKED_FOR and goes_on)):
        return taken
    action = OrderAction.CONTINUE if answer else OrderAction.STOP
    evidence = (*statement.evidence, replies[0].evidence())
    decision = Decision(action)
    return replace(taken, decision=decision, by_clinician=True, current=True, evidence=evidence)


def _begins(question: str) -> bool:
    return bool(_TO_BEGIN.search(question))


def _begun(
    statement: DrugStatement, answer: bool | None, replies: Sequence[Sentence]
) -> DrugStatement:
    """The statement of "could I try it?", started by a yes."""
    if not answer:
        return statement
    evidence = (*statement.evidence, replies[0].evidence())
    begun = Decision(OrderAction.START, weak=True)
    return replace(statement, decision=begun, by_clinician=True, evidence=evidence)


def _agreed(statement: DrugStatement, sentences: Sequence[Sentence], at: int) -> DrugStatement:
    replies = replies_to(sentences, at)
    asked, proposed = statement.asked_as, statement.proposed
    if asked is None or proposed is None:
        return statement
    if asked is Asked.PERMISSION:
        return _permitted(statement, proposed, replies)
    if is_done(asked, replies[0].text if replies else None):
        evidence = (*statement.evidence, *(reply.evidence() for reply in replies[:1]))
        return replace(statement, decision=proposed, evidence=evidence, asked=False)
    if proposed.action is OrderAction.MENTION:
        return statement
    possible = Decision(OrderAction.MENTION, certainty=Certainty.POSSIBLE)
    return replace(statement, decision=possible, asked=False)
