"""A text -> ages over 89, written or spoken.

Ages up to 89 stay (45 CFR 164.514(b)(2)(i)(C)). The unit of an age is masked with it, so that a
pulse of 92 is not masked for an age of 92.
"""

import re
from collections.abc import Sequence
from functools import cache

from medscribe.domain.privacy import PiiKind
from medscribe.privacy.rules.finding import CONTEXT, FORM, LIKELY, LISTED, Finding, matches

_UNIT = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_HUNDRED = (
    rf"(?:a|one)\s+hundred(?:[\s-]+(?:and\s+)?(?:{_UNIT}|ten|eleven|twelve|thirteen|fourteen))?"
)
_AGE = rf"(?:9\d|1[01]\d|ninety(?:[\s-]{_UNIT})?|{_HUNDRED})"
_ORDINAL = (
    r"(?:9\dth|9[123](?:st|nd|rd)|10\d(?:th|st|nd|rd)|ninetieth|hundredth|ninety[\s-]"
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|hundred\s+and\s+\w{3,8}(?:st|nd|rd|th))"
)
_PERSON = (
    r"(?:i'm|i\s+am|i\s+was|she's|he's|they're|(?:she|he|who|patient)(?:\s+(?:is|was)|'s)|"
    r"they\s+were|you're|you\s+are|almost|nearly|just|be|being|till|until|reached)"
)
_KIN = (
    r"(?:(?:mom|dad|mother|father|grandma|grandpa|grandmother|grandfather|aunt|uncle|husband|wife|"
    r"sister|brother|neighbor)(?:\s+(?:is|was)|'s)|turn(?:ed|ing|s)?|just\s+hit|pushing|not\s+bad\s+for|about\s+to\s+be|"
    r"lived\s+to(?:\s+be)?|(?:died|passed(?:\s+away)?)\s+at|"
    r"at\s+the\s+(?:ripe\s+)?(?:old\s+)?age\s+of)"
)
_ADVERB = (
    r"(?:(?:only|just|about|around|almost|nearly|going\s+on|already|now|like|over|turning)\s+)?"
)
_NO_UNIT = (
    r"(?=\s*(?:[,;?!]|\.(?!\d)|$|(?:now|and|in|this|next|when|but|so|last|at|years?\s+young|still|"
    r"today|with|or|then|already|almost|too|you\s+know|going|on\s+(?!room|\d|[a-z]+\s+liters?)|she|he|i|doctor)\b))"
    r"(?!\s*(?:[,.]\s*)?(?:and\s+)?(?:percent|%|over|on\s+room|degrees|pounds|beats|kilos|"
    r"(?:(?:now|came|went|is)\s+)?(?:up|down)\s+(?:from|to)\b))"
)

_NO_MEASURE = (
    r"(?!\s*[,.]?\s*(?:and\s+)?(?:percent|%|over|milli\w+|mg|degrees?|pounds|beats|kilos|times|"
    r"dollars|people|units)\b)"
)
_VITAL = r"(?:sats?|pulse|heart|temp|rate|pressure|oxygen|weigh[st]?|sugar|blood|room|bed)\b"
_SOMEBODY = (
    r"patient|pt|gentleman|lady|man|woman|male|female|widow|widower|resident|veteran|retiree|nun|"
    r"grandmother|grandfather|grandma|grandpa|great-grandmother|(?:mr|mrs|ms)\.?\s+[^\W\d_]{2,20}"
)
_LIFE = (
    r"(?:lives?|living|retired|independent|still\s+(?:lives?|drives?|living|driving|works?|walks?|"
    r"drinks?|sharp|independent|very)|drives?|widowed|resides?|walks|sharp|c[oa]mes?\s+in|presents?|good\s+genes)"
)
_THEN = (
    r"(?:we|you|i)\s+(?:do|don|would|wouldn|usually|rarely|can|could|might|may|should|are|do\s*n't|"
    r"tend|never|don't|wouldn't)"
)

