"""The turns of a visit -> numbers that are asked for in one turn and told in another, or in parts.

"And your record number?" "Uh, let me look." "It's four four one two." A number goes on over "okay"
and over its reading back: "two oh six", "two oh six", "five five five", "uh-huh", "oh one two".
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from medscribe.domain.privacy import PiiKind
from medscribe.privacy.rules.finding import CONTEXT, LISTED, SURE, Finding
from medscribe.privacy.rules.numbers.code_shape import is_exercise
from medscribe.privacy.rules.numbers.digit_runs import Piece, Run, digit_runs
from medscribe.privacy.rules.numbers.loose_codes import find_loose_codes
from medscribe.privacy.rules.numbers.number_cues import amount, answer_opening
from medscribe.privacy.rules.numbers.numbers import any_figure, find_numbers, is_dictated

_TURNS_BACK = 3
"""How far back a question is heard: its answer may come after "hold on" and "sure"."""

_SHORT_TURN = 60
"""Characters of a turn that does not change the subject."""


_TOLD_AGAIN = 5
"""Digits of a number that is recognised when it is read back; shorter ones may be other values."""


_COMPLETE = 9
"""Digits of a number that does not go on in the next turn."""


_ANNOUNCED = frozenset(
    ["mrn", "ssn", "npi", "dea", "vin", "dob", "dl", "cdl", "id", "udi", "pin", "sn", "ein", "mbi"]
)
"""Letters that announce a number and are none of it: "m r n a b one two"."""


class _Part(NamedTuple):
    """A dictated stretch at the begin or end of turn `turn`."""

    turn: int
    run: Run


def find_told_numbers(texts: Sequence[str]) -> list[list[Finding]]:
    """For each turn its identifying numbers; a number in several turns is found in each."""
    found = [find_numbers(text, asked_before(texts, at)) for at, text in enumerate(texts)]
    for parts in _parted(texts):
        for part, kind, score in _judged(texts, parts):
            found[part.turn].append(Finding(part.run.start, part.run.end, kind, score))
    for at, text in enumerate(texts):
        if any_figure().search(text):
            loose = find_loose_codes(text, asked_before(texts, at))
            found[at] += _beyond(text, loose, found[at])
    return [[*here, *again] for here, again in zip(found, _said_again(texts, found), strict=True)]


def _beyond(text: str, loose: Sequence[Finding], found: Sequence[Finding]) -> Iterator[Finding]:
    """Codes found by their shape, where no number is that is known; or what they add to one."""
    for code in loose:
        known = [one for one in found if one.start < code.end and code.start < one.end]
        if not known:
            yield code
            continue
        first = min(one.start for one in known)
        announced = "".join(filter(str.isalpha, text[code.start : first])).lower() in _ANNOUNCED
        start = first if announced else min(code.start, first)
        yield code._replace(start=start, kind=known[0].kind)


def _said_again(
    texts: Sequence[str], found: Sequence[Sequence[Finding]]
) -> Iterator[list[Finding]]:
    """Numbers that are told elsewhere in other words: "4419" as "four four one nine"."""
    known: dict[str, PiiKind] = {}
    for text, findings in zip(texts, found, strict=True):
        for finding in findings:
            if finding.score >= SURE:
                known.setdefault(_value(text[finding.start : finding.end]), finding.kind)
    for text in texts:
        runs = digit_runs(text, letters=True) if known and any_figure().search(text) else ()
        yield [
            Finding(run.start, run.end, known[run.value], LISTED)
            for run in runs
            if run.digits >= _TOLD_AGAIN and run.value in known
        ]


def _value(text: str) -> str:
    return "".join(run.value for run in digit_runs(text, letters=True))


def asked_before(texts: Sequence[str], at: int) -> list[str]:
    """The turns that turn `at` may answer, the nearest first."""
    asked: list[str] = []
    for back in range(at - 1, max(-1, at - 1 - _TURNS_BACK), -1):
        text = texts[back]
        asked.append(text)
        if len(text) > _SHORT_TURN or any_figure().search(text):
            break
    return asked


def _parted(texts: Sequence[str]) -> list[list[_Part]]:
    """Numbers told in parts: each list holds two parts or more."""
    chains: list[list[_Part]] = []
    chain: list[_Part] = []
    for at, text in enumerate(texts):
        first, last, whole = _ends(text) if any_figure().search(text) else (None, None, False)
        if first and chain and at - chain[-1].turn <= 2 and (whole or _goes_on(first, text)):
            chain.append(_Part(at, first))
            if whole:
                continue
        elif chain and not first and at - chain[-1].turn == 1 and _lets_go_on(text):
            continue
        if len(chain) > 1:
            chains.append(chain)
        chain = [_Part(at, last)] if last and last.digits < _COMPLETE else []
    if len(chain) > 1:
        chains.append(chain)
    return chains


def _ends(text: str) -> tuple[Run | None, Run | None, bool]:
    """The dictated stretch that opens a turn, the one that closes it, and whether it is all."""
    runs = list(digit_runs(text, letters=True))
    if not runs:
        return None, None, False
    opening = answer_opening().match(text)
    opens = opening is not None and opening.end() >= runs[0].start
    closes = _is_pause(text[runs[-1].end :])
    gaps = [text[before.end : after.start] for before, after in pairwise(runs)]
    if opens and closes and all(map(_is_pause, gaps)):
        whole = Run(tuple(piece for run in runs for piece in run.pieces))
        return (whole, whole, True) if _is_part(whole) else (None, None, False)
    first = runs[0] if opens and _is_part(runs[0]) else None
    last = runs[-1] if closes and _is_part(runs[-1]) else None
    return first, last, False


def _is_pause(text: str) -> bool:
    """Whether nothing is said but "okay", "uh-huh" or "and then"."""
    return not text.strip(" .,?!-") or _acknowledges(text)


def _is_part(run: Run) -> bool:
    return len(run.value) >= 2 and run.value not in ("IA", "AI")


def _goes_on(run: Run, text: str) -> bool:
    """Whether a stretch that opens a turn with more words is a part of the number before."""
    spelled = run.digits >= 3 and run.one_by_one and text[run.start : run.start + 2].lower() != "a "
    return spelled and not amount().match(text, run.end)


def _acknowledges(text: str) -> bool:
    """Whether a turn only says that the number may go on: "uh-huh", "okay, go ahead"."""
    return _acknowledgement().fullmatch(text.strip()) is not None


def _lets_go_on(text: str) -> bool:
    """Whether the number may go on after this turn: it is short and has no figure."""
    return len(text) <= _SHORT_TURN and not any_figure().search(text)


def _judged(texts: Sequence[str], parts: Sequence[_Part]) -> list[tuple[_Part, PiiKind, float]]:
    """The parts that identify: what they are together is what the announcement says.

    Told without announcement they identify if they have as many digits as a telephone number.
    """
    start = parts[0].turn
    if any(map(is_exercise, (*asked_before(texts, start), *texts[start : parts[-1].turn + 1]))):
        return []
    opening = texts[start][: parts[0].run.end]
    joined = opening
    for part in parts[1:]:
        joined += ", " + texts[part.turn][part.run.start : part.run.end]
    for finding in find_numbers(joined, asked_before(texts, start)):
        if finding.score >= CONTEXT and finding.start < len(opening) < finding.end:
            return [(part, finding.kind, CONTEXT) for part in parts]
    pieces: list[Piece] = [piece for part in parts for piece in part.run.pieces]
    told = all(
        part.run.one_by_one and all(piece.value.isdigit() for piece in part.run.pieces)
        for part in parts
    )
    if told and is_dictated(Run(tuple(pieces))):
        return [(part, PiiKind.PHONE, LISTED) for part in parts]
    return []


@cache
def _acknowledgement() -> re.Pattern[str]:
    word = (
        r"uh[\s-]?huh|mm[\s-]?hmm?|mhm|hmm+|okay|ok|yes|yeah|yep|yup|right|got\s+it|go\s+ahead|and|"
        r"then|next|sure|alright|all\s+right|good|great|perfect|thanks|thank\s+you|gotcha|i'm|"
        r"listening|let|me|see|wait|hold|on|comma|dash|hyphen|sorry|was|it|so|the|first|last|part|again|slash|ready|correct|exactly|what's|the\s+rest|keep\s+going|continue|please|that|um|uh"
    )
    return re.compile(rf"(?:(?:{word})\b[\s.,?!…-]*){{1,8}}", re.IGNORECASE)
