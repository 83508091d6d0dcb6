"""A resource, its evidence and its engines -> `Provenance`: the words in the talk it rests on."""

from collections.abc import Sequence

from medscribe.domain.note import Evidence
from medscribe.export.fhir.elements import HL7, Json, coded
from medscribe.export.fhir.visit import Visit


def provenance_of(
    target: Json, evidence: Sequence[Evidence], devices: Sequence[Json], visit: Visit
) -> Json:
    """Where `target` (a resource of this bundle) comes from; `devices` are references.

    Every quote is an `entity` of role `source`. It is readable without knowing us: `display` says
    utterance, time, role and words; `identifier` has the utterance's id within this visit.
    """
    return visit.resource(
        "Provenance",
        f"{target['resourceType']}/{target['id']}",
        target=[{"reference": f"urn:uuid:{target['id']}"}],
        recorded=visit.instant,
        activity=coded(f"{HL7}/v3-DataOperation", "CREATE", "create"),
        agent=[
            {
                "type": coded(f"{HL7}/provenance-participant-type", "assembler", "Assembler"),
                "who": device,
            }
            for device in devices
        ],
        entity=[_entity(one, visit) for one in dict.fromkeys(evidence)],
    )


def _entity(evidence: Evidence, visit: Visit) -> Json:
    visit_id = visit.id_of("Encounter")
    identifier = {"system": f"urn:uuid:{visit_id}", "value": evidence.utterance_id or "unknown"}
    return {
        "role": "source",
        "what": {"identifier": identifier, "display": visit.quoted(evidence)},
    }
