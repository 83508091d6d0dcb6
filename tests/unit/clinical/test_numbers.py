"""Spoken numbers become what a chart says, and every character knows where it came from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medscribe.clinical.numbers import normalise, normalise_numbers


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("one fifty over ninety", "150/90"),
        ("one hundred and forty two over eighty-eight", "142/88"),
        ("150 over 90", "150/90"),
        ("ninety eight point six", "98.6"),
        ("ten milligrams", "10 mg"),
        ("one hundred twenty five micrograms", "125 mcg"),
        ("one point five milligrams per kilogram", "1.5 mg/kg"),
        ("oh point five milligrams", "0.5 mg"),
        ("point five milligrams", "0.5 mg"),
        ("a .5 centimeter stone", "a 0.5 cm stone"),
        ("i will give you forty milligrams", "i will give you 40 mg"),
        ("ninety two percent", "92%"),
        ("twenty twenty", "2020"),
        ("two thousand nineteen", "2019"),
        ("nineteen eighty six", "1986"),
        ("hemoglobin a one c of seven point two", "hemoglobin A1c of 7.2"),
        ("a fifty two year old female", "a 52-year-old female"),
        ("she is fifty two years old", "she is 52 years old"),
        ("one to two tablets every four to six hours", "1 to 2 tablets every 4 to 6 hours"),
        ("two and a half weeks", "2.5 weeks"),
        ("a six-week course", "a 6-week course"),
        ("two out of six systolic murmur", "2/6 systolic murmur"),
        ("l four and l five", "L4 and L5"),
    ],
)
def test_what_is_said_is_written_as_in_a_chart(spoken: str, written: str) -> None:
    assert normalise_numbers(spoken) == written


@pytest.mark.parametrize(
    "said", ["one of them", "the good one", "both of you two", "a couple hundred", "two thirds"]
)
def test_words_that_count_nothing_stay_words(said: str) -> None:
    assert normalise_numbers(said) == said


def test_one_tablet_of_twenty_never_becomes_a_hundred_and_twenty() -> None:
    assert normalise_numbers("take one twenty milligram tablet") == "take 1 20 mg tablet"


def test_two_over_the_last_weeks_is_no_fraction() -> None:
    assert normalise_numbers("ten over the last two weeks") == "10 over the last 2 weeks"


def test_digits_that_only_count_on_are_not_joined() -> None:
    assert normalise_numbers("four five six seven days") == "4 5 6 7 days"


def test_a_placeholder_passes_through() -> None:
    assert normalise_numbers("<NAME_1> is forty") == "<NAME_1> is 40"


def test_a_match_maps_back_to_the_words_that_were_said() -> None:
    said = "your pressure is one fifty over ninety today"
    result = normalise(said)
    start = result.text.index("150/90")
    span = result.original_span(start, start + len("150/90"))
    assert said[span.start : span.end] == "one fifty over ninety"


_SAID = (
    "one two twenty fifty hundred thousand point oh over and a half mg milligrams tablets - , . "
    "<NAME_1> pain 12 2.5 percent year old out of"
)
_WORDS = st.sampled_from(_SAID.split())


@given(st.lists(_WORDS, max_size=15).map(" ".join))
def test_every_character_has_an_origin_inside_the_original_and_in_order(text: str) -> None:
    result = normalise(text)
    assert len(result.origins) == len(result.text)
    assert all(0 <= start < end <= len(text) for start, end in result.origins)
    assert list(result.origins) == sorted(result.origins)
    assert result.text.count("<NAME_1>") == text.count("<NAME_1>")


@given(st.text(alphabet="abc XYZ.,'<>_-", max_size=40))
def test_a_text_without_numbers_comes_back_unchanged(text: str) -> None:
    assert normalise_numbers(text) == text
