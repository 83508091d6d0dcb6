"""Public drug tables become small committed ones, the same bytes every time."""

import csv
import gzip
from pathlib import Path

import pytest

from medscribe.training.drugs import compile_drug_tables
from medscribe.training.rxnorm import (
    Concept,
    Strength,
    base_ingredient,
    brand_ingredients,
    combinations,
    component_names,
    single_strengths,
    written_strengths,
)

INGREDIENTS = frozenset(["metformin", "insulin glargine", "hydrocodone", "acetaminophen"])
TABLES = ("drug_names", "drug_strengths", "drug_combinations", "drug_daily_maxima")


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("metformin hydrochloride", "metformin"),
        ("Metformin", "metformin"),
        ("insulin glargine-yfgn", "insulin glargine"),
        ("divalproex sodium", "divalproex"),
        ("something else", "something else"),
    ],
)
def test_a_salt_belongs_to_its_ingredient(name: str, base: str) -> None:
    assert base_ingredient(name, INGREDIENTS) == base


def test_the_substances_of_a_product_are_read_from_its_name() -> None:
    name = "acetaminophen 325 MG / hydrocodone bitartrate 5 MG Oral Tablet [Norco]"
    assert component_names(name) == ["acetaminophen", "hydrocodone bitartrate"]
    assert component_names("0.4 ML enoxaparin sodium 100 MG/ML Prefilled Syringe") == [
        "enoxaparin sodium"
    ]


def test_a_brand_contains_what_most_of_its_products_contain() -> None:
    products = [
        Concept("1", "SBD", "acetaminophen 325 MG / hydrocodone bitartrate 5 MG Tablet [Norco]"),
        Concept("2", "SBD", "acetaminophen 325 MG / hydrocodone bitartrate 7.5 MG Tablet [Norco]"),
        Concept("3", "SBD", "metformin hydrochloride 5 MG Tablet [Norco]"),
    ]
    assert brand_ingredients(products, INGREDIENTS) == {"Norco": ("acetaminophen", "hydrocodone")}


def test_strengths_of_combinations_are_none_of_the_ingredient_alone() -> None:
    products = [
        Concept("1", "SCD", "metformin hydrochloride 500 MG Oral Tablet"),
        Concept("2", "SCD", "acetaminophen 325 MG / hydrocodone bitartrate 5 MG Oral Tablet"),
    ]
    assert single_strengths(products, INGREDIENTS) == {"metformin": {Strength(500, "mg")}}
    assert combinations(products, INGREDIENTS) == {("acetaminophen", "hydrocodone")}


def test_a_syringe_counts_by_its_content() -> None:
    product = Concept("1", "SCD", "0.4 ML enoxaparin sodium 100 MG/ML Prefilled Syringe")
    found = single_strengths([product], frozenset(["enoxaparin"]))["enoxaparin"]
    assert found == {Strength(100, "mg/mL"), Strength(40, "mg")}


def test_hand_written_strengths_share_the_unit_behind_them() -> None:
    assert written_strengths("2.5|5 mg|1 mg/mL") == {
        Strength(2.5, "mg"),
        Strength(5, "mg"),
        Strength(1, "mg/mL"),
    }
    assert written_strengths("") == set()


def test_a_missing_source_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        compile_drug_tables(tmp_path, tmp_path / "out")


@pytest.mark.corpus
def test_compiling_gives_the_committed_tables(corpora: Path, tmp_path: Path) -> None:
    import medscribe.clinical

    compile_drug_tables(corpora, tmp_path)
    committed = Path(medscribe.clinical.__file__).parent / "tables"
    for table in TABLES:
        ours, theirs = (
            gzip.decompress((folder / f"{table}.csv.gz").read_bytes())
            for folder in (tmp_path, committed)
        )
        assert ours == theirs
        assert len(list(csv.DictReader(ours.decode().splitlines()))) > 100
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 500_000
