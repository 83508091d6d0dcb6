"""Notes and reference notes -> open concept F1, a factual measure next to ROUGE.

Against the published MEDCON of ACI-Bench test1 it ranks systems alike, but its values differ: it
is not MEDCON and must not be printed as such.
"""

import gzip
import re
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

from medscribe.evaluation.scoring_libraries import scoring_library

_WORD = re.compile(r"[a-z][a-z0-9]{2,}")


def clinical_words(text: str) -> list[str]:
    """Lower-case words of three or more characters, in order; digits only after a letter."""
    return _WORD.findall(text.lower())


def concept_f1_percent(notes: Sequence[str], references: Sequence[str]) -> float:
    """Mean per note, in percent, of the F1 between the concepts of note and reference.

    Concepts are stems of clinical words and pairs of neighbouring ones ("chest pain" -> "chest",
    "pain", "chest pain"), each counted once. Two notes without concepts agree fully. Raises
    ValueError for no or unpaired notes.
    """
    if not references:
        raise ValueError("there are no notes to score")
    scores = [
        _f1(concepts(note), concepts(reference))
        for note, reference in zip(notes, references, strict=True)
    ]
    return 100 * sum(scores) / len(scores)


def concepts(text: str) -> set[str]:
    """Stems of the clinical words of a text, and pairs of those that stand side by side.

    Notes break lines inside lists, so a pair may cross a line but not another word.
    """
    known, stem = _vocabulary(), stemmer()
    stems = [stem(word) for word in clinical_words(text)]
    pairs = (f"{one} {two}" for one, two in pairwise(stems) if one in known and two in known)
    return {one for one in stems if one in known}.union(pairs)


@cache
def stemmer() -> Callable[[str], str]:
    """Porter's algorithm, each word once."""
    stem: Callable[[str], str] = scoring_library("nltk.stem.porter").PorterStemmer().stem
    return cache(stem)


@cache
def _vocabulary() -> frozenset[str]:
    packed = files("medscribe.evaluation") / "vocabulary" / "concepts.txt.gz"
    return frozenset(gzip.decompress(packed.read_bytes()).decode("utf-8").split())


def _f1(found: set[str], wanted: set[str]) -> float:
    if not found and not wanted:
        return 1.0
    return 2 * len(found & wanted) / (len(found) + len(wanted))
