"""How a medicine is taken, as FHIR reads it."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.export.example import ONCE, TAPER, days, mg, order

from medscribe.domain.medication import DoseStep, Frequency, MedicationOrder, OrderAction, Quantity
from medscribe.export.fhir.dosage import dosages_of
from medscribe.export.fhir.rules import broken_rules

# FHIR decimals have at most 18 digits; a count is a positive 32-bit integer.
_NUMBERS = st.floats(min_value=-1e9, max_value=1e9, allow_nan=False) | st.sampled_from(
    [float("inf"), float("nan"), 0.0, -0.0, 0.5, 1e-7]
)
_COUNTS = st.none() | st.integers(min_value=-2, max_value=2**31 - 1)
_WORDS = st.text(max_size=12)
_UNITS = st.sampled_from(["mg", "mcg", "units", "%", "tablet", "d", "wk", "h", "", "é", "a b"])
_QUANTITIES = st.none() | st.builds(Quantity, value=_NUMBERS, unit=_UNITS | _WORDS)
_FREQUENCIES = st.none() | st.builds(
    Frequency,
    text=_WORDS,
    count=_COUNTS,
    count_max=_COUNTS,
    period=st.none() | _NUMBERS,
    period_max=st.none() | _NUMBERS,
    period_unit=st.none() | st.sampled_from(["h", "d", "wk", "mo", "a", "fortnight", ""]),
    when=st.lists(st.sampled_from(["HS", "MORN", "AC", "C", "teatime"]), max_size=3).map(tuple),
)
_STEPS = st.builds(
    DoseStep,
    strength=_QUANTITIES,
    dose=_QUANTITIES,
    frequency=_FREQUENCIES,
    duration=_QUANTITIES,
)
_ORDERS = st.builds(
    MedicationOrder,
    id=st.just("m1"),
    drug=_WORDS,
    codings=st.just(()),
    strength=_QUANTITIES,
    dose=_QUANTITIES,
    dose_max=_QUANTITIES,
    form=st.none() | _WORDS,
    route=st.none() | _WORDS,
    frequency=_FREQUENCIES,
    duration=_QUANTITIES,
    as_needed=st.sampled_from([None, True, False]),
    as_needed_for=st.none() | _WORDS,
    max_per_day=_QUANTITIES,
    indication=st.none() | _WORDS,
    steps=st.lists(_STEPS, max_size=3).map(tuple),
    action=st.sampled_from(OrderAction),
    evidence=st.just(()),
)


@settings(max_examples=300, deadline=None)
@given(_ORDERS)
def test_any_order_gives_valid_dosages(some_order: MedicationOrder) -> None:
    from fhir.resources.R4B.dosage import Dosage

    for dosage in dosages_of(some_order):
        Dosage.model_validate(dosage)
        alone = {"resourceType": "Composition", "dosage": dosage}
        bundle = {
            "identifier": {"value": "b"},
            "timestamp": "t",
            "entry": [{"fullUrl": "urn:uuid:1", "resource": alone}],
        }
        assert broken_rules(bundle) == []


def test_every_four_to_six_hours_as_needed_for_pain_up_to_a_limit() -> None:
    often = Frequency(text="every 4 to 6 hours", count=1, period=4, period_max=6, period_unit="h")
    (dosage,) = dosages_of(
        order(
            dose=Quantity(value=1, unit="tablet"),
            dose_max=Quantity(value=2, unit="tablet"),
            route="oral",
            frequency=often,
            duration=days(5),
            as_needed=True,
            as_needed_for="pain",
            max_per_day=Quantity(value=3, unit="g"),
        )
    )

    assert dosage["timing"]["repeat"] == {
        "boundsDuration": {
            "value": 5,
            "unit": "d",
            "system": "http://unitsofmeasure.org",
            "code": "d",
        },
        "frequency": 1,
        "period": 4,
        "periodMax": 6,
        "periodUnit": "h",
    }
    dose = dosage["doseAndRate"][0]["doseRange"]
    assert (dose["low"]["value"], dose["high"]["value"]) == (1, 2)
    assert dose["low"]["code"] == "{tablet}"
    assert dosage["asNeededCodeableConcept"] == {"text": "pain"}
    assert dosage["maxDosePerPeriod"]["numerator"]["code"] == "g"
    assert dosage["maxDosePerPeriod"]["denominator"]["code"] == "d"
    assert dosage["text"] == (
        "1 to 2 tablet oral, every 4 to 6 hours, for 5 days, as needed for pain, at most 3 g a day"
    )


def test_with_only_a_strength_said_that_is_what_is_taken_at_once() -> None:
    (dosage,) = dosages_of(order(strength=mg(10), frequency=ONCE))

    assert dosage["doseAndRate"][0]["doseQuantity"]["value"] == 10


def test_a_percentage_is_no_dose() -> None:
    (dosage,) = dosages_of(order(strength=Quantity(value=0.05, unit="%"), frequency=ONCE))

    assert "doseAndRate" not in dosage
    assert "0.05 %" in dosage["text"]


def test_how_much_is_in_a_syrup_is_no_dose() -> None:
    (dosage,) = dosages_of(order(strength=Quantity(value=40, unit="mg/mL"), frequency=ONCE))

    assert "doseAndRate" not in dosage
    assert "40 mg/mL" in dosage["text"]


def test_parts_of_a_day_are_concurrent() -> None:
    morning = Frequency(text="in the morning", when=("MORN",))
    night = Frequency(text="at night", when=("NIGHT",))
    split = order(
        steps=(DoseStep(dose=mg(20), frequency=morning), DoseStep(dose=mg(10), frequency=night))
    )

    assert [dosage["sequence"] for dosage in dosages_of(split)] == [1, 1]


def test_a_taper_is_a_sequence() -> None:
    first, second = dosages_of(TAPER)

    assert [first["sequence"], second["sequence"]] == [1, 2]
    assert first["doseAndRate"][0]["doseQuantity"]["value"] == 40
    assert second["timing"]["repeat"]["boundsDuration"]["value"] == 3


def test_nothing_said_is_no_dosage() -> None:
    assert dosages_of(order()) == []


def test_up_to_three_times_a_day_is_a_maximum_only() -> None:
    often = Frequency(text="up to 3 times a day", count_max=3, period=1, period_unit="d")
    (dosage,) = dosages_of(order(frequency=often))

    assert dosage["timing"]["repeat"] == {"frequencyMax": 3, "period": 1, "periodUnit": "d"}
