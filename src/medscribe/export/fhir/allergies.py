"""Allergies, and that none are known -> `AllergyIntolerance`."""

from medscribe.domain.medication import Allergy, Prescription
from medscribe.export.fhir.elements import HL7, Json, coded, concept, narrative
from medscribe.export.fhir.visit import Visit

NONE_KNOWN = "none"
"""Our item id of the statement that no allergies are known."""

_ABSENT = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"
"""HL7's International Patient Summary, CC0; SNOMED CT's code would need a licence."""


def allergy_line(allergy: Allergy) -> str:
    """`penicillin: hives`."""
    return f"{allergy.substance}: {allergy.reaction}" if allergy.reaction else allergy.substance


def allergy_of(allergy: Allergy, visit: Visit) -> Json:
    """One stated allergy: active, not confirmed by a test."""
    reaction = [{"manifestation": [concept(allergy.reaction)]}] if allergy.reaction else []
    return visit.resource(
        "AllergyIntolerance",
        allergy.id,
        text=narrative([f"Allergy: {allergy_line(allergy)}"]),
        clinicalStatus=coded(f"{HL7}/allergyintolerance-clinical", "active"),
        verificationStatus=coded(f"{HL7}/allergyintolerance-verification", "unconfirmed"),
        code=concept(allergy.substance, allergy.codings),
        patient=visit.patient,
        encounter=visit.encounter,
        recordedDate=visit.instant,
        reaction=reaction,
    )


def none_known(prescription: Prescription, visit: Visit) -> Json | None:
    """That somebody said that no allergies are known; None beside a stated allergy, since both
    together would contradict each other."""
    if not prescription.no_known_allergies or prescription.allergies:
        return None
    none = "No known allergies"
    return visit.resource(
        "AllergyIntolerance",
        NONE_KNOWN,
        text=narrative([none]),
        clinicalStatus=coded(f"{HL7}/allergyintolerance-clinical", "active"),
        code={**coded(_ABSENT, "no-known-allergies", none), "text": none},
        patient=visit.patient,
        encounter=visit.encounter,
        recordedDate=visit.instant,
    )
