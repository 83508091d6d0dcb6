"""A text -> dates more exact than a year, written or spoken.

A year or a season alone stays, as do weekdays without a day (45 CFR 164.514(b)(2)(i)(C)).
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from medscribe.domain.privacy import PiiKind
from medscribe.privacy.rules.dates.date_rules import DATE_RULES
from medscribe.privacy.rules.dates.date_words import (
    BIRTH,
    FULL_YEAR,
    LATE_YEAR,
    MONTH_OR_MAY,
    ORDINALS,
)
from medscribe.privacy.rules.finding import CONTEXT, LIKELY, LISTED, Finding, matches
from medscribe.privacy.rules.numbers.digit_runs import Run, digit_runs
from medscribe.privacy.rules.numbers.digit_words import number_word_pattern
from medscribe.privacy.rules.numbers.number_cues import amount


def find_dates(text: str, asked: Sequence[str] = ()) -> list[Finding]:
    """Dates of `text`; `asked` are turns before it that may ask for one."""
    found: list[Finding] = []
    for score, pattern in _patterns():
        found += matches(pattern, text, PiiKind.DATE, score, "id")
    found += _announced_figures(text)
    found += _spoken_figures(text)
    if any(_birth_question().search(question) for question in asked):
        found += _figures_from(text, 0, CONTEXT)
        found += matches(_lone_day(), text, PiiKind.DATE, LIKELY, "id")
    return found


def _announced_figures(text: str) -> Iterator[Finding]:
    """Figures after "born" or "date of birth": "three fourteen seventy two"."""
    for match in _birth().finditer(text):
        yield from _figures_from(text, match.end(), CONTEXT)
    for match in _cue_before_figures().finditer(text):
        yield from _figures_from(text, match.end(), LISTED, within=1)
    for match in _event_before_figures().finditer(text):
        yield from _figures_from(text, match.end(), LIKELY, within=1)


def _figures_from(text: str, at: int, score: float, within: int = 24) -> Iterator[Finding]:
    """The dictated date within a few characters of `at`; a year alone is none."""
    for run in digit_runs(text[at : at + 90], commas=True):
        if run.start > within:
            return
        is_year = _full_year().fullmatch(text, at + run.start, at + run.end)
        if _is_date(run) and not is_year and not amount().match(text, at + run.end):
            yield Finding(at + run.start, at + run.end, PiiKind.DATE, score)
            return


def _spoken_figures(text: str) -> Iterator[Finding]:
    """ "three slash fourteen slash seventy two", "four twelve nineteen eighty two"."""
    yield from matches(_slashes(), text, PiiKind.DATE, CONTEXT, "id")
    yield from matches(_month_day_year(), text, PiiKind.DATE, LIKELY, "id")
    yield from _slashed_or_on(text)
    yield from _told_alone(text)


def _slashed_or_on(text: str) -> Iterator[Finding]:
    for match in _month_day().finditer(text):
        run = next(digit_runs(match["slash"] or match["on"]), None)
        if run and _is_day_and_month(run.value):
            group = "slash" if match["slash"] else "on"
            yield Finding(*match.span(group), PiiKind.DATE, LIKELY)


def _told_alone(text: str) -> Iterator[Finding]:
    """A turn that is nothing but figures of a date: "so eleven oh two sixty eight, got it"."""
    alone = _alone().fullmatch(text)
    run = next(digit_runs(text), None) if alone else None
    if alone and run and run.end == alone.end("id") and _is_date(run) and not _is_pressure(run):
        yield Finding(*alone.span("id"), PiiKind.DATE, LIKELY)


def _is_pressure(run: Run) -> bool:
    """Whether it is as likely a blood pressure: "one twenty sixty"."""
    first, second = run.groups[:2]
    return first in ("1", "2") and len(second) == 2


def _is_date(run: Run) -> bool:
    """Whether the digits can be a month, a day and a year, in any order of the first two."""
    value = run.value
    said_in_parts = len(run.groups) >= 3 or not all(piece.spoken for piece in run.pieces)
    if not 4 <= len(value) <= 8 or _year().fullmatch(value) or not said_in_parts:
        return False
    return any(
        _is_day_and_month(value[: len(value) - length])
        for length in (4, 2)
        if length == 2 or value[-4:-2] in ("19", "20")
    ) or (_year().match(value) is not None and _is_day_and_month(value[4:]))


def _is_day_and_month(value: str) -> bool:
    for cut in range(1, len(value)):
        first, second = value[:cut], value[cut:]
        if len(first) > 2 or len(second) > 2:
            continue
        low, high = sorted((int(first), int(second)))
        if 1 <= low <= 12 and high <= 31:
            return True
    return False


@cache
def _patterns() -> tuple[tuple[float, re.Pattern[str]], ...]:
    return tuple((score, re.compile(rule, re.IGNORECASE)) for score, rule in DATE_RULES)


@cache
def _full_year() -> re.Pattern[str]:
    return re.compile(FULL_YEAR, re.IGNORECASE)


@cache
def _year() -> re.Pattern[str]:
    return re.compile(r"19\d\d|20[0-3]\d")


@cache
def _birth() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{BIRTH})(?!\w)", re.IGNORECASE)


@cache
def _birth_question() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{BIRTH})(?!\w)[^.?!]{{0,50}}[\s.?!]*$", re.IGNORECASE)


@cache
def _lone_day() -> re.Pattern[str]:
    """An answer that is a day or month only: "the fourteenth", "in march"."""
    return re.compile(
        rf"^\W*(?:[a-z']{{1,6}}\W+){{0,3}}?(?P<id>(?:the\s+)?(?:{ORDINALS})|{MONTH_OR_MAY})\W*$",
        re.IGNORECASE,
    )


def _before_figures() -> str:
    """A number word or a figure follows."""
    return rf"(?=(?:(?:{number_word_pattern()})\b|\d{{1,2}}\s))"


@cache
def _cue_before_figures() -> re.Pattern[str]:
    """ "On", "since", "dated" and a number word or figure that is no clock time."""
    return re.compile(
        rf"\b(?:on|since|dated?|seen|saw\s+(?:you|him|her|them)|expires?|effective|admitted|discharged|scheduled\s+for|"
        rf"(?:visit|appointment|surgery|admission|discharge|procedure|date)\s+(?:is|was)|date\s+(?:is|was|of\s+\w{{2,20}}(?:\s+(?:is|was))?))\s+"
        rf"{_before_figures()}",
        re.IGNORECASE,
    )


@cache
def _event_before_figures() -> re.Pattern[str]:
    """ "The surgery one twenty six twenty three", "the mri from one four twenty two"."""
    return re.compile(
        r"\b(?:from|surgery|operation|procedure|visit|appointment|scan|mri|ct|x-?ray|ultrasound|labs?|"
        r"drawn|done|was|biopsy|implanted|placed|inserted|replaced|signed|transcribed|dictated|colonoscopy|injection|shot|vaccine|hospital|er|admission|stent|in)\s+(?:on\s+|from\s+)?"
        rf"{_before_figures()}",
        re.IGNORECASE,
    )


@cache
def _slashes() -> re.Pattern[str]:
    """Three numbers with "slash" or "dash" between them."""
    number = _spoken_number()
    sign = r"\s+(?:slash|dash|stroke|hyphen)\s+"
    return re.compile(
        rf"(?<!\w)(?P<id>{number}{sign}{number}{sign}(?:{FULL_YEAR}|{number}))(?!\w)",
        re.IGNORECASE,
    )


@cache
def _month_day_year() -> re.Pattern[str]:
    """Month, day and a whole year, all in number words."""
    number = _spoken_number()
    return re.compile(
        rf"(?<!\w)(?<!point )(?<!over )(?<!and )(?P<id>{number}\s+{number},?\s+"
        rf"(?:nineteen\s+{LATE_YEAR}|two\s+thousand(?:\s+(?:and\s+)?\w{{3,8}})?|twenty\s+(?:oh\s+\w{{3,5}}|ten|twelve|\w{{3,6}}teen|twenty[\s-]\w{{3,5}})))"
        r"(?!\w)",
        re.IGNORECASE,
    )


@cache
def _month_day() -> re.Pattern[str]:
    """ "ten slash fourteen"; "on ten fourteen"."""
    number = _spoken_number()
    end = r"(?=\s*(?:[.,;?!]|$|(?:and|when|for|at|with|so|because)\b))"
    return re.compile(
        rf"(?<!\w)(?:(?P<slash>{number}\s+slash\s+{number})(?!\w)|"
        rf"(?:on|since|dated)\s+(?P<on>{number}\s+{number}){end})",
        re.IGNORECASE,
    )


@cache
def _alone() -> re.Pattern[str]:
    number = _spoken_number()
    opening = r"(?:(?:so|okay|ok|uh|um|and|sure|it's|that's|yeah|yes|well|it|was)[\s,]{1,3}){0,5}"
    closing = (
        r"(?:[\s,]{1,3}(?:got\s+it|okay|right|correct|yes|thanks|and\s.{0,60}|i\s+think|"
        r"(?:is|was)\s+(?:my|his|her|their)\s+(?:birthday|date\s+of\s+birth).{0,60})){0,2}"
    )
    year = rf"(?:{FULL_YEAR}|{LATE_YEAR}|(?:twenty|oh)(?:[\s-]\w{{3,5}})?|\w{{3,6}}teen)"
    return re.compile(
        rf"\W{{0,4}}{opening}(?P<id>{number}\s+{number}\s+{year}){closing}\W{{0,4}}", re.IGNORECASE
    )


def _spoken_number() -> str:
    unit = r"(?:one|two|three|four|five|six|seven|eight|nine)"
    return (
        rf"(?:(?:oh|zero)[\s-]{unit}|(?:twenty|thirty)[\s-]{unit}|{unit}|ten|eleven|twelve|"
        r"thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|\d{1,2})"
    )
