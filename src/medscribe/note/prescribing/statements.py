"""A sentence that names drugs -> one statement per drug, each with the words that belong to it."""

import re
from dataclasses import dataclass, replace

from medscribe.clinical.drugs import DrugMention
from medscribe.domain.medication import Certainty, Experiencer, OrderAction
from medscribe.domain.note import Evidence
from medscribe.note.prescribing.amounts import DOSE, STRENGTH
from medscribe.note.prescribing.cues import Decision, decide
from medscribe.note.prescribing.reasons import indication_in
from medscribe.note.prescribing.sentences import Sentence
from medscribe.note.prescribing.sig import Sig, read_sig

_NOT_A_MEDICINE = re.compile(
    r"\A ?(?:levels?|trough|toxicity|allerg|screen|test|resistan|deficien|sensitiv)", re.IGNORECASE
)
_TAIL_WORDS = r"(?:\s+(?:of|the|your|his|her|my|a|an|some|worth|tablets?|pills?|capsules?))*\s*\Z"
_OWN_START = re.compile(
    r"(?:[,;]|\b(?:and|but|then|so|plus|also)\b)\s+(?=(?:so |then |also |just )*(?:i|we|you|let|"
    r"please|also|stop|start|continue|increase|decrease|reduce|add|hold|take|keep|the|your|he|she|"
    r"she's|refill|switch)\b)",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:continue|start|stop|increase|decrease|reduce|hold|refill|discontinue|keep (?:you|taking))\b",
    re.IGNORECASE,
)
_CONNECTOR = re.compile(r"[,;]|\b(?:and|or|but|then|plus|along with|as well as|with)\b", re.I)
_LIST_ONLY = re.compile(
    r"\A[\s,;]*(?:(?:and|or|nor|plus|with|as well as|along with|then|also|the|your|his|her|my|a|an|"
    r"some|any|other|of|um|uh|like|both|either|into|in|combination)[\s,]*)*\Z",
    re.IGNORECASE,
)
_NEW_CLAUSE = re.compile(
    r"(?:[,;]\s*(?:and|but|so|because|then|or)?|\s(?:and|but|so|because|then))\s+"
    r"(?=(?:then |also |just |so |please |uh |um )*(?:i|we|you|let us|let's|he|she|it|they|please|"
    r"check|call|come|follow|see|monitor|watch|recheck|schedule|order|your|there|hey|if you)\b)|"
    r"\s(?=(?:i|we) (?:will|want|am|are|would|think|do|know|have)\b)|"
    r"\s(?=(?:now|but|and|so|okay|because) if\b)",
    re.IGNORECASE,
)
_ABOUT_TAKING = re.compile(
    r"\b(?:take|taking|takes|use|using|apply|inject|inhale|increase it|go up|do (?:it|that|one|\d)|"
    r"twice|once|times a|as needed|need it|tablets?|pills?|puffs?|mg|mcg|units|give (?:it|you)|at night|"
    r"bedtime|every|daily|help with|if you (?:have|get)|do not (?:take|exceed))\b",
    re.IGNORECASE,
)
ABOUT_SOMETHING_ELSE = re.compile(
    r"\b(?:check|call|come (?:back|in)|follow|see you|see me|monitor|watch|recheck|schedul|order|ice|"
    r"exercis|stretch|walk|elevat|drink|eat|weigh|physical therapy|x-ray|mri|lab|blood pressures?|"
    r"sugars?|appointment|repeat)",
    re.IGNORECASE,
)
_SWITCH = re.compile(r"\b(?:switch|chang|replac)\w*\b", re.IGNORECASE)
_TO_NEXT = re.compile(r"\A[^.]{0,25}?\b(?:to|with|over to)(?: \w+){0,2}\s*\Z", re.IGNORECASE)
_RELATIVE = (
    r"(?:mother|mom|father|dad|brother|sister|wife|husband|son|daughter|grand\w+|aunt|uncle|cousin|"
    r"parents?|spouse|partner)"
)
_FAMILY = re.compile(
    rf"\b(?:my|his|her|your|their) (?:\w+ )?{_RELATIVE}s?\b(?! (?:gave|gives|told|said|says|thinks))"
    r"(?: (?!me\b|i\b)\w+){0,6}\s*\Z",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:my|his|her|your|a|some|other) (?:\w+ )?(?:friend|neighbor|coworker|roommate|boss|patient|"
    r"people)s?\b(?! (?:gave|gives|told|said|says))(?: (?!me\b|i\b|you\b)\w+){0,6}\s*\Z",
    re.IGNORECASE,
)
_NOT_CURRENT = re.compile(
    r"\b(?:stopped|quit|used to|ran out|was on|were on|had been|took|tried|in the past|years ago|"
    r"last (?:month|year)|gave me)\b",
    re.IGNORECASE,
)
_CURRENT = re.compile(
    r"\b(?:tak(?:e|es|ing)|on|us(?:e|es|ing)|have you|has been|have been|current(?:ly)?|stay)\b",
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

    @property
    def key(self) -> frozenset[str]:
        """What makes two names one medicine: the ingredients."""
        return frozenset(self.drug.ingredients)


def statements_in(sentence: Sentence) -> list[DrugStatement]:
    """One statement per drug of the sentence, in order; lab levels ("digoxin level") give none."""
    text, drugs = sentence.text, sentence.drugs
    if not drugs:
        return []
    starts = _starts_of_own_words(text, drugs)
    ends = [*starts[1:], len(text)]
    found: list[DrugStatement] = []
    for drug, start, end in zip(drugs, starts, ends, strict=True):
        before, after = text[start : drug.span.start], text[drug.span.end : end]
        if _NOT_A_MEDICINE.match(after):
            continue
        statement = _statement(sentence, drug, before, _own_clauses(after))
        if found and _LIST_ONLY.match(_without_amount(before)):
            statement = _like(found[-1], statement)
        found.append(statement)
    return _switched(text, found)


def _statement(sentence: Sentence, drug: DrugMention, before: str, after: str) -> DrugStatement:
    whole_before = sentence.text[: drug.span.start]
    decision = _decision(sentence, before, after)
    sig = _sig(drug, before, after)
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
        experiencer=_experiencer(whole_before),
        current=bool(_CURRENT.search(before))
        and not _NOT_CURRENT.search(before[-60:] + after[:25]),
        asked=sentence.is_question and bool(_TAKING_ASKED.search(before)),
        refill_asked=sentence.is_question and bool(_REFILL_ASKED.search(sentence.text)),
        position=sentence.position,
        evidence=(sentence.evidence(),),
    )


