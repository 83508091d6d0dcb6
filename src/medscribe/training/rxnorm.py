"""Rows of RxNorm and its neighbours -> ingredients, brands and marketed strengths by name."""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

UNITS = {"MG": "mg", "MG/ML": "mg/mL", "UNT": "units", "MEQ": "mEq", "%": "%"}

_STRENGTH = re.compile(r"\s[\d.]+ (?:MG|MEQ|UNT|ML|MMOL|ACTUAT|%|UNT|CELLS|MCI|BAU|PNU|AU)\b.*\Z")
_AMOUNT = re.compile(r"\s(?P<value>[\d.]+) (?P<unit>MG/ML|MG|MEQ|UNT|%)(?:/ACTUAT)?(?=\s|\Z)")
_VOLUME = re.compile(r"(?:\A| )(?P<millilitres>\d+(?:\.\d+)?) ML ")
_LEADING = re.compile(r"\A(?:NDA\d+ |\d+(?:\.\d+)? (?:HR|ML|ACTUAT|MG|DAY) )+")
_BRAND = re.compile(r" \[(?P<brand>.+)\]\Z")
_BIOSIMILAR = re.compile(r"-[a-z]{4}\Z")
_SALT = re.compile(
    r"(?: (?:anhydrous|calcium|citrate|dihydrate|disodium|hydrobromide|hydrochloride|magnesium|"
    r"maleate|mesylate|monohydrate|phosphate|potassium|sodium|succinate|sulfate|tartrate))+\Z"
)
_REFORMULATED = re.compile(r" Reformulated .*\Z")


class Concept(NamedTuple):
    """One RxNorm concept: its code, its type (IN, PIN, BN, SCD, SBD ...) and its name."""

    rxcui: str
    tty: str
    name: str


class Strength(NamedTuple):
    """An amount that is marketed, in a unit of `UNITS`' values."""

    value: float
    unit: str


def read_rows(path: Path, delimiter: str = "\t") -> Iterator[dict[str, str]]:
    """Rows of a table with a header line."""
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter=delimiter)


def read_concepts(path: Path) -> list[Concept]:
    """All concepts of the prescribable content."""
    return [Concept(row["rxcui"], row["tty"], row["name"]) for row in read_rows(path)]


def base_ingredient(name: str, ingredients: frozenset[str]) -> str:
    """The ingredient without its salt: "metformin hydrochloride" -> "metformin".

    The longest leading run of words that is an ingredient; where none is, the name without the
    words that name a salt: "divalproex sodium" -> "divalproex".
    """
    plain = _BIOSIMILAR.sub("", name.lower())
    words = plain.split(" ")
    for count in range(len(words), 0, -1):
        shorter = " ".join(words[:count]).rstrip(",")
        if shorter in ingredients:
            return shorter
    return _SALT.sub("", plain)


def component_names(clinical_drug: str) -> list[str]:
    """Substances of a clinical or branded drug name.

    "acetaminophen 325 MG / hydrocodone bitartrate 5 MG Oral Tablet [Norco]" ->
    ["acetaminophen", "hydrocodone bitartrate"].
    """
    bare = _BRAND.sub("", clinical_drug)
    parts = (_LEADING.sub("", part.strip()) for part in bare.split(" / "))
    names = (_STRENGTH.sub("", part).lower() for part in parts)
    return [name for name in names if name]


def brand_ingredients(
    concepts: Iterable[Concept], ingredients: frozenset[str]
) -> dict[str, tuple[str, ...]]:
    """Brand -> the ingredients of most of its products, sorted."""
    products: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for concept in concepts:
        brand = _BRAND.search(concept.name)
        if concept.tty == "SBD" and brand:
            names = {base_ingredient(name, ingredients) for name in component_names(concept.name)}
            products[brand.group("brand")][tuple(sorted(names))] += 1
    return {
        _REFORMULATED.sub("", brand): max(sorted(counts), key=counts.__getitem__)
        for brand, counts in products.items()
    }


def combinations(concepts: Iterable[Concept], ingredients: frozenset[str]) -> set[tuple[str, ...]]:
    """Pairs of ingredients that are marketed in one product, each sorted."""
    found = set()
    for concept in concepts:
        if concept.tty == "SCD" and concept.name.count(" / ") == 1:
            names = {base_ingredient(name, ingredients) for name in component_names(concept.name)}
            if len(names) == 2:
                found.add(tuple(sorted(names)))
    return found


def single_strengths(
    concepts: Iterable[Concept], ingredients: frozenset[str]
) -> dict[str, set[Strength]]:
    """Strengths of products that contain one ingredient alone.

    For what is only injected, a syringe of 0.4 mL with 100 mg/mL counts as 40 mg too.
    """
    found: dict[str, set[Strength]] = defaultdict(set)
    syringes: dict[str, set[Strength]] = defaultdict(set)
    for concept in concepts:
        amount = _AMOUNT.search(concept.name)
        if concept.tty != "SCD" or " / " in concept.name or amount is None:
            continue
        name = base_ingredient(component_names(concept.name)[0], ingredients)
        value = float(amount.group("value"))
        found[name].add(Strength(value, UNITS[amount.group("unit")]))
        volume = _VOLUME.search(concept.name[: amount.start()])
        if volume and amount.group("unit") == "MG/ML":
            whole = round(value * float(volume.group("millilitres")), 4)
            syringes[name].add(Strength(whole, "mg"))
    for name, whole_syringes in syringes.items():
        if all(strength.unit != "mg" for strength in found[name]):
            found[name] |= whole_syringes
    return found


def component_strengths(path: Path, ingredients: frozenset[str]) -> dict[str, set[Strength]]:
    """Strengths in any product, alone or combined, from the table of available strengths."""
    found: dict[str, set[Strength]] = defaultdict(set)
    for row in read_rows(path):
        name = base_ingredient(row["ingredient"], ingredients)
        for text in row["strengths"].split("; "):
            value, unit = text.split(" ", 1)
            found[name].add(Strength(float(value), UNITS[unit]))
    return found


def written_strengths(text: str) -> set[Strength]:
    """A hand-written cell -> strengths: "2.5|5|10 mg|1 mg/mL" (a unit counts for those before it).

    An empty cell gives none.
    """
    found: set[Strength] = set()
    waiting: list[float] = []
    for part in filter(None, text.split("|")):
        value, _, unit = part.partition(" ")
        waiting.append(float(value))
        if unit:
            scale, base = (0.001, "mg") if unit == "mcg" else (1, unit)
            found |= {Strength(value * scale, base) for value in waiting}
            waiting = []
    return found
