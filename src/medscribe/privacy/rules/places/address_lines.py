"""A street in a text -> the whole address: with its unit, town, state and postal code."""

import re
from functools import cache

from medscribe.privacy.rules.finding import Finding
from medscribe.privacy.rules.numbers.digit_words import spoken_number
from medscribe.privacy.rules.places.states import STATE_CODE, state_names

APART = r"(?:\.?\s+(?:number\s+|no\.?\s+)?(?:\#\s?)?|\.|\#|(?=\d))"
"""What stands between "apartment" and its number."""

_UNIT = rf"(?:(?:apartment|apt|suite|ste|unit|flat|floor|fl|building|bldg|lot|room){APART}|\#\s?)"


def with_address_lines(text: str, street: Finding) -> Finding:
    """A street with the unit, town lines and postal code behind it."""
    tail = _tail().match(text, street.end)
    if tail and tail.group().strip():
        street = street._replace(end=tail.end())
    if _ends_with_unit().search(text, max(street.start, street.end - 25), street.end):
        town = _after_unit().match(text, street.end)
        return street._replace(end=town.end()) if town else street
    return street


@cache
def _tail() -> re.Pattern[str]:
    """Unit, town and state lines, postal code and what else an address has, as far as they go."""
    number = spoken_number(4)
    capitals = r"[A-ZÀ-Þ][\w'’.-]{1,30}(?:[\s-](?:de\s|del\s|la\s)?[A-ZÀ-Þ][\w'’.-]{1,30}){0,3}"
    figures = r"[A-Z]{0,2}-?\d{4,6}(?:-\d{3,4})?(?!\d)"
    state = rf"(?:{STATE_CODE}\b|(?i:{state_names()})\b)"
    return re.compile(
        rf"(?:[\s,]{{1,3}}(?i:{_UNIT})(?:(?i:{number})(?:\s?[A-Za-z])?|[A-Za-z])(?!\w))?"
        rf"(?:[\s,]{{1,3}}{figures}[\s,]{{1,3}}{capitals}"
        rf"|,?\s{capitals}(?:,?\s|\n,\s){state}(?:,?\s{figures})?"
        rf"|\n{{1,2}},?\s?{capitals}"
        rf"|,\s{capitals}(?=,?\s{figures}))?"
        rf"(?:[\s,]{{1,4}}{state})?(?:[\s,]{{1,4}}{figures})?(?:\n\s?{capitals}(?:\s{figures})?)?"
    )


@cache
def _ends_with_unit() -> re.Pattern[str]:
    return re.compile(r"\b(?:Apt|Suite|Unit|Apartment|Ste)\.?\s\#?\w{1,6}\s*$")


@cache
def _after_unit() -> re.Pattern[str]:
    """Town, state and postal code behind "Apt. 3", over line ends."""
    capitals = r"[A-ZÀ-Þ][\w'’.-]{0,30}(?:[\s-](?:de\s|la\s|le\s)?[A-ZÀ-Þ][\w'’.-]{0,30}){0,3}"
    return re.compile(
        rf"(?:[\s,]{{1,4}}{capitals}){{1,2}}(?:[\s,]{{1,4}}(?:{STATE_CODE}|nan|\d{{1,2}})\b)?"
        rf"(?:[\s,]{{1,4}}{capitals})?(?:[\s,]{{1,4}}[A-Z]{{0,2}}-?\d{{4,6}}(?:-\d{{3,4}})?(?!\d))?"
    )
