"""Units of a talk and the note a person wrote -> the division each unit went into.

Nobody labelled the sentences: a unit belongs where the note says the same words. Overlap is
weighed by idf, so that "the patient has" proves nothing and "meniscal tear" much.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from medscribe.note.reading.classifier import NONE

_DIVISION_OF_HEADING = (
    (re.compile(r"(?:assessment|plan|impression|instructions|procedure)"), "assessment_and_plan"),
    (re.compile(r"(?:physical exam|exam|vitals)"), "exam"),
    (re.compile(r"results"), "results"),
    (
        re.compile(
            r"(?:chief complaint|cc|history|hpi|review of systems|medical|social|family|surgical"
            r"|past|current medications|medications|allergies|birth)"
        ),
        "subjective",
    ),
)
_WORD = re.compile(r"[a-z]+|\d+(?:[./]\d+)*")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_STOP = frozenset(
    """a an the and or of to in on at for with is are was were be been has have had he she his
    her him it its this that patient i you my your we as by from not no do does did so but if
    will would can they them there any some also states reports denies today""".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class NoteLine:
    """One sentence of a written note and the division it stands in."""

    division: str
    stems: frozenset[str]


def stems_of(text: str) -> frozenset[str]:
    """Content words, cut to their first letters so that "swelling" meets "swollen" half-way."""
    found = _WORD.findall(text.lower())
    return frozenset(_stem(word) for word in found if word not in _STOP)


def _stem(word: str) -> str:
    for ending in ("ing", "ies", "es", "ed", "ly", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)][:8]
    return word[:8]


def note_lines(note: str) -> list[NoteLine]:
    """Sentences of a written note under its headings; lines before any heading are subjective."""
    division = "subjective"
    lines = []
    for line in note.splitlines():
        heading = _heading(line)
        if heading:
            division = heading
            continue
        for sentence in _SENTENCE.split(line):
            stems = stems_of(sentence)
            if stems:
                lines.append(NoteLine(division, stems))
    return lines


def _heading(line: str) -> str | None:
    text = line.strip().rstrip(":").lower()
    if not text or len(text) > 40 or not (line.isupper() or line.strip().endswith(":")):
        return None
    for pattern, division in _DIVISION_OF_HEADING:
        if pattern.match(text):
            return division
    return None


def inverse_document_frequency(documents: Iterable[frozenset[str]]) -> dict[str, float]:
    counts: Counter[str] = Counter()
    total = 0
    for stems in documents:
        counts.update(stems)
        total += 1
    return {stem: math.log((total + 1) / (count + 0.5)) for stem, count in counts.items()}


def label(
    text: str, lines: Sequence[NoteLine], idf: dict[str, float], least: float
) -> tuple[str, float]:
    """The division whose sentence shares most with `text`, and the share (0..1); NONE below
    `least`."""
    stems = stems_of(text)
    weight = sum(idf.get(stem, 3.0) for stem in stems)
    if not stems or weight <= 0:
        return NONE, 0.0
    best, where = 0.0, NONE
    for line in lines:
        common = stems & line.stems
        if len(common) < min(2, len(stems)):
            continue
        shared = sum(idf.get(stem, 3.0) for stem in common) / weight
        if shared > best:
            best, where = shared, line.division
    return (where, best) if best >= least else (NONE, best)
