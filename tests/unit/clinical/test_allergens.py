"""Substances people are allergic to, and the drugs that collide with them."""

import pytest

from medscribe.clinical.allergens import collision, find_substances


def test_classes_foods_and_drugs_are_substances() -> None:
    names = [s.name for s in find_substances("sulfa drugs, latex, shellfish and Augmentin")]
    assert names == ["sulfa drugs", "latex", "shellfish", "Augmentin"]


@pytest.mark.parametrize(
    ("substance", "ingredients"),
    [
        ("penicillin", ("amoxicillin",)),
        ("Augmentin", ("amoxicillin",)),
        ("amoxicillin", ("cephalexin",)),
        ("penicillin", ("cephalexin",)),
        ("ceftriaxone", ("cefepime",)),
        ("sulfa", ("sulfamethoxazole", "trimethoprim")),
        ("NSAIDs", ("naproxen",)),
        ("aspirin", ("ibuprofen",)),
        ("codeine", ("morphine",)),
        ("erythromycin", ("azithromycin",)),
        ("Tylenol", ("acetaminophen", "hydrocodone")),
    ],
)
def test_a_drug_collides_with_its_class(substance: str, ingredients: tuple[str, ...]) -> None:
    assert collision(substance, ingredients) is not None


@pytest.mark.parametrize(
    ("substance", "ingredients"),
    [
        ("penicillin", ("azithromycin",)),
        ("penicillin", ("ceftriaxone",)),
        ("cefazolin", ("ceftriaxone",)),
        ("sulfa", ("furosemide",)),
        ("shellfish", ("ibuprofen",)),
        ("codeine", ("tramadol",)),
    ],
)
def test_another_class_does_not_collide(substance: str, ingredients: tuple[str, ...]) -> None:
    assert collision(substance, ingredients) is None
