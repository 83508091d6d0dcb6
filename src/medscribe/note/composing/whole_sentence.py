"""A charted sentence -> the same without torn ends, or "" where nobody could read it.

Recognised talk has no marks, so what is cut out of it may begin or end in the middle: "is going to
help the patient with that swelling", "if the pain gets worse". Such words are left out, but for
those that hold a figure, a drug or an order: these stay as they were said. The wordings are
`tables/torn.toml`.
"""

import re

from medscribe.clinical.drugs import find_drugs
from medscribe.note.rules import load_pattern, load_rules, reworded

_TABLE = "torn"
# A main clause and the one that hangs on it.
_CLAUSES_OF_DEPENDENT = 2
# Before these a sentence may end early.
_LINK = re.compile(
    r",| (?:and|but|so|because|which|that|if|when|while|since|until)\b", re.IGNORECASE
)
_LEAST_WORDS = 3


def repaired(text: str) -> str:
    """`text` without what breaks off at its end or says nothing at its beginning: "he is sore,
    but now it" -> "he is sore"."""
    return reworded(text, load_rules(_TABLE, "repairs")).strip(" ,;:-")


def readable(text: str) -> str:
    """`text`, a sentence of a chart without its full stop, where it can be read on its own; of one
    that cannot, what a chart must hold: "order a psa that looks for cancer which he has because no"
    -> "order a psa that looks for cancer"; "when she comes back" -> ""."""
    if not _unreadable(text.lower()):
        return text
    if load_pattern(_TABLE, "pointer").match(text) and not find_drugs(text):
        return ""
    for link in reversed(list(_LINK.finditer(text))):
        kernel = text[: link.start()].rstrip(" ,;")
        if (
            len(kernel.split()) >= _LEAST_WORDS
            and tells(kernel)
            and not _unreadable(kernel.lower())
        ):
            return kernel
    return text if tells(text) else ""


def tells(text: str) -> bool:
    """Whether words hold what a chart must hold: a figure, a drug, a test, an order."""
    return bool(load_pattern(_TABLE, "telling").search(text) or find_drugs(text))


def _unreadable(text: str) -> bool:
    if load_pattern(_TABLE, "unreadable").search(text):
        return True
    if load_pattern(_TABLE, "request").search(text):
        return False
    clauses = list(load_pattern(_TABLE, "clause").finditer(text))
    opening = load_pattern(_TABLE, "dependent").match(text)
    if opening and clauses and clauses[0].start() <= opening.end() + 1:
        return len(clauses) < _CLAUSES_OF_DEPENDENT
    return bool(opening or load_pattern(_TABLE, "adjunct").match(text)) and not clauses
