"""Public drug tables -> the small tables that ship in `clinical/tables`.

Sources below the data folder, `drugs/`: RxNorm prescribable content (letters B-Z), VA NDF-RT names
for letter A, FDA's maximum recommended daily doses; here, `drug_sources/`: hand-written strengths
of common drugs with A, brands whose rows RxNorm's letter A holds, and everyday words.
"""

import csv
import gzip
import io
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import as_file, files
from pathlib import Path

from medscribe.training.rxnorm import (
    Concept,
    Strength,
    base_ingredient,
    brand_ingredients,
    combinations,
    component_strengths,
    read_concepts,
    read_rows,
    single_strengths,
    written_strengths,
)

CONCEPTS = "rxnorm_prescribable_20251006_concepts_B-Z.tsv"
STRENGTHS = "rxnorm_available_strengths_B-Z.tsv"
LETTER_A = "rxnorm_ingredient_rxcui_from_ndfrt_all.tsv"
DAILY_MAXIMA = "fdamdd_max_recommended_daily_dose.tsv"
LONGEST_NAME_WORDS = 5
"""Longer names (allergenic extracts, vaccines by serotype) are not said in a visit."""
DRUG_NAMES_OF_LETTER_A = ("fdamdd_max_recommended_daily_dose.tsv", "drugcentral_drug_to_class.tsv")


def compile_drug_tables(data_dir: Path, out_dir: Path) -> None:
    """Writes `drug_names`, `drug_strengths`, `drug_combinations` and `drug_daily_maxima`
    (`.csv.gz`) into `out_dir`; the same input gives the same bytes.

    `data_dir` holds the folder `drugs`. Raises `FileNotFoundError` for a missing table.
    """
    source = data_dir / "drugs"
    concepts = read_concepts(source / CONCEPTS)
    codes = _codes_of_letter_a(source)
    written = {row["ingredient"]: row["strengths"] for row in _own_rows("ingredients.csv")}
    codes.update({c.name.lower(): c.rxcui for c in concepts if c.tty == "IN"})
    ingredients = frozenset(codes) | frozenset(written)
    alone = single_strengths(concepts, ingredients)
    anywhere = component_strengths(source / STRENGTHS, ingredients)
    for name, cell in written.items():
        alone[name] = anywhere[name] = written_strengths(cell)
    out_dir.mkdir(parents=True, exist_ok=True)
    _write(
        out_dir / "drug_names.csv.gz",
        ("name", "rxcui", "ingredients", "needs_context"),
        _name_rows(concepts, codes, ingredients),
    )
    _write(
        out_dir / "drug_strengths.csv.gz",
        ("ingredient", "rxcui", "strengths", "in_combination"),
        _strength_rows(alone, anywhere, codes),
    )
    pairs = sorted(combinations(concepts, ingredients))
    _write(out_dir / "drug_combinations.csv.gz", ("first", "second"), pairs)
    _write(
        out_dir / "drug_daily_maxima.csv.gz",
        ("ingredient", "mg_per_kg"),
        _daily_maxima(source / DAILY_MAXIMA, ingredients),
    )


def _own_rows(name: str) -> list[dict[str, str]]:
    with as_file(files("medscribe.training") / "drug_sources" / name) as path:
        return list(read_rows(path, ","))


def _codes_of_letter_a(source: Path) -> dict[str, str]:
    """RxNorm codes of ingredients with A. NDF-RT also names salts and chemicals: only what another
    drug table lists too is taken, and no salt of something that is taken."""
    drugs = {
        (row.get("name") or row.get("drugbank_name") or "").lower()
        for table in DRUG_NAMES_OF_LETTER_A
        for row in read_rows(source / table)
    } | {row["ingredient"] for row in _own_rows("ingredients.csv")}
    codes = {row["name"].lower(): row["rxcui"] for row in read_rows(source / LETTER_A)}
    own = {name for name in codes if name.startswith("a") and name in drugs}
    own |= {"insulin"} & set(codes)
    return {
        name: codes[name] for name in own if base_ingredient(name, frozenset(own - {name})) == name
    }


def _name_rows(
    concepts: Sequence[Concept], codes: Mapping[str, str], ingredients: frozenset[str]
) -> list[tuple[str, str, str, str]]:
    """Every name that may be said, with its code and ingredients; everyday words are left out or
    marked as needing a dose or a form beside them."""
    everyday = {row["name"]: row["use"] for row in _own_rows("everyday_words.csv")}
    rows: dict[str, tuple[str, str, str]] = {}
    for name in sorted(ingredients):
        rows[name] = (name, codes.get(name, ""), name)
    for concept in concepts:
        if concept.tty == "PIN":
            base = base_ingredient(concept.name, ingredients)
            for name in (concept.name.lower(), base):
                rows.setdefault(name, (name, concept.rxcui, base))
    brand_codes = {c.name: c.rxcui for c in concepts if c.tty == "BN"}
    for brand, parts in brand_ingredients(concepts, ingredients).items():
        row = (brand, brand_codes.get(brand, ""), "|".join(parts))
        rows.setdefault(brand.lower(), row)
    for own in _own_rows("brands.csv"):
        code = brand_codes.get(own["brand"], "")
        rows[own["brand"].lower()] = (own["brand"], code, own["ingredients"].replace(" / ", "|"))
    return [
        (*row, "1" if everyday.get(name) == "with_dose" else "")
        for name, row in sorted(rows.items())
        if everyday.get(name) != "never" and len(name.split()) <= LONGEST_NAME_WORDS
    ]


def _strength_rows(
    alone: Mapping[str, set[Strength]],
    anywhere: Mapping[str, set[Strength]],
    codes: Mapping[str, str],
) -> list[tuple[str, str, str, str]]:
    names = sorted(name for name in {*alone, *anywhere} if len(name.split()) <= LONGEST_NAME_WORDS)
    return [
        (
            name,
            codes.get(name, ""),
            _cell(alone.get(name, set())),
            _cell(anywhere.get(name, set()) - alone.get(name, set())),
        )
        for name in names
        if alone.get(name) or anywhere.get(name)
    ]


def _cell(strengths: set[Strength]) -> str:
    return "|".join(f"{strength.value:.10g} {strength.unit}" for strength in sorted(strengths))


def _daily_maxima(path: Path, ingredients: frozenset[str]) -> list[tuple[str, str]]:
    rows = {
        base_ingredient(row["name"], ingredients): row["mrdd_mg_per_kg_bw_day"]
        for row in read_rows(path)
    }
    return sorted((name, value) for name, value in rows.items() if name in ingredients)


def _write(path: Path, header: tuple[str, ...], rows: Iterable[Sequence[str]]) -> None:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(header)
    table.writerows(rows)
    # No time stamp: compiling twice must give the same bytes.
    path.write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))
