"""Decimals that a recogniser tore apart ("two . five milligrams", "12 . 5 mg") -> whole numbers.

Recognisers and corpora that set spaces around every sign write a decimal point like a full stop.
"""

import re

from medscribe.clinical.number_words import NUMBER_WORDS, TENS, UNITS
from medscribe.clinical.offsets import Edit, NormalisedText

_DIGIT = "|".join(["oh", *UNITS])
_UNIT = (
    r"(?:mg|mcg|milligrams?|micrograms?|grams?|kg|kilograms?|kilos?|ml|milliliters?|millilitres?|"
    r"mils?|cc|liters?|litres?|units?|percent|per cent|%|centimeters?|centimetres?|cm|"
    r"millimeters?|millimetres?|mm|millimoles?|mmol|degrees?|pounds?|lbs?|inches|packs?|"
    r"tablets?|meq|milliequivalents?|fahrenheit|celsius)"
)
_FRACTION = (
    rf"(?P<fraction>(?:(?:{_DIGIT})(?: (?:{_DIGIT})){{0,2}}|twenty five|seventy five|\d{{1,3}}))"
)
_WHOLE = rf"(?<![\w.,/:])(?:(?P<word>{'|'.join([*NUMBER_WORDS, 'hundred'])})|(?P<digits>\d{{1,3}}))"
# What may follow a decimal without a unit. Not "five days ago", "one is better", "two of them".
_CONTINUES = (
    r"(?: ?(?:\Z|[,;.?!])| (?:and|so|which|but|your|you|right now|today|with)\b|"
    r" of (?!them\b|us\b|those|these|you\b|my\b|the\b))"
)
_LEAD = r"(?:on|that|your|the|his|her|at|was|about|of)"
_SPACED = re.compile(rf"{_WHOLE}(?P<point> \.\s*){_FRACTION}(?![\w:/])", re.IGNORECASE)
# Without a space before it the sign is more likely a full stop: a strength's usual fraction, and
# its unit, must follow.
_TIGHT = re.compile(
    rf"{_WHOLE}(?P<point>\. ){_FRACTION}(?= ?(?:mg|mcg|milligrams?|micrograms?|%|percent)(?!\w))",
    re.IGNORECASE,
)
_TIGHT_FRACTIONS = frozenset(
    ["5", "25", "75", "05", "125", "375", "625", "five", "two five", "seven five", "twenty five",
     "seventy five", "oh five", "zero five", "oh two five", "zero two five"]
)  # fmt: skip
_AFTER = re.compile(rf"[ -]?{_UNIT}(?!\w)|{_CONTINUES}", re.IGNORECASE)
_TENS_BEFORE = re.compile(rf"\b(?:{'|'.join([*TENS, 'hundred'])}) \Z", re.IGNORECASE)
_LENGTH = re.compile(r"[ -]?(?:centimeters?|centimetres?|cm|millimeters?|millimetres?|mm)\b", re.I)
_COUNTS = re.compile(
    r" (?:days?|weeks?|months?|years?|hours?|minutes?|times?|people|others?|more|is|are|was|were|"
    r"to|or|can|will|has|have|thing|things|of|in|on|a|every)\b",
    re.IGNORECASE,
)


def joined_decimals(spoken: NormalisedText) -> NormalisedText:
    """`spoken` with its torn decimals joined: "12 . 5 mg" -> "12.5 mg", "two . five of" -> "two
    point five of".

    A real end of a sentence is left: "I take two . Five days ago ...", "I am 45 . 45, okay".
    """
    return spoken.edited([*_edits(spoken.text)])


def _edits(text: str) -> list[Edit]:
    if "." not in text:
        return []
    found = [m for m in _SPACED.finditer(text) if _is_decimal(text, m)]
    found += [m for m in _TIGHT.finditer(text) if m["fraction"].lower() in _TIGHT_FRACTIONS]
    return [
        Edit(m.start("point"), m.end("point"), "." if _in_digits(m) else " point ")
        for m in found
        if _says_one_number(m)
    ]


def _in_digits(match: re.Match[str]) -> bool:
    return match["digits"] is not None and match["fraction"].isdigit()


def _says_one_number(match: re.Match[str]) -> bool:
    """Not where the same number is said again ("I am 45 . 45", "four . four milligrams"), nor
    where a new sentence begins with a capital; both parts are words, or both digits."""
    whole, fraction = match["word"] or match["digits"], match["fraction"]
    alike = fraction.isdigit() == (match["digits"] is not None)
    text = match.string
    again = whole.lower() == fraction.lower() and not (
        _TENS_BEFORE.search(text, 0, match.start()) or _LENGTH.match(text, match.end())
    )
    return alike and not again and not fraction[0].isupper()


def _is_decimal(text: str, match: re.Match[str]) -> bool:
    end = match.end()
    if _AFTER.match(text, end):
        return True
    # "keep you on that two . five norvasc", "a temperature of ninety eight . two my ..."
    before = text[: match.start()].rsplit(maxsplit=3)[1:]
    led = any(re.fullmatch(_LEAD, word, re.IGNORECASE) for word in before)
    return led and not _COUNTS.match(text, end)
