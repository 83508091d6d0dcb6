"""Text as spoken -> text as written: numbers as digits, units as symbols, offsets kept.

"one fifty over ninety" -> "150/90"; "ten milligrams" -> "10 mg"; "a one c of seven point two" ->
"A1c of 7.2". Placeholders such as `<NAME_1>` pass through untouched.
"""

import re
from collections.abc import Iterator
from functools import cache

from medscribe.clinical.number_words import (
    NUMBER_WORDS,
    SCALES,
    UNITS,
    Spoken,
    read_bare_decimal,
    read_number,
)
from medscribe.clinical.offsets import Edit, NormalisedText
from medscribe.clinical.split_decimals import joined_decimals

_TOKEN = re.compile(r"<[A-Z][A-Z0-9_:]*>|[A-Za-z]+(?:'[A-Za-z]+)*|\d+(?:[.,]\d+)*|[^\w\s]")

# Symbols of the UCUM and of common US charting; "unit(s)" stays a word (ISMP: never "U").
UNIT_SYMBOLS = {
    r"milligrams? per deciliter": "mg/dL",
    r"milligrams? per kilograms?": "mg/kg",
    r"millimeters? of mercury": "mmHg",
    r"milligrams?|migs|mgs": "mg",
    r"micrograms?|mcgs|mics?": "mcg",
    r"kilograms?|kilos?|kgs": "kg",
    r"grams?": "g",
    r"millilit(?:er|re)s?|mils?|mls|ml": "mL",
    r"cubic centimeters?|ccs": "cc",
    r"milliequivalents?": "mEq",
    r"centimet(?:er|re)s?": "cm",
    r"millimet(?:er|re)s?": "mm",
}
_COUNTED = (
    "milligrams?|mg|micrograms?|mcg|grams?|kilograms?|kg|milliliters?|ml|mils?|cc|units?|tablets?|"
    "tabs?|pills?|capsules?|puffs?|drops?|sprays?|teaspoons?|tablespoons?|patch|patches|doses?|"
    "hours?|minutes?|weeks?|months?|years?|times?|packs?|inch|inches|foot|feet|pounds?|percent|"
    "degrees?|centimeters?|cm|millimeters?|mm|liters?|litres?|plus"
)
_COUNTED_WORD = re.compile(rf"(?:{_COUNTED})\Z")
# "this point two": words after which "point" is no decimal point.
_NOT_BEFORE_POINT = frozenset(
    ["this", "that", "some", "one", "a", "the", "no", "which", "what", "any", "at", "starting"]
)
_PARTS = frozenset(["third", "thirds", "quarter", "quarters", "halves", "fourths", "fifths"])
_ITEMS = frozenset(["tablet", "tablets", "tab", "tabs", "pill", "pills", "capsule", "capsules"])
_SPOKEN_NUMBERS = frozenset([*NUMBER_WORDS, *SCALES, "oh", "point"])
_MOST_COUNTED = 6
"""More tablets at once, or times a day, than this are said on their own."""
_PEOPLE = frozenset(["us", "you", "them", "these", "those"])
_FEW = frozenset(["two", "three", "four", "five"])
_OFTEN = frozenset(["a", "an", "per", "daily", "each", "every", "in"])
_TAKEN = frozenset(["puffs", "sprays", "drops", *_ITEMS])
_HOW_OFTEN = frozenset(
    [
        "by",
        "daily",
        "twice",
        "once",
        "every",
        "a",
        "at",
        "in",
        "three",
        "four",
        "two",
        "po",
        "three",
    ]
)
_MASSES = frozenset(["mg", "mgs", "milligram", "milligrams", "mcg", "microgram", "micrograms"])


class _Token:
    """A word, a number, a placeholder or a sign, with its place in the text."""

    __slots__ = ("end", "lower", "start", "text")

    def __init__(self, match: re.Match[str]) -> None:
        self.text = match.group()
        self.lower = self.text.lower()
        self.start, self.end = match.span()


def normalise_numbers(text: str) -> str:
    """`text` with spoken numbers and units as they are written in a chart."""
    return normalise(text).text


def normalise(text: str) -> NormalisedText:
    """As `normalise_numbers`, and for every character of the result where it came from."""
    return written_numbers(NormalisedText.unchanged(text))


def written_numbers(spoken: NormalisedText) -> NormalisedText:
    """`spoken` with its numbers and units written, origins carried on."""
    joined = joined_decimals(spoken)
    result = joined.edited(_number_word_edits(joined.text))
    for pattern, replacement in _written_forms():
        found = [
            Edit(match.start(), match.end(), match.expand(replacement))
            for match in pattern.finditer(result.text)
        ]
        if found:
            result = result.edited(found)
    return result


def _number_word_edits(text: str) -> Iterator[Edit]:
    tokens = _without_number_hyphens([_Token(match) for match in _TOKEN.finditer(text)])
    at = 0
    while at < len(tokens):
        words = _adjacent_words(text, tokens, at)
        found = _number_at(words, tokens, at)
        if found is None:
            at += 1
            continue
        digits, count = found
        yield Edit(tokens[at].start, tokens[at + count - 1].end, digits)
        at += count


def _without_number_hyphens(tokens: list[_Token]) -> list[_Token]:
    """The tokens without the hyphens of "six-twenty-five", so that it is read as "six twenty
    five"."""
    kept = list(tokens)
    for before, hyphen, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        joined = after.start - before.end == 1 and hyphen.text == "-"
        if joined and before.lower in _SPOKEN_NUMBERS and after.lower in _SPOKEN_NUMBERS:
            kept.remove(hyphen)
    return kept


