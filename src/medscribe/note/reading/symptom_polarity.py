"""A sentence of the patient -> the symptoms it affirms and those it denies.

"No rashes, but my neck is swollen" denies rashes and affirms nothing else. Where the words leave
the polarity open ("I was worried about chest pain", "the cough is not getting better") a symptom
is in neither list: a wrong polarity in a chart harms, a missing line does not.
"""

import re
from dataclasses import dataclass

from medscribe.note.reading.systems import symptom_spans

# Where what was denied before is over and a clause with a sense of its own begins.
_NEW_CLAUSE = re.compile(
    r"[,;.]? *\b(?:but|however|although|though|except(?: for)?|other than|besides|apart from)\b"
    r"|;|\. "
    r"|,? *\b(?:and|or) (?=(?:i|it|my|the|there|he|she|they|then|that|now|no)\b)"
    r"|, *(?=(?:i|it|my|the|there|no|not|just|only|maybe|well|sometimes|yes|yeah)\b)",
    re.IGNORECASE,
)
# Words that deny what comes after them.
_DENIES = re.compile(
    r"\b(?:no(?! (?:more|change|better|worse|relief|help|one|longer|matter|doubt|idea|problem"
    r"|wonder|improvement|different|difference)\b)|denies|deny|without|nor|neither"
    r"|never (?:really |actually |ever )?(?:have|had|get|got|feel|felt|noticed|experienced)"
    r"|(?:do|does|did|have|has|had|am|is|was) not"
    r" (?:really |ever |also |even |actually |recently )*"
    r"(?:(?:been )?(?:have|had|having|noticed?|noticing|feel|felt|feeling|experienced?|experiencing"
    r"|get|got|getting|gotten|seen|been))(?: any)?|not any|not (?:nauseous|dizzy|tired))\b",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(
    r"\b(?:no|not|never|nothing|none|cannot|denies|deny|without|nor|neither|hardly|barely)\b|n't\b",
    re.IGNORECASE,
)
# Behind these words a denial no longer reaches, and nothing is affirmed either.
_SUBORDINATE = re.compile(
    r"\b(?:because|when|since|if|that|which|while|with|after|before|unless|until|from|due to)\b",
    re.IGNORECASE,
)
# Talk of symptoms that the patient need not have, or has no longer.
_UNSURE = re.compile(
    r"\b(?:if|whether|mother|father|mom|dad|sister|brother|wife|husband|son|daughter|kids?|uncle"
    r"|aunt|grand\w+|friend|cousin|risk|worried|worry|afraid|scared|wonder\w*|maybe|might|could be"
    r"|used to|history of|went away|gone(?: away)?|go away|resolved|cleared up|as a child"
    r"|years ago|when i was|not sure|(?:do|did) not know|instead of|prevent|in case|allerg\w+"
    r"|side effects?|not anymore"
    r"|before\Z|before[.,]|like (?:this|that) before|in the past|previously)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Told:
    """A symptom as a chart lists it ("shortness of breath") and whether it is denied."""

    symptom: str
    denied: bool


def symptoms_told(text: str) -> list[Told]:
    """Symptoms whose polarity `text` makes clear, in order; case does not matter."""
    if _UNSURE.search(text):
        return []
    spans = symptom_spans(text)
    # A boundary inside the name of a symptom is none.
    starts = [0] + [
        match.end()
        for match in _NEW_CLAUSE.finditer(text)
        if not any(start < match.end() < end for _, start, end in spans)
    ]
    told: list[Told] = []
    for begin, end in zip(starts, [*starts[1:], len(text)], strict=True):
        clause = text[begin:end]
        inside = [(name, at - begin) for name, at, _ in spans if begin <= at < end]
        told += _of_clause(clause, inside)
    return told


def _of_clause(clause: str, named: list[tuple[str, int]]) -> list[Told]:
    denial = _DENIES.search(clause)
    if denial:
        reach = _SUBORDINATE.search(clause, denial.end())
        limit = reach.start() if reach else len(clause)
        return [Told(name, True) for name, at in named if denial.start() <= at < limit]
    if _NEGATIVE.search(clause):
        return []
    return [Told(name, False) for name, _ in named]
