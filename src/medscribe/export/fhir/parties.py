"""Who a document is about and what made it: `Patient`, `Encounter`, `Device`."""

from medscribe import __version__
from medscribe.domain.findings import PatientSex
from medscribe.domain.provenance import Provenance
from medscribe.export.fhir.elements import HL7, Json, clean, coding, narrative
from medscribe.export.fhir.visit import Visit


def patient_of(sex: PatientSex, name: str | None, visit: Visit) -> Json:
    """The patient as far as the visit tells: no identity is made up. `name` None: not to be shown,
    or not known."""
    shown = clean(name)
    return visit.resource(
        "Patient",
        "",
        text=narrative([f"{shown or 'Patient of the visit'}, sex {sex.value}"]),
        name=[{"text": shown}] if shown else [],
        gender=sex.value,
    )


def encounter_of(visit: Visit) -> Json:
    """The visit. Where it took place was not said: class unknown, no period."""
    return visit.resource(
        "Encounter",
        "",
        text=narrative(["Recorded visit"]),
        status="finished",
        **{"class": coding(f"{HL7}/v3-NullFlavor", "UNK", "unknown")},
        subject=visit.patient,
    )


def medscribe_device(visit: Visit) -> Json:
    """MedScribe itself, the author of the document."""
    return visit.resource(
        "Device",
        "medscribe",
        text=narrative([f"MedScribe {__version__}"]),
        deviceName=[{"name": "MedScribe", "type": "model-name"}],
        version=[{"type": {"text": "software"}, "value": __version__}],
    )


def engine_key(made_by: Provenance) -> str:
    """Our item id of an engine: the same engine with the same model and prompt is one device."""
    parts = (made_by.engine, made_by.version, made_by.model, made_by.prompt, made_by.template)
    return "|".join(part or "" for part in parts)


def engine_device(made_by: Provenance, visit: Visit) -> Json:
    """The engine that made a result, with its model, prompt and template."""
    versions = {
        "engine": made_by.version,
        "model": made_by.model,
        "prompt": made_by.prompt,
        "template": made_by.template,
    }
    known = [
        {"type": {"text": kind}, "value": clean(value)}
        for kind, value in versions.items()
        if clean(value)
    ]
    name = clean(made_by.engine) or "engine"
    told = ", ".join(f"{kind} {clean(value)}" for kind, value in versions.items() if clean(value))
    return visit.resource(
        "Device",
        engine_key(made_by),
        text=narrative([f"{name}: {told}"]),
        deviceName=[{"name": name, "type": "other"}],
        version=known,
        parent=visit.reference("Device", "medscribe"),
    )
