"""ICD-10-CM and RxNorm -> the stemmed clinical words that open concept F1 counts."""

import csv
import gzip
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from medscribe.errors import InputError, MissingDependencyError
from medscribe.training.concept_words import FINDINGS_AND_BODY_SITES, NOT_CLINICAL

ICD = "icd10cm_2026_04_codes.tsv"
RXNORM = "rxnorm_prescribable_20251006_concepts_B-Z.tsv"
INGREDIENTS = "rxnorm_ingredient_rxcui_from_ndfrt_all.tsv"

_CLINICAL_CHAPTERS = "ABCDEFGHIJKLMNOPQRST"
"""Letters of ICD-10-CM codes that name diseases, findings and injuries; V to Z are causes and
circumstances ("fall from trampoline", "counseling"), full of everyday words."""

_NAMES = frozenset(("IN", "PIN", "MIN", "BN"))
"""RxNorm term types: ingredients, precise and multiple ingredients, brand names."""

_WORD = re.compile(r"[a-z][a-z0-9]{2,}")
"""As `medscribe.evaluation.concepts` reads words."""


def compile_concept_vocabulary(data_dir: Path, out: Path) -> int:
    """Writes the stems of all clinical words to `out`, one a line, gzip; how many they are.

    `data_dir` holds `drugs/` with the tables named above. Words of ICD-10-CM titles and inclusion
    terms, of RxNorm names, and `FINDINGS_AND_BODY_SITES`, less `NOT_CLINICAL`. The same file on
    every run. Raises `InputError` where a table is missing, `MissingDependencyError` without nltk.
    """
    words = set(FINDINGS_AND_BODY_SITES)
    for text in _texts(data_dir / "drugs"):
        words.update(_WORD.findall(text.lower()))
    stem = _stemmer()
    general = {stem(word) for word in NOT_CLINICAL}
    kept = {stem(word) for word in words} - general | {
        stem(word) for word in FINDINGS_AND_BODY_SITES
    }
    out.write_bytes(gzip.compress("\n".join(sorted(kept)).encode("utf-8"), mtime=0))
    return len(kept)


def _texts(folder: Path) -> Iterator[str]:
    for row in _rows(folder / ICD):
        if row["code"][0] in _CLINICAL_CHAPTERS:
            yield f"{row['description']} {row['inclusion_terms'] or ''}"
    for row in _rows(folder / RXNORM):
        if row["tty"] in _NAMES:
            yield row["name"]
    for row in _rows(folder / INGREDIENTS):
        yield row["name"]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if not path.is_file():
        raise InputError(f"drugs/{path.name} is missing: name the folder that holds drugs.")
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def _stemmer() -> Callable[[str], str]:
    try:
        stem: Callable[[str], str] = import_module("nltk.stem.porter").PorterStemmer().stem
    except ImportError:
        raise MissingDependencyError(
            "Compiling needs nltk: install it with  pip install 'medscribe[evaluate]'"
        ) from None
    return stem
