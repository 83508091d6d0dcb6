"""How a medicine is taken, in words: nothing of it may be lost or misread."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.export.example import AT, ONCE, days, mg, order

from medscribe.domain.medication import DoseStep, Frequency, MedicationOrder, OrderAction, Quantity
from medscribe.export.documents import order_line
from medscribe.export.fhir.medications import medication_of
from medscribe.export.fhir.visit import Visit
from medscribe.export.letter import _row
from medscribe.export.sig import amount, amount_range, steps_text

_TABLETS = Quantity(value=2, unit="tablet")
_TOLD = {
    "strength": (mg(11), "11 mg"),
    "dose": (_TABLETS, "2"),
    "dose_max": (Quantity(value=3, unit="tablet"), "3 tablet"),
    "form": ("lozenge", "lozenge"),
    "route": ("under the tongue", "under the tongue"),
    "frequency": (ONCE, "once a day"),
    "duration": (days(7), "7 d"),
    "as_needed": (True, "as needed"),
    "as_needed_for": ("itching", "as needed for itching"),
    "max_per_day": (Quantity(value=9, unit="g"), "at most 9 g a day"),
    "indication": ("gout", "gout"),
}


def _fhir(some_order: MedicationOrder) -> str:
    resource = medication_of(some_order, Visit("v1", AT, {}))
    assert resource is not None
    texts = [dosage.get("text", "") for dosage in resource.get("dosageInstruction", ())]
    texts += [dosage.get("text", "") for dosage in resource.get("dosage", ())]
    reasons = [reason["text"] for reason in resource.get("reasonCode", ())]
    return " ".join((resource["medicationCodeableConcept"]["text"], *texts, *reasons))


def _cells(some_order: MedicationOrder) -> str:
    return " | ".join(_row(some_order))


@settings(max_examples=60, deadline=None)
@given(
    st.sets(st.sampled_from(sorted(_TOLD))),
    st.sampled_from(OrderAction),
    st.integers(min_value=0, max_value=2),
)
def test_every_field_of_an_order_is_told(fields: set[str], action: OrderAction, steps: int) -> None:
    given_ = {field: _TOLD[field][0] for field in fields}
    first = {key: given_[key] for key in ("dose", "frequency", "duration") if key in given_}
    # Steps may count tablets only; their strength then is the order's.
    taper = [DoseStep.model_validate(first), DoseStep(dose=Quantity(value=1, unit="tablet"))]
    made = order(**given_, action=action, steps=tuple(taper[:steps] if "dose" in fields else ()))

    for text in (order_line(made), _cells(made), _fhir(made)):
        for field in fields:
            assert _TOLD[field][1] in text


@pytest.mark.parametrize(
    ("value", "words"),
    [(2_400_000, "2400000 units"), (0.00005, "0.00005 units"), (0.1, "0.1 units")],
)
def test_an_amount_has_no_exponent(value: float, words: str) -> None:
    assert amount(Quantity(value=value, unit="units")) == words


def test_a_range_of_two_units_says_both() -> None:
    assert amount_range(mg(500), Quantity(value=1, unit="g")) == "500 mg to 1 g"


def test_parts_of_a_day_go_on_together() -> None:
    morning = Frequency(text="in the morning", when=("MORN",))
    night = Frequency(text="at night", when=("NIGHT",))
    split = order(
        steps=(DoseStep(dose=mg(20), frequency=morning), DoseStep(dose=mg(10), frequency=night))
    )

    assert steps_text(split) == "20 mg, in the morning; and 10 mg, at night"
