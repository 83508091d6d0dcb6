"""A text -> dates more exact than a year, and ages over 89, written or spoken.

A year alone stays, as do ages up to 89 (45 CFR 164.514(b)(2)(i)(C)). The unit of an age is masked
with it, so that a pulse of 92 is not masked for an age of 92.
"""

import re
from collections.abc import Iterator
from functools import cache

from medscribe.domain.privacy import PiiKind
from medscribe.privacy.digit_runs import digit_runs
from medscribe.privacy.finding import CONTEXT, DOUBTFUL, FORM, LIKELY, LISTED, Finding, matches

_MONTH = (
    r"(?:january|february|march|april|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)(?:\.(?=\s?\d))?"
)
_ORDINALS = (
    r"(?:twenty|thirty)[\s-]?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|"
    r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|"
    r"fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth"
)
_CARDINALS = (
    r"(?:twenty|thirty)[\s-](?:one|two|three|four|five|six|seven|eight|nine)|one|two|three|four|"
    r"five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty|thirty"
)
_DAY_FIGURE = r"(?:0?[1-9]|[12]\d|3[01])(?:\s?(?:st|nd|rd|th))?"
_YEAR = (
    r"(?:(?:19|20)\d\d|'\d\d|(?:nineteen|twenty)\s+(?:oh[\s-])?"
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|oh|ten|eleven|twelve|\w+teen)"
    r"(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?|"
    r"two\s+thousand(?:\s+(?:and\s+)?[a-z]+(?:teen|ty)?(?:[\s-](?:one|two|three|four|five))?)?)"
)
_NOT_A_DAY = (
    r"(?!\s*(?:times?|days?|weeks?|months?|years?|hours?|minutes?|mg|milli\w+|or|to|more|percent|%|"
    r"tablets?|pills?|puffs?|degrees|pounds|point)\b)"
)
_AGE_90 = (
    r"(?:9\d|1[01]\d|ninety(?:[\s-](?:one|two|three|four|five|six|seven|eight|nine))?|"
    r"(?:a|one)\s+hundred(?:\s+(?:and\s+)?(?:one|two|three|four|five|six|seven|eight|nine|ten))?)"
)
_BIRTH = r"d\.?o\.?b|date\s+of\s+birth|birth\s?(?:day|date)|born(?:\s+on)?"


_EDGE, _END = r"(?<![\w/.-])", r"(?![\w/]|[-.]\d)"
_MONTH_OR_MAY = rf"(?:{_MONTH}|may)"
_MONTH_FIGURE, _DAY_2 = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
_ORDINAL = rf"(?:{_DAY_FIGURE}|{_ORDINALS})"
_DAY = rf"(?:{_DAY_FIGURE}(?!\d|[./:]\d)|(?:{_ORDINALS})|(?:{_CARDINALS}))(?![\w-]){_NOT_A_DAY}"
_AND_YEAR = rf"(?:[\s,-]+(?:of\s+|in\s+)?{_YEAR}(?!\w))"

