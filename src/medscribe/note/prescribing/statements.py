"""A sentence that names drugs -> one statement per drug, each with the words that belong to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypedDict

from medscribe.clinical.drugs import DrugMention
from medscribe.domain.medication import Certainty, DoseStep, Experiencer, OrderAction, Quantity
from medscribe.domain.note import Evidence
from medscribe.note.prescribing.bare_orders import is_bare_order
from medscribe.note.prescribing.cues import Decision, decide
from medscribe.note.prescribing.drug_sig import newly_said, sig_of
from medscribe.note.prescribing.own_use import own_medicine_of
from medscribe.note.prescribing.own_words import (
    own_clauses,
    starts_of_own_words,
    without_amount,
)
from medscribe.note.prescribing.proposals import (
    Asked,
    asked_for,
    asked_to_do,
    without_question,
)
from medscribe.note.prescribing.reasons import indication_in
from medscribe.note.prescribing.sentences import Sentence
from medscribe.note.prescribing.sig import Sig

_NOT_A_MEDICINE = re.compile(
    r"\A ?(?:levels?|suppression|trough|toxicity|allerg|screen|test|resistan|deficien|sensitiv)",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"\b(?:vitamin \w+|b12|insulin|iron|potassium|magnesium|calcium|testosterone|lithium|digoxin|"
    r"folate|sodium|phosph\w+|zinc)\Z",
    re.IGNORECASE,
)
_AS_MEASURED = re.compile(
    r"\A(?: levels?)?(?: is| was| were| came back| comes back| has been| of| at| runs| looks| "
    r"a| bit|"
    r" little| still| only| about| around| too| very| really| quite| slightly| just| back| "
    r"running)+"
    r" (?:\d[\d.]*(?! ?(?:mg|mcg|meq|units?|tab|cap|pill|iu))(?![\d.])|low|high|normal|"
    r"elevated|up\b|"
    r"down\b|fine\b|good\b|great\b|perfect\b)",
    re.IGNORECASE,
)
_LIST_ONLY = re.compile(
    r"\A[\s,;]*(?:(?:and|or|nor|plus|with|as well as|along with|then|also|the|your|his|her|my|"
    r"a|an|"
    r"some|any|other|of|um|uh|like|both|either|into|in|combination|as well|as|okay|so|"
    r"\d+)[\s,]*)*\Z",
    re.IGNORECASE,
)
_CONTINUES_LIST = re.compile(
    r"\A[\s,]*(?:and|also|plus|along with|as well)\b(?:[\s,]*(?:and|also|plus|as|well|the|your|"
    r"his|"
    r"her|then|with|on))*[\s,]*\Z",
    re.IGNORECASE,
)
# "take two ibuprofen"
_SAYS_OWN = re.compile(r" (?:is|will be|goes|stays|stops|can|should|needs)\b", re.IGNORECASE)
_NO_LIST = re.compile(r"\b(?:any ?more|because|since|it|they|you|so)\b", re.IGNORECASE)
_OVERRIDES = re.compile(
    r"\b(?:actually|on second thought|you know what|scratch that|never mind|wait)\b", re.IGNORECASE
)
_RELATIVE = (
    r"(?:mother|mom|father|dad|brother|sister|wife|husband|son|daughter|grand\w+|aunt|uncle|"
    r"cousin|"
    r"parents?|spouse|partner)"
)
_FAMILY = re.compile(
    rf"\b(?:my|his|her|your|their) (?:\w+ )?{_RELATIVE}s?\b(?! (?:gave|gives|told|said|says|"
    rf"thinks))"
    r"(?: (?!me\b|i\b)\w+){0,6}\s*\Z",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:my|his|her|your|a|some|other) (?:\w+ )?(?:friend|neighbor|coworker|roommate|boss|"
    r"patient|"
    r"people)s?\b(?! (?:gave|gives|told|said|says))(?: (?!me\b|i\b|you\b)\w+){0,6}\s*\Z",
    re.IGNORECASE,
)
_RAN_OUT = re.compile(r"\b(?:r[au]n(?:ning)? (?:out|low)|out of|need more)\b", re.IGNORECASE)
_NOT_CURRENT = re.compile(
    r"\b(?:stopped|quit|used to|was on|were on|had been|took|tried|in the past|years ago|"
    r"last (?:month|year)|gave me)\b",
    re.IGNORECASE,
)
_CURRENT = re.compile(
    r"\b(?:tak(?:e|es|ing)|on|us(?:e|es|ing)|have you|has been|have been|current(?:ly)?|"
    r"stay(?:ing)?|r[au]n(?:ning)? (?:out|low)|out of|carry(?:ing)? on)\b",
    re.I,
)
_TAKING_ASKED = re.compile(
    r"\b(?:tak(?:e|en|ing)|took|on|us(?:e|ed|ing)|tried|try|trying|had|have|ever|still)\b", re.I
)
_REFILL_ASKED = re.compile(r"\bneed\b.*\brefill", re.IGNORECASE)
_HOW_FAR = re.compile(r"\b(?:been|had|now|so far)\b", re.IGNORECASE)


@dataclass(frozen=True)
class DrugStatement:
    """What one sentence says of one drug.

    `drug` names it; `current`: that the patient takes it. `asked`: a question whose answer decides
    whether it is so; `refill_asked`: whose yes is a refill. `correction`: "no, make that 20".
    `listed`: only a connector stands before the name ("and the aspirin"), so that what was decided
    in the sentence before goes for it too. `proposed`: what is done if the listener agrees to the
    question, `asked_as` what kind of question it is. `next_steps` follow the dose said before,
    which lasts as long as `lasted`. `overrides`: "actually, keep it where it is".
    """

    drug: DrugMention
    sig: Sig
    decision: Decision
    by_clinician: bool
    experiencer: Experiencer
    current: bool
    asked: bool
    refill_asked: bool
    position: int
    evidence: tuple[Evidence, ...]
    correction: bool = False
    listed: bool = False
    proposed: Decision | None = None
    asked_as: Asked | None = None
    next_steps: tuple[DoseStep, ...] = ()
    lasted: Quantity | None = None
    overrides: bool = False

    @property
    def key(self) -> frozenset[str]:
        """What makes two names one medicine: the ingredients."""
        return frozenset(self.drug.ingredients)


def statements_in(sentence: Sentence) -> list[DrugStatement]:
    """One statement per drug of the sentence, in order; lab levels ("digoxin level") give none."""
    text, drugs = sentence.text, sentence.drugs
    if not drugs:
        return []
    starts = starts_of_own_words(text, drugs)
    ends = [*starts[1:], len(text)]
    found: list[DrugStatement] = []
    for at, (drug, start, end) in enumerate(zip(drugs, starts, ends, strict=True)):
        before, after = text[start : drug.span.start], text[drug.span.end : end]
        if is_measured(text, drug):
            continue
        beyond = _beyond(text, drugs[at:], end)
        statement = _statement(sentence, drug, before, own_clauses(after), beyond)
        if found and _is_listed(text, found[-1].drug, drug, before):
            statement = _like(found[-1], statement)
        elif is_bare_order(sentence, statement.decision, before, after):
            bare = Decision(OrderAction.START, weak=True, bare=True)
            statement = replace(statement, decision=bare)
        found.append(statement)
    return found


def is_measured(text: str, drug: DrugMention) -> bool:
    """ "Digoxin level", "your potassium is a bit low": what is measured, not what is taken."""
    after = text[drug.span.end :]
    if _NOT_A_MEDICINE.match(after):
        return True
    measured = _MEASURED.search(text[drug.span.start : drug.span.end])
    return bool(measured and _AS_MEASURED.match(after))


def measured_in(sentence: Sentence) -> list[DrugStatement]:
    """What is measured in a sentence that names nothing else: the "it" of what follows."""
    if not sentence.drugs or not sentence.by_clinician:
        return []
    drug = sentence.drugs[-1]
    only = len({d.ingredients for d in sentence.drugs}) == 1
    if not only or not is_measured(sentence.text, drug):
        return []
    made = _statement(sentence, drug, "", "", "")
    return [replace(made, sig=Sig(), decision=Decision(OrderAction.MENTION))]


def _is_listed(text: str, previous: DrugMention, drug: DrugMention, before: str) -> bool:
    """Whether the drug is only a further one of a list ("lisinopril 10 and the metformin")."""
    between = text[previous.span.end : drug.span.start]
    own = _SAYS_OWN.match(text, drug.span.end)
    return (
        not own and not _NO_LIST.search(between) and bool(_LIST_ONLY.match(without_amount(before)))
    )


def _beyond(text: str, drugs: Sequence[DrugMention], end: int) -> str:
    """What follows in the sentence on the first of the drugs, where only a list stands between also
    what follows the last of them: "do not take the furosemide or the ramipril while you vomit"."""
    last = drugs[0]
    for following in drugs[1:]:
        if not _LIST_ONLY.match(text[last.span.end : following.span.start]):
            break
        last = following
    return text[last.span.end : end] if last is drugs[0] else text[last.span.end :]


def _statement(
    sentence: Sentence, drug: DrugMention, before: str, after: str, beyond: str
) -> DrugStatement:
    whole_before = sentence.text[: drug.span.start]
    decision = _decision(sentence, before, after, beyond)
    sig = sig_of(drug, before, after, whole_before)
    if decision.action in (OrderAction.CHANGE, OrderAction.CONTINUE):
        sig = newly_said(drug, sig, beyond)
    if sentence.by_clinician and not decision.denied and sig.indication is None:
        sig = replace(sig, indication=indication_in(before))
    if not sentence.by_clinician or _HOW_FAR.search(whole_before[-40:]):
        # "I have been taking it for two weeks" is history, no instruction.
        sig = replace(sig, duration=None)
    return DrugStatement(
        drug=drug,
        sig=sig,
        decision=decision,
        by_clinician=sentence.by_clinician,
        experiencer=own_medicine_of(sentence, whole_before) or _experiencer(whole_before),
        current=bool(_CURRENT.search(before))
        and not _NOT_CURRENT.search(before[-60:] + after[:25]),
        asked=sentence.is_question and bool(_TAKING_ASKED.search(before)),
        refill_asked=sentence.is_question and bool(_REFILL_ASKED.search(sentence.text)),
        position=sentence.position,
        evidence=(sentence.evidence(),),
        listed=bool(_CONTINUES_LIST.match(before)),
        overrides=sentence.by_clinician and bool(_OVERRIDES.search(before)),
        **_proposal(sentence, before, after),
    )


class _Proposal(TypedDict):
    proposed: Decision | None
    asked_as: Asked | None


def _proposal(sentence: Sentence, before: str, after: str) -> _Proposal:
    asked = None
    if sentence.is_question:
        asked = asked_to_do(sentence.text) if sentence.by_clinician else asked_for(sentence.text)
    if asked is None:
        return _Proposal(proposed=None, asked_as=None)
    return _Proposal(proposed=decide(without_question(before), after), asked_as=asked)


def _decision(sentence: Sentence, before: str, after: str, beyond: str) -> Decision:
    """Only a clinician decides, and not in a question; a patient's "I stopped" is a mention."""
    decision = decide(before, after, beyond)
    if sentence.by_clinician and not sentence.is_question:
        return decision
    if sentence.is_question:
        return Decision(OrderAction.MENTION)
    owned = bool(_RAN_OUT.search(before))
    return Decision(OrderAction.MENTION, denied=decision.denied, owned=owned)


def _like(previous: DrugStatement, statement: DrugStatement) -> DrugStatement:
    """A further drug of a list shares what was decided about the list."""
    decision = statement.decision
    if decision.action is OrderAction.MENTION and decision.certainty is Certainty.CONFIRMED:
        decision = previous.decision
    return replace(
        statement,
        decision=decision,
        experiencer=previous.experiencer,
        current=previous.current,
        asked=previous.asked,
    )


def _experiencer(before: str) -> Experiencer:
    if _FAMILY.search(before):
        return Experiencer.FAMILY
    return Experiencer.OTHER if _OTHERS.search(before) else Experiencer.PATIENT
