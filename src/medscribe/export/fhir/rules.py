"""A bundle -> the rules of FHIR R4 that it breaks and that fhir.resources does not check."""

from collections.abc import Iterator
from typing import Any

from medscribe.export.fhir.elements import TIME_UNITS, Json

Broken = Iterator[str]
"""Rules as `Condition con-3`: type and invariant, never a value."""


def broken_rules(bundle: Json) -> list[str]:
    """Names of the broken rules; an empty list for a valid document.

    Checked are FHIR's invariants of what we write (tim-*, con-*, ait-*, obs-*, app-*, qty-3,
    rng-2, drt-1, cmp-1, bdl-*), that every reference leads to a resource of the bundle, that the
    Composition leads to every resource but Provenance, and that nothing is empty.
    """
    resources = [entry["resource"] for entry in bundle["entry"]]
    return [
        *_document_rules(bundle, resources),
        *(broken for resource in resources for broken in _resource_rules(resource)),
        *(
            f"{resource['resourceType']} {rule}"
            for resource in resources
            for element in _elements(resource)
            for rule in _element_rules(element)
        ),
    ]


def references_in(value: Any) -> Iterator[str]:
    """All literal references inside a JSON value."""
    for element in _elements(value):
        if isinstance(element.get("reference"), str):
            yield element["reference"]


def _document_rules(bundle: Json, resources: list[Json]) -> Broken:
    urls = [entry["fullUrl"] for entry in bundle["entry"]]
    by_url = dict(zip(urls, resources, strict=True))
    if len(by_url) < len(urls):
        yield "Bundle bdl-7"
    if not (bundle.get("identifier", {}).get("value") and bundle.get("timestamp")):
        yield "Bundle bdl-9"
    if not resources or resources[0]["resourceType"] != "Composition":
        yield "Bundle bdl-11"
        return
    for resource in resources:
        if any(reference not in by_url for reference in references_in(resource)):
            yield f"{resource['resourceType']} reference"
    reached = _reached(urls[0], by_url)
    for url, resource in by_url.items():
        if url not in reached and resource["resourceType"] != "Provenance":
            yield f"{resource['resourceType']} unreachable"


def _reached(first: str, by_url: dict[str, Json]) -> set[str]:
    reached: set[str] = set()
    waiting = [first]
    while waiting:
        url = waiting.pop()
        if url not in reached and url in by_url:
            reached.add(url)
            waiting += references_in(by_url[url])
    # A Provenance may belong to the document by its target; its devices then do too.
    for url, resource in by_url.items():
        if resource["resourceType"] == "Provenance" and url not in reached:
            reached.update(references_in(resource))
    return reached


def _resource_rules(resource: Json) -> Broken:
    kind = resource["resourceType"]
    check = _BY_TYPE.get(kind)
    if check is not None:
        yield from (f"{kind} {rule}" for rule in check(resource))


def _code(concept: Json | None) -> str:
    return concept["coding"][0]["code"] if concept and concept.get("coding") else ""


def _condition(resource: Json) -> Broken:
    clinical = _code(resource.get("clinicalStatus"))
    listed = any(_code(one) == "problem-list-item" for one in resource.get("category", ()))
    verified = _code(resource.get("verificationStatus"))
    if listed and not clinical and verified != "entered-in-error":
        yield "con-3"
    abated = any(key.startswith("abatement") for key in resource)
    if abated and clinical not in ("inactive", "resolved", "remission"):
        yield "con-4"
    if clinical and verified == "entered-in-error":
        yield "con-5"


def _allergy(resource: Json) -> Broken:
    erroneous = _code(resource.get("verificationStatus")) == "entered-in-error"
    if erroneous == bool(resource.get("clinicalStatus")):
        yield "ait-2" if erroneous else "ait-1"


def _observation(resource: Json) -> Broken:
    valued = any(key.startswith("value") for key in resource)
    if valued and "dataAbsentReason" in resource:
        yield "obs-6"
    parts = resource.get("component", [])
    if valued and any(part["code"] == resource["code"] for part in parts):
        yield "obs-7"
    if not valued and not parts and "dataAbsentReason" not in resource:
        yield "vs-2"


def _appointment(resource: Json) -> Broken:
    if not all("type" in one or "actor" in one for one in resource["participant"]):
        yield "app-1"
    if ("start" in resource) != ("end" in resource):
        yield "app-2"
    if "start" not in resource and resource["status"] not in ("proposed", "cancelled", "waitlist"):
        yield "app-3"


def _composition(resource: Json) -> Broken:
    for section in resource.get("section", ()):
        if not section.keys() & {"text", "entry", "section"}:
            yield "cmp-1"


_BY_TYPE = {
    "Condition": _condition,
    "AllergyIntolerance": _allergy,
    "Observation": _observation,
    "Appointment": _appointment,
    "Composition": _composition,
}


def _elements(value: Any) -> Iterator[Json]:
    """Every JSON object in `value`, itself included."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _elements(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _elements(inner)


def _element_rules(element: Json) -> Broken:
    if any(_is_empty(value) for value in element.values()):
        yield "ele-1"
    if "value" in element and "unit" in element and "code" in element and "system" not in element:
        yield "qty-3"
    if "asNeededBoolean" in element and "asNeededCodeableConcept" in element:
        yield "asNeeded[x]"
    if {"low", "high"} <= element.keys() and element["low"]["value"] > element["high"]["value"]:
        yield "rng-2"
    if ("numerator" in element) != ("denominator" in element):
        yield "rat-1"
    if "repeat" in element:
        yield from _timing_rules(element["repeat"])


def _is_empty(value: Any) -> bool:
    if isinstance(value, list) and any(_is_empty(one) for one in value):
        return True
    return value is None or value in ("", [], {})


def _timing_rules(repeat: Json) -> Broken:
    if ("period" in repeat) != ("periodUnit" in repeat):
        yield "tim-2"
    if repeat.get("period", 0) < 0:
        yield "tim-5"
    if "periodMax" in repeat and "period" not in repeat:
        yield "tim-6"
    if "countMax" in repeat and "count" not in repeat:
        yield "tim-8"
    if "timeOfDay" in repeat and "when" in repeat:
        yield "tim-10"
    bounds = repeat.get("boundsDuration")
    if bounds is not None and bounds.get("code") not in TIME_UNITS:
        yield "drt-1"
