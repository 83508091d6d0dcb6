"""The sentences of a visit -> all statements on drugs, also where the name is not repeated.

"Let's start metformin." "Take it twice a day with meals." "Actually make that 500 milligrams."
"How much do you take?" "Twenty milligrams, once a day."
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from medscribe.domain.medication import Experiencer, OrderAction
from medscribe.note.prescribing.answers import answer_to, replies_to
from medscribe.note.prescribing.cues import Decision, is_final
from medscribe.note.prescribing.own_words import ABOUT_SOMETHING_ELSE
from medscribe.note.prescribing.regimen import read_regimen
from medscribe.note.prescribing.sentences import Sentence
from medscribe.note.prescribing.sig import Sig
from medscribe.note.prescribing.statements import DrugStatement, statements_in

_REACH_SENTENCES = 3
"""A drug is still spoken of in this many sentences after its name; "mm-hmm" does not count."""

_FILLER = (
    r"\A(?:(?:and|so|okay|ok|um|uh|well|yeah|yes|yep|then|but|it is|it's|that is|"
    r"that would be|just|"
    r"about|probably|like|i take|i am taking|at|a|the|usually|oh|i think|i believe|mm-hmm|"
    r"sure|right|"
    r"for)[\s,.]+)*"
)
_STARTS_WITH_SIG = re.compile(
    _FILLER + r"(?:\d|half\b|once\b|twice\b|every\b|daily\b|nightly\b|at bedtime|at night|in the |"
    r"as needed|with (?:food|meals)|before|after|two |one (?:tablet|pill|puff|time|a day|in the))",
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(
    r"\b(?:take|taking|use|using|apply|inject|inhale|swallow|do|give|put|goes?|starting|start)\b "
    r"(?:it|them|this|that|these|those|one|two|\d|half|a|an|up to|with|at|for|every|once|"
    r"twice|in the|"
    r"no more)|"
    r"\b(?:make (?:that|it)|go (?:up|down) to|increase (?:it|that|the dose)|"
    r"decrease (?:it|that|the dose)|do not (?:take|exceed)|the dose)\b",
    re.IGNORECASE,
)
_NEW_TIMING = r"(?:once|twice) (?:a |per |every )?(?:day|daily|week|weekly)|every (?:\d|other|day)"
_CORRECTION = re.compile(
    r"\bmake (?:that|it) (?:a )?(?=\d)|\b(?:actually|sorry|i mean|rather|correction|let us do|"
    r"let's do)[\s,]+(?:let us |let's |do |make (?:it|that) |go with )*(?=\d)|"
    r"\b(?:i meant?|make (?:that|it)|(?:actually|sorry|rather|correction)[\s,]+(?:i meant )?)"
    rf"\s?(?=\d|{_NEW_TIMING})",
    re.IGNORECASE,
)
_DECISIONS = (
    (re.compile(r"\b(?:stop|discontinue|hold|quit)(?: taking| using)? (?:it|that|them|"
                r"this)\b", re.I),
     OrderAction.STOP),
    (re.compile(r"\b(?:continue|keep)(?: (?:taking|using|on|with|you on))* (?:it|that|them|this)\b|"
                r"\brefill (?:it|that|them)\b|\bkeep going\b|\bstay on (?:it|that)\b", re.I),
     OrderAction.CONTINUE),
    (re.compile(r"\b(?:increase|decrease|reduce|lower|raise|double|bump|cut) (?:it|that|them|the "
                r"dose|the dosage|your dose)\b(?= (?:to|by|up|down|from|back)\b|[\s.,]*\Z)|"
                r"\bgo (?:up|down) (?:to|on)\b|\bbump (?:it|that)\b", re.I),
     OrderAction.CHANGE),
)  # fmt: skip
_LATER_STEP = re.compile(
    r"\A\W*(?:(?:and|then|so|but|okay)[\s,]+)*(?:after|in) (?:the first |about |another |that )?"
    r"(?:\d+|an?|one|two|three|four|six)(?: (?:to|or) \w+)? (?:day|week|month)s?\b.*"
    r"\b(?:increase|decrease|go (?:up|down)|double|raise|reduce|stop|cut|take|bump)\b",
    re.IGNORECASE,
)
_WITHDRAWN = re.compile(
    r"\b(?:will not|going to not|are not going to|am not going to|do not have to|not) "
    r"(?:start|begin|prescribe|add|order) (?:it|that|them|this)\b|"
    r"\bleave (?:it|that|them) off\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:not|never|no need to|without)\s(?:\w+\s){0,3}\Z", re.IGNORECASE)
_UNDECIDED = re.compile(
    r"\b(?:if|might|maybe|could|consider|may need|probably|eventually|over time|later)\b",
    re.IGNORECASE,
)
_ASKS_HOW = re.compile(
    r"\b(?:how (?:much|often|many)|what (?:dose|dosage|strength|milligram)|times a day|dose|"
    r"milligrams?|mg|(?:are|do|have) you tak(?:e|ing)|still taking|are you on)\b",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\b(?:both|each) (?:of (?:them|those)|\w+)|\bboth\b", re.IGNORECASE)
_BACKCHANNEL_WORDS = 3


def statements_of(sentences: Sequence[Sentence]) -> list[DrugStatement]:
    """Every statement of the visit on a drug, in order, named or referred to."""
    found: list[DrugStatement] = []
    focus: list[DrugStatement] = []
    age = 0
    for at, sentence in enumerate(sentences):
        named = [_answered(s, sentences, at) for s in statements_in(sentence)]
        named = _continuing_list(found, named)
        if named:
            found += named
            focus, age = [s for s in named if not s.decision.denied], 0
            continue
        referring = _referring(sentences, at, focus) if age < _REACH_SENTENCES else []
        found += referring
        if referring:
            age = 0
        elif len(sentence.text.split()) > _BACKCHANNEL_WORDS:
            age += 1
    return found


def _continuing_list(
    found: Sequence[DrugStatement], named: list[DrugStatement]
) -> list[DrugStatement]:
    """ "Continue the lisinopril. And the aspirin and the metoprolol." continues all three."""
    if not found or not named or not named[0].listed:
        return named
    last = found[-1]
    undecided = Decision(OrderAction.MENTION)
    if last.position != named[0].position or last.decision == undecided:
        return named
    return [replace(s, decision=last.decision) if s.decision == undecided else s for s in named]


def _answered(statement: DrugStatement, sentences: Sequence[Sentence], at: int) -> DrugStatement:
    """The statement in the light of the answer, where it is a question: a "no" to "do you take
    aspirin?" means there is none, a "yes" to "do you need a refill?" is a refill."""
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


