"""A visit as a FHIR document: what becomes what, and that it validates."""

import json
from typing import Any

import pytest
from tests.unit.export.example import (
    AT,
    CODES,
    FINDER,
    FINDINGS,
    HEARD,
    NOTE,
    PRESCRIPTION,
    RESULTS,
    order,
)

from medscribe.domain.findings import ClinicalFindings, PatientSex
from medscribe.domain.medication import Prescription
from medscribe.domain.results import EncounterResults
from medscribe.export.fhir.bundle import bundle_of, bundle_to_json
from medscribe.export.fhir.rules import broken_rules, references_in


def bundle(results: EncounterResults = RESULTS, **given: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "encounter_id": "e1",
        "created_at": AT,
        "title": "SOAP note",
        "codes": CODES,
    }
    return bundle_of(results, **(fields | given))


def resources(kind: str, results: EncounterResults = RESULTS, **given: Any) -> list[dict[str, Any]]:
    entries = bundle(results, **given)["entry"]
    return [one["resource"] for one in entries if one["resource"]["resourceType"] == kind]


def code(resource: dict[str, Any], field: str) -> str:
    found: str = resource[field]["coding"][0]["code"]
    return found


def section(title: str, results: EncounterResults = RESULTS) -> dict[str, Any]:
    (composition,) = resources("Composition", results)
    (found,) = [one for one in composition["section"] if one["title"] == title]
    return dict(found)


def test_a_whole_visit_is_read_by_another_reader_of_fhir() -> None:
    from fhir.resources.R4B.bundle import Bundle

    written = bundle_to_json(bundle())
    read = Bundle.model_validate_json(written)

    assert read.type == "document"
    assert read.entry[0].resource.get_resource_type() == "Composition"
    assert json.loads(written)["entry"][0]["resource"]["status"] == "preliminary"


def test_the_same_visit_gives_the_same_bytes_and_another_visit_other_ids() -> None:
    assert bundle_to_json(bundle()) == bundle_to_json(bundle())
    other = {entry["fullUrl"] for entry in bundle(encounter_id="e2")["entry"]}
    assert not other & {entry["fullUrl"] for entry in bundle()["entry"]}


def test_a_document_that_says_something_else_has_another_identifier() -> None:
    corrected = bundle(
        RESULTS.model_copy(update={"note": NOTE.model_copy(update={"stale": False})})
    )

    assert corrected["identifier"] != bundle()["identifier"]
    first, second = (one["entry"][0]["resource"]["identifier"] for one in (corrected, bundle()))
    assert first == second


def test_what_is_to_be_taken_is_only_proposed() -> None:
    requests = resources("MedicationRequest")

    assert [one["medicationCodeableConcept"]["text"] for one in requests] == [
        "ibuprofen 400 mg",
        "prednisone",
    ]
    assert {(one["status"], one["intent"]) for one in requests} == {("draft", "proposal")}
    assert requests[1]["medicationCodeableConcept"]["coding"][0]["code"] == "8640"


def test_a_stop_is_no_request_that_could_be_taken_for_an_order() -> None:
    (stopped,) = resources("MedicationStatement")

    assert stopped["status"] == "stopped"
    assert stopped["medicationCodeableConcept"]["text"] == "warfarin"


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"action": "hold"}, "on-hold"),
        ({"action": "mention"}, "unknown"),
        ({"action": "start", "certainty": "possible"}, "unknown"),
        ({"action": "stop", "certainty": "possible"}, "unknown"),
    ],
    ids=str,
)
def test_what_was_not_decided_is_not_said_to_be(given: dict[str, str], status: str) -> None:
    prescription = PRESCRIPTION.model_copy(update={"orders": (order(**given),)})
    results = RESULTS.model_copy(update={"prescription": prescription})

    (found,) = resources("MedicationStatement", results)

    assert found["status"] == status
    assert resources("MedicationRequest", results) == []


def test_a_relatives_medicine_is_not_the_patients() -> None:
    assert "insulin" not in bundle_to_json(bundle())


def test_problems_say_how_sure_they_are() -> None:
    found = {one["code"]["text"]: one for one in resources("Condition")}

    assert set(found) == {"asthma", "fever", "knee pain"}
    assert code(found["asthma"], "verificationStatus") == "confirmed"
    assert code(found["asthma"], "clinicalStatus") == "active"
    assert code(found["fever"], "verificationStatus") == "refuted"
    assert "clinicalStatus" not in found["fever"]
    assert code(found["knee pain"], "clinicalStatus") == "inactive"
    assert found["knee pain"]["bodySite"] == [{"text": "left"}]
    assert found["knee pain"]["onsetString"] == "for three weeks"


def test_the_mothers_diabetes_is_family_history() -> None:
    (history,) = resources("FamilyMemberHistory")

    assert code(history, "relationship") == "MTH"
    assert history["condition"][0]["code"]["text"] == "diabetes"


def test_what_was_only_feared_is_nobodys_problem() -> None:
    assert "rash" not in bundle_to_json(bundle())


def test_blood_pressure_has_its_two_numbers_in_ucum() -> None:
    pressure = next(one for one in resources("Observation") if "component" in one)

    values = [part["valueQuantity"] for part in pressure["component"]]
    assert [(one["value"], one["code"]) for one in values] == [(150, "mm[Hg]"), (90, "mm[Hg]")]
    assert values[0]["unit"] == "mmHg"
    assert "systolic 150 mmHg, diastolic 90 mmHg" in section("VITAL SIGNS")["text"]["div"]
    assert code(pressure, "code") == "85354-9"
    assert "effectiveDateTime" not in pressure


