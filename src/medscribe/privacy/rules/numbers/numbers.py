"""A text -> telephone, record, account, licence and device numbers, written or spoken.

A number is an identifier by its form (555-123-4567), by the words before it ("record number") or
behind it, because the turn before asked for it, or because nobody says seven digits one by one
otherwise. Doses, laboratory values, vital signs and ages have none of these and are left.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from medscribe.domain.privacy import PiiKind
from medscribe.privacy.rules.finding import CONTEXT, FORM, LIKELY, LISTED, SURE, Finding, matches
from medscribe.privacy.rules.numbers.code_shape import (
    counts,
    is_exercise,
    is_value_before,
    is_value_list,
)
from medscribe.privacy.rules.numbers.digit_runs import Run, digit_runs
from medscribe.privacy.rules.numbers.digit_words import number_words
from medscribe.privacy.rules.numbers.number_cues import (
    Cue,
    amount,
    answer_opening,
    cue_after,
    cue_patterns,
    far_number,
    question_patterns,
)
from medscribe.privacy.rules.numbers.number_forms import (
    code,
    labelled_code,
    long_figures,
    number_forms,
    plate,
)
from medscribe.privacy.rules.numbers.number_tails import find_corrections, find_extensions

MIN_SPOKEN_DIGITS = 7
"""As many as a local telephone number; no dose, value or year has so many."""

_MOST_DIGITS = 16
_FAR = 100
"""Characters after a cue in which digits said one by one belong to it, whatever is between."""

_FEW = 5
"""Characters that are enough behind a clear announcement."""

_WINDOW = 160
"""Characters after an announcement in which its number is looked for."""


def find_numbers(text: str, asked: Sequence[str] = ()) -> list[Finding]:
    """Identifying numbers of `text`; `asked` are turns before it that may have asked for one."""
    if not any_figure().search(text):
        return []
    found = [*_by_form(text), *_by_cue(text), *_before_cue(text)]
    if not any(map(is_exercise, (text, *asked))):
        found += _by_length(text)
        for question in asked:
            found += _answers(text, question)
    return [*found, *find_extensions(text, found), *find_corrections(text, found)]


def _by_form(text: str) -> Iterator[Finding]:
    for kind, score, pattern in number_forms():
        for found in matches(pattern, text, kind, score, "id"):
            if score >= FORM or not is_value_before(text, found.start):
                yield found
    yield from matches(long_figures(), text, PiiKind.OTHER_ID, SURE)
    yield from matches(plate(), text, PiiKind.LICENSE_NUMBER, SURE, "id")
    for found in matches(labelled_code(), text, PiiKind.OTHER_ID, LIKELY):
        if not is_value_before(text, found.start):
            yield found


def _by_cue(text: str) -> Iterator[Finding]:
    """Numbers that words such as "record number" announce."""
    for cue, pattern in cue_patterns():
        for match in pattern.finditer(text):
            named = match.end("cue")
            finding = _number_at(text, match.end(), cue, named)
            far = None if finding or cue.vague else far_number().match(text, named)
            if far:
                finding = _number_at(text, far.end(), cue, named)
            if finding:
                yield finding
            elif not cue.vague and (cue.fewest <= _FEW or cue.kind is PiiKind.PHONE):
                yield from _spelled_after(text, named, cue)


def _spelled_after(text: str, at: int, cue: Cue) -> Iterator[Finding]:
    """Numbers said digit by digit, whatever is said before: the corrected one and the right one."""
    rest, runs = text[at : at + _WINDOW], []
    for run in digit_runs(rest, letters=True):
        if run.start > _FAR or amount().match(rest, run.end):
            break
        if cue.kind is PiiKind.PHONE and is_value_list(run.groups):
            continue
        said = run.one_by_one and all(piece.spoken for piece in run.pieces)
        if (run.digits >= 2 and said) or MIN_SPOKEN_DIGITS <= run.digits <= _MOST_DIGITS:
            runs.append(run)
    if any(run.digits >= cue.fewest or len(run.value) > _FEW for run in runs):
        for run in runs:
            yield Finding(at + run.start, at + run.end, cue.kind, LISTED)


def _number_at(text: str, at: int, cue: Cue, low: int) -> Finding | None:
    """The code or dictated number that begins at `at`, if it is long enough for `cue`.

    Words between `low` and `at` were read as talk; the last may be the first letter or digit.
    """
    start, end, fewest = at, at, cue.fewest
    written = code().match(text, at)
    if written and _is_code(written.group(), fewest) and not amount().match(text, written.end()):
        end = written.end()
    said = _first_word_back(text, low, at)
    rest = text[said : at + _WINDOW]
    run = next(digit_runs(rest, letters=True), None)
    run = _trimmed(run, rest) if run else None
    if run and cue.kind is PiiKind.PHONE and is_value_list(run.groups):
        return None
    if run and said + run.start <= at and _is_long(run, fewest, cue.kind):
        start, end = min(start, said + run.start), max(end, said + run.end)
    if end == at or (cue.vague and not _looks_like_code(text[start:end])):
        return None
    return Finding(start, end, cue.kind, SURE if cue.vague else CONTEXT)


def _looks_like_code(text: str) -> bool:
    """Whether it has letters and figures, or is told digit by digit."""
    run = next(digit_runs(text, letters=True), None)
    if run is None:
        return False
    letters = len(run.value) - run.digits
    spoken = any(piece.spoken for piece in run.pieces)
    written = len(run.pieces) <= 2 and run.digits >= 6 and not spoken
    return run.digits >= 3 and (letters > 0 or written or (run.one_by_one and len(run.pieces) >= 4))


def _first_word_back(text: str, low: int, at: int) -> int:
    """Where the letters and "oh" begin that stand right before `at`."""
    read = _single_before().search(text, max(low, at - 12), at)
    return read.start() if read else at


def _trimmed(run: Run, text: str) -> Run | None:
    """`run` without what is counted: "four four one two nine, and two tablets"."""
    while run.pieces and amount().match(text, run.end):
        joints = [
            at
            for at in range(1, len(run.pieces))
            if _is_joint(text[run.pieces[at - 1].end : run.pieces[at].start])
        ]
        if not joints:
            return None
        run = Run(run.pieces[: joints[-1]])
    return run


def _is_joint(gap: str) -> bool:
    return any(character.isalpha() or character in ",." for character in gap)


def _is_code(written: str, fewest: int) -> bool:
    figures = sum(map(str.isdigit, written))
    return (
        sum(map(str.isalnum, written)) >= fewest and figures >= 2 and not _year().fullmatch(written)
    )


def _is_long(run: Run, fewest: int, kind: PiiKind | None = None) -> bool:
    letters = len(run.value) - run.digits
    figures = run.digits >= min(fewest, 3) or (run.digits >= 2 and letters >= 2)
    long = len(run.value) >= fewest and figures
    return long and (kind is PiiKind.SSN or not _year().fullmatch(run.value))


def _by_length(text: str) -> Iterator[Finding]:
    """Digits said one by one, and figures longer than any clinical value."""
    for run in digit_runs(text):
        if is_dictated(run) and not is_value_before(text, run.start):
            yield Finding(run.start, run.end, PiiKind.PHONE, SURE)
    for run in digit_runs(text, commas=True):
        if is_dictated(run) and not is_value_before(text, run.start):
            groups = _grouped_as_phone(run, text)
            # Otherwise it may be a list of scores.
            yield Finding(run.start, run.end, PiiKind.PHONE, SURE if groups else LIKELY)


def is_dictated(run: Run, fewest: int = MIN_SPOKEN_DIGITS) -> bool:
    """Whether a run without announcement is said as identifiers are: "5 5 5 1 2 3 4"."""
    if (
        run.digits < fewest
        or not (run.one_by_one or _in_threes(run))
        or counts(run)
        or is_value_list(run.groups)
    ):
        return False
    if _in_threes(run):
        return True
    written = [piece for piece in run.pieces if not piece.spoken and len(piece.value) > 1]
    if written and (run.digits < 9 or any(len(piece.value) > 4 for piece in written)):
        return False
    return all(_is_toll_free(run, at) for at, p in enumerate(run.pieces) if set(p.value) == {"0"})


def _in_threes(run: Run) -> bool:
    """Whether it is written in groups as telephone numbers are: "613, 555, 3908"."""
    lengths = [0 if piece.spoken else len(piece.value) for piece in run.pieces]
    return lengths in ([3, 3, 4], [1, 3, 3, 4])


def _is_toll_free(run: Run, at: int) -> bool:
    """Whether the zeros at `at` are no amount: single ones, "double oh", or "eight hundred"."""
    value = run.pieces[at].value
    hundred = value == "00" and at in (1, 2) and run.pieces[at - 1].value in "89"
    return len(value) == 1 or hundred or (len(value) in (2, 3) and run.digits >= 9)


def _grouped_as_phone(run: Run, text: str) -> bool:
    """Whether its commas divide it as numbers are told: "five five five, one two three four"."""
    groups = [0]
    before = run.pieces[0]
    for piece in run.pieces:
        if "," in text[before.end : piece.start]:
            groups.append(0)
        groups[-1] += len(piece.value)
        before = piece
    return len(groups) > 1 and min(groups) >= 2 and max(groups) >= 3


def _before_cue(text: str) -> Iterator[Finding]:
    """Numbers named afterwards: "four four one two nine is my record number"."""
    for cue, pattern in cue_after():
        for match in pattern.finditer(text):
            low = max(0, match.start() - _WINDOW)
            for run in digit_runs(text[low : match.start()], letters=True):
                if low + run.end != match.start() or not _is_long(run, cue.fewest):
                    continue
                if not cue.vague or _looks_like_code(text[low + run.start : low + run.end]):
                    yield Finding(low + run.start, low + run.end, cue.kind, CONTEXT)


def _answers(text: str, question: str) -> Iterator[Finding]:
    """The number that a turn before asked for: "and your zip?" "it's oh two one ..."."""
    opening = answer_opening().match(text)
    at = opening.end() if opening else 0
    for cue, pattern in question_patterns():
        if pattern.search(question):
            finding = _number_at(text, at, cue, 0)
            if finding:
                yield finding
                return
            if cue.fewest <= _FEW and not cue.vague:
                yield from _spelled_after(text, 0, cue)


@cache
def any_figure() -> re.Pattern[str]:
    """A figure or number word: texts without one need no further look."""
    return re.compile(rf"\d|\b(?:{'|'.join(number_words())})\b", re.IGNORECASE)


@cache
def _single_before() -> re.Pattern[str]:
    """Letters and "oh" right before the number: "a 1 2", "oh two one"."""
    return re.compile(
        r"(?<![\w'’])(?:(?:oh|to|too|for|won|ate|[a-z]|(?-i:[A-Z]{2,4}))"
        r"(?:[\s,.-]{1,2}(?:dash|hyphen))?[\s,.-]{1,2}){1,4}$",
        re.IGNORECASE,
    )


@cache
def _year() -> re.Pattern[str]:
    return re.compile(r"(?:19\d\d|20[0-3]\d)")
