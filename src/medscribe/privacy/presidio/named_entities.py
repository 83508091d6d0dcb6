"""What a named-entity model found, and the words around it -> a kind and a score of ours.

Presidio scores every entity of spaCy .85, and the probabilities of other models are no measure of
how often they are right on talk. So an entity alone is uncertain; where our own rules read the
same words as a name, place or date their score counts. Drug names, eponyms, durations and whole
states are no identifiers.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache, partial

from medscribe.domain.privacy import PiiKind
from medscribe.privacy.presidio import labels
from medscribe.privacy.presidio.evidence import Evidence
from medscribe.privacy.rules.dates.dates import find_dates
from medscribe.privacy.rules.finding import LIKELY, Finding
from medscribe.privacy.rules.names.names import find_names
from medscribe.privacy.rules.places.places import find_places
from medscribe.privacy.rules.tokens import Token, tokenize
from medscribe.privacy.rules.word_list import Flag, is_name, regions

ALONE = 0.55
"""A model's word for it and nothing else: uncertain. Ours by design; see the engine's page."""

_AROUND = 60
_FEWEST_DIGITS = {PiiKind.PHONE: 7, PiiKind.OTHER_ID: 4}


def named_entity(text: str, found: Evidence) -> Finding | None:
    """The identifier that `found` is; None where it is none that Safe Harbor names."""
    return _RULES[found.entity](text, found.start, found.end)


def _person(text: str, start: int, end: int) -> Finding | None:
    around, offset = _around(text, start, end)
    score = _best(find_names([around])[0], start - offset, end - offset)
    named = tokenize(text[start:end])
    if not score and (all(map(_is_no_name, named)) or _eponym_noun().match(text, end)):
        return None
    return Finding(start, end, PiiKind.NAME, max(score, ALONE))


def _is_no_name(token: Token) -> bool:
    """A word that is a name only where something says so: "Lisinopril", "Foley", "English"."""
    marks = set(token.flags)
    if marks & {Flag.NEVER, Flag.CONTRACTION, Flag.EPONYM, Flag.NOT_NAME, Flag.REGION}:
        return True
    return not is_name(token.flags) and bool(marks & {Flag.CLINICAL, Flag.FREQUENT, Flag.USED})


def _place(text: str, start: int, end: int) -> Finding | None:
    """States and countries stay, as Safe Harbor lets them."""
    place = " ".join(text[start:end].lower().removeprefix("the ").split()).strip(" .,")
    tokens = tokenize(place)
    around, offset = _around(text, start, end)
    score = _best(find_places(around), start - offset, end - offset)
    if place in regions() or (not score and all(map(_is_no_place, tokens))):
        return None
    return Finding(start, end, PiiKind.LOCATION, max(score, ALONE))


def _is_no_place(token: Token) -> bool:
    return Flag.PLACE not in token.flags and bool(
        {Flag.CLINICAL, Flag.FREQUENT, Flag.USED, Flag.REGION, Flag.NEVER} & set(token.flags)
    )


def _house(text: str, start: int, end: int) -> Finding | None:
    """Organisations that treat or teach; a model takes "MRI" for a firm too."""
    if not _house_word().search(text[start:end]):
        return None
    score = _best(find_places(text[start:end]), 0, end - start)
    return Finding(start, end, PiiKind.LOCATION, max(score, ALONE))


def _date(text: str, start: int, end: int) -> Finding | None:
    """A day or month; "three days", "daily", "2019" and "45 years old" are none."""
    around, offset = _around(text, start, end)
    score = max(
        _best(find_dates(around), start - offset, end - offset),
        _best(find_dates(text[start:end]), 0, end - start),
    )
    return Finding(start, end, PiiKind.DATE, score) if score else None


def _age(text: str, start: int, end: int) -> Finding | None:
    over_89 = any(89 < int(figures) < 130 for figures in re.findall(r"\d{2,3}", text[start:end]))
    return Finding(start, end, PiiKind.AGE_OVER_89, LIKELY) if over_89 else None


def _number(kind: PiiKind, text: str, start: int, end: int) -> Finding | None:
    digits = sum(map(str.isdigit, text[start:end]))
    return Finding(start, end, kind, LIKELY) if digits >= _FEWEST_DIGITS[kind] else None


def _email(text: str, start: int, end: int) -> Finding | None:
    return Finding(start, end, PiiKind.EMAIL, LIKELY) if "@" in text[start:end] else None


_RULES: dict[str, Callable[[str, int, int], Finding | None]] = {
    labels.PERSON: _person,
    labels.PLACE: _place,
    labels.HOUSE: _house,
    labels.DATE: _date,
    labels.AGE: _age,
    labels.ID: partial(_number, PiiKind.OTHER_ID),
    labels.PHONE: partial(_number, PiiKind.PHONE),
    labels.EMAIL: _email,
}


def _around(text: str, start: int, end: int) -> tuple[str, int]:
    """The entity with some whole words on both sides, and where that stretch begins."""
    begin, stop = max(0, start - _AROUND), min(len(text), end + _AROUND)
    if begin:
        begin = text.find(" ", begin, start) + 1 or start
    if stop < len(text):
        stop = max(text.rfind(" ", end, stop), end)
    return text[begin:stop], begin


def _best(findings: Iterable[Finding], start: int, end: int) -> float:
    """The highest score of those that touch [start, end); 0 without one."""
    return max((one.score for one in findings if one.start < end and start < one.end), default=0)


@cache
def _eponym_noun() -> re.Pattern[str]:
    return re.compile(
        r"(?:['’]s?)?\s+(?:sign|test|disease|syndrome|manoeuvre|maneuver|reflex|palsy|catheter|"
        r"fracture|score|scale|criteria|monitor|lymphoma|thyroiditis|stain|phenomenon)s?\b",
        re.IGNORECASE,
    )


@cache
def _house_word() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:hospital|clinic|infirmary|hospice|medical|health|centre|center|surgery|practice|"
        r"pharmacy|institute|university|college|school|church|rehab|nursing)\b",
        re.IGNORECASE,
    )
