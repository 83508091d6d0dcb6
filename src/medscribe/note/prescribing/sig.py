"""The words around one drug -> how it is taken: strength, dose, timing, duration, route, reason.

"for your blood pressure, 10 mg by mouth once a day" -> indication "blood pressure", strength 10 mg,
route "oral", frequency 1 per 1 d. A field that was not said is None. A form tells the
route only where it can be given in one way (puffs, patches, eye drops).
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from medscribe.domain.medication import DoseStep, Frequency, Quantity
from medscribe.note.prescribing.amounts import (
    ITEM,
    Amount,
    counts_in,
    doses_in,
    duration_in,
    percents_in,
    singular,
    strengths_in,
)
from medscribe.note.prescribing.bare_numbers import numbers_without_unit, without
from medscribe.note.prescribing.frequency import frequency_in
from medscribe.note.prescribing.reasons import as_needed_in, indication_in

_ROUTES = (
    ("inhalation", r"\b(?:inhal(?:e|ed|ation|ing)|nebuli[sz](?:er|ation)|breathe (?:it )?in)\b"),
    ("oral", r"\b(?:by mouth|orally|oral|p\.?o\.?)(?!\w)"),
    ("sublingual", r"\b(?:under (?:the|your) tongue|sublingual(?:ly)?|s\.?l\.?(?= |\Z))"),
    (
        "subcutaneous",
        r"\b(?:subcutaneous(?:ly)?|sub[- ]?q|sub[- ]?cu(?:t|taneous(?:ly)?)?|under the skin)\b",
    ),
    (
        "intramuscular",
        r"\b(?:intramuscular(?:ly)?|i\.?m\.?(?= injection)|(?-i:IM)|in(?:to)? (?:the|"
        r"your) muscle)\b",
    ),
    ("intravenous", r"\b(?:intravenous(?:ly)?|iv|through (?:the|your) vein)\b"),
    ("nasal", r"\b(?:nasal(?:ly)?|(?:each|in your|in the|up your) (?:nostril|nose))"),
    (
        "ophthalmic",
        r"\b(?:in (?:(?:the|your|each|both|affected|right|left|his|her) )+eyes?|both eyes|"
        r"ophthalmic)\b",
    ),
    (
        "otic",
        r"\b(?:in(?:to)? (?:(?:the|your|each|both|affected|right|left|his|her) )+ears?|otic)\b",
    ),
    ("rectal", r"\b(?:rectal(?:ly)?)\b"),
    ("vaginal", r"\b(?:vaginal(?:ly)?)\b"),
    ("transdermal", r"\btransdermal(?:ly)?\b"),
    ("topical", r"\b(?:topical(?:ly)?|(?:to|on|onto) (?:the|your) (?:skin|affected area)|rub)\b"),
)
# Forms that can be given in one way only.
_ROUTES_OF_FORMS = (
    ("inhalation", r"\A ?(?:\w+ )?inhaler\b|\b(?:\d|one|two) puffs?\b"),
    (
        "nasal",
        r"\b(?:nasal|nose) (?:spray|drops?)\b|\bsprays? (?:in|up|per|to) (?:each|your|the|"
        r"one|both|either) (?:nostrils?|nose|side)\b",
    ),
    ("ophthalmic", r"\beye ?drops?\b|\beye (?:ointment|gel)\b"),
    ("otic", r"\bear ?drops?\b"),
    ("transdermal", r"\bpatch(?:es)?\b(?! (?:of|on (?:your|the|his|her) (?:skin|lung)))"),
)
_FORM = re.compile(
    r"\b(extended[- ]release tablet|tablet|tab|pill|capsule|cap|caplet|cream|ointment|gel|lotion|"
    r"patch|inhaler|nasal spray|nose spray|spray|eye drop|ear drop|nose drop|drops(?= in)|"
    r"(?<=\d )drop|syrup|suspension|solution|"
    r"liquid|injection|shot|suppository|powder|gummy|lozenge|shampoo|foam|pen|puff)(?:s|es)?\b",
    re.IGNORECASE,
)
_NO_FORM = frozenset(["puff"])
_DAY = (
    r"(?:,? (?:a|per|in a|in one|in any|in|every|each|/)? ?(?:single )?"
    r"(?:day|24 ?-?(?:hours?|hrs?|h)(?: period)?)| daily|/ ?(?:day|24 ?hr?))"
)
_MAXIMUM = re.compile(
    r"\b(?:no more than|not (?:to )?(?:exceed|go over|take more than)(?:ing)?|do not (?:exceed|"
    r"go over|take more than)|never more than|(?:max(?:imum)?(?: daily)?(?: dose| amount)?|mdd|"
    r"limit(?: it| yourself)?(?: to)?)(?: of| is| at|=|:)?|at most|up to)\s+(?:a total of )?"
    r"(?P<amount>[\d.,/]+(?: ?(?!a\b|in\b|per\b|times\b|every\b|each\b|x\b)[a-z]+)?)"
    rf"(?: total)?{_DAY}",
    re.IGNORECASE,
)
_WRITTEN_MAXIMUM = re.compile(
    r"\b(?:mdd|max(?:imum)? daily (?:dose|amount))(?: of| is|=|:)? ?"
    r"(?P<amount>[\d.,/]+(?: ?(?!mdd)[a-z]+)?)",
    re.IGNORECASE,
)
# "by 2 units every 3 days": how much more, not how much.
_BY_SO_MUCH = re.compile(
    r"\bby (?:about )?\d[\d.]* ?(?:mg|mcg|units?|tablets?|pills?)?"
    r"(?: (?:every|each|per|a) (?:\d+ |other )?(?:day|night|week|month)s?)?",
    re.IGNORECASE,
)
_OLD = re.compile(
    r"\bfrom (?:the |your |taking (?:it )?)?(?:\w+ )?(?=\d|once|twice|three|every|daily|nightly|"
    r"half|one|mornings?|evenings?|nights?|bedtime|"
    r"two|a )(?:(?!\bto\b|\. |;).){1,40}?(?= (?:up |down |over )?to\b)|"
    r"\b(?:instead of|rather than) (?:taking (?:it )?|just )*(?=once|twice|three|every|\d|daily|"
    r"nightly|"
    r"half|one|two|at|in the)(?:(?!, |\. |;| (?:take|we|i|you|let|it)\b).){1,40}",
    re.IGNORECASE,
)
_UNITS_AS_STRENGTH = ("vitamin", "cholecalciferol", "ergocalciferol")


@dataclass(frozen=True)
class Sig:
    """How a medicine is taken, as far as it was said; `steps` as in `MedicationOrder`."""

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
    steps: tuple[DoseStep, ...] = ()

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
    rest = without(rest, [found.span() for found in _OLD.finditer(rest)])
    rest = without(rest, [found.span() for found in _BY_SO_MUCH.finditer(rest)])
    as_needed, as_needed_for, rest = _as_needed(rest)
    bare, rest = numbers_without_unit(rest, ingredients, bare_number_at)
    duration, rest = _duration(rest)
    doses = doses_in(rest) or counts_in(rest)
    volumes = [(d.start, d.end) for d in doses if d.unit in ("mL", "oz")]
    strengths = strengths_in(without(rest, volumes))
    strengths += percents_in(rest) if not strengths else []
    frequency, _ = frequency_in(rest)
    # A number before an amount with its unit is a slip of the tongue, no strength.
    how_much = _how_much(strengths or bare, doses, ingredients)
    return Sig(
        strength=how_much.strength,
        dose=how_much.dose,
        dose_max=how_much.dose_max,
        form=_form(rest),
        route=_route(rest),
        frequency=frequency,
        duration=duration,
        as_needed=as_needed,
        as_needed_for=as_needed_for,
        max_per_day=maximum,
        indication=indication_in(rest),
    )


class _HowMuch(NamedTuple):
    strength: Quantity | None = None
    dose: Quantity | None = None
    dose_max: Quantity | None = None


def _how_much(
    strengths: list[Amount], doses: list[Amount], ingredients: tuple[str, ...]
) -> _HowMuch:
    """The amounts said last: "10 mg, no, 20 mg" is 20 mg."""
    dose = doses[-1] if doses else None
    if not strengths:
        return _HowMuch(
            dose=dose.quantity if dose else None, dose_max=dose.quantity_max if dose else None
        )
    strength = strengths[-1]
    if strength.high is not None and dose:
        # "1-2 tabs 5-10 mg": the tablets are what is taken.
        return _HowMuch(dose=dose.quantity, dose_max=dose.quantity_max)
    if strength.high is not None or _is_dose(strength, ingredients):
        return _HowMuch(dose=strength.quantity, dose_max=strength.quantity_max)
    return _HowMuch(
        strength=strength.quantity,
        dose=dose.quantity if dose else None,
        dose_max=dose.quantity_max if dose else None,
    )


def _is_dose(amount: Amount, ingredients: tuple[str, ...]) -> bool:
    """Units of insulin are what is injected; units of vitamin D are what is in one capsule."""
    return amount.unit == "units" and not any(
        name.startswith(_UNITS_AS_STRENGTH) for name in ingredients
    )


def _maximum(text: str) -> tuple[Quantity | None, str]:
    found = _MAXIMUM.search(text) or _WRITTEN_MAXIMUM.search(text)
    if found is None or _is_new_dose(text, found):
        return None, text
    if re.search(r"[\d.] ?days?\Z", found.group(), re.IGNORECASE):
        return None, text  # "for up to 5 days"
    said = found.group("amount")
    amounts = [*strengths_in(said), *doses_in(said)]
    counted = re.match(r"([\d.]+) ?(doses?|times|pills?)?\Z", said, re.IGNORECASE)
    if amounts:
        # Written sigs say it twice: "maximum daily dose 2 mg mdd 2 mg".
        again = [other.span() for other in _WRITTEN_MAXIMUM.finditer(text)]
        return amounts[0].quantity, without(text, [found.span(), *again])
    if counted and (counted[2] or "").lower() != "times":
        unit = singular(counted[2] or ITEM)
        return Quantity(value=float(counted[1]), unit=unit), without(text, [found.span()])
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
    return True, found.reason, without(text, [(found.start, found.end)])


def _duration(text: str) -> tuple[Quantity | None, str]:
    found = duration_in(text)
    if found is None:
        return None, text
    return found[0], without(text, [(found[1], found[2])])


def _form(text: str) -> str | None:
    found = _FORM.search(text)
    word = found.group(1).lower() if found else None
    return None if word is None or word in _NO_FORM else singular(word)


def _route(text: str) -> str | None:
    for route, pattern in (*_ROUTES, *_ROUTES_OF_FORMS):
        if re.search(pattern, text, re.IGNORECASE):
            return route
    return None
