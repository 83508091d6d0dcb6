"""Text -> the drugs named in it; a drug and an amount -> whether such a strength is marketed."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from medscribe.clinical.drug_tables import (
    Amount,
    DrugName,
    combined_products,
    drug_names,
    longest_names_by_first_word,
    marketed_by_ingredient,
    words_of,
)
from medscribe.domain.spans import TextSpan

STRENGTH_MULTIPLES = (0.5, 1, 1.5, 2, 3, 4)
"""How many units of a marketed strength make one dose: half a tablet to four tablets. Measured on
the reference notes of ACI-Bench: see `tables/drug_tables.card.md`."""

DRAWN_UP_BY_VOLUME = ("insulin", "testosterone")
_TOLERANCE = 0.01
_WORD = re.compile(r"[A-Za-z0-9]+")
_GAP_IN_NAME = re.compile(r"(?:[ \t]?[-'][ \t]?|[ \t]{1,2}#?|\.)\Z")
# "Tylenol 3 times a day" is no "Tylenol 3".
_COUNTS_NEXT = re.compile(
    r"(?:[ -]?(?:times|x|tab|cap|pill|puff|mg|mcg|g\b|day|week|hour|to|or|a day)|[\d./-]*\d)",
    re.IGNORECASE,
)
_GAP_IN_COMBINATION = re.compile(r" ?[-/ ] ?\Z")
_MASSES_IN_MG = {"mg": 1.0, "mcg": 0.001, "ug": 0.001, "g": 1000.0}
_SHORTEST_PLURAL = 6

_UNIT = r"(?:mg|mcg|g|meq|units?|milli ?grams?|micro ?grams?|grams?|milli ?equivalents?)"
_FORM = (
    r"(?:supplements?|tablets?|pills?|capsules?|chloride|citrate|gluconate|cream|gel|patch|patches|"
    r"gum|injections?|shots?|replacement|therapy|lozenges?|spray|drops|powder|infusions?|"
    r"suppositor(?:y|ies)|drips?)"
)
_CONTEXT_AFTER = re.compile(
    rf"[ \t]*,?[ \t]*(?:\d{{2,}}(?![.\d]*\.\d)|\d[\d.,]*[ \t]?{_UNIT}|"
    rf"{_FORM}|{_UNIT})\b",
    re.IGNORECASE,
)
_CONTEXT_BEFORE = re.compile(
    rf"(?:\b{_UNIT}(?: of)?|\b(?:tak(?:e|es|en|ing)|took|prescrib(?:e|ed)|start(?:ed|ing)?|add|"
    rf"stop|hold|discontinue|continue|refill|longer need|"
    rf"tablets? of|pills? of|(?<!low )(?<!effect )(?<!effects )on))"
    r"(?: (?:you|her|him|me|on|a|an|the|some|your|my|his|daily|oral|extra|over the counter))*"
    r" ?\Z",
    re.IGNORECASE,
)
_MEASURED = re.compile(r"[ \t]*(?:levels?|deficien|intake|content)\b", re.IGNORECASE)


class DrugMention(NamedTuple):
    """A drug named in a text.

    `said` is the name as said, `span` its characters; `name` its official spelling ("Lasix"),
    `ingredients` what it contains ("furosemide"), `rxcui` the RxNorm code of the name, None where
    the tables have none.
    """

    said: str
    span: TextSpan
    name: str
    ingredients: tuple[str, ...]
    rxcui: str | None


def find_drugs(text: str) -> list[DrugMention]:
    """Drugs named in `text`, in order, never overlapping.

    Case, plural and hyphens do not matter; the longest name wins ("insulin glargine", not
    "insulin"); two ingredients of one product said in one breath are one drug
    ("losartan-hydrochlorothiazide"). Everyday words ("iron") count only beside a dose or a form.
    """
    found = list(_names_in(text))
    joined: list[DrugMention] = []
    for mention in found:
        if joined and _is_one_product(text, joined[-1], mention):
            joined[-1] = _combined(text, joined[-1], mention)
        else:
            joined.append(mention)
    return joined


def ingredients_of(name: str) -> tuple[str, ...]:
    """What a drug of this name contains, context or not: "Norco" -> ("acetaminophen",
    "hydrocodone"), "losartan / hydrochlorothiazide" -> both; () for an unknown name."""
    entries = (drug_names().get(words_of(part)) for part in name.split(" / "))
    known = [ingredient for entry in entries if entry for ingredient in entry.ingredients]
    return tuple(dict.fromkeys(known))


def marketed_strengths(ingredient: str, *, in_combination: bool = False) -> list[Amount]:
    """Strengths in which the ingredient is marketed in the US; [] where the tables have none.

    Products of this ingredient alone, where there are any; with `in_combination` also those with
    other ingredients (fluoxetine 50 mg exists only together with olanzapine).
    """
    found = marketed_by_ingredient().get(ingredient.lower())
    if found is None:
        return []
    if in_combination or not found.alone:
        return sorted(found.alone + found.in_combination)
    return list(found.alone)


def is_marketed_multiple(
    ingredient: str,
    value: float,
    unit: str,
    *,
    in_combination: bool = False,
    injected: bool = False,
) -> bool | None:
    """Whether `value` `unit` is half to four times (`STRENGTH_MULTIPLES`) a marketed strength.

    mcg, mg and g are converted; for what is `injected`, 40 mg/mL counts as 40 mg. None where
    nothing can be said: no table for the ingredient or the unit, and what is drawn up by volume
    (insulins, testosterone), whose dose is not bound to the strength of the vial.
    """
    if ingredient.lower().startswith(DRAWN_UP_BY_VOLUME):
        return None
    wanted = _in_table_units(value, unit)
    strengths = marketed_strengths(ingredient, in_combination=in_combination)
    if wanted is None:
        return None
    units = {wanted.unit, "mg/mL"} if injected and wanted.unit == "mg" else {wanted.unit}
    marketed = [strength.value for strength in strengths if strength.unit in units]
    if not marketed:
        return None
    return any(
        abs(wanted.value - multiple * strength) <= _TOLERANCE * multiple * strength
        for strength in marketed
        for multiple in STRENGTH_MULTIPLES
    )


def _in_table_units(value: float, unit: str) -> Amount | None:
    lower = unit.lower()
    if lower in _MASSES_IN_MG:
        return Amount(value * _MASSES_IN_MG[lower], "mg")
    spelled = {"meq": "mEq", "unit": "units", "units": "units", "mg/ml": "mg/mL", "%": "%"}
    return Amount(value, spelled[lower]) if lower in spelled else None


def _names_in(text: str) -> Iterator[DrugMention]:
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        found = _longest_name(text, words, at)
        if found is None:
            at += 1
            continue
        entry, count = found
        span = TextSpan(start=words[at].start(), end=words[at + count - 1].end())
        if not entry.needs_context or _is_taken(text, span):
            said = text[span.start : span.end]
            yield DrugMention(said, span, entry.name, entry.ingredients, entry.rxcui)
        at += count


def _longest_name(text: str, words: list[re.Match[str]], at: int) -> tuple[DrugName, int] | None:
    lexicon = drug_names()
    longest = longest_names_by_first_word().get(words[at].group().lower().removesuffix("s"), 0)
    for count in range(min(longest, len(words) - at), 0, -1):
        part = words[at : at + count]
        gaps = (text[a.end() : b.start()] for a, b in pairwise(part))
        if not all(_GAP_IN_NAME.match(gap) for gap in gaps):
            continue
        key = tuple(word.group().lower() for word in part)
        last = key[-1]
        entry = lexicon.get(key)
        if entry is None and last.endswith("s") and len(last) >= _SHORTEST_PLURAL:
            entry = lexicon.get((*key[:-1], last[:-1]))
        counted = count > 1 and last.isdigit() and _COUNTS_NEXT.match(text, part[-1].end())
        if entry and not counted:
            return entry, count
    return None


def _is_taken(text: str, span: TextSpan) -> bool:
    if _MEASURED.match(text, span.end):
        return False
    before = text[max(0, span.start - 60) : span.start]
    return bool(_CONTEXT_AFTER.match(text, span.end) or _CONTEXT_BEFORE.search(before))


def _is_one_product(text: str, first: DrugMention, second: DrugMention) -> bool:
    if len(first.ingredients) != 1 or len(second.ingredients) != 1:
        return False
    if not _GAP_IN_COMBINATION.match(text[first.span.end : second.span.start]):
        return False
    return tuple(sorted(first.ingredients + second.ingredients)) in combined_products()


def _combined(text: str, first: DrugMention, second: DrugMention) -> DrugMention:
    span = TextSpan(start=first.span.start, end=second.span.end)
    ingredients = tuple(sorted(first.ingredients + second.ingredients))
    name = f"{first.name} / {second.name}"
    return DrugMention(text[span.start : span.end], span, name, ingredients, None)
