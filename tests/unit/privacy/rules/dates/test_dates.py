"""Dates more exact than a year, and ages over 89."""

from collections.abc import Callable

import pytest

Masker = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("born march third nineteen seventy two", "born <DATE_1>"),
        ("date of birth is three fourteen seventy two", "date of birth is <DATE_1>"),
        ("date of birth 1/12/71 .", "date of birth <DATE_1> ."),
        ("signed 04MAR2024", "signed <DATE_1>"),
        ("it was nineteen August", "it was <DATE_1>"),
        ("may eighteen twenty thirteen", "<DATE_1>"),
        ("so eleven oh two sixty eight, got it", "so <UNCERTAIN:DATE_1>, got it"),
        ("implanted 12 10 21 by us", "implanted <UNCERTAIN:DATE_1> by us"),
        ("can we do the 9th?", "can we do <UNCERTAIN:DATE_1>?"),
        ("the patient, 96, remains well", "the patient, <AGE_OVER_89_1>, remains well"),
        ("she's one hundred three, still drives", "she's <AGE_OVER_89_1>, still drives"),
        ("alive at ninety nine", "alive at <AGE_OVER_89_1>"),
        ("seen on 04/24/2021", "seen on <DATE_1>"),
        ("seen on April 12, 2023", "seen on <DATE_1>"),
        ("on the twenty ninth of September", "on <DATE_1>"),
        ("Feb 5th, 2022", "<DATE_1>"),
        ("17-Feb-2023", "<DATE_1>"),
        ("2021-03-14", "<DATE_1>"),
        ("in August of two thousand eight", "in <DATE_1>"),
        ("since last march", "since <DATE_1>"),
        ("the surgery one twenty six twenty three", "the surgery <UNCERTAIN:DATE_1>"),
        ("on monday the third", "on <DATE_1>"),
        ("march , uh , third", "<DATE_1>"),
        ("in march of seventy two", "in <DATE_1>"),
        ("back on christmas eve", "back on <UNCERTAIN:DATE_1>"),
        ("seen on 10/3", "seen on <DATE_1>"),
        ("born oh five oh nine nineteen forty eight", "born <DATE_1>"),
        ("the 15th of last month", "<DATE_1>"),
        ("she lived to be a hundred and two .", "she lived to be <AGE_OVER_89_1> ."),
        ("well into her nineties", "well into her <AGE_OVER_89_1>"),
        ("she's a 92-year-old", "she's a <AGE_OVER_89_1>"),
        ("he is ninety four years old", "he is <AGE_OVER_89_1>"),
        ("aged 101.", "<AGE_OVER_89_1>."),
        ("i'm ninety one .", "i'm <UNCERTAIN:AGE_OVER_89_1> ."),
    ],
)
def test_dates_and_high_ages_are_masked(masked: Masker, said: str, seen: str) -> None:
    assert masked(said) == [seen]


@pytest.mark.parametrize(
    "said",
    [
        "diagnosed in 2015",
        "page 2 of 3 May resume diet , epworth 10/24",
        "systolic at 95 we would hold it",
        "at ninety , you slow the drip , heart rate was ninety four and regular",
        "one twenty sixty",
        "an 89-year-old",
        "you may two or three times a day",
        "march on the spot",
        "strength is 5/5 , reflexes 2/4",
        "pulse 92 , sat ninety one percent",
        "for ninety days",
        "three weeks ago on the second floor",
        "1/2 tablet , vision 20/20 , 24/7 , grade 2/6",
        "in two thousand nineteen , last summer",
        "on five to ten milligrams , from one to two",
        "is ninety two on room air , ninety degrees",
        "it happened on a monday",
    ],
)
def test_years_ages_below_ninety_and_values_stay(masked: Masker, said: str) -> None:
    assert masked(said) == [said]


def test_a_pulse_is_not_masked_for_an_age_of_the_same_number(masked: Masker) -> None:
    assert masked("a 92-year-old with a pulse of 92") == ["a <AGE_OVER_89_1> with a pulse of 92"]


def test_the_answer_to_a_question_for_the_birthday_is_a_date(masked: Masker) -> None:
    assert masked("and your date of birth ?", "uh three three seventy two")[1] == "uh <DATE_1>"
