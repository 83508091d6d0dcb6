"""A text -> telephone, record, account, licence and device numbers, written or spoken.

A number is an identifier by its form (555-123-4567), by the words before it ("record number"), or
because nobody says seven digits one by one otherwise. Doses, laboratory values, vital signs and
ages have none of these and are left.
"""

import re
from collections.abc import Iterator
from functools import cache

from medscribe.domain.privacy import PiiKind
from medscribe.privacy.digit_runs import Run, digit_runs, number_words
from medscribe.privacy.finding import CONTEXT, FORM, LIKELY, LISTED, SURE, Finding, matches

MIN_SPOKEN_DIGITS = 7
"""As many as a local telephone number; no dose, value or year has so many."""

_ASKED_WITHIN = 12
"""An answer gives the number asked for within so many characters: "it's", "yeah, uh"."""

_NUMBER = r"(?:number|no\b\.?|id\b|\#)"
_ACCOUNTS = (
    r"account|acct|policy|member(?:ship)?|group|insurance|subscriber|beneficiary|claim|medicare|"
    r"medicaid|health\s?plan|plan|coverage|card|routing|invoice|billing"
)
_CUES: tuple[tuple[PiiKind, int, str], ...] = (
    # (kind, fewest characters, words before the number)
    (PiiKind.SSN, 4, r"social(?:\s+security)?(?:\s+(?:number|no))?|ssn|s\s?s\s?n"),
    (
        PiiKind.RECORD_NUMBER,
        4,
        r"medical\s+record(?:\s+(?:number|no|id))?|(?:record|chart|hospital|nhs|case|encounter|"
        r"accession|visit|file)\s*(?:number|no\b\.?|id|\#)|mrn|m\s?r\s?n|patient\s*(?:id|number|"
        r"identifier|\#)|health\s+record|(?:medical\s+)?(?:record|chart|case|file)\s*(?=\#)",
    ),
    (PiiKind.ACCOUNT_NUMBER, 4, rf"(?:{_ACCOUNTS})(?:\s+(?:{_ACCOUNTS}))?\s*{_NUMBER}|iban"),
    # "the plan is 1000 mg": without the word "number" only long codes count.
    (PiiKind.ACCOUNT_NUMBER, 6, rf"(?:{_ACCOUNTS})(?:\s+(?:{_ACCOUNTS}))?"),
    (
        PiiKind.LICENSE_NUMBER,
        4,
        r"(?:driver'?s?\s+)?licen[sc]e(?:\s+plate)?(?:\s*(?:number|no\b\.?|\#))?|dea(?:\s+number)?|"
        r"npi(?:\s+number)?|certificate(?:\s+number)?|(?:number\s+|license\s+|licence\s+)?plates?|"
        r"vin(?:\s+number)?|passport(?:\s+(?:number|no))?|registration(?:\s+number)?|tag\s+number",
    ),
    (
        PiiKind.DEVICE_ID,
        4,
        r"serial(?:\s*(?:number|no\b\.?|\#))?|device\s*(?:id|identifier|number)|udi|lot\s+number|"
        r"imei|model\s+number|implant\s+(?:id|number)",
    ),
    (
        PiiKind.PHONE,
        7,
        r"(?:tele)?phone|cell(?:ular)?|mobile|fax|pager|call|reach|text|contact|landline|"
        r"(?:my|his|her|their|your|home|work|office)\s+number|ring|dial|tel",
    ),
    (
        PiiKind.OTHER_ID,
        4,
        r"(?:badge|employee|student|staff|reference|confirmation|tracking|order|booking|ticket|"
        r"unique|site|study|subject|participant|trial|protocol|id(?:entification)?)\s*"
        r"(?:number|no\b\.?|id\b|code|\#)|\bid\b|identifier",
    ),
)
# What may stand between the announcement and the number.
_FILLER = (
    r"(?:['’]s\b|[\s:;,.#'\"()\-–]|\blast\s+four(?:\s+(?:digits\s+)?(?:of|are|is))?\b|"
    r"\b(?:number|is|it's|its|it|was|are|at|on|the|of|that's|that|would|be|called|me|him|her|us|"
    r"them|uh|um|er|and|with|under|as|for|like|so|my|your|his|best|id|no|i|think|listed|file|"
    r"ending|ends|in|still|currently|also|just|usually|same|probably|have|got|digits|code|here|yes|"
    r"yeah|sure|okay|ok|pacemaker|device|pump|implant|meter|defibrillator|monitor|patient|card|"
    r"policy|account)\b){0,14}"
)
_CODE = r"#?(?=[\w/.-]{0,30}\d)[A-Za-z\d]{1,30}(?:[-/.][A-Za-z\d]{1,30}){0,5}"
_AMOUNT = (
    r"\s*-?(?:%|percent|mg|mcg|milli\w+|micro\w+|grams?|g\b|kg|ml|units?|tablets?|pills?|puffs?|"
    r"doses?|"
    r"times|hours?|days?|weeks?|months?|years?|minutes?|pounds?|lbs?|kilo\w*|inch\w*|feet|degrees?|"
    r"calories|over|bpm|beats|point)(?!\w)"
)


