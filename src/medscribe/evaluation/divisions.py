"""A note as text -> its four divisions, for scores by part of the note.

ACI-Bench cuts notes with a tagger of its own rules; this is ours, by headings. Two of its quirks
are kept: a division that neither note has counts as full agreement, and ROUGE-L of a division is
plain, not by line. One is not: the tagger turns line ends into a token that scores as a word.
"""

import re
from collections.abc import Sequence

from medscribe.evaluation.scoring_libraries import scoring_library

DIVISIONS = ("subjective", "exam", "results", "assessment_and_plan")

_HEADING = re.compile(
    r"[ \t]*[#*]*[ \t]*(?P<title>[A-Za-z][A-Za-z /&,'()-]{1,60}?)[ \t]*:?[*]*[ \t]*\Z"
)
_TITLES = (
    ("exam", r"physical exam\w*|examination|exam|vitals?(?: signs)?(?: reviewed)?|objective|o/e"),
    ("results", r"(?:\w+ )?results?|labs?|laboratory|imaging|data(?: reviewed)?|diagnostics?"),
    (
        "assessment_and_plan",
        r"assessment(?: (?:and|&) plan)?|plan|impression|imp|instructions?|a/?p|disposition"
        r"|assessment/plan|ap",
    ),
    (
        "subjective",
        r"chief complaint|cc|reason for visit|history(?: of present illness)?|hpi|hx|subjective"
        r"|(?:(?:past|family|social|medical|surgical) )+histor(?:y|ies)|pmh|dh|sh|fh|allergies"
        r"|(?:current )?medications?|review of systems|ros|interval history|pc",
    ),
)


def divide(note: str) -> dict[str, str]:
    """Division -> its lines, headings among them; what stands before any heading is subjective."""
    found: dict[str, list[str]] = {name: [] for name in DIVISIONS}
    current = "subjective"
    for line in note.splitlines():
        current = _division_of(line) or current
        if line.strip():
            found[current].append(line)
    return {name: "\n".join(lines) for name, lines in found.items()}


def _division_of(line: str) -> str | None:
    """The division that a heading opens; None for any other line."""
    heading = _HEADING.match(line)
    if heading is None:
        return None
    title = heading["title"].strip().casefold()
    fitting = (name for name, titles in _TITLES if re.fullmatch(titles, title))
    return next(fitting, None)


def division_scores(notes: Sequence[str], references: Sequence[str]) -> dict[str, dict[str, float]]:
    """Division -> {rouge1, rougeL}: mean F-measure in percent."""
    scorer = scoring_library("rouge_score.rouge_scorer").RougeScorer(
        ["rouge1", "rougeL"], use_stemmer=False
    )
    pairs = [
        (divide(note), divide(reference)) for note, reference in zip(notes, references, strict=True)
    ]
    scores: dict[str, dict[str, float]] = {}
    for name in DIVISIONS:
        each = [_scores(scorer, note[name], reference[name]) for note, reference in pairs]
        scores[name] = {
            measure: 100 * sum(score[measure] for score in each) / len(each)
            for measure in ("rouge1", "rougeL")
        }
    return scores


def _scores(scorer: object, note: str, reference: str) -> dict[str, float]:
    if not note and not reference:
        return {"rouge1": 1.0, "rougeL": 1.0}
    found = scorer.score(reference, note)  # type: ignore[attr-defined]
    return {name: found[name].fmeasure for name in ("rouge1", "rougeL")}
