"""A sentence without a drug's name -> what it says of the drug that was just spoken of.

"Take it twice a day with meals." "Actually make that 500 milligrams." "Then 20 for three days."
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from medscribe.domain.medication import DoseStep, Experiencer, OrderAction, Quantity
from medscribe.note.prescribing.answers import answer_to
from medscribe.note.prescribing.cues import Decision
from medscribe.note.prescribing.own_words import ABOUT_SOMETHING_ELSE
from medscribe.note.prescribing.reference_cues import UNDECIDED, decision_of, says_what_to_do
from medscribe.note.prescribing.regimen import later_steps, read_regimen
from medscribe.note.prescribing.sentences import Sentence
from medscribe.note.prescribing.sig import Sig
from medscribe.note.prescribing.statements import DrugStatement
from medscribe.note.prescribing.told_doses import asks_how, is_general, tells_dose

_FILLER = (
    r"\A\W*(?:(?:and|so|okay|ok|um|uh|well|yeah|yes|yep|then|but|it is|it's|that is|that would be|"
    r"just|"
    r"about|probably|like|i take|i am taking|i am on|at|a|the|usually|oh|i think|i believe|mm-hmm|"
    r"sure|"
    r"right|for|please|rather than [^,]{1,30}|fine|good|great|currently|still|always|i do|been|"
    r"same|right now|now|i guess|only|we will say|"
    r"let us say|we will do|i would say|i was taking)[\s,.]+)*"
)
_STARTS_WITH_SIG = re.compile(
    _FILLER + r"(?:\d|half\b|once\b|twice\b|every\b|daily\b|nightly\b|at bedtime|at night|in the |"
    r"as needed|with (?:food|meals)|before|after|two |up to \d|three times|by mouth|"
    r"one (?:tablet|pill|puff|time|a day|in the|capsule|spray|drop|every|daily|twice|at|each))",
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(
    r"\b(?:take|taking|use|using|apply|inject|inhale|swallow|do|give|put|goes?|starting|start|"
    r"chew|"
    r"insert|spray|rub|spread|massage|dab|smear|squeeze|drink|mix|dissolve|pop|stick|sprinkle|"
    r"puff|"
    r"wash|rinse|place|drop|work|try|have you (?:take|use|do)|keep) "
    r"(?:it|them|this|that|these|those|one|two|\d|half|a|an|up to|with|at|for|every|once|twice|"
    r"in the|"
    r"no more|just|only|three|before|after|yourself|the first)|"
    r"\b(?:make (?:that|it)|go (?:up|down) to|increase (?:it|that|the dose)|decrease (?:it|that|"
    r"the dose)|"
    r"do not (?:take|exceed)|the dose|the max(?:imum)?|max(?:imum)? of|no more than|(?:it is|"
    r"they are|those are) (?:the |a |an )?\d|"
    r"that is (?:a |an )?\d|you (?:can|will|should) (?:repeat|take|use))\b|"
    r"\bonly (?:take|use|if|when|as) ",
    re.IGNORECASE,
)
_NEW_TIMING = (
    r"(?:(?:once|twice|three times|four times|\d times) (?:a |per |every )?(?:day|daily|week|"
    r"weekly)|"
    r"every (?:\d|other|day|morning|night|evening|single|week)|at (?:night|bedtime)|daily|nightly|"
    r"in the (?:morning|evening)|weekly|half|one |two |as needed|with (?:food|meals)|before|after)"
)
_CORRECTION = re.compile(
    r"\bmake (?:that|it) (?:a |an )?(?=\d)|\b(?:actually|sorry|i mean|rather|correction|let us do|"
    r"let's do|on second thought|scratch that|no|wait)[\s,.]+(?:let us |let's |do |make (?:it|"
    r"that) |"
    r"go with |i meant? |actually |i am sorry |that (?:is|should be) |it (?:is|should be) |try |"
    r"use |to |"
    r"sorry[\s,]+|we will do |take |a |an |keep (?:it|that) at |start (?:with|at) )*(?=\d)|"
    r"\b(?:i meant?|make (?:that|it)|(?:actually|sorry|rather|correction|scratch that|no|wait|"
    r"let us|on "
    r"second thought)[\s,.]+(?:i meant |let us |do (?:it |that )?|make (?:it|that) |just |"
    r"take (?:it |"
    r"that )?|we will do |go with |keep (?:it|that) )*|let us do|it should be|that should be|"
    rf"let us keep it at|i meant to say)\s?(?=\d|{_NEW_TIMING})",
    re.IGNORECASE,
)
_LATER_STEP = re.compile(
    r"\A\W*(?:(?:and|then|so|but|okay)[\s,]+)*(?:(?:after|in) (?:the first |about |another |"
    r"that )?"
    r"(?:\d+|an?|one|two|three|four|six)(?: (?:to|or) \w+)? (?:day|week|month)s?\b.*"
    r"\b(?:increase|decrease|go (?:up|down)|double|raise|reduce|cut|take|bump|stop|\d)\b|"
    r"(?:then|after that|next week|the (?:next|second|following) (?:week|day|month)|on day (?:2|"
    r"two)|"
    r"days? (?:2|two))\b.*\d)",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\b(?:both|each) (?:of (?:them|those)|\w+)|\bboth\b", re.IGNORECASE)
_OVERRIDES = re.compile(
    r"\A\W*(?:(?:um|uh|oh|okay|well|hmm|you know)[\s,.]+)*(?:actually|no\b|wait|on second thought|"
    r"you know what|scratch that|never ?mind|sorry)",
    re.IGNORECASE,
)
_HOW_LONG = re.compile(r"\d+ (?:days?|weeks?|months?)\b", re.IGNORECASE)
_INSTEAD = re.compile(r"\binstead\W*\Z", re.IGNORECASE)
_FRAGMENT_WORDS = 12
_HEAD_CHARACTERS = 15
_NUMBER_AT = re.compile(
    r"\b(?:to|at|do|need|want|take|taking|it|that|try|use|meant?|actually|sorry|no|rather|with|thought|say|"
    r"is|just|"
    r"back|down|up|keep|be|on|start|wait|you|about|yes|yeah|fine|only)[\s,.]+(?:a |an |"
    r"the )?(?=\d)",
    re.IGNORECASE,
)


def referring(
    sentences: Sequence[Sentence], at: int, focus: Sequence[DrugStatement]
) -> list[DrugStatement]:
    """Statements of a sentence without a drug's name on the drugs in `focus`."""
    sentence = sentences[at]
    text = sentence.text
    if not focus:
        return []
    other = ABOUT_SOMETHING_ELSE.search(text)
    if other:
        # "Take a holiday from it for four weeks, then we'll repeat the CK."
        head = sentence.written.part(0, other.start()) if other.start() > _HEAD_CHARACTERS else None
        if head is None or _turns_from_drug(text[: other.start()]):
            return []
        sentence = replace(sentence, written=head)
        return referring([*sentences[:at], sentence, *sentences[at + 1 :]], at, focus)
    if sentence.is_question:
        return _confirmed(sentences, at, focus)
    subjects = list(focus)
    if len({s.key for s in focus}) > 1 and not _BOTH.search(text):
        # "Stop the lisinopril and start losartan 50. Take that at night.": the one just started.
        started = [s for s in focus if s.decision.action is OrderAction.START]
        if len({s.key for s in started}) != 1 or len(started) == len(focus):
            return []
        subjects = started[-1:]
    return [made for s in subjects if (made := _on(sentences, at, s)) is not None]


