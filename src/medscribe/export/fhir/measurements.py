"""Vital signs, laboratory results and the patient's age -> `Observation`."""

from collections.abc import Sequence

from medscribe.domain.findings import (
    Observation,
    ObservationComponent,
    ObservationKind,
    Temporality,
)
from medscribe.domain.medication import Certainty, Coding, Experiencer, Quantity
from medscribe.export.fhir.elements import (
    HL7,
    UCUM,
    Json,
    clean,
    coded,
    concept,
    narrative,
    notes,
    quantity,
    shown_unit,
)
from medscribe.export.fhir.visit import Visit
from medscribe.export.sig import amount

AGE = "age"
"""Our item id of the patient's age."""

_OLDEST = 90
"""From this age on privacy tells no more than "90 or older" (45 CFR 164.514(b)(2))."""

_CATEGORY = {ObservationKind.VITAL: "vital-signs", ObservationKind.LAB: "laboratory"}
_WHEN_UNKNOWN = {
    "extension": [
        {
            "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
            "valueCode": "unknown",
        }
    ]
}


def observation_line(observation: Observation) -> str:
    """`blood pressure: systolic 150 mmHg, diastolic 90 mmHg`."""
    parts = [f"{part.name} {_shown(part.value)}" for part in observation.components]
    measured = ", ".join(parts) or _shown(observation.value)
    value = ", ".join(text for text in (measured, observation.text) if text) or "not measured"
    past = " (past)" if observation.assertion.temporality is Temporality.PAST else ""
    unsure = " (not certain)" if _unsure(observation) else ""
    return clean(f"{observation.name}: {value}{past}{unsure}")


def _unsure(observation: Observation) -> bool:
    return observation.assertion.certainty is Certainty.POSSIBLE


def _shown(value: Quantity | None) -> str:
    return amount(value.model_copy(update={"unit": shown_unit(value.unit)})) if value else ""


def observation_of(observation: Observation, visit: Visit) -> Json | None:
    """One measurement; None for one of somebody else, and for one that may come later.

    FHIR's vital signs profile wants a time; when it was measured was not said, and so it says.
    """
    said = observation.assertion
    other = said.experiencer is not Experiencer.PATIENT
    if other or said.temporality is Temporality.FUTURE or said.certainty is Certainty.HYPOTHETICAL:
        return None
    unsure = "Said as not certain." if _unsure(observation) else ""
    past = "An earlier value." if said.temporality is Temporality.PAST else ""
    return visit.resource(
        "Observation",
        observation.id,
        text=narrative([observation_line(observation)]),
        status="preliminary",
        category=[coded(f"{HL7}/observation-category", _CATEGORY[observation.kind])],
        code=concept(observation.name, observation.codings),
        subject=visit.patient,
        encounter=visit.encounter,
        _effectiveDateTime=_WHEN_UNKNOWN,
        **_value(observation),
        note=notes(past, unsure, observation.text),
        component=_components(observation.components),
    )


def _value(observation: Observation) -> Json:
    """A value, or why there is none (invariants obs-6, vs-2); none beside components."""
    if observation.components:
        return {}
    value = quantity(observation.value)
    if value is not None and not observation.assertion.negated:
        return {"valueQuantity": value}
    if observation.text and observation.kind is ObservationKind.LAB:
        return {"valueString": clean(observation.text)}
    # A vital sign is a quantity by its profile: words stand in the note.
    reason = "as-text" if observation.text else "not-performed"
    return {"dataAbsentReason": coded(f"{HL7}/data-absent-reason", reason)}


def _components(parts: Sequence[ObservationComponent]) -> list[Json]:
    found = []
    for part in parts:
        value = quantity(part.value)
        unknown = {"dataAbsentReason": coded(f"{HL7}/data-absent-reason", "unknown")}
        measured = {"valueQuantity": value} if value else unknown
        found.append({"code": concept(part.name, part.codings), **measured})
    return found


def age_line(age_years: int) -> str:
    """`Age: 59 years`, `Age: 90 years or older`."""
    return f"Age: {min(age_years, _OLDEST)} years{' or older' if age_years >= _OLDEST else ''}"


def age_of(age_years: int, visit: Visit) -> Json:
    """The age as an observation: FHIR's patient has a birth date only, and that was not said."""
    known: Json = {"value": age_years, "unit": "a", "system": UCUM, "code": "a"}
    if age_years >= _OLDEST:
        known = {"value": _OLDEST, "comparator": ">=", "unit": "a", "system": UCUM, "code": "a"}
    return visit.resource(
        "Observation",
        AGE,
        text=narrative([age_line(age_years)]),
        status="preliminary",
        code=concept("Age", [Coding(system="http://loinc.org", code="30525-0", display="Age")]),
        subject=visit.patient,
        encounter=visit.encounter,
        effectiveDateTime=visit.instant,
        valueQuantity=known,
    )
