"""Rules of FHIR that its Python models do not check: each broken once."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from tests.unit.export.example import AT, CODES, RESULTS

from medscribe.errors import MedScribeError
from medscribe.export.fhir.bundle import bundle_of
from medscribe.export.fhir.rules import broken_rules
from medscribe.export.fhir.validation import validated

Bundle = dict[str, Any]


def whole() -> Bundle:
    bundle = bundle_of(RESULTS, encounter_id="e1", created_at=AT, title="Note", codes=CODES)
    return copy.deepcopy(bundle)


def first(bundle: Bundle, kind: str) -> Bundle:
    found: Bundle = next(
        one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == kind
    )
    return found


def repeat(bundle: Bundle) -> Bundle:
    found: Bundle = first(bundle, "MedicationRequest")["dosageInstruction"][0]["timing"]["repeat"]
    return found


BREAKS: dict[str, Callable[[Bundle], object]] = {
    "Bundle bdl-7": lambda b: b["entry"].append(b["entry"][-1]),
    "Bundle bdl-9": lambda b: b.pop("identifier"),
    "Bundle bdl-11": lambda b: b["entry"].reverse(),
    "Encounter reference": lambda b: first(b, "Encounter")["subject"].update(reference="urn:x"),
    "Condition con-3": lambda b: (
        first(b, "Condition")["category"][0]["coding"][0].update(code="problem-list-item"),
        first(b, "Condition").pop("clinicalStatus"),
    ),
    "Condition con-4": lambda b: first(b, "Condition").update(abatementString="gone"),
    "AllergyIntolerance ait-1": lambda b: first(b, "AllergyIntolerance").pop("clinicalStatus"),
    "Observation obs-6": lambda b: first(b, "Observation").update(dataAbsentReason={"text": "-"}),
    "Observation vs-2": lambda b: first(b, "Observation").pop("valueQuantity"),
    "Appointment app-3": lambda b: first(b, "Appointment").update(status="booked"),
    "Composition cmp-1": lambda b: first(b, "Composition")["section"][-1].pop("text"),
    "MedicationRequest tim-2": lambda b: repeat(b).pop("periodUnit"),
    "MedicationRequest tim-6": lambda b: (
        repeat(b).pop("period"),
        repeat(b).pop("periodUnit"),
        repeat(b).update(periodMax=2),
    ),
    "MedicationRequest tim-10": lambda b: repeat(b).update(when=["HS"], timeOfDay=["08:00:00"]),
    "MedicationRequest drt-1": lambda b: repeat(b).update(boundsDuration={"value": 3}),
    "MedicationRequest asNeeded[x]": lambda b: first(b, "MedicationRequest")["dosageInstruction"][
        0
    ].update(asNeededBoolean=True, asNeededCodeableConcept={"text": "pain"}),
    "MedicationRequest ele-1": lambda b: first(b, "MedicationRequest").update(note=[]),
}


@pytest.mark.parametrize("rule", BREAKS)
def test_a_broken_rule_is_named(rule: str) -> None:
    bundle = whole()
    assert broken_rules(bundle) == []

    BREAKS[rule](bundle)

    assert rule in broken_rules(bundle)
    with pytest.raises(MedScribeError):
        validated(bundle)


def test_a_resource_that_nothing_leads_to_is_no_part_of_the_document() -> None:
    bundle = whole()
    stray = {"resourceType": "Condition", "id": "x", "subject": {"reference": "urn:x"}}
    bundle["entry"].append({"fullUrl": "urn:uuid:x", "resource": stray})

    assert "Condition unreachable" in broken_rules(bundle)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda b: first(b, "Patient").update(gender="woman"),
        lambda b: first(b, "MedicationRequest").pop("subject"),
        lambda b: first(b, "MedicationRequest").update(madeUp="Quillfeather"),
        lambda b: first(b, "Observation").update(valueQuantity={"value": "Quillfeather"}),
    ],
    ids=["code", "missing", "unknown", "type"],
)
def test_what_the_models_refuse_is_an_error_that_quotes_nothing(
    spoil: Callable[[Bundle], object],
) -> None:
    bundle = whole()
    spoil(bundle)

    with pytest.raises(MedScribeError) as raised:
        validated(bundle)

    assert "not written" in str(raised.value)
    assert "Quillfeather" not in str(raised.value)
    assert "woman" not in str(raised.value)
