"""A date as written or spoken + a number of days -> the other date, in the same style.

All dates of a patient are shifted by one number, so what lies between two of them stays true to
the day. It is a number of whole weeks: "Monday" beside a date stays true as well. Five to 47 weeks,
back or ahead: fewer could leave a month where it was, more could lead back to it.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from medscribe.privacy.surrogates.date_parts import (
    MONTHS,
    ORDINALS,
    PIVOT,
    SMALL,
    TENS,
    Slot,
    read_date,
)
from medscribe.privacy.surrogates.keyed_choice import KeyedChoice

FEWEST_WEEKS, MOST_WEEKS = 5, 47
_COMMON_YEAR, _LEAP_YEAR, _MIDDLE = 2023, 2024, 15
"""What stands for a year and a day that were not said."""


def shift_days(key: bytes, patient: str) -> int:
    """By how many days the dates of this patient are shifted: +-35 to +-329, a multiple of 7.

    The same for the same key and patient; raises `PrivacyError` for a key under 16 bytes.
    """
    choice = KeyedChoice(key, patient)
    weeks = FEWEST_WEEKS + choice.number(MOST_WEEKS - FEWEST_WEEKS + 1, "weeks")
    return 7 * weeks * (1 if choice.number(2, "direction") else -1)


def shifted_date(text: str, days: int) -> str | None:
    """`text` with its date shifted; None where it is no date that can be read.

    What was not said stays unsaid: a month alone becomes the month in which its middle falls, a day
    alone another day, a year alone the year before or after. A date without a year counts in a year
    without 29 February.
    """
    slots = read_date(text)
    if slots is None:
        return None
    new = _shifted({slot.part: slot.value for slot in slots}, days)
    pieces, read = [], 0
    for slot in slots:
        pieces += [text[read : slot.start], _said(text, slot, new, slots)]
        read = slot.end
    return "".join([*pieces, text[read:]])


def _shifted(said: dict[str, int], days: int) -> date:
    if set(said) == {"y"}:
        return date(said["y"] + (1 if days > 0 else -1), 7, 1)
    leap_day = (said.get("m"), said.get("d")) == (2, 29)
    year = said.get("y", _LEAP_YEAR if leap_day else _COMMON_YEAR)
    new = date(year, said.get("m", 1), said.get("d", _MIDDLE)) + timedelta(days=days)
    if set(said) == {"d"}:
        day = new.day if new.day != said["d"] else said["d"] % 28 + 1
        return date(_COMMON_YEAR, 1, day)
    return new


def _said(text: str, slot: Slot, new: date, slots: Sequence[Slot]) -> str:
    """The part of the new date for this slot, in its form and case."""
    old = text[slot.start : slot.end]
    if slot.part == "m" and slot.form in ("name", "short"):
        name = MONTHS[new.month - 1]
        return _in_case(old, name if slot.form == "name" else name[:3])
    value = {"y": new.year, "m": new.month, "d": new.day}[slot.part]
    if slot.form == "suffix":
        return _in_case(old, f"{value}{_suffix(value)}")
    if slot.form == "figures":
        return _figures(slot, value, padded=_is_padded(text, slots))
    words = _ordinal(value) if slot.form == "ordinal" else _in_words(old, slot, value)
    return _in_case(old, words.replace(" ", "-") if "-" in old else words)


def _is_padded(text: str, slots: Sequence[Slot]) -> bool:
    """Whether single figures have a zero before them: 03/04, 1972-3-4 not."""
    figures = [text[slot.start : slot.end] for slot in slots if slot.form == "figures"]
    short = [one for one in figures if len(one) <= 2]
    all_joined = len(figures) == len(slots) > 1 and all(
        before.end == after.start for before, after in pairwise(slots)
    )
    iso = bool(slots) and slots[0].part == "y" and all(len(one) == 2 for one in short)
    return all_joined or iso or any(one.startswith("0") for one in short)


def _figures(slot: Slot, value: int, *, padded: bool) -> str:
    if slot.part == "y":
        return str(value) if slot.digits == 4 else f"{value % 100:02}"
    return f"{value:02}" if padded else str(value)


def _suffix(day: int) -> str:
    if 11 <= day <= 13:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _ordinal(day: int) -> str:
    if day < len(ORDINALS):
        return ORDINALS[day]
    if day == 30:
        return "thirtieth"
    return f"{TENS[day // 10]} {ORDINALS[day % 10]}"


def _in_words(old: str, slot: Slot, value: int) -> str:
    if slot.part == "y" and slot.digits == 4:
        return _year(value)
    low = value % 100
    if slot.part == "y" and low == 0:
        return "two thousand" if value > 1900 + PIVOT else "nineteen hundred"
    zero_said = old.lower().split()[0] in ("oh", "o", "zero") if old.split() else False
    if low < 10 and (zero_said or slot.part == "y"):
        return f"oh {SMALL[low]}"
    return _below_hundred(low)


def _year(year: int) -> str:
    century, rest = divmod(year, 100)
    if 2000 <= year < 2010:
        return f"two thousand {SMALL[rest]}" if rest else "two thousand"
    start = _below_hundred(century)
    if rest == 0:
        return f"{start} hundred"
    return f"{start} oh {SMALL[rest]}" if rest < 10 else f"{start} {_below_hundred(rest)}"


def _below_hundred(value: int) -> str:
    if value < len(SMALL):
        return SMALL[value]
    return f"{TENS[value // 10]} {SMALL[value % 10]}" if value % 10 else TENS[value // 10]


def _in_case(old: str, new: str) -> str:
    letters = [character for character in old if character.isalpha()]
    if not letters or letters[0].islower():
        return new
    if len(letters) > 1 and all(character.isupper() for character in letters):
        return new.upper()
    words = [word for word in old.replace("-", " ").split() if word[0].isalpha()]
    if len(words) > 1 and all(word[0].isupper() for word in words):
        return new.title()
    return new[:1].upper() + new[1:]