_DATE_RULES = (
    # 03/14/1972, 14-3-1972, 1972-03-14, 3/14/72
    (FORM, rf"{_EDGE}(?P<id>{_DAY_2}([-/.]){_DAY_2}\2(?:19|20)\d\d){_END}"),
    (FORM, rf"{_EDGE}(?P<id>(?:19|20)\d\d[-/.]{_MONTH_FIGURE}[-/.]{_DAY_2})(?:T[\d:.]+Z?)?{_END}"),
    (LISTED, rf"{_EDGE}(?P<id>{_MONTH_FIGURE}/{_DAY_2}/\d\d){_END}"),
    # "on 3/14", but "strength 5/5"; 03/2021
    (LIKELY, rf"\b(?:on|since|dated?|until|till)\s+(?P<id>{_MONTH_FIGURE}/{_DAY_2}){_END}"),
    (LIKELY, rf"{_EDGE}(?P<id>(?:0[1-9]|1[0-2])/(?:19|20)\d\d){_END}"),
    # "march third nineteen seventy two", "the 14th of May"; "you may two ..." is no date
    (CONTEXT, rf"\b(?P<id>{_MONTH},?\s+(?:the\s+)?{_DAY}{_AND_YEAR}?)(?!\w)"),
    (CONTEXT, rf"\b(?P<id>may,?\s+(?:the\s+)?{_ORDINAL}(?![\w-]){_NOT_A_DAY}{_AND_YEAR}?)(?!\w)"),
    (
        CONTEXT,
        rf"\b(?P<id>(?:the\s+)?{_ORDINAL}[\s-]+(?:day\s+)?(?:of\s+)?{_MONTH_OR_MAY}{_AND_YEAR}?)(?!\w)",
    ),
    (LISTED, rf"\b(?P<id>{_MONTH_OR_MAY}{_AND_YEAR})(?!\w)"),
    # a month or a day alone
    (
        LIKELY,
        r"\b(?:in|since|last|this|next|early|late|mid|until|till|by|of|during|from|back\s+in|around)"
        rf"[\s-]+(?P<id>{_MONTH})(?!\w)",
    ),
    (DOUBTFUL, r"\b(?:in|since|last|this\s+past)\s+(?P<id>may)(?!\w)"),
    (DOUBTFUL, rf"\bon\s+the\s+(?P<id>{_ORDINAL})(?=\s*(?:[.,;?!]|$|at\b))"),
)
_AGE_RULES = (
    (
        FORM,
        rf"(?<![\w.])(?P<id>{_AGE_90}[\s-]*(?:years?|yrs?\.?|y\.?)[\s-]*(?:old|o\b\.?|of\s+age))",
    ),
    (CONTEXT, rf"\b(?P<id>(?:aged?|age\s+is|age\s+of)\s+{_AGE_90})(?![\w%]|\.\d)"),
    (
        CONTEXT,
        r"\b(?P<id>(?:(?:mid|early|late)[\s-]+)?(?:nineties|90'?s))(?=\s*[.,;?!]|\s+and|$)",
    ),
    (CONTEXT, r"\b(?P<id>(?:super)?centenarian)s?\b"),
    (
        LIKELY,
        r"\b(?:i'm|i\s+am|she's|he's|she\s+is|he\s+is|turned|turning|almost|nearly)\s+"
        rf"(?P<id>{_AGE_90})(?=\s*(?:[.,;?!]|$|now\b|and\b|in\b|this\b|next\b))",
    ),
)


def find_dates(text: str, previous: str = "") -> list[Finding]:
    """Dates and ages over 89 of `text`; `previous` is the utterance before, which may ask."""
    found: list[Finding] = []
    for score, pattern in _date_patterns():
        found += matches(pattern, text, PiiKind.DATE, score, "id")
    for score, pattern in _age_patterns():
        found += matches(pattern, text, PiiKind.AGE_OVER_89, score, "id")
    found += _birth_figures(text)
    if _birth_question().search(previous):
        found += _figures_from(text, 0)
    return found


def _birth_figures(text: str) -> Iterator[Finding]:
    """Figures after "born" or "date of birth": "three fourteen seventy two"."""
    for match in _birth().finditer(text):
        yield from _figures_from(text, match.end())


def _figures_from(text: str, at: int) -> Iterator[Finding]:
    """The dictated date within a few characters of `at`; a year alone is none."""
    for run in digit_runs(text[at : at + 60], commas=True):
        if run.start > 12:
            return
        if len(run.pieces) >= 3 and 4 <= run.digits <= 8 and not _year().fullmatch(run.value):
            yield Finding(at + run.start, at + run.end, PiiKind.DATE, CONTEXT)
            return


@cache
def _date_patterns() -> tuple[tuple[float, re.Pattern[str]], ...]:
    return tuple((score, re.compile(rule, re.IGNORECASE)) for score, rule in _DATE_RULES)


@cache
def _age_patterns() -> tuple[tuple[float, re.Pattern[str]], ...]:
    return tuple((score, re.compile(rule, re.IGNORECASE)) for score, rule in _AGE_RULES)


@cache
def _year() -> re.Pattern[str]:
    return re.compile(r"19\d\d|20[0-3]\d")


@cache
def _birth() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_BIRTH})\b", re.IGNORECASE)


@cache
def _birth_question() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_BIRTH})\b[^.?!]{{0,25}}[\s.?!]*$", re.IGNORECASE)