def find_numbers(text: str, previous: str = "") -> list[Finding]:
    """Identifying numbers of `text`; `previous` is the utterance before, which may ask for one."""
    if not _any_figure().search(text):
        return []
    found = [*_by_form(text), *_by_cue(text), *_by_length(text)]
    if previous:
        found += _answers(text, previous)
    return found


def _by_form(text: str) -> Iterator[Finding]:
    for kind, score, pattern in _forms():
        yield from matches(pattern, text, kind, score, "id")


def _by_cue(text: str) -> Iterator[Finding]:
    """Numbers that words such as "record number" announce."""
    for kind, fewest, cue in _cue_patterns():
        for match in cue.finditer(text):
            finding = _number_at(text, match.end(), kind, fewest)
            if finding:
                yield finding


def _number_at(text: str, at: int, kind: PiiKind, fewest: int) -> Finding | None:
    """The code or dictated number that begins at `at`, if it is long enough."""
    code = _code_pattern().match(text, at)
    end = code.end() if code and _is_code(code.group(), fewest) else at
    rest = text[at : at + 120]
    run = next(digit_runs(rest, letters=True, commas=True), None)
    if run and not rest[: run.start].strip() and _is_long(run, fewest):
        end = max(end, at + run.end)
    if end == at or _amount().match(text, end):
        return None
    return Finding(at, end, kind, CONTEXT)


def _is_code(code: str, fewest: int) -> bool:
    figures = sum(map(str.isdigit, code))
    return sum(map(str.isalnum, code)) >= fewest and figures >= 2 and not _year().fullmatch(code)


def _is_long(run: Run, fewest: int) -> bool:
    long = len(run.value) >= fewest and run.digits >= min(fewest, 3)
    return long and not _year().fullmatch(run.value)


def _by_length(text: str) -> Iterator[Finding]:
    """Digits said one by one, and figures longer than any clinical value."""
    for run in digit_runs(text):
        if run.digits >= MIN_SPOKEN_DIGITS and run.one_by_one and _is_spoken(run):
            yield Finding(run.start, run.end, PiiKind.PHONE, SURE)
    for run in digit_runs(text, commas=True):
        if run.digits >= MIN_SPOKEN_DIGITS and run.one_by_one and _is_spoken(run):
            yield Finding(run.start, run.end, PiiKind.PHONE, LIKELY)  # or a list of scores
    yield from matches(_long_figures(), text, PiiKind.OTHER_ID, SURE)
    yield from matches(_labelled_code(), text, PiiKind.OTHER_ID, LIKELY)


def _is_spoken(run: Run) -> bool:
    """Said in words or written as single figures, and no amount: "5 5 5 1 2 3 4"."""
    return all(
        len(piece.value) == 1 or (piece.spoken and piece.value != "00") for piece in run.pieces
    )


def _answers(text: str, previous: str) -> Iterator[Finding]:
    """The number that the utterance before asked for: "and your zip?" "it's oh two one ..."."""
    for kind, fewest, question in _question_patterns():
        if not question.search(previous):
            continue
        for run in digit_runs(text, letters=True, commas=True):
            if run.start <= _ASKED_WITHIN and _is_long(run, fewest):
                yield Finding(run.start, run.end, kind, CONTEXT)
        for code in _code_pattern().finditer(text):
            if code.start() <= _ASKED_WITHIN and _is_code(code.group(), fewest):
                yield Finding(*code.span(), kind, CONTEXT)
        return