_RULES = (
    (
        FORM,
        rf"(?<![\w.])(?P<id>{_AGE}(?:\s+and\s+a\s+half)?[\s-]{{0,3}}"
        r"(?:(?:years?|yrs?\.?)[\s-]{0,3}(?:old|young|o\b\.?|of\s+age)|y\s?[/.]?\s?o\b\.?))",
    ),
    (
        CONTEXT,
        rf"\b(?P<id>(?:aged?|age(?:\s+at\s+[a-z]{{4,9}})?\s*[:=(]|age\s+is|age\s+of|ages)\s*{_ADVERB}{_AGE})(?![\w%]|\.\d)",
    ),
    (
        CONTEXT,
        r"\b(?:in|into|his|her|their|my|your)\s+(?:his\s+|her\s+|their\s+|my\s+|your\s+|the\s+)?"
        r"(?P<id>(?:(?:mid|early|late)[\s-]+)?(?:nineties|90['’]?s|hundreds))\b"
        r"(?<!the nineties)(?<!the 90s)",
    ),
    (
        LISTED,
        r"\b(?P<id>(?:(?:mid|early|late)[\s-]+)(?:nineties|90['’]?s))(?=\s*[.,;?!]|\s+and|$)",
    ),
    (
        CONTEXT,
        rf"(?<![\w.])(?P<id>{_AGE}\s?(?:M(?![\w'])|F(?![\w'])|male|female|man|woman|gentleman|lady))\b",
    ),
    (LISTED, r"\b(?P<id>(?:super)?centenarian|nonagenarian)s?\b"),
    (LISTED, rf"\b(?P<id>{_ORDINAL})\s+birthday"),
    (LISTED, rf"\b(?P<id>{_AGE}[\s-](?:something|ish|plus|odd)(?:[\s-]years?[\s-]old)?)\b"),
    (LISTED, rf"\b{_KIN}\s+{_ADVERB}(?P<id>{_AGE}){_NO_UNIT}"),
    # "the patient, 96, remains", "mrs. allen, ninety four,"
    (LISTED, rf"\b(?:{_SOMEBODY})\s*,\s*(?P<id>{_AGE})(?=\s*(?:,|lives|from|who|with)\s*[a-z])"),
    (LISTED, rf"\b(?:{_SOMEBODY})[\s,]{{1,3}}{_ADVERB}(?P<id>{_HUNDRED})\b{_NO_MEASURE}"),
    (LISTED, rf"(?<![\w.])(?P<id>{_AGE})\s+(?:candles|going\s+on\s+(?:twenty|thirty|forty|\d\d))"),
    (
        LISTED,
        rf"\b(?:alive|living|healthy|active|independent|driving|working|well)\s+at\s+"
        rf"(?:age\s+)?(?P<id>{_AGE}){_NO_UNIT}",
    ),
    # "she's one hundred three", "he is ninety-four lives alone"
    (
        LISTED,
        rf"\b(?:he|she|who|mom|dad|mother|father|grandma|grandpa|aunt|uncle)"
        rf"(?:['’]s|\s+is|\s+was)\s+{_ADVERB}(?P<id>{_AGE})(?=\s*,?\s*(?:and\s+|who\s+)?{_LIFE}\b)",
    ),
    # "being ninety your bones are thinner", "at 95 we don't usually"
    (LIKELY, rf"\bbeing\s+(?P<id>{_AGE})(?=[\s,]+(?:your|you|you're|his|her|i|my|he|she)\b)"),
    (
        LIKELY,
        rf"(?:^\W*|[,.?]\s|\b(?:so|but|and|well|because|cause)\s+)at\s+(?P<id>{_AGE})(?=[\s,]+{_THEN}\b)",
    ),
    (LIKELY, rf"^\W*(?P<id>{_AGE})\W+(?:years\s+young|{_LIFE})\b"),
    (LIKELY, rf"^\W*(?P<id>{_AGE})\W+(?:wow|amazing|bless|that's\s+(?:amazing|wonderful|great))\b"),
    (LIKELY, rf"\bfor\s+(?P<id>{_AGE})(?=\s*,?\s*(?:you|you're|he|he's|she|she's|i'm)\b)"),
    (LIKELY, rf"\b{_PERSON}\s+{_ADVERB}(?P<id>{_AGE}){_NO_UNIT}"),
)


def find_ages(text: str, asked: Sequence[str] = ()) -> list[Finding]:
    """Ages over 89 of `text`; `asked` are turns before it that may ask for an age."""
    found: list[Finding] = []
    for score, pattern in _patterns():
        found += matches(pattern, text, PiiKind.AGE_OVER_89, score, "id")
    found = [age for age in found if not _is_fever(text, age)]
    if any(_question().search(question) for question in asked[:2]):
        found += matches(_answer(), text, PiiKind.AGE_OVER_89, CONTEXT, "id")
    return found


def _is_fever(text: str, age: Finding) -> bool:
    """Whether it is a temperature in degrees Fahrenheit: "fever > 101 F", not "92 F, widowed"."""
    if text[age.end - 1] not in "Ff":
        return False
    return bool(_heat().search(text[max(0, age.start - 25) : age.start]))


@cache
def _heat() -> re.Pattern[str]:
    return re.compile(r"(?:[<>≤≥]\s*|\b(?:fevers?|temp\w*|tmax|t)\b[^.;]{0,15})$", re.IGNORECASE)


@cache
def _patterns() -> tuple[tuple[float, re.Pattern[str]], ...]:
    return tuple((score, re.compile(rule, re.IGNORECASE)) for score, rule in _RULES)


@cache
def _question() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:how\s+old|what\s+age|(?:your|his|her|their)\s+age|still\s+(?:living|alive))\b",
        re.IGNORECASE,
    )


@cache
def _answer() -> re.Pattern[str]:
    """An age that answers, and that is said again: "99, wow"."""
    return re.compile(
        rf"^\W*(?:(?!{_VITAL})[a-z']{{1,8}}\W+){{0,6}}?(?P<id>{_AGE})(?:{_NO_UNIT}|(?=\W+wow\b))",
        re.IGNORECASE,
    )
