"""A spoken sentence -> the same sentence without hesitation, repetition and courtesy words."""

import re
from functools import cache

from medscribe.clinical.offsets import Edit, NormalisedText

_LEAD = (
    r"so|okay|ok|alright|all right|well|now|and|but|oh|yeah|yes|yep|yup|right|great|good|perfect|sure"
    r"|anyway|then|gosh|wow|hi|hello|hey|exactly|correct|absolutely|definitely|of course|excellent"
    r"|awesome|fine|got it|gotcha|i see|thank you|thanks|you know|i mean|like|actually|basically|again"
    r"|obviously|honestly|unfortunately|fortunately|please|first of all|otherwise|because|um|uh|no"
    r"|like i said|as i said|as you know|let's see|you know what|i guess|or"
)
_TAIL = (
    r"okay|ok|all right|alright|right|yeah|you know|so|and|but|though|then|or anything(?: like that)?"
    r"|and stuff(?: like that)?|and things like that|or something(?: like that)?|and everything"
    r"|anything like that|at this point|actually|too|as well|and so|or|if that makes sense|correct"
    r"|does that (?:sound good|make sense)|is that (?:right|correct|okay)|sounds good|please|thank you"
    r"|i guess|i think|i believe|or so|like that|because|the|a|uh|um|doctor|doc|sir|ma'am"
)
_FORMS: tuple[tuple[str, str], ...] = (
    (r"(?<![\w<])\w{1,4}-(?=,? +[a-z])(?!-)(?! to\b)", ""),
    (r"\b(?:uh-huh|mm-hmm|uh|um|uhm|umm|er|erm|ah|hmm+|huh|mm+)\b[,.]*", ""),
    (r"\.{2,}", ","),
    (
        r"(?<!do)(?<!did)(?<!let),? *\byou know\b(?! (?:that|what|how|if|about|where|when|who))[, ]*",
        " ",
    ),
    (r",? *\b(?:i mean|i guess|to be honest|like i said|as i said|if you will)\b,?", " "),
    (r"(?<=,) *like,| \blike,(?= )", ""),
    (r"\b(?:kind of|sort of|basically|literally|honestly|obviously|actually|pretty much)\b,?", ""),
    (r"\bgo ahead and\b", ""),
    (r"\bjust\b(?! (?:below|above|before|after|prior|distal|proximal|under|over))", ""),
    (r"\b(?:that|which) is (?:good|great|not surprising|fine|very good|really good)\b", ""),
    (r"\b(\w+(?: \w+){0,3})(?:,? +\1\b)+(?!-)", r"\1"),
    (r"\b(\w+(?: \w+){0,2})(?:,? +\1\b)+(?!-)", r"\1"),
    (r" {2,}", " "),
    (r"(?: *,){2,}", ","),
    (r" +(?=[,.?])", ""),
    (r",(?=[.?]|\Z)", ""),
)
_LEADING = re.compile(rf"\A[\s,.;-]*(?:(?:{_LEAD})\b(?!-)[\s,.!]+)*", re.IGNORECASE)
_KEEP_LEAD = re.compile(r"(?:no|like|right|well|good|fine|because)\s+(?!,)\w", re.IGNORECASE)
_TRAILING = re.compile(rf"(?:[\s,]+(?:{_TAIL})\b)*[\s,.;?!-]*\Z", re.IGNORECASE)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(form, re.IGNORECASE), new) for form, new in _FORMS)


def without_fillers(spoken: NormalisedText) -> NormalisedText:
    """`spoken` without fillers, stutters, and discourse words at both ends; may be empty.

    "so , uh , my my knee hurts , you know ?" -> "my knee hurts".
    """
    result = spoken
    for pattern, new in _patterns():
        found = [
            Edit(match.start(), match.end(), match.expand(new))
            for match in pattern.finditer(result.text)
            if not match.group().replace(" ", "").replace(",", "").isdigit()
        ]
        if found:
            result = result.edited(found)
    return _without_ends(result)


def _without_ends(spoken: NormalisedText) -> NormalisedText:
    start = _start_of_content(spoken.text)
    rest = spoken.part(start, len(spoken.text))
    trailing = _TRAILING.search(rest.text)
    end = trailing.start() if trailing else len(rest.text)
    return rest.part(0, end) if end else rest.part(0, 0)


def _start_of_content(text: str) -> int:
    """Where discourse words end; "no chest pain" and "right knee pain" are content."""
    at = 0
    one = re.compile(rf"[\s,.;-]*(?:{_LEAD})\b(?!-)[\s,.!]+", re.IGNORECASE)
    while True:
        match = one.match(text, at)
        word_at = at + len(text[at:]) - len(text[at:].lstrip(" ,.;-"))
        if match is None or _KEEP_LEAD.match(text, word_at):
            return word_at
        at = match.end()
