from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medscribe.evaluation.deidentification.injection.spoken_numbers import (
    below_hundred,
    cardinal,
    digit_words,
    groups_said,
    house_number,
    letters_said,
    ordinal,
    year,
)

CHANCES = st.integers(0, 1000).map(Random)


def ways(say: object, count: int = 60) -> set[str]:
    return {say(Random(seed)) for seed in range(count)}  # type: ignore[operator]


@pytest.mark.parametrize(
    ("number", "words"), [(0, "zero"), (17, "seventeen"), (40, "forty"), (42, "forty two")]
)
def test_numbers_below_a_hundred(number: int, words: str) -> None:
    assert below_hundred(number) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "zero"), (101, "one hundred one"), (1204, "one thousand two hundred four")],
)
def test_cardinals(number: int, words: str) -> None:
    assert cardinal(number) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "first"), (12, "twelfth"), (14, "fourteenth"), (20, "twentieth"), (23, "twenty third")],
)
def test_ordinals(number: int, words: str) -> None:
    assert ordinal(number) == words


def test_years_are_said_in_more_than_one_way() -> None:
    assert ways(lambda chance: year(1948, chance)) == {"nineteen forty eight", "forty eight"}
    assert ways(lambda chance: year(2006, chance)) == {"two thousand six", "two thousand and six"}
    assert ways(lambda chance: year(2000, chance)) >= {"two thousand"}
    assert "twenty nineteen" in ways(lambda chance: year(2019, chance))


def test_house_numbers_are_said_in_more_than_one_way() -> None:
    said = ways(lambda chance: house_number(1420, chance))
    assert {"1420", "fourteen twenty", "one four two zero", "one four two oh"} <= said


def test_digits_are_said_one_by_one_or_doubled() -> None:
    said = ways(lambda chance: digit_words("2055", chance))
    assert said == {
        f"two {zero} {fives}" for zero in ("zero", "oh") for fives in ("five five", "double five")
    }


def test_letters_are_said_as_letters() -> None:
    assert ways(lambda chance: letters_said("AB", chance)) == {"A B", "AB", "A as in apple B"}


@given(st.lists(st.from_regex(r"[0-9]{1,4}|[A-Z]{1,3}", fullmatch=True), min_size=1), CHANCES)
def test_every_group_is_said(groups: list[str], chance: Random) -> None:
    said = groups_said(groups, chance)
    assert len(said) == len(groups)
    assert all(part.strip() == part and part for part in said)
