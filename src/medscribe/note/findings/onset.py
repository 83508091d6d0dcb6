"""Words on since when something is so."""

import re

from medscribe.clinical.offsets import NormalisedText

_UNIT = r"(?:minutes?|hours?|days?|nights?|weeks?|months?|years?)"
_AMOUNT = (
    r"(?:about |around |almost |nearly |over |maybe |probably |like |at least |roughly "
    r"|approximately )*"
    r"(?:(?:a|an|the|past|last|few|couple|of|several|one|\d+(?:\.\d+)?|good|long|half|to|or|and"
    r"|- ?\d+) ?)+"
)
_DAY = (
    r"(?:yesterday|today|last (?:night|week|month|year|\w+day|spring|summer|fall|winter)|(?:this"
    r"|the other) "
    r"(?:morning|afternoon|week|month|day)|\w+day(?: (?:night|morning))?|childhood|(?:19|20)\d\d"
    r"|<[A-Z_:0-9]+>"
    r"|(?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r"|i was (?:a kid|a child|young|\d+|little)|college|high school|birth|(?:the|my|your) [a-z]+)"
)
_SAID = re.compile(
    rf"\b(?:(?:for|over|in) (?!now\b|(?:the|a) (?:day|night)\b){_AMOUNT}(?:past "
    rf"|last )?{_UNIT}(?: now)?|since {_DAY}"
    rf"|{_AMOUNT}{_UNIT} ago|(?:started|began|starting|beginning|came on) (?:on |back in |in "
    rf"|around )?{_DAY}"
    rf"|all (?:day|night|week|my life))\b",
    re.IGNORECASE,
)
_SHORT_REPLY = re.compile(
    rf"\A(?:(?:um|uh|oh|well|i would say|i think|it has been|it is been|it started"
    rf"|for) ?,? ?)*"
    rf"(?P<when>(?:since )?(?:{_AMOUNT}{_UNIT}(?: ago| now)?|{_DAY}))\b",
    re.IGNORECASE,
)
ASKS = re.compile(
    r"\b(?:how long|when did (?:it|this|that|the|your|these|they)|since when|how many (?:days"
    r"|weeks|months|years))\b"
    r"(?!.{0,30}\b(?:take|taking|last|smok|drink|stay)\w*)",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:will|going to|want|take|follow|come back|see you|refill|continue)\b", re.I
)
_NEAR_CHARACTERS = 70
_NEAR_BEFORE = 30
_OTHER_CLAUSE = re.compile(r"[;.]|,? \b(?:and|but)\b (?:i|my|then|just|it|also)\b|, i\b", re.I)


def onset_near(written: NormalisedText, original: str, start: int, end: int) -> str | None:
    """When what stands at [start, end) began, in the words said ("for three weeks"); None where
    the sentence does not tell, or tells of the future."""
    text = written.text
    if _FUTURE.search(text[:start]):
        return None
    near = [
        found
        for found in _SAID.finditer(text)
        if _is_near(text[end : found.start()], _NEAR_CHARACTERS, found.start() - end)
        or _is_near(text[found.end() : start], _NEAR_BEFORE, start - found.end())
    ]
    if not near:
        return None
    best = min(near, key=lambda found: abs(found.start() - end))
    span = written.original_span(best.start(), best.end())
    return original[span.start : span.end].strip(" ,.")


def _is_near(between: str, most: int, distance: int) -> bool:
    return 0 <= distance <= most and not _OTHER_CLAUSE.search(between)


def onset_in_reply(written: NormalisedText, original: str) -> str | None:
    """The time in a short answer to "how long?" or "when did it start?", as said."""
    found = _SHORT_REPLY.match(written.text) or _SAID.search(written.text)
    if not found:
        return None
    group: int | str = "when" if found.re is _SHORT_REPLY else 0
    span = written.original_span(*found.span(group))
    return original[span.start : span.end].strip(" ,.")
