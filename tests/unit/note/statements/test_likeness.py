"""When two wordings say the same, and when they only look alike."""

import pytest

from medscribe.note.statements.likeness import same_matter, says_the_same


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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hypertension.", "Hypotension."),
        ("Abdomen is tender.", "Abdomen is nontender."),
        ("Regular rhythm.", "Irregular rhythm."),
        ("Stop lisinopril, start metformin.", "Stop metformin, start lisinopril."),
        ("Metformin 500 mg at noon, 1000 mg at six.", "Metformin 1000 mg at noon, 500 mg at six."),
        ("Mother had cancer, father a stroke.", "Father had cancer, mother a stroke."),
        ("Left knee and right hip pain.", "Left hip and right knee pain."),
    ],
)
def test_opposites_and_exchanged_parts_do_not_say_the_same(one: str, other: str) -> None:
    assert not says_the_same(one, other)
    assert not says_the_same(other, one)
