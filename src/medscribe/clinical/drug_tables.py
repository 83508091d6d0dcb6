"""The compiled drug tables -> names, marketed strengths and daily maxima, loaded on first use.

See `tables/drug_tables.card.md` for where they come from and how to rebuild them.
"""

import csv
import gzip
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_WORD = re.compile(r"[A-Za-z0-9]+")


class DrugName(NamedTuple):
    """A name of the lexicon. `needs_context`: an everyday word ("iron") that is a drug only beside
    a dose, a form or a verb of taking. `rxcui` is None where the tables have no code."""

    name: str
    rxcui: str | None
    ingredients: tuple[str, ...]
    needs_context: bool


class Amount(NamedTuple):
    """A marketed strength: mg, mg/mL, units, mEq or %."""

    value: float
    unit: str


def words_of(name: str) -> tuple[str, ...]:
    """Lower-case words, hyphens and signs left out: "Z-Pak" -> ("z", "pak")."""
    return tuple(word.lower() for word in _WORD.findall(name))


@cache
def drug_names() -> Mapping[tuple[str, ...], DrugName]:
    """Every name by its words."""
    return {
        words_of(row["name"]): DrugName(
            row["name"],
            row["rxcui"] or None,
            tuple(row["ingredients"].split("|")),
            bool(row["needs_context"]),
        )
        for row in _rows("drug_names")
    }


@cache
def longest_names_by_first_word() -> Mapping[str, int]:
    """First word, without a plural "s" -> how many words the longest name that starts so has."""
    longest: dict[str, int] = {}
    for words in drug_names():
        first = words[0].removesuffix("s")
        longest[first] = max(longest.get(first, 0), len(words))
    return longest


class Marketed(NamedTuple):
    """Strengths of one ingredient, smallest first: in products of its own, and those that exist
    only in products with other ingredients. `rxcui` is None where the tables have no code."""

    rxcui: str | None
    alone: tuple[Amount, ...]
    in_combination: tuple[Amount, ...]


@cache
def marketed_by_ingredient() -> Mapping[str, Marketed]:
    """Every ingredient with marketed strengths."""
    return {
        row["ingredient"]: Marketed(
            row["rxcui"] or None, _amounts(row["strengths"]), _amounts(row["in_combination"])
        )
        for row in _rows("drug_strengths")
    }


@cache
def combined_products() -> frozenset[tuple[str, ...]]:
    """Sorted pairs of ingredients that are marketed in one product."""
    return frozenset((row["first"], row["second"]) for row in _rows("drug_combinations"))


@cache
def daily_maxima_mg_per_kg() -> Mapping[str, float]:
    """FDA's maximum recommended daily dose (2008) in mg per kg of body weight, by ingredient."""
    return {row["ingredient"]: float(row["mg_per_kg"]) for row in _rows("drug_daily_maxima")}


def _amounts(cell: str) -> tuple[Amount, ...]:
    parts = (text.split(" ", 1) for text in cell.split("|") if text)
    return tuple(sorted(Amount(float(value), unit) for value, unit in parts))


def _rows(table: str) -> Iterator[dict[str, str]]:
    packed = (files("medscribe.clinical") / "tables" / f"{table}.csv.gz").read_bytes()
    yield from csv.DictReader(gzip.decompress(packed).decode("utf-8").splitlines())
