"""The words around one drug -> how it is taken: strength, dose, timing, duration, route, reason.

"for your blood pressure, 10 mg by mouth once a day" -> indication "blood pressure", strength 10 mg,
route "oral", frequency 1 per 1 d. A field that was not said is None. A form implies no route: an
inhaler gives the form "inhaler", and the route only where "inhale" was said.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from medscribe.clinical.drugs import is_marketed_multiple, marketed_strengths
from medscribe.domain.medication import Frequency, Quantity
from medscribe.note.prescribing.amounts import (
    Amount,
    doses_in,
    duration_in,
    percents_in,
    singular,
    strengths_in,
)
from medscribe.note.prescribing.frequency import frequency_in
from medscribe.note.prescribing.reasons import as_needed_in, indication_in

_ROUTES = (
    ("oral", r"\b(?:by mouth|orally|oral|p\.?o\.?)(?!\w)"),
    ("sublingual", r"\b(?:under (?:the|your) tongue|sublingual(?:ly)?|s\.?l\.?(?= |\Z))"),
    ("subcutaneous", r"\b(?:subcutaneous(?:ly)?|sub-?q|subcut|under the skin)\b"),
    ("intramuscular", r"\b(?:intramuscular(?:ly)?|i\.?m\.?(?= injection)|into the muscle)\b"),
    ("intravenous", r"\b(?:intravenous(?:ly)?|iv|through (?:the|your) vein)\b"),
    ("inhalation", r"\b(?:inhal(?:e|ed|ation|ing)|nebuli[sz](?:er|ation)|breathe (?:it )?in)\b"),
    ("nasal", r"\b(?:nasal(?:ly)?|(?:each|in your|in the|up your) (?:nostril|nose))"),
    ("ophthalmic", r"\b(?:in (?:the|your|each|both|affected|right|left) eyes?|ophthalmic)\b"),
    ("otic", r"\b(?:in(?:to)? (?:the|your|each|both|affected|right|left) ears?|otic)\b"),
    ("rectal", r"\b(?:rectal(?:ly)?)\b"),
    ("vaginal", r"\b(?:vaginal(?:ly)?)\b"),
    ("transdermal", r"\btransdermal(?:ly)?\b"),
    ("topical", r"\b(?:topical(?:ly)?|(?:to|on|onto) (?:the|your) (?:skin|affected area)|rub)\b"),
)
_FORM = re.compile(
    r"\b(extended[- ]release tablet|tablet|tab|pill|capsule|cap|caplet|cream|ointment|gel|lotion|"
    r"patch|inhaler|nasal spray|nose spray|spray|eye drop|ear drop|drop|syrup|suspension|solution|"
    r"liquid|injection|shot|suppository|powder|gummy|lozenge|shampoo|foam|pen|puff)(?:s|es)?\b",
    re.IGNORECASE,
)
_NO_FORM = frozenset(["puff"])
_MAXIMUM = re.compile(
    r"\b(?:no more than|not (?:to )?(?:exceed|go over)(?:ing)?|do not (?:exceed|go over|take more "
    r"than)|(?:max(?:imum)?(?: daily)?(?: dose)?|mdd|max daily amount)(?: of| is|=|:)?|at most|"
    r"up to)\s+(?P<amount>[\d.,/]+ ?[a-z]+)"
    r"(?:,? (?:a|per|in a|in one|in|every|each|/)? ?(?:day|24 ?-?(?:hours?|hrs?|h)(?: period)?)|"
    r" daily|/ ?(?:day|24 ?hr?))",
    re.IGNORECASE,
)
_WRITTEN_MAXIMUM = re.compile(
    r"\b(?:mdd|max(?:imum)? daily (?:dose|amount))(?: of| is|=|:)? ?(?P<amount>[\d.,/]+ ?[a-z]+)",
    re.IGNORECASE,
)
# "lisinopril 10", "lisinopril to 20", but not "10 days ago", "10 years", "3 times".
_BARE = re.compile(
    r"\A[\s,]*(?:(?:back )?(?:up |"
    r"down )?to )?(?P<number>\d[\d,]*(?:\.\d+)?)(?:/\d+(?:\.\d+)?)?(?![\d/%.,]*\d)"
    r"(?!\s*(?:mg|mcg|g\b|units?|%|tab|pill|cap|puff|time|day|week|month|year|hour|minute|"
    r"am\b|pm\b|"
    r"o'clock|or |to |-|x\b|of |out |percent|drop|spray|meq|ml|cc|in the))",
    re.IGNORECASE,
)
_OLD_AMOUNT = re.compile(
    r"\bfrom (?:the |your )?(?:\w+ )?(?P<amount>\d[\d,.]*(?: ?(?:mg|mcg|g|units|"
    r"meq))?)(?= .{0,30}\bto\b)",
    re.IGNORECASE,
)
# "0.25 mg a week, and after four weeks go up to 0.5 mg": the second amount is no correction.
_LATER = re.compile(
    r"\b(?:after|in|for) (?:the first |about |another )?(?:\d+|an?|one|two|three|four|six)"
    r"(?: to \d+)? (?:day|week|month)s?\b|"
    r"\bthen (?:(?:we|you|i|can|will|should) )*(?:increase|decrease|reduce|go|move|bump|cut)\b",
    re.IGNORECASE,
)
_UNITS_AS_STRENGTH = ("vitamin", "cholecalciferol", "ergocalciferol")


@dataclass(frozen=True)
class Sig:
    """How a medicine is taken, as far as it was said."""

    strength: Quantity | None = None
    dose: Quantity | None = None
    dose_max: Quantity | None = None
    form: str | None = None
    route: str | None = None
    frequency: Frequency | None = None
    duration: Quantity | None = None
    as_needed: bool | None = None
    as_needed_for: str | None = None
    max_per_day: Quantity | None = None
    indication: str | None = None

    @property
    def says_how_much(self) -> bool:
        return self.strength is not None or self.dose is not None

    @property
    def says_how(self) -> bool:
        """Whether anything is said of how much, how often or how long."""
        how = (self.frequency, self.duration, self.as_needed, self.max_per_day)
        return self.says_how_much or any(part is not None for part in how)


def read_sig(
    text: str, ingredients: tuple[str, ...] = (), bare_number_at: int | None = None
) -> Sig:
    """What `text` says of how the drug is taken.

    A number without a unit is a strength only directly after the drug's name, at character
    `bare_number_at`, in the unit in which the drug is marketed ("lisinopril 10" -> 10 mg).
    """
    rest = text
    maximum, rest = _maximum(rest)
    rest = _without(rest, [found.span() for found in _OLD_AMOUNT.finditer(rest)])
    as_needed, as_needed_for, rest = _as_needed(rest)
    bare, rest = _bare_strength(rest, ingredients, bare_number_at)
    duration, rest = _duration(rest)
    doses = doses_in(rest)
    strengths = strengths_in(_without(rest, [(d.start, d.end) for d in doses if d.unit == "mL"]))
    strengths += percents_in(rest) if not strengths else []
    frequency, spans = frequency_in(rest)
    # A number before an amount with its unit is a slip of the tongue, no strength.
    how_much = _how_much(strengths or bare, doses, rest, ingredients)
    if how_much.several:
        begin = min([amount.start for amount in (*strengths, *doses)] + [at for at, _ in spans])
        when = frequency.when if frequency else ()
        frequency = Frequency(text=text[begin:].strip(" .,"), when=when)
    return Sig(
        strength=how_much.strength,
        dose=how_much.dose,
        dose_max=how_much.dose_max,
        form=_form(rest),
        route=_route(rest),
        frequency=frequency,
        duration=None if how_much.several else duration,
        as_needed=as_needed,
        as_needed_for=as_needed_for,
        max_per_day=maximum,
        indication=indication_in(rest),
    )


@dataclass(frozen=True)
class _HowMuch:
    """`several`: different amounts at different times ("20 units in the morning and 10 at night",
    a taper): no single dose can stand for them, so none is given."""

    strength: Quantity | None = None
    dose: Quantity | None = None
    dose_max: Quantity | None = None
    several: bool = False


def _how_much(
    strengths: list[Amount], doses: list[Amount], text: str, ingredients: tuple[str, ...]
) -> _HowMuch:
    if _differ(strengths, text) or _differ(doses, text):
        return _HowMuch(several=True)
    dose = doses[-1] if doses else None
    if not strengths:
        return _HowMuch(
            dose=dose.quantity if dose else None, dose_max=dose.quantity_max if dose else None
        )
    strength = strengths[-1]
    if strength.high is not None or _is_dose(strength, ingredients):
        return _HowMuch(dose=strength.quantity, dose_max=strength.quantity_max)
    return _HowMuch(
        strength=strength.quantity,
        dose=dose.quantity if dose else None,
        dose_max=dose.quantity_max if dose else None,
    )


def _differ(amounts: list[Amount], text: str) -> bool:
    """Different amounts that stand side by side; a correction ("no, 20 mg") leaves one."""
    if len({(amount.low, amount.unit) for amount in amounts}) < 2:
        return False
    between = text[amounts[0].end : amounts[-1].start]
    if _LATER.search(between):
        return True
    return bool(re.search(r"\b(?:and|then|followed by)\b|,", between)) and not re.search(
        r"\b(?:actually|sorry|i mean|no|rather|instead|make (?:that|it)|increase|decrease|up to)\b",
        between,
        re.IGNORECASE,
    )


def _is_dose(amount: Amount, ingredients: tuple[str, ...]) -> bool:
    """Units of insulin are what is injected; units of vitamin D are what is in one capsule."""
    return amount.unit == "units" and not any(
        name.startswith(_UNITS_AS_STRENGTH) for name in ingredients
    )


def _bare_strength(
    text: str, ingredients: tuple[str, ...], at: int | None
) -> tuple[list[Amount], str]:
    found = _BARE.match(text[at:]) if at is not None else None
    if at is None or found is None:
        return [], text
    value = float(found.group("number").replace(",", ""))
    unit = _usual_unit(ingredients, value)
    if unit is None:
        return [], text
    start, end = at + found.start("number"), at + found.end()
    return [Amount(value, None, unit, start, end)], _without(text, [(start, end)])


def _usual_unit(ingredients: tuple[str, ...], value: float) -> str | None:
    """The unit of a strength said as a bare number: the one in which that number is marketed, else
    mg or mcg by the drug's other strengths, so that "lisinopril 100" is read and can be checked."""
    for unit in ("mg", "mcg", "units", "g", "mEq"):
        combined = len(ingredients) > 1
        fits = (is_marketed_multiple(i, value, unit, in_combination=combined) for i in ingredients)
        if any(fits):
            return unit
    masses = [s.value for i in ingredients for s in marketed_strengths(i) if s.unit == "mg"]
    if not masses or value < min(masses) or value > 20 * max(masses):
        return None
    return "mg"


