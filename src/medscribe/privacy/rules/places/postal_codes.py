"""A text -> ZIP and postal codes, written or spoken: "zip is nine eight one oh one", "SW16 6JT"."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from medscribe.domain.privacy import PiiKind
from medscribe.privacy.rules.finding import CONTEXT, FORM, LISTED, Finding, matches
from medscribe.privacy.rules.numbers.digit_runs import Run, digit_runs
from medscribe.privacy.rules.numbers.digit_words import spoken_number
from medscribe.privacy.rules.places.states import STATE_CODE, state_names

_SLIP = re.compile(r"\b(?:no|sorry|wait|actually|correction)\b", re.IGNORECASE)


def find_postal_codes(text: str, asked: Sequence[str] = ()) -> Iterator[Finding]:
    """Postal codes of `text`; `asked` are turns before it that may ask for one."""
    for match in _written_zip().finditer(text):
        if "-" in match.group() or _ends_with_state().search(
            text, max(0, match.start() - 25), match.start()
        ):
            yield Finding(*match.span(), PiiKind.LOCATION, FORM)
    yield from matches(_postcode(), text, PiiKind.LOCATION, LISTED)
    yield from matches(_spoken_postcode(), text, PiiKind.LOCATION, LISTED)
    yield from matches(_announced_code(), text, PiiKind.LOCATION, CONTEXT, "id")
    starts = [match.end() for match in _zip_word().finditer(text)]
    starts += [0] if any(_zip_question().search(question) for question in asked) else []
    for start in starts:
        yield from _zip_from(text, start)
    for match in _spoken_state().finditer(text):
        run = next(digit_runs(text[match.end() : match.end() + 60]), None)
        if run and run.start == 0 and run.digits in (5, 9) and len(run.pieces) >= 3:
            start = match.end()
            yield Finding(start, start + run.end, PiiKind.LOCATION, LISTED)
    for match in _zip_before().finditer(text):
        low = max(0, match.start() - 60)
        for run in digit_runs(text[low : match.start()], commas=True):
            if low + run.end == match.start() and run.digits in (5, 9):
                yield Finding(low + run.start, match.start(), PiiKind.LOCATION, LISTED)


def with_zip(text: str, place: Finding) -> Finding:
    """A place with the five digits said right behind it: "seattle nine eight one oh one"."""
    gap = _short_gap().match(text, place.end)
    run = next(digit_runs(text[gap.end() : gap.end() + 60], commas=True), None) if gap else None
    if gap and run and run.start == 0 and run.digits in (5, 9) and len(run.pieces) >= 4:
        return place._replace(end=gap.end() + run.end)
    return place


def _zip_from(text: str, start: int) -> Iterator[Finding]:
    """The five or nine digits that begin soon after `start`; what is dictated after them is not.

    As many words as make that many: "five sixty one thirty six" has five digits without "six", too.
    """
    run = next(digit_runs(text[start : start + 120], commas=True), None)
    if run is None or run.start > 45:
        return
    pause = _SLIP.search(text, start + run.start, start + run.end)
    for length in () if pause else (9, 5):
        for last in range(len(run.pieces), 0, -1):
            part = Run(run.pieces[:last])
            if part.digits == length and (length == 5 or last == len(run.pieces)):
                yield Finding(start + run.start, start + part.end, PiiKind.LOCATION, CONTEXT)
                return


@cache
def _short_gap() -> re.Pattern[str]:
    return re.compile(r"[\s,.]{1,3}(?:(?:uh|um|and)[\s,]{1,2})?")


@cache
def _written_zip() -> re.Pattern[str]:
    return re.compile(r"(?<![\w.,-])\d{5}(?:-\d{4})?(?![\w-]|[.,]\d)")


@cache
def _ends_with_state() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{STATE_CODE}|(?i:{state_names()}))[\s,]{{1,3}}$")


@cache
def _spoken_state() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{state_names()})[\s,]{{1,3}}", re.IGNORECASE)


@cache
def _postcode() -> re.Pattern[str]:
    """British and Canadian postal codes."""
    return re.compile(r"(?<!\w)(?:[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}|[A-Z]\d[A-Z]\s\d[A-Z]\d)(?!\w)")


@cache
def _announced_code() -> re.Pattern[str]:
    """Of any country, right behind what announces it: "ZIP: 7412 SL", "my zip code is 880"."""
    return re.compile(
        r"\b(?:zip|postal|post)\s?(?:code)?(?:\s+is|\s?:)\s"
        r"(?P<id>\d{3,6}(?:[ -]?[A-Z]{2}|[ -]\d{2,4})?)(?![\w-])",
        re.IGNORECASE,
    )


@cache
def _spoken_postcode() -> re.Pattern[str]:
    """ "SW sixteen six JT", "s w sixteen six j t"."""
    number = spoken_number(2)
    return re.compile(
        rf"(?<![\w'])(?:[A-Z]{{1,2}}\s{number}[\s,]{{1,2}}(?i:{number})\s[A-Z]\s?[A-Z]|"
        rf"[a-z](?:\s[a-z])?\s{number}\s{number}\s[a-z]\s[a-z])(?![\w'])"
    )


@cache
def _zip_word() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:zip|postal|post)(?:\s*code)\b|\bzip\b(?:\s+(?:is|it's|of))?", re.IGNORECASE
    )


@cache
def _zip_question() -> re.Pattern[str]:
    return re.compile(r"\b(?:zip|postal\s*code|postcode)\b[^.?!]{0,60}[\s.?!]*$", re.IGNORECASE)


@cache
def _zip_before() -> re.Pattern[str]:
    """ "02139 is my zip code"."""
    return re.compile(
        r"(?<=\w)\s{1,2}(?:is|was|that's|as|for)\s+(?:my|our|the|his|her)\s+(?:zip|post)",
        re.IGNORECASE,
    )
