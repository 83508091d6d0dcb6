"""Numbers found in a text -> the same with what is said behind them: extension, correction."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from medscribe.domain.privacy import PiiKind
from medscribe.privacy.rules.finding import SURE, Finding
from medscribe.privacy.rules.numbers.digit_runs import digit_runs
from medscribe.privacy.rules.numbers.digit_words import number_words
from medscribe.privacy.rules.numbers.number_cues import extension


def find_extensions(text: str, found: Sequence[Finding]) -> Iterator[Finding]:
    """ "extension two two four" behind a telephone number."""
    for phone in found:
        may_be = phone.kind in (PiiKind.PHONE, PiiKind.OTHER_ID)
        joined = extension().match(text, phone.end) if may_be else None
        if joined:
            rest = text[joined.end() : joined.end() + 60]
            run = next(digit_runs(rest), None)
            if run and run.start == 0:
                yield Finding(phone.start, joined.end() + run.end, PiiKind.PHONE, phone.score)


def find_corrections(text: str, found: Sequence[Finding]) -> Iterator[Finding]:
    """ "... nine one one oh, sorry, I mean one one two" behind a number that identifies."""
    for number in found:
        slip = _slip().match(text, number.end)
        if slip and number.score >= SURE:
            run = next(digit_runs(text[slip.end() : slip.end() + 80], letters=True), None)
            if run and run.start == 0 and run.digits >= 1:
                start = slip.end()
                yield Finding(number.start, start + run.end, number.kind, number.score)


@cache
def _slip() -> re.Pattern[str]:
    words = r"(?:[a-z'’]{1,9}[\s,.]{1,3})"
    return re.compile(
        rf"[\s,.]{{1,4}}{words}{{0,3}}?(?:sorry|no|wait|mean|correction|actually|oops|scratch\s+that|"
        rf"wrong)[\s,.]{{1,4}}{words}{{0,8}}?(?=\d|(?:{'|'.join(number_words())})\b)",
        re.IGNORECASE,
    )
