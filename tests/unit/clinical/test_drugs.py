"""Drugs are found by any of their names, everyday words are not, and strengths are judged."""

import csv
from pathlib import Path

import pytest

from medscribe.clinical.drugs import (
    find_drugs,
    ingredients_of,
    is_marketed_multiple,
    marketed_strengths,
)


@pytest.mark.parametrize(
    ("text", "said", "ingredients"),
    [
        ("I take Lasix daily", "Lasix", ("furosemide",)),
        ("on the NORVASC", "NORVASC", ("amlodipine",)),
        ("some tylenol", "tylenol", ("acetaminophen",)),
        ("he takes aspirins", "aspirins", ("aspirin",)),
        ("a z-pak", "z-pak", ("azithromycin",)),
        ("z pack please", "z pack", ("azithromycin",)),
        ("insulin glargine at night", "insulin glargine", ("insulin glargine",)),
        ("metoprolol succinate 50", "metoprolol succinate", ("metoprolol",)),
        ("losartan-hydrochlorothiazide", "losartan-hydrochlorothiazide",
         ("hydrochlorothiazide", "losartan")),
        ("Norco five", "Norco", ("acetaminophen", "hydrocodone")),
        ("start hctz", "hctz", ("hydrochlorothiazide",)),
        ("lasix 's dose", "lasix", ("furosemide",)),
    ],
)  # fmt: skip
def test_a_drug_is_found_as_it_is_said(text: str, said: str, ingredients: tuple[str, ...]) -> None:
    (found,) = find_drugs(text)
    assert (found.said, found.ingredients) == (said, ingredients)
    assert text[found.span.start : found.span.end] == said


@pytest.mark.parametrize(
    "text",
    [
        "drink water and rest today",
        "put some ice on it",
        "hey dragon, show me the vital signs",
        "your oxygen and your potassium are fine",
        "your iron level is low",
        "the lead doctor, julie, will perform the test",
        "low on iron",
    ],
)
def test_everyday_words_are_no_drugs(text: str) -> None:
    assert find_drugs(text) == []


@pytest.mark.parametrize(
    "text", ["taking my iron pills", "20 mEq of potassium", "iron 325 mg", "a nicotine patch"]
)
def test_an_everyday_word_is_a_drug_beside_a_dose_or_a_form(text: str) -> None:
    assert len(find_drugs(text)) == 1


def test_two_drugs_of_a_list_stay_two() -> None:
    assert len(find_drugs("lisinopril metformin")) == 2


def test_a_name_does_not_reach_over_a_full_stop() -> None:
    assert [d.said for d in find_drugs("on insulin. glargine is new")] == ["insulin"]


def test_common_brands_have_codes_and_ingredients() -> None:
    (found,) = find_drugs("Glucophage")
    assert (found.rxcui, found.ingredients) == ("151827", ("metformin",))


@pytest.mark.parametrize(
    ("ingredient", "value", "unit", "verdict"),
    [
        ("lisinopril", 10, "mg", True),
        ("lisinopril", 100, "mg", False),
        ("lisinopril", 0.01, "g", True),
        ("levothyroxine", 75, "mcg", True),
        ("levothyroxine", 75, "mg", False),
        ("prednisone", 60, "mg", True),
        ("amlodipine", 5, "mg", True),
        ("amlodipine", 50, "mg", False),
        ("apixaban", 5, "mg", True),
        ("fluoxetine", 200, "mg", False),
        ("insulin glargine", 37, "units", None),
        ("no such drug", 10, "mg", None),
        ("lisinopril", 2, "tablet", None),
        ("potassium chloride", 20, "mEq", True),
        ("enoxaparin", 40, "mg", True),
    ],
)
def test_a_dose_is_judged_by_marketed_strengths(
    ingredient: str, value: float, unit: str, verdict: bool | None
) -> None:
    assert is_marketed_multiple(ingredient, value, unit) is verdict


def test_what_is_injected_may_be_drawn_from_a_vial() -> None:
    assert is_marketed_multiple("ketorolac", 60, "mg") is False
    assert is_marketed_multiple("ketorolac", 60, "mg", injected=True) is True


def test_strengths_of_combinations_count_only_there() -> None:
    alone = {amount.value for amount in marketed_strengths("fluoxetine")}
    combined = {amount.value for amount in marketed_strengths("fluoxetine", in_combination=True)}
    assert 50 not in alone
    assert 50 in combined


def test_an_unknown_name_contains_nothing() -> None:
    assert ingredients_of("no such drug") == ()
    assert ingredients_of("losartan / hydrochlorothiazide") == ("losartan", "hydrochlorothiazide")


@pytest.mark.corpus
def test_real_dialogues_name_few_things_that_are_no_medicine(corpora: Path) -> None:
    """About five medicines are named in a visit; everyday words found by mistake would show as
    many more."""
    with (corpora / "aci-bench" / "valid.csv").open(encoding="utf-8", newline="") as lines:
        found = [len(find_drugs(row["dialogue"])) for row in csv.DictReader(lines)]
    assert 2 < sum(found) / len(found) < 8
