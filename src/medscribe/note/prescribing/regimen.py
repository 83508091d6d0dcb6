"""The words around one drug -> how it is taken, a taper or several doses a day as its steps.

"40 mg for 3 days, then 20 for 3 days, then stop" -> strength 40 mg for 3 d, steps 40 and 20 mg.
"20 units in the morning and 10 units at night" -> two steps that stand side by side: neither has a
duration, each has its moment of the day.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from medscribe.domain.medication import DoseStep, Frequency, Quantity
from medscribe.note.prescribing.amounts import duration_in
from medscribe.note.prescribing.sig import Sig, read_sig
from medscribe.note.prescribing.titration import titrated

_SPAN = (
    r"(?P<span>(?:the first |about |another |that |the next )*(?:\d+|an?|one|two|three|four|"
    r"six)?(?: to \d+)? ?(?:day|night|week|month)s?)"
)
_AFTER = (
    rf"\b(?:and )?(?:after|in|following) {_SPAN},? "
    r"(?=(?:(?:we|you|i|then|can|will|should|are|going|to|want|you|just|that)\b ?)*(?:increase|"
    r"decrease|"
    r"reduce|go|move|bump|cut|take|double|raise|drop|switch|come|half|\d|once|twice|stop|it))"
)
_THEN = re.compile(
    rf"{_AFTER}|[,;.]?\s*\b(?:and |but )?(?:then|followed by|after (?:that|which)|afterwards?|"
    r"thereafter|next week|(?<!for )(?<!over )the (?:next|following|second|third|fourth) "
    r"(?=(?:day|week|month)\b))\b,?\s*|"
    r",\s*(?=(?:on )?days? (?:2|two)\b)|"
    r"(?<=days|week|eeks|nths|onth)(?:,|,? and)\s+(?=\d|half|one |two |once |twice )|"
    r"(?<=days|week|eeks)\s+(?=\d+ ?mg\b|\d+ for )",
    re.IGNORECASE,
)
_MOMENTS = re.compile(r",? (?:and|plus|then|with|but)(?: then)? |, ", re.IGNORECASE)
_LEAD = re.compile(
    r"\A(?:[\s,]|(?:we|you|i|can|will|should|are|going|want|just|it|that|the|dose|go|increase|"
    r"decrease|"
    r"reduce|move|bump|cut|take|double|raise|drop|switch|come|up|down|back|to|on|at|use|do|have|by|"
    r"another|for|and|then|be|is|stay|continue|your|regular|usual|of|daily dose|next|days?|"
    r"week)\b)*"
    r"(?=\d)",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"\A\W*(?:(?:you|we|can|will|just|and|then)\s)*(?:stop|off|discontinue|done|nothing|quit)\b",
    re.I,
)
_TODAY = re.compile(
    r"\b(?:today|tonight|on (?:day (?:1|one)|the first day)|(?:the )?first day|day (?:1|one))\b",
    re.I,
)
_NEW_TALK = re.compile(
    r"\b(?:actually|sorry|i mean|i meant|no,|rather|scratch|correction|make (?:that|it)|recheck|"
    r"come back|see (?:you|me)|check)\b",
    re.IGNORECASE,
)
_ONE_DAY = Quantity(value=1, unit="d")
_THROUGH = re.compile(
    r"\bdays? (?P<first>\d|two) (?:through|to|-) ?(?P<last>\d+|five|seven|ten)", re.I
)
_NUMBERS = {"two": 2, "five": 5, "seven": 7, "ten": 10}
_MOST_STEPS = 12


def read_regimen(
    text: str, ingredients: tuple[str, ...] = (), bare_number_at: int | None = None
) -> Sig:
    """As `read_sig`; where several steps are said, the fields are those of the first."""
    whole = read_sig(text, ingredients, bare_number_at)
    steps = (
        titrated(text, ingredients, bare_number_at)
        or _steps_in_turn(text, ingredients, bare_number_at)
        or _side_by_side(text, ingredients, bare_number_at)
    )
    if not steps:
        return whole
    return with_steps(whole, steps)


def with_steps(sig: Sig, steps: Sequence[DoseStep]) -> Sig:
    """The sig as these steps, its dose and timing those of the first."""
    first = steps[0]
    return replace(
        sig,
        strength=first.strength,
        dose=first.dose,
        dose_max=sig.dose_max if first.dose == sig.dose else None,
        frequency=first.frequency,
        duration=first.duration,
        steps=tuple(steps[:_MOST_STEPS]),
    )


def later_steps(text: str, ingredients: tuple[str, ...]) -> tuple[list[DoseStep], Quantity | None]:
    """The steps of a sentence that goes on with a taper ("then 20 for three days", "after a week go
    up to 50 mg"), and how long the step before lasts, where that is what it says."""
    parts, spans = _parts(text)
    sigs = [_read_part(part, ingredients, None) for part in parts]
    told = [(s, span) for s, span in zip(sigs, spans, strict=True) if s is not None]
    if not told or not any(s.says_how_much or s.frequency for s, _ in told):
        return [], None
    return [_step(sig) for sig, _ in told], told[0][1]


def joined_steps(
    before: Sequence[DoseStep], after: Sequence[DoseStep], lasted: Quantity | None = None
) -> list[DoseStep]:
    """Steps and those that follow them; what a step leaves open is as in its neighbour."""
    first = list(before)
    if lasted and first and first[-1].duration is None:
        first[-1] = first[-1].model_copy(update={"duration": lasted})
    return _filled([*first, *after])


def step_of(sig: Sig) -> DoseStep:
    """The only step of a plain sig."""
    return _step(sig)


def _steps_in_turn(
    text: str, ingredients: tuple[str, ...], bare_number_at: int | None
) -> list[DoseStep]:
    parts, spans = _parts(text)
    if len(parts) < 2:
        return []
    steps: list[DoseStep] = []
    for at, (part, span) in enumerate(zip(parts, spans, strict=True)):
        if _NEW_TALK.search(part) or (steps and _STOP.match(part)):
            break
        sig = _read_part(part, ingredients, bare_number_at if at == 0 else None)
        if sig is None:
            if at == 0:
                return []
            continue
        if span and steps and steps[-1].duration is None:
            steps[-1] = steps[-1].model_copy(update={"duration": span})
        steps.append(_step(sig))
    # "for five days, then stop" is no taper.
    filled = _filled(steps)
    return [] if len(steps) < 2 or _same_dose(filled) else filled


def _same_dose(steps: Sequence[DoseStep]) -> bool:
    def said(step: DoseStep) -> tuple[object, ...]:
        often = step.frequency
        count = (often.count, often.period, often.period_unit) if often else None
        return step.strength, step.dose, count

    return len({said(step) for step in steps}) == 1


def _parts(text: str) -> tuple[list[str], list[Quantity | None]]:
    """The text cut where the next step begins, and for each part how long the one before lasts,
    where its beginning says so."""
    parts: list[str] = []
    lasted: list[Quantity | None] = [None]
    begin = 0
    for found in _THEN.finditer(text):
        parts.append(text[begin : found.start()])
        span = found["span"]
        lasted.append(_span(span) if span else None)
        begin = found.end()
    parts.append(text[begin:])
    if not parts[0].strip(" ,.;"):
        return parts[1:], lasted[1:]
    return parts, lasted


def _span(said: str) -> Quantity | None:
    number = re.sub(r"\b(?:the first|about|another|that|the next)\b", "", said).strip()
    if re.fullmatch(r"(?:day|night|week|month)s?", number):
        number = f"1 {number}"
    found = duration_in(f"for {number}")
    return found[0] if found else None


def _read_part(part: str, ingredients: tuple[str, ...], at: int | None) -> Sig | None:
    if at is None:
        lead = _LEAD.match(part)
        at = lead.end() if lead else None
    sig = read_sig(part, ingredients, at)
    if _TODAY.search(part) and sig.duration is None:
        sig = replace(sig, duration=_ONE_DAY)
    through = _THROUGH.search(part)
    if through and sig.duration is None:
        first, last = (_digit(through[name]) for name in ("first", "last"))
        sig = replace(sig, duration=Quantity(value=last - first + 1, unit="d"))
    return sig if sig.says_how_much or sig.frequency else None


def _digit(said: str) -> int:
    return _NUMBERS.get(said.lower()) or int(said)


def _side_by_side(
    text: str, ingredients: tuple[str, ...], bare_number_at: int | None
) -> list[DoseStep]:
    """Doses that differ by the time of day."""
    parts = [part for part in _MOMENTS.split(text) if part.strip(" ,.")]
    if len(parts) < 2 or _NEW_TALK.search(text):
        return []
    steps = []
    for at, part in enumerate(parts):
        sig = _read_part(part, ingredients, bare_number_at if at == 0 else None)
        if sig is None or not sig.says_how_much or not (sig.frequency and sig.frequency.when):
            continue
        steps.append(_step(sig))
    if len(steps) < 2 or len({(s.strength, s.dose) for s in steps}) < 2:
        return []
    if len({s.frequency.when for s in steps if s.frequency}) < len(steps):
        return []
    if any(step.duration for step in steps):
        return []
    return _like_units(steps)


def _like_units(steps: list[DoseStep]) -> list[DoseStep]:
    """ "20 units in the morning and 10 at night": the second number counts what the first does."""
    first = steps[0]
    unit = (first.dose or first.strength or Quantity(value=0, unit="")).unit
    return [
        step.model_copy(update={"dose": Quantity(value=step.dose.value, unit=unit)})
        if step.dose and step.dose.unit == "dose" and first.dose
        else step
        for step in steps
    ]


def _step(sig: Sig) -> DoseStep:
    return DoseStep(
        strength=sig.strength, dose=sig.dose, frequency=sig.frequency, duration=sig.duration
    )


def _filled(steps: Sequence[DoseStep]) -> list[DoseStep]:
    """A step says only what changes: the rest is as in the step before, how often also as in the
    one after."""
    filled: list[DoseStep] = []
    later = next((s.frequency for s in steps if s.frequency), None)
    if steps and steps[0].duration == _ONE_DAY:
        # "500 mg on day one, then 250 mg daily": what is taken once has no frequency.
        later = None
    for step in steps:
        before = filled[-1] if filled else DoseStep(frequency=_counted(later))
        amount = step.strength or step.dose
        strength = step.strength or (before.strength if not amount or step.dose else None)
        dose = step.dose or (None if amount else before.dose)
        if dose and dose.unit == "dose" and before.dose:
            dose = Quantity(value=dose.value, unit=before.dose.unit)
        filled.append(
            DoseStep(
                strength=strength,
                dose=dose,
                frequency=step.frequency or before.frequency,
                duration=step.duration,
            )
        )
    return filled


def _counted(frequency: Frequency | None) -> Frequency | None:
    return frequency if frequency and frequency.count is not None else None


def is_worked_up(steps: Sequence[DoseStep]) -> bool:
    """ "It has to go up slowly: 25 mg for two weeks, then 50": begun so, where nobody takes it."""
    doses = [step.strength or step.dose for step in steps]
    amounts = [dose.value for dose in doses if dose]
    rises = len(amounts) > 1 and len(amounts) == len(doses) and amounts == sorted(set(amounts))
    return rises and steps[0].duration is not None
