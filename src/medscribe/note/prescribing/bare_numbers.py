"""Numbers said without a unit beside a drug -> the strength they mean ("lisinopril 10" -> 10 mg).

The unit is the one in which the drug is marketed. "Norco 5 325" and "Lotrel 5/20" are the first of
two strengths, "carvedilol 12 5" is 12.5 mg.
"""

import re
from collections.abc import Iterable, Sequence

from medscribe.clinical.drugs import is_marketed_multiple, marketed_strengths
from medscribe.note.prescribing.amounts import Amount

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_LEAD = (
    r"\A(?:[\s,_-]|(?:needs?|has|should|will|would|is|are|going|gonna|can|could|to|go|goes|come|"
    r"be|at|"
    r"up|back|down|increased|decreased|bumped|raised|lowered|changed|reduced|cut|moved|dose|dosage|"
    r"a|the|of|out|with|x[rl]|er|sr|cr|la|ds|hct|hctz|extended[- ]release|immediate[- ]release|"
    r"long[- ]acting|delayed[- ]release|now|then|again|just|only|like|about|say|just)\b)*"
)
# "10 days ago", "10 years", "3 times", "10 am" are no strengths.
_OTHER_UNIT = (
    r"(?![\s-]*(?:mg|mcg|g\b|units?|%|tab|pill|cap|puff|patch|lozenge|vial|packet|scoop|teaspoon|"
    r"tablespoon|tsp|inhal|supposit|"
    r"dose|applic|strip|film|shot|inject|pump|click|refill|am\b|pm\b|"
    r"(?:time|day|night|week|month|year|hour|minute)s?\b|"
    r"o'clock|x\b|of\b|out\b|percent|drop|spray|meq|ml|cc|more\b|or \d+ (?:times|tab|day)|"
    r"to \d+ (?:times|tab|day|week|month)|pounds?|points?|degrees?|po\b|by mouth))"
)
_BARE = re.compile(
    rf"{_LEAD}(?P<number>{_NUMBER})(?![\d/%.,]*\d){_OTHER_UNIT}"
    r"(?! ?(?:to|or|-) ?\d)",
    re.IGNORECASE,
)
_MOST_COUNTED = 4
_CLAUSE_NUMBER = re.compile(
    rf"(?:[,:;] ?|\bso |\bthen |\bmeaning )(?:so |that is |just |maybe |"
    rf"it will be )*(?P<number>{_NUMBER})"
    rf"(?![\d/%.,]*\d)(?! ?(?:to|or|-) ?\d){_OTHER_UNIT}",
    re.IGNORECASE,
)
_THE_NUMBER = re.compile(
    rf"\b(?:the|those) (?P<number>{_NUMBER})(?:'?s)?\b(?! ?[a-z%/]|-|[\d/])(?= ?(?:[,.]|\Z|one))|"
    rf"\b(?:the|those) (?P<other>{_NUMBER})'?s\b",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"{_LEAD}(?P<low>{_NUMBER}) ?(?:to|or|-) ?(?P<high>{_NUMBER})(?![\d/%.,]*\d)(?! ?-)"
    rf"{_OTHER_UNIT}",
    re.IGNORECASE,
)
_COMBINED = re.compile(
    rf"{_LEAD}(?P<first>{_NUMBER})(?: ?mg| ?mcg)?(?: ?[/-] ?| by | and | )(?P<second>{_NUMBER})"
    rf"(?:(?: ?[/-] ?| )(?P<third>{_NUMBER}))?(?! ?(?:times|tab|cap|pill|puff|day|week|month|hour))"
    r"(?P<unit> ?(?:mg|mcg|milligrams?))?",
    re.IGNORECASE,
)
_SPOKEN_HALF = re.compile(
    rf"{_LEAD}(?P<whole>\d+) (?P<part>5|25|75)(?P<unit> ?mg)?\b{_OTHER_UNIT}", re.IGNORECASE
)
_HUNDREDTHS = re.compile(rf"{_LEAD}(?P<digits>\d{{3,4}})(?P<unit> ?mg)?\b{_OTHER_UNIT}", re.I)
_MIX = re.compile(r"\b(?:70|75|50)(?:/| )(?:30|25|50)\b")
_UNITS = ("mg", "mcg", "units", "mEq")


