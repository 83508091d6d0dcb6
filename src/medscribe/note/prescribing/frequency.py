"""Written text -> how often a medicine is taken, as FHIR's `Timing.repeat`."""

import re
from dataclasses import dataclass
from functools import cache

from medscribe.domain.medication import Frequency

_NUMBER = r"(?:\d+(?:\.\d+)?|one|two|three|four|five|six)"
_TO = r"\s?(?:-|to|or)\s?"
# Written sigs run words together: "bidx10 days", "tidprn".
_END = r"(?=x\d|prn|instr|_|\b)"
_UNIT = rf"(?P<unit>day|week|month|year|hour|hr|h|wk)s?{_END}\.?"
# "20 a day" says how much, not how often: a bare number counts times only up to 6.
_TIMES = (
    rf"(?P<count>once|twice|thrice|{_NUMBER}(?= times?|x|{_TO})|(?<![\d.])[1-6](?= )|"
    rf"one|two|three|four|five|six)(?:{_TO}(?P<count_max>twice|{_NUMBER}))?"
)
# "daily life", "daily weights": what is not about taking a medicine.
_NOT_ALIKE = (
    r"(?! (?:life|basis|activit|weigh|walk|routine|living|exercis|diet|blood|log|max|dose))"
)
_WIDEST_GAP = 30
_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_ADVERBS = {"once": 1, "twice": 2, "thrice": 3}
_PERIOD_UNITS = {"h": "h", "d": "d", "w": "wk", "m": "mo", "y": "a"}


@dataclass(frozen=True)
class Timing:
    """One phrase of timing with its characters; None and () where it says nothing of it."""

    start: int
    end: int
    count: int | None
    count_max: int | None
    period: float | None
    period_max: float | None
    unit: str | None
    when: tuple[str, ...]


@dataclass(frozen=True)
class _Form:
    """A phrase. What its groups `count`, `count_max`, `period`, `period_max` and `unit` do not say
    is taken from here; a group `up_to` makes the count a limit."""

    pattern: str
    count: int | None = 1
    period: float | None = 1.0
    unit: str | None = "d"
    when: tuple[str, ...] = ()


def _event(pattern: str, when: str) -> _Form:
    return _Form(pattern, None, None, None, (when,))


_MEALS = r"(?: (?:each|every|your|a|an|all|some|the|evening|morning))*"
_FORMS = (
    _Form(rf"\b(?P<up_to>up to |as many as )?{_TIMES}(?: more)?(?: times?|x)?[ -]?"
          rf"(?:a|an|per|each|every|in a|in|/)[ -]?(?P<period>{_NUMBER} )?{_UNIT}"),
    _Form(rf"\b(?P<up_to>up to )?(?P<count>once|twice|thrice|{_NUMBER}(?= times?|x))"
          rf"(?: times?|x)?[ /]?(?:daily|day)\b"),
    _Form(rf"\b(?:every|each) (?:other|second) {_UNIT}", period=2.0),
    _Form(r"\b(?:every|each) (?:single )?morning\b", when=("MORN",)),
    _Form(r"\b(?:every|each) (?:single )?evening\b", when=("EVE",)),
    _Form(r"\bnightly\b|\b(?:every|each) (?:single )?night\b", when=("NIGHT",)),
    _Form(r"(?<![\w.])q\.? ?h\.?s\b", when=("HS",)),
    _Form(rf"\b(?:every|each|q\.?)(?: single)? ?(?:(?P<period>{_NUMBER})"
          rf"(?:{_TO}(?P<period_max>{_NUMBER}))?(?: {_NUMBER})? ?)?{_UNIT}"),
    _Form(rf"(?<![\w.])b\.?i\.?d{_END}", 2),
    _Form(rf"(?<![\w.])t\.?i\.?d{_END}", 3),
    _Form(rf"(?<![\w.])q\.?i\.?d{_END}", 4),
    _Form(r"(?<![\w.])q\.? ?o\.?d\b", period=2.0),
    _Form(r"(?<![\w.])q\.? ?d(?:ay)?\b|\beveryday\b"),
    _Form(r"(?<![\w.])q\.? ?a\.?m\b", when=("MORN",)),
    _Form(r"(?<![\w.])q\.? ?p\.?m\b", when=("EVE",)),
    _Form(r"\bq\.? ?week(?:ly)?\b|\b(?:once (?:a )?)?weekly\b", unit="wk"),
    _Form(r"\b(?:once (?:a )?)?monthly\b", unit="mo"),
    _Form(rf"\b(?:once )?(?:a )?daily{_END}{_NOT_ALIKE}"),
    _Form(r"(?<=\w) (?:a|per) day\b"),
    _Form(r"\b(?:at|before|prior to|every) (?:bed ?time|bed)\b", when=("HS",)),
    _event(r"\b(?:first thing )?in the mornings?\b", "MORN"),
    _event(r"\bin the afternoons?\b|\bat noon\b", "AFT"),
    _event(r"\b(?:in the|at) evenings?\b|(?<=and )evening\b", "EVE"),
    _event(r"\bat night(?:time)?\b", "NIGHT"),
    _event(rf"\bbefore{_MEALS} (?:meals?|eating|you eat|breakfast|lunch|dinner)\b", "AC"),
    _event(rf"\bafter{_MEALS} (?:meals?|eating|you eat|breakfast|lunch|dinner)\b", "PC"),
    _event(rf"\b(?:with|at){_MEALS} breakfast\b", "CM"),
    _event(rf"\b(?:with|at){_MEALS} lunch\b", "CD"),
    _event(rf"\b(?:with|at){_MEALS} (?:dinner|supper|evening meal)\b", "CV"),
    _event(rf"\bwith{_MEALS} (?:meals?|food)\b", "C"),
)  # fmt: skip


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], _Form], ...]:
    return tuple((re.compile(form.pattern, re.IGNORECASE), form) for form in _FORMS)


