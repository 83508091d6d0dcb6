"""Dates move by one number of days for each patient and keep the style they were said in."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medscribe.errors import PrivacyError
from medscribe.privacy.surrogates.date_shift import shift_days, shifted_date

KEY = b"k" * 32
DAYS = st.sampled_from([7 * weeks * sign for weeks in range(5, 48) for sign in (1, -1)])
DATES = st.dates(date(1920, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("said", "after_five_weeks"),
    [
        ("03/14/1972", "04/18/1972"),
        ("3/14/72", "4/18/72"),
        ("14-3-1972", "18-4-1972"),
        ("1972-03-14", "1972-04-18"),
        ("1972-12-14T10:30:00Z", "1973-01-18T10:30:00Z"),
        ("03141972", "04181972"),
        ("3/14", "4/18"),
        ("03/2021", "04/2021"),
        ("March 14, 1972", "April 18, 1972"),
        ("14 Mar 1972", "18 Apr 1972"),
        ("MARCH 3RD", "APRIL 7TH"),
        ("the 14th of May", "the 18th of June"),
        ("Monday, March 3rd", "Monday, April 7th"),
        ("December twenty-first", "January twenty-fifth"),
        ("january 5th at 3:30 pm", "february 9th at 3:30 pm"),
        ("february 29", "april 4"),
    ],
)
def test_a_written_date_keeps_its_style(said: str, after_five_weeks: str) -> None:
    assert shifted_date(said, 35) == after_five_weeks


@pytest.mark.parametrize(
    ("said", "after_five_weeks"),
    [
        ("march third nineteen seventy two", "april seventh nineteen seventy two"),
        ("third of march nineteen oh five", "seventh of april nineteen oh five"),
        ("may twenty twenty", "june twenty twenty"),
        ("december third two thousand and nine", "january seventh twenty ten"),
        ("oh three fourteen seventy two", "oh four eighteen seventy two"),
        ("ten twenty five sixty one", "eleven twenty nine sixty one"),
        ("three slash fourteen slash seventy two", "four slash eighteen slash seventy two"),
    ],
)
def test_a_spoken_date_stays_spoken(said: str, after_five_weeks: str) -> None:
    assert shifted_date(said, 35) == after_five_weeks


@pytest.mark.parametrize(
    ("said", "later", "earlier"),
    [
        ("March", "April", "February"),
        ("last may", None, None),
        ("1972", "1973", "1971"),
        ("nineteen seventy two", "nineteen seventy three", "nineteen seventy one"),
        ("the third", "the seventh", "the twenty ninth"),
    ],
)
def test_what_was_not_said_stays_unsaid(said: str, later: str | None, earlier: str | None) -> None:
    assert shifted_date(said, 35) == later
    assert shifted_date(said, -35) == earlier


@pytest.mark.parametrize(
    "said", ["", "yesterday", "two weeks", "02/30/2024", "13/13/2020", "march 72 days", "visit"]
)
def test_what_is_no_date_is_not_guessed_at(said: str) -> None:
    assert shifted_date(said, 35) is None


@given(DATES, DATES, DAYS)
def test_the_days_between_two_dates_stay_true(first: date, second: date, days: int) -> None:
    moved = [shifted_date(one.isoformat(), days) for one in (first, second)]
    new_first, new_second = (date.fromisoformat(one or "") for one in moved)
    assert new_second - new_first == second - first
    assert new_first - first == timedelta(days=days)
    assert new_first.weekday() == first.weekday()


@given(DATES, DAYS)
def test_written_spoken_and_figured_the_same_date_moves_to_the_same_day(
    day: date, days: int
) -> None:
    new = day + timedelta(days=days)
    assert shifted_date(f"{day.month}/{day.day}/{day.year}", days) == (
        f"{new.month}/{new.day}/{new.year}"
    )
    assert shifted_date(f"{day:%B} {day.day}, {day.year}", days) == (
        f"{new:%B} {new.day}, {new.year}"
    )


@given(st.integers(1, 12), st.integers(1, 28), DAYS)
def test_no_date_without_a_year_stays_where_it_was(month: int, day: int, days: int) -> None:
    name = f"{date(2023, month, day):%B}"
    assert shifted_date(name, days) != name
    assert shifted_date(f"{name} {day}", days) != f"{name} {day}"
    assert shifted_date(f"the {day}th", days) != f"the {day}th"


@given(st.binary(min_size=16, max_size=40), st.text(max_size=20))
def test_the_shift_is_whole_weeks_and_never_none(key: bytes, patient: str) -> None:
    days = shift_days(key, patient)
    assert 35 <= abs(days) <= 329
    assert days % 7 == 0
    assert shift_days(key, patient) == days


def test_patients_and_keys_have_shifts_of_their_own() -> None:
    by_patient = {shift_days(KEY, f"patient {number}") for number in range(200)}
    by_key = {shift_days(bytes([number]) * 16, "patient") for number in range(200)}
    assert len(by_patient) > 60
    assert len(by_key) > 60
    assert min(by_patient) < 0 < max(by_patient)


def test_a_key_that_could_be_guessed_is_refused() -> None:
    with pytest.raises(PrivacyError, match="16 bytes"):
        shift_days(b"short", "patient")
