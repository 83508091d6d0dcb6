"""How often a medicine is taken, in the shape of FHIR's Timing.repeat."""

import pytest

from medscribe.note.prescribing.frequency import frequency_in


@pytest.mark.parametrize(
    ("said", "count", "count_max", "period", "period_max", "unit", "when"),
    [
        ("once a day", 1, None, 1, None, "d", ()),
        ("twice daily", 2, None, 1, None, "d", ()),
        ("3 times a day with meals", 3, None, 1, None, "d", ("C",)),
        ("2 to 3 times a day", 2, 3, 1, None, "d", ()),
        ("up to 3 times a day", None, 3, 1, None, "d", ()),
        ("every 6 hours", 1, None, 6, None, "h", ()),
        ("every 4 to 6 hours", 1, None, 4, 6, "h", ()),
        ("q4-6h", 1, None, 4, 6, "h", ()),
        ("every other day", 1, None, 2, None, "d", ()),
        ("every 2 weeks", 1, None, 2, None, "wk", ()),
        ("once a week", 1, None, 1, None, "wk", ()),
        ("monthly", 1, None, 1, None, "mo", ()),
        ("bid", 2, None, 1, None, "d", ()),
        ("t.i.d.", 3, None, 1, None, "d", ()),
        ("qid", 4, None, 1, None, "d", ()),
        ("q hs", 1, None, 1, None, "d", ("HS",)),
        ("at bedtime", 1, None, 1, None, "d", ("HS",)),
        ("daily at bedtime", 1, None, 1, None, "d", ("HS",)),
        ("every morning", 1, None, 1, None, "d", ("MORN",)),
        ("in the morning and at bedtime", 2, None, 1, None, "d", ("MORN", "HS")),
        ("with food", None, None, None, None, None, ("C",)),
        ("before meals", None, None, None, None, None, ("AC",)),
        ("20 mg a day", 1, None, 1, None, "d", ()),
    ],
)
def test_a_phrase_of_timing(
    said: str,
    count: int | None,
    count_max: int | None,
    period: float | None,
    period_max: float | None,
    unit: str | None,
    when: tuple[str, ...],
) -> None:
    frequency, _ = frequency_in(said)
    assert frequency is not None
    assert (frequency.count, frequency.count_max) == (count, count_max)
    assert (frequency.period, frequency.period_max) == (period, period_max)
    assert (frequency.period_unit, frequency.when) == (unit, when)


@pytest.mark.parametrize(
    "said", ["for 10 days", "my daily life", "20 mg", "a good day", "6 months"]
)
def test_what_says_not_how_often_gives_none(said: str) -> None:
    assert frequency_in(said) == (None, [])


def test_twenty_a_day_is_an_amount_and_no_count() -> None:
    frequency, _ = frequency_in("20 a day")
    assert frequency is not None
    assert frequency.count == 1
