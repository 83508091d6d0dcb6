"""Transcripts as written -> words as spoken: "120/80" -> one twenty over eighty."""

import re
from collections.abc import Iterator

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"

_RATIO = re.compile(r"(\d{2,3})\s*/\s*(\d{2,3})")
_DECIMAL = re.compile(r"(\d+)\.(\d+)")
_INTEGER = re.compile(r"\d+")


def spoken_sentences(text: str) -> Iterator[list[str]]:
    """The sentences of a turn as lists of lower-case words, and the whole turn if it has several.

    A recogniser cuts at pauses, which fall between sentences as often as not: both are needed.
    """
    spelled = spell_numbers(text)
    sentences = [words for part in re.split(r"[.?!]+", spelled) if (words := _words(part))]
    yield from sentences
    if len(sentences) > 1:
        yield [word for sentence in sentences for word in sentence]


def spell_numbers(text: str) -> str:
    """Lower-case text with its digits in words, as clinicians say them."""
    text = text.lower().replace("’", "'").replace("%", " percent ")
    text = _RATIO.sub(lambda m: f" {_pressure(int(m[1]))} over {_cardinal(int(m[2]))} ", text)
    text = re.sub(r"(\d),(\d{3})", r"\1\2", text)
    text = re.sub(r"(\d)(?:st|nd|rd|th)\b", r"\1", text)
    text = _DECIMAL.sub(lambda m: f" {_cardinal(int(m[1]))} point {_digits(m[2])} ", text)
    return _INTEGER.sub(lambda m: f" {_cardinal(int(m[0]))} ", text)


def _words(text: str) -> list[str]:
    found = (word.strip("'") for word in re.findall(r"[a-z']+", text))
    return [word for word in found if word]


def _pressure(number: int) -> str:
    """130 -> one thirty, 105 -> one oh five: how a systolic pressure is read out."""
    hundreds, rest = divmod(number, 100)
    if not hundreds or not rest:
        return _cardinal(number)
    return f"{_cardinal(hundreds)} {'oh ' if rest < 10 else ''}{_cardinal(rest)}"


def _cardinal(number: int) -> str:
    if number < 20:
        return _SMALL.split()[number]
    if number < 100:
        return _joined(_TENS.split()[number // 10 - 2], number % 10)
    if 1900 <= number < 2000:
        return _pressure(number)
    if number < 1000:
        return _joined(f"{_cardinal(number // 100)} hundred", number % 100)
    if number < 1_000_000:
        return _joined(f"{_cardinal(number // 1000)} thousand", number % 1000)
    return _digits(str(number))


def _joined(head: str, rest: int) -> str:
    return f"{head} {_cardinal(rest)}" if rest else head


def _digits(digits: str) -> str:
    return " ".join(_SMALL.split()[int(digit)] for digit in digits)
