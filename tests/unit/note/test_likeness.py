"""When two wordings say the same, and when they only look alike."""

import pytest

from medscribe.note.likeness import same_matter, says_the_same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Reports left knee pain for two weeks.", "Left knee pain for 2 weeks"),
        ("Order an x-ray of the knee.", "Ordered knee x-ray."),
        ("No fever.", "Has no fever"),
    ],
)
def test_order_forms_and_light_words_do_not_matter(one: str, other: str) -> None:
    assert says_the_same(one, other)
    assert same_matter(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Metformin 500 mg twice a day.", "Metformin 1000 mg twice a day, with meals."),
        ("Smokes.", "Does not smoke."),
        ("Left knee pain.", "Right knee pain."),
    ],
)
def test_the_same_matter_is_not_the_same_statement(one: str, other: str) -> None:
    assert same_matter(one, other)
    assert not says_the_same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Order an x-ray of the knee.", "Order an x-ray of the chest."),
        ("Start lisinopril.", "Start metformin."),
        ("No.", "Chest pain."),
        ("He is.", "She was."),
    ],
)
def test_other_matters_are_other_matters(one: str, other: str) -> None:
    assert not same_matter(one, other)
    assert not says_the_same(one, other)
