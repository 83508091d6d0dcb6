"""A sentence without a drug's name -> whether it tells, or asks for, the dose of the drug just
spoken of."""

import re
from collections.abc import Sequence

from medscribe.note.prescribing.regimen import read_regimen
from medscribe.note.prescribing.sentences import Sentence
from medscribe.note.prescribing.statements import DrugStatement

_REACH_TURNS = 3
_ASKS_HOW = re.compile(
    r"\b(?:how (?:much|often|many)|what (?:dose|dosage|strength|milligram)|times a day|dose|"
    r"milligrams?|mg|(?:are|do|have) you (?:needing|using|still|need)|when did you last|(?:are|do|"
    r"have) you tak(?:e|ing)|still taking|are you on)\b",
    re.IGNORECASE,
)
# "Every day just makes people constipated."
_IN_GENERAL = re.compile(
    r"\A\W*(?:(?:every|once|twice|three times|\d|half|more|less|daily)\b[^,.]{0,25}?) (?:just |"
    r"only |"
    r"usually |often |really |also )*(?:makes?|causes?|gives?|would|was|seems?|tends?|upsets?|"
    r"can be|is (?:too|not|what|a lot|plenty|more|the))\b",
    re.IGNORECASE,
)
_TOLD_OF = re.compile(
    r"\b(?:have|has|had|got|with) (?:you|him|her) on\b|\b(?:you|he|she) (?:are|is|were|was|"
    r"have been|has been|take|takes|took|used)\b|\b(?:was|were|"
    r"had been|used to|last time|previously|before you (?:came|had|were|started|saw|got|moved)|"
    r"most people|patients|people)\b|"
    r"\b(?:if|might|could|may)\b",
    re.IGNORECASE,
)


def is_general(text: str) -> bool:
    """Whether it tells what a way of taking it does to people."""
    return bool(_IN_GENERAL.match(text))


def tells_dose(sentence: Sentence, subject: DrugStatement) -> bool:
    """Whether a clinician tells in full how much and how often, of the drug just spoken of."""
    text = sentence.text
    if _TOLD_OF.search(text) or sentence.position - subject.position > _REACH_TURNS:
        return False
    sig = read_regimen(text, subject.drug.ingredients)
    return sig.says_how_much and (sig.frequency is not None or bool(sig.as_needed))


def asks_how(sentences: Sequence[Sentence], at: int) -> bool:
    """A question just before, after dose or habit or about a drug by name ("you take metformin,
    right?")."""
    position = sentences[at].position
    before = [s for s in sentences[max(0, at - 4) : at] if s.position != position][-1:]
    near = before or [sentences[at - 1]]
    named = near[0].text.rstrip().endswith("?") and bool(near[0].drugs)
    return named or bool(_ASKS_HOW.search(near[0].text))