def _turns_from_drug(head: str) -> bool:
    """Whether what stands before the talk of something else says nothing of a medicine."""
    told = _INSTRUCTION.search(head) or _STARTS_WITH_SIG.match(head)
    return not (told or says_what_to_do(head))


def _confirmed(
    sentences: Sequence[Sentence], at: int, focus: Sequence[DrugStatement]
) -> list[DrugStatement]:
    """ "One drop in each eye at bedtime?" "Yes.": how the patient takes it."""
    sentence = sentences[at]
    said = sentence.by_clinician and _STARTS_WITH_SIG.match(sentence.text)
    if not said or len({s.key for s in focus}) > 1 or answer_to(sentences, at) is False:
        return []
    subject = focus[-1]
    number = _number_at(sentence.text, None)
    sig = read_regimen(sentence.text, subject.drug.ingredients, bare_number_at=number)
    if not sig.says_how:
        return []
    sig = replace(sig, duration=None)
    return [replace(_about(subject, sentence), sig=sig, current=True, by_clinician=False)]


def before_the_name(
    sentences: Sequence[Sentence],
    at: int,
    named: Sequence[DrugStatement],
    focus: Sequence[DrugStatement],
) -> list[DrugStatement]:
    """What a sentence says of the drug before it names another: "You can stop that as well, it
    only went with the methotrexate."."""
    sentence = sentences[at]
    actions = {s.decision.action for s in named}
    begun = actions == {OrderAction.START}
    old = [s for s in focus if s.key not in {n.key for n in named}]
    undecided = actions <= {OrderAction.MENTION}
    if not (sentence.by_clinician and (undecided or begun) and old and sentence.drugs):
        return []
    start = sentence.drugs[0].span.start
    head = replace(sentence, written=sentence.written.part(0, start)) if start else None
    told = decision_of(sentences, at, head) if head else None
    if head is None or told is None or (begun and told.action is not OrderAction.STOP):
        return []
    return referring([*sentences[:at], head], at, old)


