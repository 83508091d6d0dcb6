"""Sentences of a visit -> which of them tell an examination."""

import re
from collections.abc import Sequence

from medscribe.note.findings.rule_tables import pattern
from medscribe.note.prescribing.sentences import Sentence

_STORY_WORDS = 8
_PALPATED = re.compile(r"\bto palpation\b|\bwhen i (?:press|push|touch|move|bend)\b", re.IGNORECASE)


def examined(sentences: Sequence[Sentence]) -> list[bool]:
    """For each sentence whether a clinician tells there what the examination finds.

    It begins with words such as "on exam" or "let me listen to your lungs", and lasts in the
    clinician's mouth until the talk turns to results or to the plan.
    """
    found: list[bool] = []
    within = False
    for sentence in sentences:
        if not sentence.by_clinician:
            # "ouch, yes" belongs to an examination, a story does not.
            within = within and len(sentence.text.split()) < _STORY_WORDS
            found.append(False)
            continue
        begins = pattern("exam_findings", "begins").search(sentence.text)
        if pattern("exam_findings", "ends").search(sentence.text):
            within = False
            begins = begins if begins and _PALPATED.search(sentence.text) else None
        within = within or bool(begins)
        found.append(within and not sentence.is_question)
    return found
