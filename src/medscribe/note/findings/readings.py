"""The words after the name of a measure -> the reading said there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from medscribe.note.findings.measures import Measure
from medscribe.note.findings.rule_tables import pattern, read_table

_NUMBER = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"
_UNIT = (
    r"(?:mg/dl|mmol/l|meq/l|g/dl|ng/ml|pg/ml|pounds?|lbs?|kg|kilos|inches|inch|cm|%|mm ?hg"
    r"|(?:degrees? )?(?:fahrenheit|celsius|f\b|c\b)|degrees?)"
)
_READING = re.compile(
    rf"(?P<value>{_NUMBER})(?! ?(?:mg|mcg|mL|tablets?|pills?|units?|times|days?|weeks?|months?"
    rf"|years?|hours?"
    rf"|minutes?|points?|am|pm|o'clock|/\d|st|nd|rd|th|-year|of\b|\d)(?!/)(?:\b"
    rf"|\d))(?:(?:['’]?s)\b)?"
    rf"(?: ?(?P<unit>{_UNIT}))?",
    re.IGNORECASE,
)
_FEET = re.compile(
    r"(?P<feet>[3-7]) ?(?:foot|feet|ft"
    r"|')(?:,? ?(?:and )?(?P<inches>\d{1,2}(?:\.\d)?)(?: ?(?:inch(?:es)?|in\b|\"))?)?",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"(?<![\d/.])(?P<top>\d{2,3}) ?/ ?(?P<bottom>\d{2,3})(?![\d/]|\.\d)(?! ?(?:mg|mcg))"
)
_ROUGH = re.compile(r"\b\d{2,3}['’]?s(?: ?(?:/|over|to) ?\d{2,3}['’]?s)?", re.IGNORECASE)
_SCORE = re.compile(r"(?<![\d/.])(?P<value>10|\d(?:\.5)?) ?/ ?10(?![\d/])")
_STRENGTH = re.compile(r"\b(?:strength|murmur|apgar)\b", re.IGNORECASE)
_SYSTOLIC, _DIASTOLIC = (50, 290), (20, 180)
_NEXT = re.compile(
    r"(?:[ ,]|\b(?:and|but|so|then|to|it|is|was|now|today|from|last|time|visit|down|up|which"
    r"|that|this|it's|"
    r"before|has|come|came|gone|back|went|then|year|month|week|in|the|your|at|currently|previously"
    r"|a|s|"
    r"we|had|you|know|seen|checked|took|measured|been|about|around|or|6|3|months|ago|improved"
    r"|percent)\b|%)*"
)
_CLAUSE_END = re.compile(r"[,;]|\b(?:and|but|now|today|then)\b")


@dataclass(frozen=True)
class Reading:
    """Characters [start, end) of a sentence that give a reading. `value` None: only `text` is to be
    kept; `second` the lower number of a blood pressure; `past`: from an earlier time."""

    start: int
    end: int
    value: float | None = None
    second: float | None = None
    unit: str = ""
    text: str | None = None
    past: bool = False
    is_word: bool = False


def readings_after(text: str, start: int, stop: int, measure: Measure) -> Iterator[Reading]:
    """Readings in text[start:stop], behind the measure's name, where only known words stand
    between; a second one may follow the first ("was 7.5 last time, now 6.9")."""
    if measure.name == "body height":
        yield from _height(text, start, stop)
    gap = re.compile(rf"[ ,:]*{read_table('observations')['between']}(?=\d)", re.IGNORECASE)
    at = start
    for number in range(2):
        between = gap.match(text, at, stop) if number == 0 else _NEXT_GAP.match(text, at, stop)
        found = _READING.match(text, between.end(), stop) if between else None
        if not between or not found or _is_aim(text, start if number == 0 else at, found):
            return
        yield _reading(text, at, found, measure)
        at = found.end()


def is_cut_short(text: str, reading: Reading, following: str) -> bool:
    """Whether a recogniser cut a decimal: "is 98" at the end of a sentence and "7 and your ..." at
    the beginning of the next."""
    return not text[reading.end :].strip(" .") and bool(_LONE_DIGIT.match(following))


_LONE_DIGIT = re.compile(
    r"(?:\d|one|two|three|four|five|six|seven|eight|nine)\b(?!\.\d| (?:more|other|of|thing|last"
    r"|is)\b)"
)
_NEXT_GAP = re.compile(_NEXT.pattern + r"(?=\d)", re.IGNORECASE)


def _reading(text: str, at: int, found: re.Match[str], measure: Measure) -> Reading:
    value = float(found["value"].replace(",", ""))
    written = re.sub(r"degrees? ?", "", found["unit"] or "", flags=re.IGNORECASE) or None
    unit = measure.unit_of(value, written)
    rough = bool(re.search(r"s\Z", found.group(), re.IGNORECASE)) and not found["unit"]
    said = text[found.start() : found.end()].strip()
    past = _is_past(text, at, found.start(), found.end())
    if unit is None or rough:
        return Reading(found.start(), found.end(), text=said, past=past)
    return Reading(found.start(), found.end(), value=value, unit=unit, past=past)


def pairs_in(text: str) -> Iterator[Reading]:
    """Blood pressures: "150/90"; implausible and rough ones ("130s over 80s") as text."""
    for found in _PAIR.finditer(text):
        if _is_aim(text, max(0, found.start() - 60), found):
            continue
        top, bottom = float(found["top"]), float(found["bottom"])
        believed = (
            _SYSTOLIC[0] <= top <= _SYSTOLIC[1]
            and _DIASTOLIC[0] <= bottom <= _DIASTOLIC[1]
            and bottom < top
        )
        past = _is_past(text, max(0, found.start() - 60), found.start(), found.end())
        if believed:
            yield Reading(found.start(), found.end(), value=top, second=bottom, past=past)
        else:
            yield Reading(found.start(), found.end(), text=found.group(), past=past)


def scores_in(text: str) -> Iterator[Reading]:
    """Pain scores out of ten; not the strength of muscles."""
    if _STRENGTH.search(text):
        return
    for found in _SCORE.finditer(text):
        past = _is_past(text, max(0, found.start() - 60), found.start(), found.end())
        yield Reading(
            found.start(), found.end(), value=float(found["value"]), unit="{score}", past=past
        )


def word_after(text: str, start: int, stop: int) -> Reading | None:
    """A reading in words: "is normal", "came back elevated"."""
    rest = text[start : max(stop, start)]
    found = _words_for_readings().match(rest)
    if not found or _aims().search(text[max(0, start - 40) : start + found.end()]):
        return None
    negated = re.search(r"\b(?:not|never|no)\b", found.group())
    if negated:
        return None
    at, end = start + found.start("word"), start + found.end("word")
    return Reading(
        at, end, text=found["word"].lower(), past=_is_past(text, start, at, end), is_word=True
    )


def first_number(text: str, measure: Measure) -> Reading | None:
    """The number of a short reply ("about a seven", "180") as a reading of `measure`."""
    found = _SCORE.search(text) or _READING.search(text)
    if not found:
        return None
    if found.re is _SCORE or measure.name != "pain severity":
        value = found["value"]
    else:
        value = found["value"] if float(found["value"].replace(",", "")) <= 10 else None
    if value is None or (found.re is _SCORE and measure.name != "pain severity"):
        return None
    number = float(value.replace(",", ""))
    written = found.groupdict().get("unit")
    unit = measure.unit_of(number, re.sub(r"degrees? ?", "", written) if written else None)
    return (
        Reading(found.start(), found.end(), value=number, unit=unit) if unit is not None else None
    )


def _height(text: str, start: int, stop: int) -> Iterator[Reading]:
    found = _FEET.search(text, max(0, start - 25), min(len(text), stop + 1))
    if found:
        inches = 12 * float(found["feet"]) + float(found["inches"] or 0)
        yield Reading(
            found.start(), found.end(), value=inches, unit="[in_i]", text=found.group().strip()
        )


def _is_aim(text: str, start: int, found: re.Match[str]) -> bool:
    ahead = re.match(r" or (?:less|lower|higher|more|below|above)\b", text[found.end() :])
    return bool(ahead or _aims().search(text[max(0, start - 40) : found.start()]))


def _is_past(text: str, start: int, at: int, end: int) -> bool:
    """Whether the reading is told of an earlier time: by the words between the name and it, else
    by those behind it in the same clause."""
    before = text[start:at]
    earlier = list(pattern("observations", "past").finditer(before))
    later = list(pattern("observations", "now").finditer(before))
    if later and (not earlier or later[-1].start() > earlier[-1].start()):
        return False
    if earlier:
        return True
    rest = text[end : end + 40]
    stop = _CLAUSE_END.search(rest)
    return bool(pattern("observations", "past").search(rest[: stop.start()] if stop else rest))


def _aims() -> re.Pattern[str]:
    return pattern("observations", "aims")


def _words_for_readings() -> re.Pattern[str]:
    """Readings in words, as they stand behind a name."""
    return re.compile(str(read_table("observations")["words"]), re.IGNORECASE)