def _on(sentences: Sequence[Sentence], at: int, subject: DrugStatement) -> DrugStatement | None:
    """What the sentence says of this drug; None if nothing."""
    sentence = sentences[at]
    begun = subject.sig.says_how or subject.decision.action is not OrderAction.MENTION
    answers = not begun or not subject.by_clinician
    if sentence.by_clinician and not answers and _LATER_STEP.match(sentence.text):
        # "After a week, go up to 50 mg" leaves the dose to begin with as it is.
        return _later_step(sentence, subject)
    correction = _CORRECTION.search(sentence.text) if sentence.by_clinician else None
    sig = _sig_of(sentences, at, subject, correction)
    decision = decision_of(sentences, at, sentence)
    if sig is None and decision is None:
        return None
    if decision and decision.withdrawn and not subject.by_clinician:
        # The patient has stopped it; "then let us leave it off".
        decision = Decision(OrderAction.STOP)
    if subject.experiencer is not Experiencer.PATIENT and sentence.by_clinician:
        if not _is_for_patient(decision, sig):
            return None
        subject = replace(subject, experiencer=Experiencer.PATIENT)
    instructed = (
        sentence.by_clinician and correction is None and bool(_INSTRUCTION.search(sentence.text))
    )
    undecided = UNDECIDED.search(sentence.text[:60]) and sig and not sig.as_needed
    told = Decision(OrderAction.MENTION)
    if instructed and not undecided:
        # "You're taking it at supper. Take it in the morning instead."
        elsewhen = subject.current and _INSTEAD.search(sentence.text)
        told = Decision(OrderAction.CHANGE if elsewhen else OrderAction.START, weak=not elsewhen)
    return replace(
        _about(subject, sentence),
        sig=sig or Sig(),
        decision=decision or told,
        current=not sentence.by_clinician,
        correction=sentence.by_clinician and not instructed,
        overrides=sentence.by_clinician and bool(_OVERRIDES.match(sentence.text)),
    )


def _is_for_patient(decision: Decision | None, sig: Sig | None) -> bool:
    """ "My coworker lost forty pounds on it." "Let us start it.", or its dose."""
    if decision is not None:
        return decision.action is OrderAction.START
    return sig is not None and sig.says_how_much


def _about(subject: DrugStatement, sentence: Sentence) -> DrugStatement:
    return replace(
        subject,
        sig=Sig(),
        decision=Decision(OrderAction.MENTION),
        by_clinician=sentence.by_clinician,
        current=False,
        asked=False,
        refill_asked=False,
        proposed=None,
        next_steps=(),
        lasted=None,
        position=sentence.position,
        evidence=(sentence.evidence(),),
        correction=False,
    )


def _later_step(sentence: Sentence, subject: DrugStatement) -> DrugStatement:
    """What is to be done later: further steps, and no word on what to begin with."""
    steps: list[DoseStep] = []
    lasted: Quantity | None = None
    if not UNDECIDED.search(sentence.text):
        steps, lasted = later_steps(sentence.text, subject.drug.ingredients)
    return replace(_about(subject, sentence), next_steps=tuple(steps), lasted=lasted)


def _sig_of(
    sentences: Sequence[Sentence],
    at: int,
    subject: DrugStatement,
    correction: re.Match[str] | None,
) -> Sig | None:
    """How the drug in focus is taken by this sentence; None if the sentence does not say."""
    sentence = sentences[at]
    text = sentence.text
    decided = decision_of(sentences, at, sentence)
    if sentence.by_clinician:
        about = bool(
            correction
            or decided
            or _INSTRUCTION.search(text)
            or _STARTS_WITH_SIG.match(text)
            or _OVERRIDES.match(text)
            or tells_dose(sentence, subject)
        )
        about = about and not is_general(text)
    else:
        asked = at > 0 and asks_how(sentences, at)
        short = len(text.split()) <= _FRAGMENT_WORDS
        goes_on = sentence.position == subject.position and bool(_STARTS_WITH_SIG.match(text))
        about = (
            (asked and short)
            or goes_on
            or bool(re.search(r"\btak(?:e|ing) (?:it|them|that|one|two|\d)", text, re.IGNORECASE))
        )
    if not about:
        return None
    sig = read_regimen(text, subject.drug.ingredients, bare_number_at=_number_at(text, correction))
    if not sentence.by_clinician:
        sig = replace(sig, duration=None)
    how_long = _HOW_LONG.match(text, correction.end()) if correction else None
    if how_long and sig.duration is None:
        # "Actually, let's do ten days."
        sig = replace(sig, duration=read_regimen(f"for {how_long.group()}").duration)
    return sig if sig.says_how else None


def _number_at(text: str, correction: re.Match[str] | None) -> int | None:
    """Where a strength without a unit may stand."""
    if correction:
        return correction.end()
    fragment = _STARTS_WITH_SIG.match(text)
    if fragment and fragment.group()[-1].isdigit():
        return fragment.end() - 1
    found = _NUMBER_AT.search(text)
    return found.end() if found else None
