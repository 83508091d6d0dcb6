"""Results of an encounter -> a validated FHIR R4 document Bundle."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from medscribe.domain.findings import PatientSex
from medscribe.domain.provenance import Provenance
from medscribe.domain.results import EncounterResults
from medscribe.domain.safety import SafetyAlert
from medscribe.export.fhir.alerts import alert_line, alert_of
from medscribe.export.fhir.composition import (
    Entered,
    SectionCodes,
    composition_of,
    entered_alert,
)
from medscribe.export.fhir.elements import Json
from medscribe.export.fhir.items import Item, items_of
from medscribe.export.fhir.origin import provenance_of
from medscribe.export.fhir.parties import (
    encounter_of,
    engine_device,
    engine_key,
    medscribe_device,
    patient_of,
)
from medscribe.export.fhir.validation import validated
from medscribe.export.fhir.visit import Visit
from medscribe.export.outline import Outline, outline_of

PROGRESS_NOTE = ("11506-3", "Progress note")
"""LOINC code and name of the usual type of document."""


def bundle_of(
    results: EncounterResults,
    *,
    encounter_id: str,
    created_at: datetime,
    title: str,
    codes: SectionCodes,
    kind: tuple[str, str] = PROGRESS_NOTE,
    patient_name: str | None = None,
) -> Json:
    """A Bundle of type `document`: Composition first, what it enters, and Provenance of each.

    `results` as they may be shown: masked, with surrogates, or with real names; only in the last
    case is `patient_name` given. `codes` are those of the note's template. The same input gives the
    same bundle, ids included. Raises `MissingDependencyError` where fhir.resources is not
    installed, and `MedScribeError` for a bundle that is no valid FHIR: none such is returned.
    """
    said = {one.id: one for one in results.masked or results.utterances or ()}
    visit = Visit(encounter_id=encounter_id, created_at=created_at, said=said)
    note = results.note
    outline = outline_of(note) if note else Outline(sections=(), references=())
    items = items_of(results.prescription, results.findings, visit)
    alerts = _alerts(results.alerts or (), items, visit)
    entered = [entered_alert(_to(issue), alert_line(alert)) for alert, issue in alerts]
    entered += [Entered(_to(item.resource), item.line, item.home) for item in items]
    composition = composition_of(note, outline, entered, codes, kind, title, visit)
    writers = _engines(_writers(results))
    own = visit.reference("Device", "medscribe")
    origins = [
        provenance_of(composition, outline.references, [own, *_devices(writers, visit)], visit),
        *(provenance_of(issue, alert.evidence, [own], visit) for alert, issue in alerts),
        *(
            provenance_of(one.resource, one.evidence, _devices([one.made_by], visit), visit)
            for one in items
        ),
    ]
    sex = results.findings.sex if results.findings else PatientSex.UNKNOWN
    engines = _engines([*writers, *(item.made_by for item in items)])
    resources = [
        composition,
        patient_of(sex, patient_name, visit),
        encounter_of(visit),
        medscribe_device(visit),
        *(engine_device(engine, visit) for engine in engines),
        *(issue for _, issue in alerts),
        *(item.resource for item in items),
        *origins,
    ]
    return validated(_document(resources, visit))


def bundle_to_json(bundle: Json) -> str:
    """The bundle as text; the same bundle gives the same bytes."""
    return json.dumps(bundle, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _document(resources: Sequence[Json], visit: Visit) -> Json:
    # FHIR wants another identifier for every document: masked and revealed, before a correction and
    # after it, are not the same one.
    content = json.dumps(resources, sort_keys=True)
    bundle_id = visit.id_of("Bundle", hashlib.sha256(content.encode()).hexdigest())
    return {
        "resourceType": "Bundle",
        "id": bundle_id,
        "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{bundle_id}"},
        "type": "document",
        "timestamp": visit.instant,
        "entry": [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in resources],
    }


def _alerts(
    alerts: Sequence[SafetyAlert], items: Sequence[Item], visit: Visit
) -> list[tuple[SafetyAlert, Json]]:
    """Alerts with their resources; what they implicate are the orders among `items`."""
    drugs = [item.resource for item in items if item.resource["resourceType"].startswith("Medica")]
    ids = {resource["id"]: _to(resource) for resource in drugs}
    found = []
    for number, alert in enumerate(alerts, start=1):
        kinds = ("MedicationRequest", "MedicationStatement")
        orders = {
            name: ids[visit.id_of(kind, name)]
            for name in alert.implicated
            for kind in kinds
            if visit.id_of(kind, name) in ids
        }
        found.append((alert, alert_of(number, alert, orders, visit)))
    return found


def _writers(results: EncounterResults) -> list[Provenance]:
    """What wrote the note, and what heard the words."""
    written = [results.note.made_by] if results.note else []
    return written + ([results.transcription.made_by] if results.transcription else [])


def _engines(engines: Iterable[Provenance]) -> list[Provenance]:
    """Each engine once, in order."""
    return list({engine_key(engine): engine for engine in engines}.values())


def _devices(engines: Iterable[Provenance], visit: Visit) -> list[Json]:
    return [visit.reference("Device", engine_key(engine)) for engine in engines]


def _to(resource: Json) -> Json:
    return {"reference": f"urn:uuid:{resource['id']}"}