def _decision(sentence: Sentence, before: str, after: str) -> Decision:
    """Only a clinician decides, and not in a question; a patient's "I stopped" is a mention."""
    decision = decide(before, after)
    if sentence.by_clinician and not sentence.is_question:
        return decision
    if sentence.is_question:
        return Decision(OrderAction.MENTION)
    return Decision(OrderAction.MENTION, denied=decision.denied)


def _starts_of_own_words(text: str, drugs: tuple[DrugMention, ...]) -> list[int]:
    """For each drug, the character at which the words that belong to it begin."""
    starts = [0]
    for drug, following in zip(drugs, drugs[1:], strict=False):
        between = text[drug.span.end : following.span.start]
        starts.append(drug.span.end + _start_within(between))
    return starts


def _start_within(between: str) -> int:
    """ "lisinopril| 10 mg |and 500 mg of metformin": the amount before "of" is metformin's."""
    clause = _OWN_START.search(between)
    if clause:
        return clause.end()
    amount = _amount_before_drug(between)
    if amount is not None:
        lead = between[:amount].strip(" ,")
        if lead or re.search(r"\bof\b", between[amount:], re.IGNORECASE):
            return amount
    verbs = list(_VERB.finditer(between))
    if verbs:
        return verbs[-1].start()
    connectors = list(_CONNECTOR.finditer(between))
    return connectors[-1].end() if connectors else len(between)


def _amount_before_drug(before: str) -> int | None:
    """Where an amount that leads up to the drug's name begins: "500 mg of ", "2 puffs of your "."""
    for pattern in (DOSE, STRENGTH):
        for found in pattern.finditer(before):
            if re.match(_TAIL_WORDS, before[found.end() :], re.IGNORECASE):
                return found.start()
    return None


def _without_amount(before: str) -> str:
    amount = _amount_before_drug(before)
    return before if amount is None else before[:amount]


def _own_clauses(after: str) -> str:
    """The words after a drug's name up to where the talk turns to something else.

    " 20 mg a day, and check your sugar every morning" -> " 20 mg a day".
    """
    breaks = [found.start() for found in _NEW_CLAUSE.finditer(after) if found.start() > 0]
    end = breaks[0] if breaks else len(after)
    for begin, finish in zip(breaks, [*breaks[1:], len(after)], strict=False):
        clause = after[begin:finish]
        if not _ABOUT_TAKING.search(clause) or ABOUT_SOMETHING_ELSE.search(clause):
            break
        end = finish
    return after[:end]


def _sig(drug: DrugMention, before: str, after: str) -> Sig:
    sig = read_sig(after, drug.ingredients, bare_number_at=0)
    amount = _amount_before_drug(before)
    if amount is None:
        return sig
    leading = read_sig(before[amount:], drug.ingredients)
    if re.search(r"\A[^.]{0,12}\bto \d|\b(?:actually|make (?:it|that)) \d", after):
        return sig
    return replace(
        sig,
        strength=leading.strength or sig.strength,
        dose=leading.dose or sig.dose,
        dose_max=leading.dose_max or sig.dose_max,
        form=leading.form or sig.form,
    )


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


def _switched(text: str, found: list[DrugStatement]) -> list[DrugStatement]:
    """ "switch you from ibuprofen to naproxen": one stops, the other starts."""
    for at, (old, new) in enumerate(zip(found, found[1:], strict=False)):
        between = text[old.drug.span.end : new.drug.span.start]
        lead = text[max(0, old.drug.span.start - 40) : old.drug.span.start]
        if old.by_clinician and _SWITCH.search(lead) and _TO_NEXT.match(between):
            decided = old.decision.action not in (OrderAction.MENTION,) or "from" in lead
            past = re.search(r"\b(?:switched|changed|replaced)\b", lead, re.IGNORECASE)
            if decided and not past:
                found[at] = replace(old, decision=Decision(OrderAction.STOP))
                found[at + 1] = replace(new, decision=Decision(OrderAction.START))
    return found


def _experiencer(before: str) -> Experiencer:
    if _FAMILY.search(before):
        return Experiencer.FAMILY
    return Experiencer.OTHER if _OTHERS.search(before) else Experiencer.PATIENT
