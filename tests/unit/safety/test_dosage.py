"""A dose that nobody sells is flagged; a usual one is not."""

from datetime import UTC, datetime

import pytest

from medscribe.domain.medication import (
    Experiencer,
    Frequency,
    MedicationOrder,
    OrderAction,
    Prescription,
    Quantity,
)
from medscribe.domain.note import Note
from medscribe.domain.provenance import Provenance
from medscribe.domain.safety import SafetyAlert, Severity
from medscribe.safety.check import Draft
from medscribe.safety.checks.dosage import Options, create

MADE_BY = Provenance(engine="test", version="1")


def order(drug: str, **said: object) -> MedicationOrder:
    fields = {"id": "m1", "drug": drug, "action": OrderAction.START, "evidence": (), **said}
    return MedicationOrder.model_validate(fields)


def alerts(*orders: MedicationOrder) -> list[SafetyAlert]:
    prescription = Prescription(
        orders=orders, allergies=(), created_at=datetime(2026, 1, 1, tzinfo=UTC), made_by=MADE_BY
    )
    note = Note(template="soap", revision=1, sections=(), made_by=MADE_BY)
    draft = Draft(utterances=(), note=note, prescription=prescription)
    return create(Options()).check(draft)


def mg(value: float, unit: str = "mg") -> Quantity:
    return Quantity(value=value, unit=unit)


@pytest.mark.parametrize(
    ("drug", "strength"),
    [
        ("lisinopril", mg(100)),
        ("amlodipine", mg(50)),
        ("Lasix", mg(8)),
        ("metformin", mg(50)),
        ("levothyroxine", mg(75)),
        ("Norvasc", mg(0.5)),
    ],
)
def test_a_decimal_slip_is_a_hard_alert(drug: str, strength: Quantity) -> None:
    (alert,) = alerts(order(drug, strength=strength))
    assert alert.severity is Severity.HARD
    assert alert.implicated == ("m1",)
    assert drug in alert.detail
    assert f"{strength.value:g} {strength.unit}" in alert.detail
    assert "RxNorm" in alert.source


def test_the_alert_lists_the_marketed_strengths() -> None:
    (alert,) = alerts(order("amlodipine", strength=mg(50)))
    assert "2.5, 5, 10 mg" in alert.detail


@pytest.mark.parametrize(
    "usual",
    [
        order("lisinopril", strength=mg(40)),
        order("prednisone", strength=mg(60)),
        order("levothyroxine", strength=mg(75, "mcg")),
        order("Norco", strength=mg(5)),
        order("Augmentin", strength=mg(875)),
        order("losartan / hydrochlorothiazide", strength=mg(50)),
        order("metformin", strength=mg(500), dose=mg(2, "tablet")),
        order("ibuprofen", dose=mg(400), dose_max=mg(600)),
        order("Lantus", dose=mg(37, "units")),
        order("no such drug", strength=mg(12345)),
        order("lisinopril"),
        order("fentanyl", strength=mg(25, "mcg"), form="patch"),
        order("ferrous sulfate", strength=mg(65)),
        order("ketorolac", strength=mg(60), route="intramuscular"),
    ],
)
def test_a_usual_dose_gives_no_alert(usual: MedicationOrder) -> None:
    assert alerts(usual) == []


def test_a_dose_in_milligrams_is_judged_like_a_strength() -> None:
    assert len(alerts(order("ibuprofen", dose=mg(4000), dose_max=mg(6000)))) == 1


def test_a_relatives_medicine_is_not_judged() -> None:
    assert alerts(order("lisinopril", strength=mg(100), experiencer=Experiencer.FAMILY)) == []


def test_methotrexate_every_day_is_a_hard_alert() -> None:
    daily = Frequency(text="daily", count=1, period=1, period_unit="d")
    (alert,) = alerts(order("methotrexate", strength=mg(15), frequency=daily))
    assert alert.severity is Severity.HARD
    assert "once a week" in alert.detail


@pytest.mark.parametrize(
    ("drug", "said"),
    [
        ("methotrexate", {"text": "once a week", "count": 1, "period": 1, "period_unit": "wk"}),
        ("methotrexate", {"text": "every 7 days", "count": 1, "period": 7, "period_unit": "d"}),
        ("folic acid", {"text": "daily", "count": 1, "period": 1, "period_unit": "d"}),
    ],
)
def test_a_weekly_dose_or_another_medicine_every_day_is_none(
    drug: str, said: dict[str, object]
) -> None:
    assert not alerts(order(drug, frequency=Frequency.model_validate(said)))


def test_stopping_daily_methotrexate_is_no_alert() -> None:
    daily = Frequency(text="daily", count=1, period=1, period_unit="d")
    assert not alerts(order("methotrexate", action=OrderAction.STOP, frequency=daily))