def _maximum(text: str) -> tuple[Quantity | None, str]:
    found = _MAXIMUM.search(text) or _WRITTEN_MAXIMUM.search(text)
    if found is None or _is_new_dose(text, found):
        return None, text
    said = found.group("amount")
    amounts = [*strengths_in(said), *doses_in(said)]
    counted = re.match(r"([\d.]+) ?(doses?|times|pills?)", said, re.IGNORECASE)
    if amounts:
        return amounts[0].quantity, _without(text, [found.span()])
    if counted and counted.group(2).lower() != "times":
        unit = singular(counted.group(2))
        return Quantity(value=float(counted.group(1)), unit=unit), _without(text, [found.span()])
    return None, text


def _is_new_dose(text: str, found: re.Match[str]) -> bool:
    """ "increase the Norvasc up to 10 mg a day" says the new dose, no limit."""
    before = text[: found.start()].strip(" ,")
    up_to = found.group().lower().startswith("up to")
    return up_to and (not before or bool(re.search(r"(?:increas|bump|go)\w*\Z", before, re.I)))


def _as_needed(text: str) -> tuple[bool | None, str | None, str]:
    found = as_needed_in(text)
    if found is None:
        return None, None, text
    return True, found.reason, _without(text, [(found.start, found.end)])


def _duration(text: str) -> tuple[Quantity | None, str]:
    found = duration_in(text)
    if found is None:
        return None, text
    return found[0], _without(text, [(found[1], found[2])])


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with these characters blanked, so that they are not read twice."""
    for start, end in spans:
        text = text[:start] + "_" * (end - start) + text[end:]
    return text


def _form(text: str) -> str | None:
    found = _FORM.search(text)
    word = found.group(1).lower() if found else None
    return None if word is None or word in _NO_FORM else singular(word)


def _route(text: str) -> str | None:
    for route, pattern in _ROUTES:
        if re.search(pattern, text, re.IGNORECASE):
            return route
    return None
