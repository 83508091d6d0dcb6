"""Findings as the clinician speaks them -> findings as they are charted.

"on your heart exam , i do appreciate a 2/6 systolic murmur" -> "2/6 systolic murmur"; "your
lungs are clear" -> "lungs are clear"; "you do not have any edema" -> "no edema".
"""

from medscribe.note.rules import load_pattern, load_rules, reworded

_LONGEST_VITAL_WORDS = 20


def finding_wording(text: str) -> str:
    """`text` as a finding: without the examiner and without the patient."""
    return reworded(text, load_rules("exam")).strip(" ,;:-")


def is_vital_sign(text: str) -> bool:
    """Whether a finding speaks of vital signs ("blood pressure is 150/90")."""
    short = len(text.split()) <= _LONGEST_VITAL_WORDS
    return short and bool(load_pattern("exam", "vital_sign").search(text))


def is_finding(text: str) -> bool:
    """Whether a sentence without a named body system still reads as a finding ("all normal")."""
    return bool(load_pattern("exam", "finding").search(text))
