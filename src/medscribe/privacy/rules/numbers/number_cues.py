"""Words that announce an identifying number -> what kind it is and how long it must be."""

import re
from functools import cache
from typing import NamedTuple

from medscribe.domain.privacy import PiiKind
from medscribe.privacy.rules.numbers.digit_words import number_words


class Cue(NamedTuple):
    """Words that announce a number of `kind` with at least `fewest` characters.

    `vague`: they announce other numbers as often ("the code is"); a number must look like a code.
    """

    kind: PiiKind
    fewest: int
    words: str
    vague: bool = False


_NUMBER = r"(?:numbers?|no\b\.?|num\b\.?|nr\b\.?|i\.?\s?d\b\.?|identifier|identification|code|\#)"
_ACCOUNTS = (
    r"account|acct|policy|member(?:ship)?|group|insurance|subscriber|beneficiary|claim|medicare|"
    r"medicaid|health\s?plan|plan|coverage|payer|card|routing|invoice|billing|bank|debit|credit|"
    r"prior\s+auth(?:orization)?|authorization"
)
_RECORDS = (
    r"(?:medical\s+|health\s+)?(?:records?|chart|hosp(?:ital)?|mr|pt|nhs|case|encounter|accession|visit|file|"
    r"admission|specimen|patient|med\s+rec|prescription|rx|episode)"
)
_DEVICES = (
    r"device|implant|pacemaker|pump|meter|defibrillator|monitor|valve|stent|sensor|transmitter|"
    r"model|lot|batch|machine|stimulator|generator"
)
_OTHERS = (
    r"badge|employee|student|staff|personnel|reference|ref|confirmation|tracking|order|booking|"
    r"ticket|unique|site|study|subject|participant|trial|protocol|enrol?lment|service|military|"
    r"locker|gate|door|access|pin|loyalty|locator|union|user|login|identification|identity|inmate|"
    r"tax(?:payer)?|social\s+media|report|incident|complaint|docket|permit|registry|sponsor|"
    r"voucher|requisition|referral|screening|randomi[sz]ation|kit|donor|purchaser|barcode|label|"
    r"asset|unit|household|voter|tribal|dispatch|run"
)

