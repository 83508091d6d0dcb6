"""A sentence with drugs -> which of its words belong to which drug."""

import re
from itertools import pairwise

from medscribe.clinical.drugs import DrugMention
from medscribe.note.prescribing.amounts import DOSE, STRENGTH

_TAIL_WORDS = r"(?:\s+(?:of|the|your|his|her|my|a|an|some|worth|tablets?|pills?|capsules?))*\s*\Z"
_OWN_START = re.compile(
    r"(?:[,;]|\b(?:and|but|then|so|plus|also)\b)\s+(?=(?:so |then |also |just )*(?:i|we|you|let|"
    r"please|also|stop|start|continue|increase|decrease|reduce|add|hold|take|keep|the|your|he|she|"
    r"she's|refill|switch|no more|do not)\b)",
    re.IGNORECASE,
)
# "..., but let's leave it at 5 mg and raise the ramipril": the first clause is of the drug before.
_OF_IT = re.compile(
    r"\b(?:leave|keep|raise|stop|hold|increase|drop|make|use|try|lower|cut|continue|bring|start|"
    r"skip|"
    r"space|take|do) (?:it|that)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:continue|start|stop|increase|decrease|reduce|hold|refill|discontinue|keep (?:you|"
    r"taking))\b",
    re.IGNORECASE,
)
_CONNECTOR = re.compile(r"[,;]|\b(?:and|or|but|then|plus|along with|as well as|with)\b", re.I)
_NEW_CLAUSE = re.compile(
    r"(?:[,;]\s*(?:and|but|so|because|then|or)?|\s(?:and|but|so|because|then))\s+"
    r"(?=(?:then |also |just |so |please |uh |um )*(?:i|we|you|let us|let's|he|she|it|they|please|"
    r"check|call|come|follow|see|monitor|watch|recheck|schedule|order|your|there|hey|if you)\b)|"
    r"\s(?=(?:i|we) (?:will|want|am|are|would|think|do|know|have)\b)|"
    r"\s(?=(?:now|but|and|so|okay|because) if\b)|"
    r"\s(?=(?:and |so |now )?for (?:the|your) (?:first|second|third|fourth|next|last|final)\b"
    r"(?! (?:\w+ )?(?:days?|nights?|weeks?|months?|hours?|doses?)\b))",
    re.IGNORECASE,
)
# "It gives him nightmares, every night.": how often that is, not the medicine.
_DOES = re.compile(
    r"\A,? (?:it |that |which |and it )?(?:just |really |always |only )?(?:gives?|gave|causes?|"
    r"caused|makes?|made|leaves|left|keeps|kept) (?:me|him|her|you|them|my|his|your) (?!relief)",
    re.IGNORECASE,
)
_ABOUT_TAKING = re.compile(
    r"\b(?:take|taking|takes|use|using|apply|inject|inhale|increase it|go up|do (?:it|that|one|\d)|"
    r"twice|once|times a|as needed|need it|tablets?|pills?|puffs?|mg|mcg|units|give (?:it|"
    r"you)|at night|"
    r"(?:raise|increase|lower|decrease|reduce|drop|bump|double|make|try|move|bring|go|keep|leave|"
    r"start|"
    r"put)(?: (?:it|that|you))?(?: \w+){0,2}? \d|it will be|bedtime|every|daily|help with|"
    r"if you (?:have|get)|do not (?:take|exceed))\b",
    re.IGNORECASE,
)
ABOUT_SOMETHING_ELSE = re.compile(
    r"\b(?:check|call|come (?:back|in)|follow|see you|see me|monitor|watch|recheck|schedul|"
    r"order|ice|"
    r"exercis|stretch|walk|elevat|drink|eat|weigh|physical therapy|x-ray|mri|lab|blood pressures?|"
    r"sugars?|appointment|repeat)",
    re.IGNORECASE,
)


def starts_of_own_words(text: str, drugs: tuple[DrugMention, ...]) -> list[int]:
    """For each drug, the character at which the words that belong to it begin."""
    starts = [0]
    for drug, following in pairwise(drugs):
        between = text[drug.span.end : following.span.start]
        starts.append(drug.span.end + _start_within(between))
    return starts


def _start_within(between: str) -> int:
    """ "lisinopril| 10 mg |and 500 mg of metformin": the amount before "of" is metformin's."""
    for clause in _OWN_START.finditer(between):
        if not _OF_IT.search(between, clause.end()):
            return clause.end()
    amount = amount_before_drug(between)
    if amount is not None:
        lead = between[:amount].strip(" ,")
        if lead or re.search(r"\bof\b", between[amount:], re.IGNORECASE):
            return amount
    verbs = list(_VERB.finditer(between))
    if verbs:
        return verbs[-1].start()
    connectors = list(_CONNECTOR.finditer(between))
    return connectors[-1].end() if connectors else len(between)


def amount_before_drug(before: str) -> int | None:
    """Where an amount that leads up to the drug's name begins: "500 mg of ", "2 puffs of your "."""
    for pattern in (DOSE, STRENGTH):
        for found in pattern.finditer(before):
            if re.match(_TAIL_WORDS, before[found.end() :], re.IGNORECASE):
                return found.start()
    return None


def without_amount(before: str) -> str:
    amount = amount_before_drug(before)
    return before if amount is None else before[:amount]


def own_clauses(after: str) -> str:
    """The words after a drug's name up to where the talk turns to something else.

    " 20 mg a day, and check your sugar every morning" -> " 20 mg a day".
    """
    if _DOES.match(after):
        return ""
    breaks = [found.start() for found in _NEW_CLAUSE.finditer(after)]
    end = breaks[0] if breaks else len(after)
    for begin, finish in zip(breaks, [*breaks[1:], len(after)], strict=False):
        clause = after[begin:finish]
        if not _ABOUT_TAKING.search(clause) or ABOUT_SOMETHING_ELSE.search(clause):
            break
        end = finish
    return after[:end]