def timings_in(text: str) -> list[Timing]:
    """Every phrase of timing in `text`, in order; earlier patterns win where two overlap."""
    taken: list[Timing] = []
    for pattern, form in _patterns():
        for match in pattern.finditer(text):
            if all(match.end() <= t.start or match.start() >= t.end for t in taken):
                taken.append(_timing(match, form))
    return sorted(taken, key=lambda timing: timing.start)


def frequency_in(text: str) -> tuple[Frequency | None, list[tuple[int, int]]]:
    """How often, and the characters that say it; (None, []) where nothing does.

    "twice a day with meals" -> 2 per 1 d, when C. "in the morning and at bedtime" -> 2 per 1 d,
    when MORN, HS: moments of the day that are named count what the words leave open.
    """
    timings = _first_cluster(timings_in(text))
    if not timings:
        return None, []
    counted = [timing for timing in timings if timing.count is not None or timing.count_max]
    main = next((timing for timing in counted if not timing.when), counted[0] if counted else None)
    when = tuple(dict.fromkeys(code for timing in timings for code in timing.when))
    moments = [code for code in when if code not in ("AC", "PC", "C")]
    count, period, unit = (main.count, main.period, main.unit) if main else (None, None, None)
    if moments and (main is None or main.when):
        count, period, unit = len(moments), 1.0, "d"
    frequency = Frequency(
        text=text[timings[0].start : timings[-1].end].strip(" .,"),
        count=count,
        count_max=main.count_max if main else None,
        period=period,
        period_max=main.period_max if main else None,
        period_unit=unit,
        when=when,
    )
    return frequency, [(timing.start, timing.end) for timing in timings]


def _first_cluster(timings: list[Timing]) -> list[Timing]:
    """The phrases that stand together; a later "daily" of other talk is none of them."""
    kept = timings[:1]
    for timing in timings[1:]:
        if timing.start - kept[-1].end > _WIDEST_GAP:
            break
        kept.append(timing)
    return kept


def _timing(match: re.Match[str], form: _Form) -> Timing:
    said = match.groupdict()
    count = _number(said.get("count")) or form.count
    count_max = _number(said.get("count_max"))
    if said.get("up_to"):
        count, count_max = None, count_max or count
    unit = _PERIOD_UNITS[said["unit"][0].lower()] if said.get("unit") else form.unit
    return Timing(
        start=match.start(),
        end=match.end(),
        count=None if count is None else int(count),
        count_max=None if count_max is None else int(count_max),
        period=_number(said.get("period")) or form.period,
        period_max=_number(said.get("period_max")),
        unit=unit,
        when=form.when,
    )


def _number(said: str | None) -> float | None:
    if not said:
        return None
    lower = said.strip().lower()
    return float(_ADVERBS.get(lower) or _WORDS.get(lower) or lower)