def numbers_without_unit(
    text: str, ingredients: tuple[str, ...], at: int | None
) -> tuple[list[Amount], str]:
    """The strength that the number at character `at` means ([] if none), and the text without it.

    A number that no strength of the drug comes near is none.
    """
    if any(name.startswith("insulin") for name in ingredients):
        text = without(text, [found.span() for found in _MIX.finditer(text)])
    if at is None:
        return [], text
    found = (
        _combined(text[at:], ingredients)
        or _spoken_decimal(text[at:], ingredients)
        or _range(text[at:], ingredients)
        or _single(text[at:], ingredients)
        or _named(text[at:], ingredients)
        or _in_later_clause(text[at:], ingredients)
    )
    if found is None:
        return [], text
    placed = found._replace(start=at + found.start, end=at + found.end)
    return [placed], without(text, [(placed.start, placed.end)])


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with these characters blanked, so that they are not read twice."""
    for start, end in spans:
        text = text[:start] + "_" * (end - start) + text[end:]
    return text


def _single(text: str, ingredients: tuple[str, ...]) -> Amount | None:
    found = _BARE.match(text)
    if found is None:
        return None
    value = _value(found["number"])
    unit = usual_unit(ingredients, value)
    if unit is None:
        return None
    return Amount(value, None, unit, found.start("number"), found.end())


def _named(text: str, ingredients: tuple[str, ...]) -> Amount | None:
    """ "I take aspirin every day, the eighty-one.", "they are the 6.25s"."""
    for found in _THE_NUMBER.finditer(text):
        group = "number" if found["number"] else "other"
        value = _value(found[group])
        if _is_strength(ingredients, value):
            return Amount(value, None, "mg", found.start(group), found.end())
    return None


def _in_later_clause(text: str, ingredients: tuple[str, ...]) -> Amount | None:
    """ "Cut it in half, so 25 at bedtime": a number that is marketed, where a clause begins."""
    for found in _CLAUSE_NUMBER.finditer(text):
        value = _value(found["number"])
        unit = _marketed_unit(ingredients, value)
        if unit and (value > _MOST_COUNTED or value % 1):
            return Amount(value, None, unit, found.start("number"), found.end())
    return None


def _range(text: str, ingredients: tuple[str, ...]) -> Amount | None:
    """ "ibuprofen 400 to 600"."""
    found = _RANGE.match(text)
    if found is None:
        return None
    low, high = _value(found["low"]), _value(found["high"])
    unit = usual_unit(ingredients, low)
    if unit is None or high <= low or unit != usual_unit(ingredients, high):
        return None
    return Amount(low, high, unit, found.start("low"), found.end())


def _combined(text: str, ingredients: tuple[str, ...]) -> Amount | None:
    """The first strength of a product of several ingredients: "5 325", "10/40", "520" (for "five
    twenty")."""
    if len(ingredients) < 2:
        return None
    found = _COMBINED.match(text)
    if found:
        parts = [_value(found[name]) for name in ("first", "second", "third") if found[name]]
        units = [_marketed_unit(ingredients, part) for part in parts]
        if all(units) and units[0]:
            return Amount(parts[0], None, units[0], found.start("first"), found.end())
    joined = _BARE.match(text)
    return _joined(joined, ingredients) if joined else None


def _joined(found: re.Match[str], ingredients: tuple[str, ...]) -> Amount | None:
    digits = found["number"]
    if not digits.isdigit() or _marketed_unit(ingredients, float(digits)):
        return None
    for cut in range(1, len(digits)):
        first, second = digits[:cut], digits[cut:]
        unit = _marketed_unit(ingredients, float(first))
        if second[0] != "0" and unit and _marketed_unit(ingredients, float(second)):
            return Amount(float(first), None, unit, found.start("number"), found.end())
    return None


def _spoken_decimal(text: str, ingredients: tuple[str, ...]) -> Amount | None:
    """ "twelve five" of carvedilol is 12.5 mg and "six twenty five" 6.25 mg, where those are
    marketed and what the digits say is not, nor a tenth of it: a slip of ten must stay one."""
    half = _SPOKEN_HALF.match(text)
    if half:
        value = float(f"{half['whole']}.{half['part']}")
        if _is_strength(ingredients, value) and half["whole"] != "0":
            return Amount(value, None, "mg", half.start("whole"), half.end())
    found = _HUNDREDTHS.match(text)
    if found is None or not found["digits"].endswith("5"):
        return None
    whole = float(found["digits"])
    value = float(f"{found['digits'][0]}.{found['digits'][1:]}")
    nearer = (whole, whole / 10, whole / 1000)
    if any(_marketed_unit(ingredients, other) for other in nearer):
        return None
    if not _is_strength(ingredients, value):
        return None
    return Amount(value, None, "mg", found.start("digits"), found.end())


def _is_strength(ingredients: Sequence[str], value: float) -> bool:
    """Whether exactly that many mg are marketed."""
    return any(
        strength.unit == "mg" and abs(strength.value - value) < 1e-6
        for name in ingredients
        for strength in marketed_strengths(name, in_combination=len(ingredients) > 1)
    )


def _marketed_unit(ingredients: Sequence[str], value: float) -> str | None:
    combined = len(ingredients) > 1
    for unit in _UNITS:
        fits = (is_marketed_multiple(i, value, unit, in_combination=combined) for i in ingredients)
        if any(fits):
            return unit
    return None


def usual_unit(ingredients: Sequence[str], value: float) -> str | None:
    """The unit of a strength said as a bare number: the one in which that number is marketed, else
    mg by the drug's other strengths, so that "lisinopril 100" is read and can be checked."""
    unit = _marketed_unit(ingredients, value)
    if unit:
        return unit
    if any(name.startswith("insulin") for name in ingredients):
        return "units"
    strengths = [strength for name in ingredients for strength in marketed_strengths(name)]
    masses = [s.value for s in strengths if s.unit == "mg"] or [
        s.value for s in strengths if s.unit == "mg/mL"
    ]
    if not masses or value > 20 * max(masses):
        return None
    # "once", "two": what is less than the least strength counts something else; 0.25 does not.
    return "mg" if value >= min(masses) or value % 1 else None


def _value(said: str) -> float:
    return float(said.replace(",", ""))