def test_no_identity_is_made_up() -> None:
    (patient,) = resources("Patient")
    assert patient["gender"] == "female"
    assert not {"name", "birthDate", "identifier"} & patient.keys()

    (named,) = resources("Patient", patient_name="Ann Quillfeather")
    assert named["name"] == [{"text": "Ann Quillfeather"}]


def test_an_age_from_ninety_on_says_no_more_than_that() -> None:
    old = FINDINGS.model_copy(update={"age_years": 97})
    results = RESULTS.model_copy(update={"findings": old})
    age = next(one for one in resources("Observation", results) if code(one, "code") == "30525-0")

    assert age["valueQuantity"]["value"] == 90
    assert age["valueQuantity"]["comparator"] == ">="
    assert "Age: 90 years or older" in section("PATIENT", results)["text"]["div"]


def test_no_known_allergies_is_told_without_snomed() -> None:
    none = Prescription(
        orders=(),
        allergies=(),
        no_known_allergies=True,
        no_known_allergies_evidence=(HEARD,),
        created_at=AT,
        made_by=FINDER,
    )
    results = RESULTS.model_copy(update={"prescription": none})

    (allergy,) = resources("AllergyIntolerance", results)

    assert code(allergy, "code") == "no-known-allergies"
    assert "snomed" not in bundle_to_json(bundle(results)).lower()


def test_every_resource_leads_to_the_words_it_rests_on() -> None:
    (asthma, *_) = resources("Condition")
    origins = {one["target"][0]["reference"]: one for one in resources("Provenance")}

    origin = origins[f"urn:uuid:{asthma['id']}"]

    assert origin["entity"][0]["what"]["display"] == (
        'u1 01:15 PATIENT: "a cough & a fever of > 38"'
    )
    assert origin["entity"][0]["what"]["identifier"]["value"] == "u1"
    devices = {f"urn:uuid:{one['id']}": one for one in resources("Device")}
    engine = devices[origin["agent"][0]["who"]["reference"]]
    assert engine["deviceName"][0]["name"] == "findings_rules"


def test_the_note_says_what_made_it() -> None:
    versions = [
        (version["type"]["text"], version["value"])
        for device in resources("Device")
        for version in device["version"]
    ]
    assert ("model", "extractive.npz") in versions
    assert ("template", "soap 1") in versions


def test_plans_are_proposals_without_a_made_up_date() -> None:
    (visit,) = resources("Appointment")
    (xray,) = resources("ServiceRequest")

    assert (visit["status"], visit["comment"]) == ("proposed", "return visit, within 2 weeks")
    assert "start" not in visit
    assert (xray["status"], xray["intent"]) == ("draft", "proposal")
    assert xray["occurrenceTiming"]["repeat"]["boundsDuration"]["code"] == "d"


def test_sections_have_their_codes_and_their_narrative_is_escaped() -> None:
    history = section("HISTORY")

    assert code(history, "code") == "10164-2"
    assert "Cough &amp; fever &gt; 38 °C for &lt;NAME_1&gt;. [1]" in history["text"]["div"]


def test_a_section_says_in_words_what_it_enters() -> None:
    plan = section("ASSESSMENT AND PLAN")

    assert "chest x-ray, within 3 days" in plan["text"]["div"]
    assert len(plan["entry"]) == 1 + 2 + 2  # the problem assessed, follow-ups, medicines
    assert section("ALLERGIES")["text"]["div"].count("penicillin: hives") == 1


def test_problems_stand_where_a_reader_looks_for_them() -> None:
    assert "asthma" in section("ASSESSMENT AND PLAN")["text"]["div"]
    assert "no fever" in section("HISTORY")["text"]["div"]
    assert "mother: diabetes" in section("FAMILY HISTORY")["text"]["div"]


def test_alerts_stand_above_all_and_lead_to_the_order() -> None:
    (composition,) = resources("Composition")
    (issue,) = resources("DetectedIssue")
    prednisone = resources("MedicationRequest")[1]

    assert composition["section"][0]["title"] == "ALERTS"
    assert issue["severity"] == "high"
    assert issue["implicated"] == [{"reference": f"urn:uuid:{prednisone['id']}"}]


def test_a_stale_note_and_proposals_are_told() -> None:
    assert "has not caught up" in section("WARNING")["text"]["div"]
    assert "Instead of “Fluids.”: Rest." in section("PROPOSED CHANGES")["text"]["div"]


def test_two_orders_of_one_id_are_two_resources() -> None:
    twice = PRESCRIPTION.model_copy(update={"orders": (order(), order(drug="aspirin"))})
    results = RESULTS.model_copy(update={"prescription": twice})

    assert len({one["id"] for one in resources("MedicationRequest", results)}) == 2


@pytest.mark.parametrize(
    "results",
    [
        EncounterResults(note=NOTE),
        EncounterResults(prescription=PRESCRIPTION),
        EncounterResults(findings=ClinicalFindings(sex=PatientSex.UNKNOWN, made_by=FINDER)),
        EncounterResults(),
    ],
    ids=["note", "prescription", "findings", "nothing"],
)
def test_a_part_of_a_visit_is_valid_too(results: EncounterResults) -> None:
    assert broken_rules(bundle(results)) == []


def test_texts_that_xml_refuses_do_no_harm() -> None:
    odd = order(drug="ibu\x00profen\x0b ]]>", indication="\x07", route=" ")
    prescription = PRESCRIPTION.model_copy(update={"orders": (odd,)})

    (request,) = resources(
        "MedicationRequest", RESULTS.model_copy(update={"prescription": prescription})
    )

    assert request["medicationCodeableConcept"]["text"] == "ibu profen ]]>"
    assert request["reasonCode"] == [{"text": "unknown"}]


def test_all_references_lead_somewhere() -> None:
    whole = bundle()
    urls = {entry["fullUrl"] for entry in whole["entry"]}

    assert set(references_in(whole["entry"])) <= urls
