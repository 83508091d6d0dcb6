"""What a form of Presidio's is worth here -> a kind and a score of ours.

`scores.json` holds one row per entity, form of it and whether a word before it speaks for it:
`score` is ours, `right` of `seen` finds were identifiers in the corpora (`scores.card.md`).
"""

import json
import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from medscribe.domain.privacy import PiiKind
from medscribe.privacy.presidio.evidence import Evidence
from medscribe.privacy.rules.finding import Finding

UNMEASURED = 0.5
"""A find of a form that the table does not have, as a later Presidio may bring: uncertain."""

_TRUSTED = 0.35
"""Presidio's own score from which an unlisted form counts at all."""


class Row(NamedTuple):
    """Finds with fewer figures than `fewest_digits` are spinal levels, genes or pain scores."""

    kind: PiiKind
    score: float
    fewest_digits: int


def scored(text: str, found: Evidence) -> Finding | None:
    """`found` with its kind and our score; None where it is no identifier."""
    said = text[found.start : found.end]
    row = _table().get((found.entity, form(text, found), found.boosted))
    if row is None:
        return _unlisted(found)
    few = sum(map(str.isdigit, said)) < row.fewest_digits
    if row.score == 0 or few or _is_amount(text, found, row):
        return None
    return Finding(found.start, found.end, row.kind, row.score)


def _is_amount(text: str, found: Evidence, row: Row) -> bool:
    """Whether figures of an uncertain form are followed by a unit, or any are plainly round."""
    followed = row.score < 0.9 and _unit().match(text, found.end)
    return bool(followed or _round().search(text[found.start : found.end]))


def form(text: str, found: Evidence) -> str:
    """The name of the form as the table has it: Presidio's pattern, divided where it is uneven."""
    said = text[found.start : found.end]
    if found.entity == "PHONE_NUMBER":
        within = found.start and text[found.start - 1].isalnum()  # "F16282354011"
        shapes = () if within else _phones()
        return next((name for name, shape in shapes if shape.fullmatch(said)), "loose figures")
    if found.entity == "URL":
        return "web ending" if _web_ending().search(said) else "other ending"
    if found.entity == "DATE_TIME":
        return _date_form(text, said, found)
    return found.pattern


def _date_form(text: str, said: str, found: Evidence) -> str:
    """ "1/1000" is a dilution, "6/10" a pain score, "2/52" two weeks, "1.5.10" a size."""
    if found.pattern == "mm/yyyy or m/yyyy":
        return found.pattern if _year().search(said) else "m/nnnn"
    if found.pattern == "mm/yy or m/yy":
        told = _in_or_since().search(text[max(0, found.start - 7) : found.start])
        return "in m/yy" if told and said[-3:] not in ("/10", "/12", "/52") else found.pattern
    if "." in said and not said[-4:].isdigit():
        return "dd.mm.yy"
    return found.pattern


@cache
def _in_or_since() -> re.Pattern[str]:
    return re.compile(r"\b(?:in|since|until)\s$", re.IGNORECASE)


def _unlisted(found: Evidence) -> Finding | None:
    if found.score < _TRUSTED:
        return None
    return Finding(found.start, found.end, PiiKind.OTHER_ID, UNMEASURED)


@cache
def _table() -> dict[tuple[str, str, bool], Row]:
    path = files("medscribe.privacy.presidio") / "scores.json"
    rows = json.loads(path.read_text(encoding="utf-8"))["rows"]
    return {
        (row["entity"], row["form"], boosted): Row(
            PiiKind(row["kind"][boosted]), row["score"][boosted], row.get("fewest_digits", 0)
        )
        for row in rows
        for boosted in (False, True)
    }


@cache
def _phones() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return (
        ("grouped 3-3-4", re.compile(r"(?:\+?1[-. ]?)?\(?\d{3}\)?[-. ]?\d{3}[-.]?\d{4}(?!\d).*")),
        ("a drug's code", re.compile(r"\d{4}-\d{4}-\d\d|\d{5}-\d{3,4}-\d{1,2}")),  # NDC
        ("international", re.compile(r"(?:\+|\(?0)\d(?:\W{0,2}\d){7,14}.*")),
        # "2019-2021" are years, "25-50-75-100" are doses.
        (
            "joined by signs",
            re.compile(r"(?=.*\d{4})(?!.*(?<!\d)(?:19|20)\d\d(?!\d))\d+(?:[-.]\d+){1,4}"),
        ),
    )


@cache
def _web_ending() -> re.Pattern[str]:
    endings = "com|org|net|edu|gov|io|info|health|co|uk|us|ca|au|de|fr|eu|me|biz"
    return re.compile(rf"^https?://|^www\d?\.|\.(?:{endings})(?:/|$)", re.IGNORECASE)


@cache
def _year() -> re.Pattern[str]:
    return re.compile(r"/(?:19|20)\d\d$")


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(
        r"\s*-?(?:%|percent|mg|mcg|milli\w+|micro\w+|grams?|g\b|kg|ml|units?|iu\b|tablets?|copies|"
        r"cells?|per\b|x10|times|hours?|days?|weeks?|months?|years?|minutes?|pounds?|lbs?|"
        r"degrees?|calories|steps)(?!\w)|\s*/\s*(?:m|u|µ|l|d|hr|cm)",
        re.IGNORECASE,
    )


@cache
def _round() -> re.Pattern[str]:
    """ "2400000" is an amount, "1000-2000" a range."""
    return re.compile(r"^\d+000$|^\d{1,4}00(?:[- ]\d{1,4}00)+$")
