"""Written text -> how often a medicine is taken, as FHIR's `Timing.repeat`."""

import re
from dataclasses import dataclass

from medscribe.domain.medication import Frequency
from medscribe.note.prescribing.timing_forms import Form, patterns

_WIDEST_GAP = 30
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "ten": 10, "twelve": 12,
}  # fmt: skip
_ADVERBS = {
    "once": 1, "twice": 2, "thrice": 3, "couple": 2, "a couple": 2, "three times": 3,
    "four times": 4,
}  # fmt: skip
_ORDINALS = {"third": 3.0, "fourth": 4.0}
_PERIOD_UNITS = {"h": "h", "d": "d", "n": "d", "w": "wk", "y": "a"}
_OF_MEALS = frozenset(["AC", "PC", "C"])
# "every morning before breakfast" is one moment.
_SLOTS = {
    "MORN": "morning", "ACM": "morning", "CM": "morning", "PCM": "morning", "AFT": "noon",
    "ACD": "noon", "CD": "noon", "PCD": "noon", "EVE": "evening", "ACV": "evening", "CV": "evening",
    "PCV": "evening", "NIGHT": "night", "HS": "night",
}  # fmt: skip
_DAY_OF_WEEK = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE)


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

    @property
    def counts(self) -> bool:
        return self.count is not None or self.count_max is not None


def timings_in(text: str) -> list[Timing]:
    """Every phrase of timing in `text`, in order; earlier patterns win where two overlap."""
    taken: list[Timing] = []
    for pattern, form in patterns():
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
    when = tuple(dict.fromkeys(code for timing in timings for code in timing.when))
    if "HS" in when:
        # "at bedtime every night" is one moment.
        when = tuple(code for code in when if code != "NIGHT")
    main = _main(timings)
    moments = {_SLOTS[code] for code in when if code in _SLOTS}
    count, period, unit = (main.count, main.period, main.unit) if main else (None, None, None)
    momentary = main is None or (bool(main.when) and not _OF_MEALS.intersection(main.when))
    if moments and momentary and (main is None or main.period == 1):
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


def _main(timings: list[Timing]) -> Timing | None:
    """The phrase that says how often: a count before "daily", "daily" before "at bedtime"."""
    counted = [timing for timing in timings if timing.counts]
    plain = [timing for timing in counted if not timing.when]
    specific = [t for t in plain if (t.count, t.count_max, t.period, t.unit) != (1, None, 1, "d")]
    return next(iter([*specific, *plain, *counted]), None)


def _first_cluster(timings: list[Timing]) -> list[Timing]:
    """The phrases that stand together; a later "daily" of other talk is none of them."""
    kept = timings[:1]
    for timing in timings[1:]:
        if timing.start - kept[-1].end > _WIDEST_GAP:
            break
        kept.append(timing)
    return kept


def _timing(match: re.Match[str], form: Form) -> Timing:
    said = match.groupdict()
    count = _number(said.get("count")) or form.count
    count_max = _number(said.get("count_max"))
    if said.get("days"):
        count = len(set(_DAY_OF_WEEK.findall(said["days"].lower())))
    if said.get("up_to"):
        count, count_max = None, count_max or count
    period = _number(said.get("period")) or form.period
    if said.get("ordinal"):
        period = _ORDINALS.get(said["ordinal"].lower(), 2.0)
    return Timing(
        start=match.start(),
        end=match.end(),
        count=None if count is None else int(count),
        count_max=None if count_max is None else int(count_max),
        period=period,
        period_max=_number(said.get("period_max")),
        unit=_unit(said.get("unit")) or form.unit,
        when=form.when,
    )


def _unit(said: str | None) -> str | None:
    if not said:
        return None
    lower = said.lower()
    if lower.startswith("m"):
        return "min" if lower.startswith("min") else "mo"
    return _PERIOD_UNITS[lower[0]]


def _number(said: str | None) -> float | None:
    if not said:
        return None
    lower = said.strip().lower()
    return float(_ADVERBS.get(lower) or _WORDS.get(lower) or lower)
