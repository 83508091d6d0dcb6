"""Safety alerts -> `DetectedIssue`."""

from collections.abc import Mapping

from medscribe.domain.safety import SafetyAlert, Severity
from medscribe.export.fhir.elements import Json, clean, concept, narrative
from medscribe.export.fhir.visit import Visit

_SEVERITY = {Severity.HARD: "high", Severity.ADVISORY: "moderate", Severity.INFO: "low"}


def alert_line(alert: SafetyAlert) -> str:
    return clean(f"{alert.severity.value.upper()}: {alert.detail} ({alert.source})")


def alert_of(number: int, alert: SafetyAlert, orders: Mapping[str, Json], visit: Visit) -> Json:
    """One alert; `orders`: references to the resources of orders by the ids of our records."""
    return visit.resource(
        "DetectedIssue",
        str(number),
        text=narrative([alert_line(alert)]),
        status="preliminary",
        code=concept(alert.check),
        severity=_SEVERITY[alert.severity],
        patient=visit.patient,
        identifiedDateTime=visit.instant,
        author=visit.reference("Device", "medscribe"),
        implicated=[orders[id_] for id_ in dict.fromkeys(alert.implicated) if id_ in orders],
        detail=alert_line(alert),
    )
