"""A text -> codes that nothing announces, by their shape alone; as uncertain finds.

"Z-423-139-19", "302 623 936 159", "v g three one six six oh", "670054", "nine one oh five five".
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from medscribe.domain.privacy import PiiKind
from medscribe.privacy.rules.finding import DOUBTFUL, LIKELY, Finding
from medscribe.privacy.rules.numbers.code_shape import (
    counts,
    is_exercise,
    is_formula,
    is_value_before,
    is_value_list,
    looks_like_code,
    only_code_word,
)
from medscribe.privacy.rules.numbers.digit_runs import Piece, Run, digit_runs
from medscribe.privacy.rules.numbers.digit_words import TIMES
from medscribe.privacy.rules.numbers.number_cues import amount

_FEWEST = 5
"""Figures of a number that is no dose, score or year, if it is told one by one or is not round."""


_LONGEST_READING = 3
"""Figures of a reading; four and more behind letters are a code."""

_PHONE = 7
"""Figures of a local telephone number, of which nobody corrects a part otherwise."""


def find_loose_codes(text: str, asked: Sequence[str] = ()) -> list[Finding]:
    """Codes of `text` by their shape; digits that a turn before asked to repeat are none."""
    if any(is_exercise(turn) for turn in (text, *asked)):
        return []
    found = [*_written(text), *_figures(text)]
    for run in digit_runs(text, letters=True):
        for part in _strict_parts(run, text):
            score = _score(part, text)
            if score and not _is_other_number(text, part.start, part.end):
                found.append(Finding(part.start, part.end, PiiKind.OTHER_ID, score))
    return found


def _strict_parts(run: Run, text: str) -> Iterator[Run]:
    """The parts of a run between which nothing is said but a pause or a slip."""
    part = [run.pieces[0]]
    for before, after in pairwise(run.pieces):
        gap = text[before.end : after.start]
        listed = "," in gap and any(
            _is_word(piece.value, text[piece.start : piece.end]) for piece in (before, after)
        )
        if listed or not _slip().fullmatch(gap):
            yield _without_article(part, text)
            part = []
        part.append(after)
    yield _without_article(part, text)


def _is_word(value: str, written: str) -> bool:
    return not value.isdigit() and value == written.upper() and len(value) > 1


def _without_article(pieces: list[Piece], text: str) -> Run:
    """Without "a" or "i" before the figures: "a 5 5 3"."""
    while len(pieces) > 1 and text[pieces[0].start : pieces[0].end] in ("a", "i", "I", "A"):
        if not pieces[1].value.isdigit():
            break
        pieces = pieces[1:]
    return Run(tuple(pieces))


def _score(run: Run, text: str) -> float:
    """How surely `run` identifies; 0 if it does not."""
    if any(character.isalpha() for character in run.value):
        if _is_reading(run):
            return 0
        return LIKELY if looks_like_code(run) and not only_code_word(run, text) else 0
    if run.digits < _FEWEST or len(run.pieces) < 2 or counts(run):
        return 0
    written = [piece.value for piece in run.pieces if not piece.spoken]
    gaps = [text[before.end : after.start] for before, after in pairwise(run.pieces)]
    listed = any("," in gap for gap in gaps)
    if (listed or len(written) < len(run.pieces)) and is_value_list(run.groups):
        return 0
    if run.digits >= _PHONE and any(_correction().search(gap) for gap in gaps):
        return LIKELY
    if all(len(group) == 1 or len(set(group)) == 1 for group in run.groups) and not _has_hundred(
        run, text
    ):
        scores = all("," in gap for gap in gaps) or max(run.value) <= "5"
        return 0 if scores else LIKELY if run.digits > _FEWEST else DOUBTFUL
    if len(written) == len(run.pieces):
        blocks = len(written) >= 3 and len(set(map(len, written[:-1]))) == 1
        plain = not listed and not all(map(_is_round, written))
        return LIKELY if blocks and plain and run.digits >= 8 and len(written[0]) > 1 else 0
    return (
        DOUBTFUL
        if run.one_by_one and run.digits > _FEWEST + 1 and not _has_hundred(run, text)
        else 0
    )


def _is_reading(run: Run) -> bool:
    """What a chart calls something, and its value: "FHR 148", "ROM 0-125", "Tmax 101 F"."""
    name, *values = run.pieces
    values = values[:-1] if values and values[-1].value in ("F", "C") else values
    figures = all(
        piece.value.isdigit() and not piece.spoken and len(piece.value) <= _LONGEST_READING
        for piece in values
    )
    return name.value.isalpha() and len(name.value) > 1 and figures and len(values) <= 2


def _has_hundred(run: Run, text: str) -> bool:
    """Whether it has a number said as an amount: "three hundred", "fifty five"; not "double oh"."""
    return any(
        len(piece.value) > 1
        and len(set(piece.value)) == 1
        and text[piece.start : piece.end].lower().split()[0] not in TIMES
        for piece in run.pieces
    )


def _is_round(figures: str) -> bool:
    return figures[-1] in "05"


def _figures(text: str) -> Iterator[Finding]:
    """Five or six figures in one piece; more are found with the numbers that stand out."""
    for match in _plain_figures().finditer(text):
        if not _is_other_number(text, *match.span()):
            score = LIKELY if match.end() - match.start() > _FEWEST else DOUBTFUL
            yield Finding(*match.span(), PiiKind.OTHER_ID, score)


def _written(text: str) -> Iterator[Finding]:
    """Capitals and figures in blocks joined by dashes, or mixed in one block."""
    for match in _block().finditer(text):
        parts = match.group().split("-")
        if len(parts) == 1:
            code = _mixed().fullmatch(parts[0]) and not _count().fullmatch(parts[0])
        elif any(character.isalpha() for character in match.group()):
            code = _is_dashed_code(parts)
        else:
            code = _is_dashed_number(parts)
        if code and not is_formula(match.group()) and not _is_other_number(text, *match.span()):
            yield Finding(*match.span(), PiiKind.OTHER_ID, LIKELY)


def _is_dashed_code(parts: Sequence[str]) -> bool:
    digits = sum(character.isdigit() for part in parts for character in part)
    letters = sum(map(len, parts)) - digits
    mixed = any(not part.isdigit() and not part.isalpha() for part in parts)
    return digits >= _FEWEST or (
        digits >= 4 and letters >= 2 and mixed and max(map(len, parts)) > 3
    )


def _is_dashed_number(parts: Sequence[str]) -> bool:
    """Whether figures with dashes are no range, strength or clock time: "6432-387", "02-94-14"."""
    if sum(map(len, parts)) < _FEWEST + 1 or min(map(len, parts)) < 2:
        return False
    if len(parts) > 2:
        return True
    if all(_clock().fullmatch(part) for part in parts):
        return False
    first, last = map(int, parts)
    strength = first % 5 == 0 and last % 5 == 0
    return parts[0][0] == "0" or (first > last and not strength)


def _is_other_number(text: str, start: int, end: int) -> bool:
    """Whether the words before or behind tell what else it is: a unit, a measurement, a code."""
    before = text[max(0, start - 30) : start]
    decimal = _fraction_after().match(text, end) or _fraction_before().search(before)
    return bool(
        decimal
        or amount().match(text, end)
        or _counted_after().match(text, end)
        or is_value_before(text, start)
    )


@cache
def _correction() -> re.Pattern[str]:
    return re.compile(r"\b(?:no|sorry|wait|mean|scratch)\b", re.IGNORECASE)


@cache
def _clock() -> re.Pattern[str]:
    """Hours of opening or duty: "0800"."""
    return re.compile(r"(?:[01]\d|2[0-4])[0-5][05]")


@cache
def _slip() -> re.Pattern[str]:
    words = (
        r"uh|um|er|dash|hyphen|space|no|sorry|wait|hang|hold|on|scratch|that|i|mean|and\s+then|then|"
        r"oops|let|me|see|actually|make|capital|it|double|triple"
    )
    return re.compile(rf"[\s,–-]{{0,4}}(?:(?:{words})[\s,]{{1,3}}){{0,5}}", re.IGNORECASE)


@cache
def _plain_figures() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w.,/:$€£+<>=~-])(?<![$€£<>=~] )(?!\d{3,4}00(?!\d))\d{5,6}(?![\w/:%-]|[.,]\d)"
    )


@cache
def _block() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w.,/:+@-])(?=[A-Z\d-]{0,40}\d)[A-Z\d]{1,12}(?:-[A-Z\d]{1,12}){0,5}(?![\w/@-]|[.:]\w)"
    )


@cache
def _mixed() -> re.Pattern[str]:
    """One block of letters and figures: "XWF7224", "837XYY", "3TY7HJ8MD94"."""
    return re.compile(
        r"[A-Z]{2,4}\d{4,}|\d{3}[A-Z]{3}|(?=(?:[A-Z]*\d){3})(?=(?:\d*[A-Z]){2})"
        r"(?=.{7})(?:\d+[A-Z]+|[A-Z]+\d+){2,6}\d*"
    )


@cache
def _count() -> re.Pattern[str]:
    return re.compile(
        r"\d+(?:MCG|KCAL|MEQ|LBS|BPM|CFU|MMH|YOF|YOM|HRS|MIN|SEC|TAB|CAP|BID|TID|QID)|NCT\d+"
    )


@cache
def _fraction_after() -> re.Pattern[str]:
    return re.compile(r"\.\d|\s*(?:/|:)\s*\d|\s+(?:point|over|slash|to)\s")


@cache
def _fraction_before() -> re.Pattern[str]:
    return re.compile(r"\d[.,:/]\s?$|\b(?:point|over|slash)\s+$|[$€£<>=~]\s?$", re.IGNORECASE)


@cache
def _counted_after() -> re.Pattern[str]:
    return re.compile(
        r"\s*-?(?:copies|cells|steps|cfu|iu|u/|k/|per\b|mmhg|kcal|cal\b|colonies|platelets|dollars|"
        r"bucks|people|patients|square|sq\b|rpm|hz|ft\b|units|colony|votes|white|red|deaths|cases)",
        re.IGNORECASE,
    )
