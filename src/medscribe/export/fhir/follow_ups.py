"""What is planned beyond medicines -> `ServiceRequest` or, for a return visit, `Appointment`."""

from medscribe.domain.findings import FollowUp, FollowUpKind
from medscribe.domain.medication import Certainty
from medscribe.export.fhir.elements import (
    HL7,
    UNKNOWN,
    Json,
    clean,
    coded,
    concept,
    duration,
    narrative,
    notes,
    without_empty,
)
from medscribe.export.fhir.visit import Visit
from medscribe.export.sig import time_text


def follow_up_line(follow_up: FollowUp) -> str:
    """`x-ray of the left knee, within 2 weeks`; what is not decided says so."""
    within = f", within {time_text(follow_up.within)}" if follow_up.within else ""
    return clean(f"{follow_up.text}{within}{_undecided(follow_up)}")


def follow_up_of(follow_up: FollowUp, visit: Visit) -> Json:
    """A proposal: request of status `draft`, appointment of status `proposed`."""
    if follow_up.kind is FollowUpKind.RETURN_VISIT:
        return _appointment(follow_up, visit)
    conditional = follow_up.certainty is Certainty.HYPOTHETICAL
    return visit.resource(
        "ServiceRequest",
        follow_up.id,
        text=narrative([follow_up_line(follow_up)]),
        status="draft",
        intent="proposal",
        category=[{"text": follow_up.kind.value.replace("_", " ")}],
        code=concept(follow_up.text),
        subject=visit.patient,
        encounter=visit.encounter,
        occurrenceTiming=_within(follow_up),
        asNeededBoolean=True if conditional else None,
        authoredOn=visit.instant,
        note=notes(_undecided(follow_up).strip(" ()")),
    )


def _appointment(follow_up: FollowUp, visit: Visit) -> Json:
    """Without a date: FHIR allows that of a proposed appointment (invariant app-3)."""
    return visit.resource(
        "Appointment",
        follow_up.id,
        text=narrative([follow_up_line(follow_up)]),
        status="proposed",
        appointmentType=coded(f"{HL7}/v2-0276", "FOLLOWUP"),
        description=clean(follow_up.text) or UNKNOWN,
        created=visit.instant,
        comment=follow_up_line(follow_up) or UNKNOWN,
        participant=[{"actor": visit.patient, "status": "needs-action"}],
    )


def _within(follow_up: FollowUp) -> Json:
    """ "In two weeks" is a span that begins with the visit; no date is worked out of it."""
    bounds = duration(follow_up.within)
    text = f"within {time_text(follow_up.within)}" if follow_up.within else ""
    repeat = {"boundsDuration": bounds} if bounds else {}
    return without_empty({"repeat": repeat, "code": {"text": text} if text else None})


def _undecided(follow_up: FollowUp) -> str:
    if follow_up.certainty is Certainty.CONFIRMED:
        return ""
    if follow_up.certainty is Certainty.POSSIBLE:
        return " (considered only)"
    return " (only if needed)"
