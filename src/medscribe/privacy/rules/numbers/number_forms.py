"""Patterns of identifying numbers as they are written."""

import re
from functools import cache

from medscribe.domain.privacy import PiiKind
from medscribe.privacy.rules.finding import FORM, LISTED, SURE

_EDGE, _END = r"(?<![\w.,/-])", r"(?![\w/]|[-.,]\d)"
_EXT = r"(?:\s?(?:x|ext\.?|extension)\s?\d{1,6})?"

_FORMS = (
    (PiiKind.SSN, FORM, r"\d{3}[- ]\d{2}[- ]\d{4}"),
    (
        PiiKind.PHONE,
        FORM,
        r"(?:\+?1[-. ]{0,3})?(?:\(\d{3}\)\s?|\d{3}\s?[-. ]\s?)\d{3}\s?[-. ]\s?\d{4}" + _EXT,
    ),
    (
        PiiKind.PHONE,
        LISTED,
        rf"\+(?=(?:\W{{0,2}}\d){{8,15}}(?!\d))\d{{1,4}}(?:[-. ]?\(?\d{{1,4}}\)?){{2,6}}{_EXT}",
    ),
    (
        PiiKind.PHONE,
        LISTED,
        r"\(?0(?=(?:\W{0,2}\d){8,11}(?!\d))\d{1,4}\)?(?:[- ]?\d{2,4}){2,4}",
    ),
    (PiiKind.PHONE, SURE, rf"\d{{3}}[-.]\d{{4}}{_EXT}"),
    (PiiKind.ACCOUNT_NUMBER, LISTED, r"\d{4}[- ]\d{4}[- ]\d{4}[- ]\d{3,4}"),
    (PiiKind.ACCOUNT_NUMBER, LISTED, r"[A-Z]{2}\d{2}(?:\s?[A-Z\d]{4}){3,7}\s?[A-Z\d]{0,4}"),
    (PiiKind.ACCOUNT_NUMBER, SURE, r"\d{3}[- ]\d{3}[- ]\d{3}"),
    (PiiKind.LICENSE_NUMBER, SURE, r"(?=[A-HJ-NPR-Z\d]*\d{4})[A-HJ-NPR-Z\d]{17}"),
)


@cache
def number_forms() -> tuple[tuple[PiiKind, float, re.Pattern[str]], ...]:
    """Kind, score and pattern (its group "id") of each written form."""
    return tuple(
        (kind, score, re.compile(f"{_EDGE}(?P<id>{form}){_END}")) for kind, score, form in _FORMS
    )


@cache
def plate() -> re.Pattern[str]:
    """Plates in blocks behind a vehicle: "parking validated for 841 XEU", "car (tag ZSR 9564)"."""
    word = (
        r"(?:parking|valet|tags?|plates?|car|truck|van|vehicle|suv|registration|tow(?:ed|ing)|"
        r"motorcycle|licen[cs]e|lic)\b"
    )
    filler = r"(?:pass|permit|validated|validation|ticket|tag|plate|number|no|for|is|as|reads|of)\b"
    unit = r"(?:MPH|AM|PM|MG|ML|KG|CM|MM|ED|MRI|CT|BP|HR|MVC|ER)\b"
    block = (
        r"(?:\d{1,4}(?:[\s-][A-Z]{2,4}(?:[\s-]\d{1,4})?)|[A-Z]{1,4}[\s-]\d{3,6}|[A-Z\d]{5,8}|"
        r"[A-Z\d]{3,4}[\s-][A-Z\d]{3})"
    )
    return re.compile(
        rf"\b(?i:{word})(?:[\s:#(.=–-]{{1,4}}(?i:{filler})){{0,3}}[\s:#(.=–-]{{1,4}}"
        rf"(?P<id>(?!\S*\s?{unit})(?=[A-Z\s-]*\d)(?=[\d\s-]*[A-Z]){block})(?![\w-])"
    )


@cache
def code() -> re.Pattern[str]:
    """Letters and figures in up to six groups, at least one figure: "SN-4482-AB9"."""
    return re.compile(
        r"#?(?:[A-Z]{2,4}\s(?=\d{5}))?(?=[\w/.-]{0,30}\d)[A-Za-z\d]{1,30}(?:[-/.][A-Za-z\d]{1,30}){0,5}"
    )


@cache
def long_figures() -> re.Pattern[str]:
    """Seven and more figures in one piece; a round number ("1000000") is an amount."""
    return re.compile(r"(?<![\w.,/-])(?!\d{0,40}000(?!\d))\d{7,}(?![\w.,/-]{0,40}\d)")


@cache
def labelled_code() -> re.Pattern[str]:
    """Letters and five or more figures: "SJH-987654"; shorter ones are genes and diagnoses."""
    return re.compile(r"(?<![\w.-])(?:[A-Z]{1,5}-?\d{5,}|\d{5,}-[A-Z]{2,5})(?:-?\w{1,30})?(?!\w)")