@cache
def _any_figure() -> re.Pattern[str]:
    return re.compile(rf"\d|\b(?:{'|'.join(number_words())})\b", re.IGNORECASE)


@cache
def _forms() -> tuple[tuple[PiiKind, float, re.Pattern[str]], ...]:
    edge, end = r"(?<![\w.,/-])", r"(?![\w/]|[-.,]\d)"
    ext = r"(?:\s?(?:x|ext\.?)\s?\d{1,6})?"
    forms = (
        (PiiKind.SSN, FORM, r"\d{3}[- ]\d{2}[- ]\d{4}"),
        (
            PiiKind.PHONE,
            FORM,
            rf"(?:\+?1[-. ]?)?(?:\(\d{{3}}\)\s?|\d{{3}}[-. ])\d{{3}}[-. ]\d{{4}}{ext}",
        ),
        (
            PiiKind.PHONE,
            LISTED,
            rf"\+(?=(?:\W{{0,2}}\d){{8,15}}(?!\d))\d{{1,4}}(?:[-. ]?\(?\d{{1,4}}\)?){{2,6}}{ext}",
        ),
        (
            PiiKind.PHONE,
            LISTED,
            r"\(?0(?=(?:\W{0,2}\d){8,11}(?!\d))\d{1,4}\)?(?:[- ]?\d{2,4}){2,4}",
        ),
        (PiiKind.PHONE, SURE, r"\d{3}[-.]\d{4}"),
        (PiiKind.ACCOUNT_NUMBER, LISTED, r"\d{4}[- ]\d{4}[- ]\d{4}[- ]\d{3,4}"),
        (PiiKind.ACCOUNT_NUMBER, LISTED, r"[A-Z]{2}\d{2}(?:\s?[A-Z\d]{4}){3,7}\s?[A-Z\d]{0,4}"),
        (PiiKind.ACCOUNT_NUMBER, SURE, r"\d{3}[- ]\d{3}[- ]\d{3}"),
        (PiiKind.LICENSE_NUMBER, SURE, r"(?=[A-HJ-NPR-Z\d]*\d{4})[A-HJ-NPR-Z\d]{17}"),
    )
    return tuple(
        (kind, score, re.compile(f"{edge}(?P<id>{form}){end}")) for kind, score, form in forms
    )


@cache
def _cue_patterns() -> tuple[tuple[PiiKind, int, re.Pattern[str]], ...]:
    return tuple(
        (kind, fewest, re.compile(rf"(?<!\w)(?:{cue})(?!\w){_FILLER}", re.IGNORECASE))
        for kind, fewest, cue in _CUES
    )


@cache
def _question_patterns() -> tuple[tuple[PiiKind, int, re.Pattern[str]], ...]:
    return tuple(
        (kind, fewest, re.compile(rf"(?<!\w)(?:{cue})(?!\w)[^.?!\d]{{0,30}}[\s.?!]*$", re.I))
        for kind, fewest, cue in _CUES
    )


@cache
def _code_pattern() -> re.Pattern[str]:
    return re.compile(_CODE)


@cache
def _amount() -> re.Pattern[str]:
    return re.compile(_AMOUNT, re.IGNORECASE)


@cache
def _year() -> re.Pattern[str]:
    return re.compile(r"(?:19\d\d|20[0-3]\d)")


@cache
def _long_figures() -> re.Pattern[str]:
    """Seven and more figures in one piece; a round number ("1000000") is an amount."""
    return re.compile(r"(?<![\w.,/-])(?!\d*000(?!\d))\d{7,}(?![\w.,/-]*\d)")


@cache
def _labelled_code() -> re.Pattern[str]:
    """Letters and five or more figures: "SJH-987654"; shorter ones are genes and diagnoses."""
    return re.compile(r"(?<![\w.-])(?:[A-Z]{1,5}-?\d{5,}|\d{5,}-[A-Z]{2,5})(?:-?\w+)?(?!\w)")