CUES: tuple[Cue, ...] = (
    Cue(
        PiiKind.SSN,
        4,
        r"socials?(?:\s+security)?(?:\s+(?:numbers?|no))?|ssn|s\s?\.?s\s?\.?n|"
        r"soc(?=\s+(?:ends|is|number|sec))|last\s+(?:four|4)(?:\s+digits)?",
    ),
    Cue(
        PiiKind.RECORD_NUMBER,
        4,
        rf"{_RECORDS}\s*{_NUMBER}|mrn\s?(?:number|\#)?|m\.?\s?r\.?\s?n\.?|health\s+record|"
        r"(?:medical\s+)?(?:record|chart|case|file)\s*(?=\#)|emr\s+number|med\.?\s+rec\b\.?|p\.?i\.?d\b",
    ),
    Cue(PiiKind.RECORD_NUMBER, 5, r"(?:medical\s+)?(?:record|chart)"),
    Cue(PiiKind.RECORD_NUMBER, 6, r"file"),
    Cue(
        PiiKind.ACCOUNT_NUMBER,
        4,
        rf"(?:{_ACCOUNTS})(?:\s+(?:{_ACCOUNTS}))?\s*{_NUMBER}|iban|hicn|mbi",
    ),
    Cue(
        PiiKind.ACCOUNT_NUMBER,
        4,
        r"(?:card|account|number|one|that)\s+(?:that\s+)?(?:ending|ends)\s+(?:in|with)",
    ),
    # "the plan is 1000 mg": without the word "number" only long codes count.
    Cue(PiiKind.ACCOUNT_NUMBER, 6, rf"(?:{_ACCOUNTS})(?:\s+(?:{_ACCOUNTS}))?"),
    Cue(
        PiiKind.LICENSE_NUMBER,
        4,
        rf"(?:driver'?s?\s+|medical\s+|nursing\s+|pilot'?s?\s+)?licen[sc]e(?:\s+plates?)?"
        rf"(?:\s*{_NUMBER})?|dea(?:\s+number)?|d\s?e\s?a\s+number|npi(?:\s+number)?|"
        rf"n\s?p\s?i(?:\s+number)?|certificat(?:e|ion)(?:\s*{_NUMBER})?|"
        r"(?:(?:number|license|licence|car|tag|truck)\s+)?plates?(?:\s+number)?|"
        r"v\.?\s?i\.?\s?n\.?(?:\s+number)?|passport(?:\s+(?:number|no))?|green\s+card|"
        r"(?:d\.?\s?l|c\.?\s?d\.?\s?l)\.?\s*(?:number|no\b|\#)|state\s+id|registration(?:\s+number)?|tag\s+number|(?:car|parking|vehicle)\s+(?:tag|permit|sticker)|tags?\s+on\s+(?:my|the|his|her|our)\s+\w{2,8}|"
        r"vehicle\s+(?:identification\s+)?number",
    ),
    Cue(
        PiiKind.DEVICE_ID,
        4,
        rf"serials?(?!\s+(?:sevens|threes|7|3))(?:\s*{_NUMBER})?|(?:{_DEVICES})\s*{_NUMBER}|udi|imei|s\s*/\s*n|s\s?n(?=[\s:#])",
    ),
    Cue(
        PiiKind.PHONE,
        7,
        r"(?:tele)?phones?(?:\s+number)?|cell(?:ular)?|mobile|fax|pager|beeper|call(?:ed|ing)?|"
        r"call\s?back|reach|text|contact|landline|area\s+code|hotline|voice\s?mail|whats\s?app|"
        r"(?:my|his|her|their|your|home|work|office|best|emergency|daughter's|son's|wife's|"
        r"husband's|mom's|dad's|mother's|father's|sister's|brother's|whose|a)\s+number|"
        r"number\s+(?:is|for|to|there)|ring|dial|tel",
    ),
    Cue(
        PiiKind.OTHER_ID,
        6,
        r"(?<!cell\s)(?<!count\s)(?<!platelet\s)(?<!blood\s)(?<!sugar\s)(?:numbers?|code|id|\#)",
        vague=True,
    ),
    Cue(PiiKind.OTHER_ID, 5, r"specimen|accession|requisition|sample|order|ticket", vague=True),
    Cue(
        PiiKind.OTHER_ID,
        5,
        r"badge|participant|enrollee|emp(?:loyee)?(?:\s*\#)?|wrist\s?band|randomi[sz]ation|"
        r"screening\s+(?:number|no)",
    ),
    Cue(PiiKind.OTHER_ID, 5, r"subject|donor|purchaser|caller|inmate", vague=True),
    Cue(
        PiiKind.LICENSE_NUMBER,
        5,
        r"(?:parking|valet)(?:\s+(?:pass|validated|permit|validation|ticket))?|tow(?:ed|ing)|tags?|"
        r"car|truck|van|vehicle|suv|sedan|pick\s?up|motorcycle|minivan|honda|toyota|ford|chevy|"
        r"nissan|subaru|hyundai|kia|jeep|lic\.?|licen[cs]ed?",
        vague=True,
    ),
    Cue(
        PiiKind.ACCOUNT_NUMBER,
        5,
        r"aetna|cigna|humana|anthem|tri\s?care|kaiser|blue\s+(?:cross|shield)|united\s?health\s?care|"
        r"medicare|medicaid|bill|balance|statement|claim|copay|deductible",
        vague=True,
    ),
    Cue(
        PiiKind.PHONE, 4, r"extension|ext|pager|beeper|(?:room|bedside|desk|house)\s+(?:phone|line)"
    ),
    Cue(PiiKind.PHONE, 3, r"(?:extension\s+number|at\s+extension|my\s+extension|your\s+extension)"),
    Cue(
        PiiKind.OTHER_ID,
        4,
        rf"(?:{_OTHERS})\s*{_NUMBER}|\bid\b|i\.\s?d\.|identifier|pass\s?code|password|"
        r"confirmation|(?:number|code)s?\s+(?:is\s+)?(?:printed\s+|written\s+)?on\s+(?:the|my|his|her|your|this)",
    ),
)