def _adjacent_words(text: str, tokens: list[_Token], at: int) -> list[str]:
    """Lower-case words from `at` on that only spaces or single hyphens separate (at most 12)."""
    words = [tokens[at].lower]
    for before, following in zip(tokens[at : at + 11], tokens[at + 1 : at + 12], strict=False):
        between = text[before.end : following.start].strip()
        if following.text == "-" or between not in ("", "-"):
            break
        words.append(following.lower)
    return words


def _number_at(words: list[str], tokens: list[_Token], at: int) -> tuple[str, int] | None:
    """Digits and number of tokens of the number that starts at token `at`, if it is to be written
    in digits."""
    before = tokens[at - 1].lower if at else ""
    if words[0] == "point" and before not in _NOT_BEFORE_POINT and not before.isdigit():
        bare = read_bare_decimal(words, 0)
        return (bare.digits, bare.words) if bare else None
    if words[0] in ("zero", "oh") and words[1:2] == ["point"]:
        bare = read_bare_decimal(words, 1)
        return (bare.digits, bare.words + 1) if bare else None
    spoken = read_number(words, 0)
    if spoken is None or (before in ("couple", "few", "half") and words[0] == "a"):
        return None
    spoken = _without_count(words, spoken)
    after = words[spoken.words] if spoken.words < len(words) else ""
    if spoken.words == 1 and not _is_quantity(words[0], before, after, words):
        return None
    if _is_count_of_items(words, spoken.words):
        return (str(1), 1) if words[0] == "one" else None
    return spoken.digits, spoken.words


def _without_count(words: list[str], spoken: Spoken) -> Spoken:
    """The number without the count that follows it: in "five hundred four times a day" it is 500,
    in "fifty two tablets twice a day" 50."""
    if spoken.words < 2 or UNITS.get(words[spoken.words - 1], 9) > _MOST_COUNTED:
        return spoken
    after, later = (*words[spoken.words : spoken.words + 2], "", "")[:2]
    counted = after in ("times", "time") and later in _OFTEN
    taken = after in _TAKEN and ("hundred" in words[: spoken.words] or later in _HOW_OFTEN)
    if not counted and not taken:
        return spoken
    return read_number(words[: spoken.words - 1], 0) or spoken


def _is_quantity(word: str, before: str, after: str, words: list[str]) -> bool:
    """Whether a single number word counts something, so that it is written as a digit."""
    if after in _PARTS or (word == "one" and after == "half"):
        return False
    if word in ("one", "zero"):
        ranged = after in ("to", "or") and len(words) > 2 and words[2] in NUMBER_WORDS
        return bool(_COUNTED_WORD.match(after)) or ranged or _is_ratio(words) or before == "over"
    among_people = before in _PEOPLE and word in _FEW and not _COUNTED_WORD.match(after)
    return not (among_people or (after == "of" and len(words) > 2 and words[2] in _PEOPLE))


def _is_ratio(words: list[str]) -> bool:
    """ "one out of ten", "one over two"."""
    later = (
        words[3:4] if words[1:3] == ["out", "of"] else words[2:3] if words[1:2] == ["over"] else []
    )
    return bool(later) and later[0] in NUMBER_WORDS


def _is_count_of_items(words: list[str], length: int) -> bool:
    """ "one twenty milligram tablet" is one tablet of 20 mg, never 120 mg."""
    if words[0] != "one" or length < 2 or words[1] in ("hundred", "thousand", "point", "and"):
        return False
    after = words[length : length + 2]
    return len(after) == 2 and after[0] in _MASSES and after[1] in _ITEMS


@cache
def _written_forms() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns applied in order to a text whose numbers are digits, with their replacements."""
    number = r"\d+(?:\.\d+)?"
    time_word = r"(?:hours?|days?|weeks?|months?|years?)"
    forms = [
        (r"(?<![\d.\w]) *(?<!\S)\.(?=\d)", "0."),
        (rf"\b({number}) +over +({number})\b(?! *{time_word})", r"\1/\2"),
        (rf"\b({number}) +out +of +({number})\b", r"\1/\2"),
        (rf"\b({number}) +slash +({number})\b", r"\1/\2"),
        (rf"\b({number}) *(?:percent|per cent|%)(?!\w)", r"\1%"),
        (r"\b(\d+)[ -]+years?[ -]+old\b(?=[ -]+(?:[a-z]*male|man|wom|boy|girl))", r"\1-year-old"),
        (r"\b(\d+)[ -]+year[ -]+old\b", r"\1-year-old"),
        (r"\ba[ -]?(?:one|1)[ -]?c\b", "A1c"),
        (r"\bb[ -]?(12|6)\b", r"B\1"),
        (r"(?<=vitamin )d[ -]?([23])\b", r"D\1"),
        (r"\bl[ -]?([1-5])\b", r"L\1"),
        (r"\bs[ -]?1\b", "S1"),
        (r"\bt[ -]?([1-9]|1[0-2])\b", r"T\1"),
        (r"\b24 7\b", "24/7"),
    ]
    forms += [
        (rf"(?<=\d)(?: +|-)(?:{words})\b", f" {symbol}") for words, symbol in UNIT_SYMBOLS.items()
    ]
    return tuple((re.compile(pattern, re.IGNORECASE), new) for pattern, new in forms)
