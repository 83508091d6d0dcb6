"""Words that were said -> the medical terms among them, and which of those were not recognised.

"Medical word error rate" as the comparison of recognisers on PriMock57 by Omi Health uses it: only
words that matter clinically count, since "yeah" and "amoxicillin" are not equally important.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from medscribe.clinical.drugs import find_drugs
from medscribe.evaluation.concepts import concepts
from medscribe.evaluation.scoring_libraries import scoring_library

_SPELLINGS = tuple(
    (re.compile(british), american)
    for british, american in (
        ("oe|ae", "e"),
        ("our", "or"),
        ("sulph", "sulf"),
        ("tre$", "ter"),
        ("is(e|ed|es|er|ing|ation)$", r"iz\1"),
        ("ys(e|ed|es|er|ing)$", r"yz\1"),
    )
)
"""British -> American, the same for both sides: diarrhoea, anaemia, tumour, sulphate, centimetre.
PriMock57 is British, recognisers write American."""


@dataclass(frozen=True)
class Term:
    """Words [start, end) of what was said: a drug's whole name, or one other medical word."""

    start: int
    end: int
    is_drug: bool


@dataclass(frozen=True)
class TermErrors:
    """How many terms were said and how many of them were not recognised word for word."""

    wrong: int
    said: int

    @property
    def rate(self) -> float | None:
        """Share of terms not recognised; None where none was said."""
        return self.wrong / self.said if self.said else None

    def __add__(self, other: "TermErrors") -> "TermErrors":
        return TermErrors(self.wrong + other.wrong, self.said + other.said)


def medical_terms(words: Sequence[str]) -> list[Term]:
    """Medical terms among normalised words, in order, none inside another.

    A drug is what the drug tables name ("vitamin d" is one drug of two words); a medical word is
    one whose stem stands in the concept vocabulary, everyday words of it left out ("hear").
    """
    terms = _drugs(words)
    inside = {index for term in terms for index in range(term.start, term.end)}
    terms += [
        Term(index, index + 1, is_drug=False)
        for index, word in enumerate(words)
        if index not in inside and word not in _everyday_words() and _is_concept(word)
    ]
    return sorted(terms, key=lambda term: term.start)


def term_errors(said: Sequence[str], heard: Sequence[str]) -> tuple[TermErrors, TermErrors]:
    """(all medical terms, drugs alone) of `said`, both sides normalised words.

    The two are aligned word by word with the fewest errors, British and American spelling alike. A
    term is wrong where any word of it is substituted or left out: "methotrexate" heard as "metho
    trexate" is one error of one. Terms that were only heard count nowhere here; word error rate
    counts them.
    """
    right = _recognised(said, heard)
    judged = [(term, right.issuperset(range(term.start, term.end))) for term in medical_terms(said)]
    drugs = [good for term, good in judged if term.is_drug]
    return (
        TermErrors(sum(not good for _, good in judged), len(judged)),
        TermErrors(sum(not good for good in drugs), len(drugs)),
    )


def _drugs(words: Sequence[str]) -> list[Term]:
    """Drugs named, by the words that their names begin and end in."""
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    at = 0
    for index, word in enumerate(words):
        starts[at] = index
        at += len(word)
        ends[at] = index + 1
        at += 1
    found = (mention.span for mention in find_drugs(" ".join(words)))
    return [
        Term(starts[span.start], ends[span.end], is_drug=True)
        for span in found
        if span.start in starts and span.end in ends
    ]


def _recognised(said: Sequence[str], heard: Sequence[str]) -> set[int]:
    """Positions of the words said that were heard as such."""
    if not said or not heard:
        return set()
    result = scoring_library("jiwer").process_words(_american(said), _american(heard))
    return {
        index
        for chunk in result.alignments[0]
        if chunk.type == "equal"
        for index in range(chunk.ref_start_idx, chunk.ref_end_idx)
    }


def _american(words: Sequence[str]) -> str:
    """The words in one string, each still one word."""
    return " ".join(_american_word(word) for word in words)


@cache
def _american_word(word: str) -> str:
    for british, american in _SPELLINGS:
        word = british.sub(american, word)
    return word


@cache
def _is_concept(word: str) -> bool:
    # Words with an apostrophe or of one or two letters are no concepts.
    return (
        len(word) > 2 and word.isalnum() and bool(concepts(word) | concepts(_american_word(word)))
    )


@cache
def _everyday_words() -> frozenset[str]:
    table = files("medscribe.evaluation") / "vocabulary" / "everyday_words.txt"
    lines = table.read_text("utf-8").splitlines()
    return frozenset(word for line in lines if line[:1] != "#" for word in line.split())