def _referring(
    sentences: Sequence[Sentence], at: int, focus: Sequence[DrugStatement]
) -> list[DrugStatement]:
    """Statements of a sentence without a drug's name on the drug that was just spoken of."""
    sentence = sentences[at]
    text = sentence.text
    if not focus or sentence.is_question or ABOUT_SOMETHING_ELSE.search(text):
        return []
    if len({s.key for s in focus}) > 1 and not _BOTH.search(text):
        return []
    found = (_on(sentences, at, subject) for subject in focus)
    return [statement for statement in found if statement is not None]


def _on(sentences: Sequence[Sentence], at: int, subject: DrugStatement) -> DrugStatement | None:
    """What the sentence says of this drug; None if nothing."""
    sentence = sentences[at]
    if sentence.by_clinician and _LATER_STEP.match(sentence.text):
        # "After a week, go up to 50 mg" leaves the dose to begin with as it is.
        return _later_step(sentence, subject)
    correction = _CORRECTION.search(sentence.text) if sentence.by_clinician else None
    sig = _sig_of(sentences, at, subject, correction)
    decision = _decision(sentence)
    if sig is None and decision is None:
        return None
    if _is_of_another_person(subject) and sentence.by_clinician:
        return None
    instructed = (
        sentence.by_clinician and correction is None and bool(_INSTRUCTION.search(sentence.text))
    )
    undecided = _UNDECIDED.search(sentence.text[:60]) and sig and not sig.as_needed
    told = Decision(OrderAction.MENTION)
    if instructed and not undecided:
        told = Decision(OrderAction.START, weak=True)
    return replace(
        subject,
        sig=sig or Sig(),
        decision=decision or told,
        by_clinician=sentence.by_clinician,
        current=not sentence.by_clinician,
        asked=False,
        refill_asked=False,
        position=sentence.position,
        evidence=(sentence.evidence(),),
        correction=sentence.by_clinician and not instructed,
    )


def _later_step(sentence: Sentence, subject: DrugStatement) -> DrugStatement:
    """What is to be done later, kept as evidence only: it decides nothing today."""
    return replace(
        subject,
        sig=Sig(),
        decision=Decision(OrderAction.MENTION),
        by_clinician=True,
        current=False,
        asked=False,
        refill_asked=False,
        position=sentence.position,
        evidence=(sentence.evidence(),),
    )


def _is_of_another_person(statement: DrugStatement) -> bool:
    return statement.experiencer is not Experiencer.PATIENT


def _sig_of(
    sentences: Sequence[Sentence],
    at: int,
    subject: DrugStatement,
    correction: re.Match[str] | None,
) -> Sig | None:
    """How the drug in focus is taken by this sentence; None if the sentence does not say."""
    sentence = sentences[at]
    text = sentence.text
    if sentence.by_clinician:
        about = bool(correction or _INSTRUCTION.search(text) or _STARTS_WITH_SIG.match(text))
    else:
        asked = at > 0 and _asks_how(sentences[at - 1])
        about = (asked and bool(_STARTS_WITH_SIG.match(text))) or bool(
            re.search(r"\btak(?:e|ing) (?:it|them|that|one|two|\d)", text, re.IGNORECASE)
        )
    if not about:
        return None
    number_at = correction.end() if correction else None
    fragment = _STARTS_WITH_SIG.match(text)
    if number_at is None and fragment and fragment.group()[-1].isdigit():
        number_at = fragment.end() - 1
    sig = read_regimen(text, subject.drug.ingredients, bare_number_at=number_at)
    if not sentence.by_clinician:
        sig = replace(sig, duration=None)
    return sig if sig.says_how else None


def _asks_how(sentence: Sentence) -> bool:
    """A question after dose or habit, or about a drug by name ("you take metformin, right?")."""
    named = sentence.text.rstrip().endswith("?") and bool(sentence.drugs)
    return named or bool(_ASKS_HOW.search(sentence.text))


def _decision(sentence: Sentence) -> Decision | None:
    if not sentence.by_clinician or sentence.is_question:
        return None
    withdrawn = _WITHDRAWN.search(sentence.text)
    if withdrawn and is_final(sentence.text[withdrawn.end() :]):
        return Decision(OrderAction.MENTION, denied=True, withdrawn=True)
    for pattern, action in _DECISIONS:
        found = pattern.search(sentence.text)
        if found is None or _UNDECIDED.search(sentence.text):
            continue
        if _NEGATED.search(sentence.text[: found.start()]):
            negated = OrderAction.CONTINUE if action is OrderAction.STOP else OrderAction.MENTION
            return Decision(negated)
        return Decision(action)
    return None
