"""What stands in charts and looks like an identifier, and is none."""

from collections.abc import Callable

import pytest

Masker = Callable[..., list[str]]


@pytest.mark.parametrize(
    "said",
    [
        "Call the clinic if fever > 101 F or wound drainage.",
        "Temp was 99 F this morning. Tmax 101 F.",
        "Fetal heart: FHR 148. Knee ROM 0-125.",
        "A 65-year-old male with a history of COPD and GERD presents with cough.",
    ],
)
def test_temperatures_readings_and_diseases_stay(masked: Masker, said: str) -> None:
    assert masked(said) == [said]


@pytest.mark.parametrize(
    "said",
    ["Age/Sex: 92 F, widowed.", "Age at death: 93.", "i'm ninety one you know", "90 going on 20"],
)
def test_ages_over_89_are_masked(masked: Masker, said: str) -> None:
    assert "<" in masked(said)[0]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("we're waiting on boateng to read the scan", "boateng"),
        ("ever since wenceslao passed i can't sleep", "wenceslao"),
        ("good afternoon mrs walsh and this must be balwinder", "balwinder"),
        ("thank you so much chidinma , bye", "chidinma"),
    ],
)
def test_people_who_are_spoken_of_in_passing_are_masked(
    masked: Masker, said: str, name: str
) -> None:
    assert name not in masked(said)[0]