# What may stand between the announcement and the number, and before the number in an answer.
_FILLER_WORDS = (
    r"number|is|it's|its|it|was|are|at|on|the|of|that's|that|would|be|called|me|him|her|us|them|uh|"
    r"um|er|ah|hmm|and|with|under|as|for|like|so|my|your|his|their|our|best|id|no|i|think|listed|"
    r"file|ending|ends|in|to|still|currently|also|just|usually|same|probably|have|has|got|digits?|"
    r"code|sorry|then|dash|here|yes|yeah|yep|sure|okay|ok|alright|well|let|see|let's|hold|one\s+(?:sec(?:ond)?|"
    r"moment)|a(?!\s+as\s+in)|right|this|says|reads|oh\s+yeah|oh\s+sure|should|believe|starts|begins|by|from|if|"
    r"you|can|could|please|need|want|anytime|there|back|she|he|i'm|i've|you're|go|ahead|mine|"
    r"pacemaker|device|pump|implant|meter|defibrillator|monitor|patient|card|policy|account|"
    r"insurance|member|group|area|cell|phone|home|work|mobile|office|social|security|plates?|"
    r"license|licence|real\s+quick|label+ed|marked|stamped|given|assigned|issued|which|though|as\s+well|too"
)
_SIGNS = r"['’]s\b|[\s:;,.?!#'\"()\-–—=*\[\]]"


@cache
def cue_patterns() -> tuple[tuple[Cue, re.Pattern[str]], ...]:
    """Each cue with the pattern that runs from its words, past fillers, to the number."""
    return tuple(
        (cue, re.compile(rf"(?<!\w)(?P<cue>{cue.words})(?!\w){_filler()}", re.IGNORECASE))
        for cue in CUES
    )


@cache
def far_number() -> re.Pattern[str]:
    """What may stand behind a cue too: words and a verb, "... on the back of the pump reads"."""
    figures = "|".join(word for word in number_words() if word != "one")
    word = rf"(?:,?\s+(?!(?:and|{figures})\b)[a-z'’-]{{1,15}})"
    verb = r"(?:is|was|are|were|reads|says|be|it's|that's)"
    return re.compile(rf"{word}{{1,9}}?,?\s+{verb}\b{_filler()}", re.IGNORECASE)


def _filler() -> str:
    return rf"(?:{_SIGNS}|\b(?:{_FILLER_WORDS})\b(?!-\w)){{0,26}}"


@cache
def question_patterns() -> tuple[tuple[Cue, re.Pattern[str]], ...]:
    """Each cue with the pattern of a turn that asks for such a number, up to its end."""
    return tuple(
        (cue, re.compile(rf"(?<!\w)(?:{cue.words})(?!\w)[^\d]{{0,90}}$", re.IGNORECASE))
        for cue in CUES
    )


@cache
def answer_opening() -> re.Pattern[str]:
    """What an answer says before the number: "yeah, it's", "sure, let me see"."""
    return re.compile(rf"(?:{_SIGNS}|\b(?:{_FILLER_WORDS})\b){{0,30}}", re.IGNORECASE)


@cache
def cue_after() -> tuple[tuple[Cue, re.Pattern[str]], ...]:
    """Each cue as it may follow its number: "... is my member id"."""
    own = r"(?:my|his|her|their|your|the|our|a)"
    link = (
        rf"(?<=\w)(?:,|\s){{1,2}}(?:(?:is|was|that's|that\s+is|as|for)\s+(?:{own}\s+)?|{own}\s+|"
        r"on\s+(?:the|its)\s+\w{2,10},?\s+)"
    )
    return tuple(
        (cue, re.compile(rf"{link}(?:\w{{1,20}}\s+)?(?:{cue.words})(?!\w)", re.IGNORECASE))
        for cue in CUES
        if cue.fewest >= 4
    )


@cache
def extension() -> re.Pattern[str]:
    """What joins a telephone number and its extension, up to the figures."""
    return re.compile(r"[\s,]*(?:and\s+)?(?:extension|ext\b\.?|x)\s*(?:is\s+|number\s+)?", re.I)


@cache
def amount() -> re.Pattern[str]:
    """A unit or noun that makes the number before it an amount."""
    return re.compile(
        r"\s*-?(?:%|percent|mg|mcg|milli\w+|micro\w+|grams?|g\b|kg|ml|units?|tablets?|pills?|"
        r"puffs?|doses?|times|hours?|(?:day|week|visit)(?!\s+(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|twelve))|days|weeks|months?|years?|minutes?|seconds?|pounds?|lbs?|"
        r"kilo(?:s|gram\w*|met\w*)?|inch\w*|feet|foot|degrees?|calories|over|bpm|beats|point|"
        r"out\s+of|dollars|cents|o'?clock|a\.?m\b|p\.?m\b|people|visits|cc|liters?|litres?|mm\w*|"
        r"steps|miles|blocks|cm|centim\w+|ng|mmol|meq|by\s+(?:\d|one|two|three|four|five|six))(?!\w)",
        re.IGNORECASE,
    )
