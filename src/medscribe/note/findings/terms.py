"""A sentence -> the symptoms, diagnoses and findings named in it, each with its characters."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from medscribe.domain.findings import Laterality, ProblemKind
from medscribe.note.findings.rule_tables import entries, packed_rows, words

_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?", re.IGNORECASE)
_GAP = re.compile(r"(?: ?- ?| {1,2})\Z")
_SHORTEST_PLURAL = 4


@dataclass(frozen=True)
class Concept:
    """What a term means. `codes` holds ICD-10-CM codes by side, under "none" where no side is
    said; `lasting` is what stays with a patient ("history of hypertension" is not past);
    `sited` is told with a part of the body ("tenderness of the knee"), `generic` says little
    without one ("pain")."""

    name: str
    kind: ProblemKind
    codes: Mapping[str, str] = field(default_factory=dict, hash=False)
    sided: bool = False
    sited: bool = False
    lasting: bool = False
    generic: bool = False

    def code(self, side: Laterality | None) -> str | None:
        """The code that is exactly this, with that side; None where there is none."""
        return self.codes.get(side.value if side else "none")


class Term(NamedTuple):
    """Characters [start, end) of a sentence that name a concept."""

    concept: Concept
    start: int
    end: int


_Lexicon = Mapping[tuple[str, ...], Concept]


def terms_in(text: str, *, examined: bool = False) -> list[Term]:
    """Terms of `text` in order, the longest names, never overlapping.

    In the words of an examination (`examined`) the vocabulary of findings counts before that of
    complaints: "no edema" is there what the clinician sees.
    """
    tokens = list(_WORD.finditer(text))
    lexicons = [findings_lexicon(), problem_lexicon()] if examined else [problem_lexicon()]
    found: list[Term] = []
    at = 0
    while at < len(tokens):
        best: tuple[Concept, int] | None = None
        for lexicon in lexicons:
            hit = _longest(text, tokens, at, lexicon)
            if hit and (best is None or hit[1] > best[1]):
                best = hit
        if best is None:
            at += 1
            continue
        concept, count = best
        found.append(Term(concept, tokens[at].start(), tokens[at + count - 1].end()))
        at += count
    return found


def _longest(
    text: str, tokens: list[re.Match[str]], at: int, lexicon: _Lexicon
) -> tuple[Concept, int] | None:
    longest = _longest_by_first_word(lexicon is findings_lexicon()).get(_stem(tokens[at].group()))
    for count in range(min(longest or 0, len(tokens) - at), 0, -1):
        part = tokens[at : at + count]
        if not all(_GAP.match(text[a.end() : b.start()]) for a, b in pairwise(part)):
            continue
        key = tuple(_stem(token.group()) for token in part)
        if key in lexicon:
            return lexicon[key], count
    return None


def _stem(word: str) -> str:
    """Lower case, without "'s" and without a plural "s"."""
    plain = word.lower().replace("’", "'").removesuffix("'s").removesuffix("'")
    if len(plain) >= _SHORTEST_PLURAL and plain.endswith("s") and not plain.endswith(("ss", "us")):
        return plain[:-1]
    return plain


def key_of(phrase: str) -> tuple[str, ...]:
    """The key under which a phrase stands in a lexicon."""
    return tuple(_stem(word) for word in _WORD.findall(phrase))


@cache
def problem_lexicon() -> _Lexicon:
    """Symptoms and diagnoses by their words; everyday names win over titles of ICD-10-CM."""
    lexicon: dict[tuple[str, ...], Concept] = {}
    for row in packed_rows("icd10cm_names"):
        kind = ProblemKind.SYMPTOM if row["code"].startswith("R") else ProblemKind.DIAGNOSIS
        lexicon[key_of(row["name"])] = Concept(row["name"], kind, {"none": row["code"]})
    _add(lexicon, entries("diagnoses", "diagnoses"), ProblemKind.DIAGNOSIS)
    _add(lexicon, entries("symptoms", "symptoms"), ProblemKind.SYMPTOM)
    return lexicon


@cache
def findings_lexicon() -> _Lexicon:
    """Findings of an examination by their words."""
    lexicon: dict[tuple[str, ...], Concept] = {}
    _add(lexicon, entries("exam_findings", "findings"), ProblemKind.FINDING)
    return lexicon


@cache
def titles() -> Mapping[str, str]:
    """The title of ICD-10-CM for each code that this product may give."""
    return {row["code"]: row["title"] for row in packed_rows("icd10cm_titles")}


def _add(
    lexicon: dict[tuple[str, ...], Concept],
    rows: Iterable[Mapping[str, object]],
    kind: ProblemKind,
) -> None:
    for row in rows:
        concept = _concept(row, kind)
        for phrase in words(row["said"]):
            lexicon[key_of(phrase)] = concept


def _concept(row: Mapping[str, object], kind: ProblemKind) -> Concept:
    given = row.get("codes")
    codes = (
        {str(side): str(code) for side, code in given.items()} if isinstance(given, dict) else {}
    )
    if "code" in row:
        code = str(row["code"])
        codes = dict.fromkeys(("none", "left", "right", "bilateral"), code)
    return Concept(
        name=str(row["name"]),
        kind=kind,
        codes=codes,
        sided=bool(row.get("sided")),
        sited=bool(row.get("sited")),
        lasting=bool(row.get("lasting")),
        generic=bool(row.get("generic")),
    )


@cache
def _longest_by_first_word(of_findings: bool) -> Mapping[str, int]:
    longest: dict[str, int] = {}
    for key in findings_lexicon() if of_findings else problem_lexicon():
        if key:
            longest[key[0]] = max(longest.get(key[0], 0), len(key))
    return longest
