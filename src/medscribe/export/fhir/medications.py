"""Medication orders -> `MedicationRequest` (proposed) or `MedicationStatement` (stated)."""

from medscribe.domain.medication import Certainty, Experiencer, MedicationOrder, OrderAction
from medscribe.export.documents import order_line
from medscribe.export.fhir.dosage import dosages_of
from medscribe.export.fhir.elements import Json, concept, narrative, notes
from medscribe.export.fhir.visit import Visit
from medscribe.export.sig import amount

_REQUESTED = (OrderAction.START, OrderAction.CHANGE, OrderAction.CONTINUE)
_STATUS = {OrderAction.STOP: "stopped", OrderAction.HOLD: "on-hold"}


def medication_of(order: MedicationOrder, visit: Visit) -> Json | None:
    """The resource of one order; None for a medicine of somebody else than the patient.

    What is to be taken is a request of status `draft` and intent `proposal`: a scribe never
    orders. "Stop the warfarin" is a statement of status `stopped`: as a request it would need
    `doNotPerform`, and a reader that overlooks this would take a stop for an order. What was only
    spoken of or considered is a statement of status `unknown`.
    """
    if order.experiencer is not Experiencer.PATIENT:
        return None
    if order.action in _REQUESTED and order.certainty is Certainty.CONFIRMED:
        return _request(order, visit)
    return _statement(order, visit)


def _request(order: MedicationOrder, visit: Visit) -> Json:
    return visit.resource(
        "MedicationRequest",
        order.id,
        text=narrative([order_line(order)]),
        status="draft",
        intent="proposal",
        medicationCodeableConcept=_medicine(order),
        subject=visit.patient,
        encounter=visit.encounter,
        authoredOn=visit.instant,
        reasonCode=_reason(order),
        note=notes(f"Action said: {order.action.value}."),
        dosageInstruction=dosages_of(order),
    )


def _statement(order: MedicationOrder, visit: Visit) -> Json:
    decided = order.certainty is Certainty.CONFIRMED
    status = _STATUS.get(order.action, "unknown") if decided else "unknown"
    considered = "" if decided else f"Only {order.certainty.value}: nothing was decided."
    return visit.resource(
        "MedicationStatement",
        order.id,
        text=narrative([order_line(order)]),
        status=status,
        medicationCodeableConcept=_medicine(order),
        subject=visit.patient,
        context=visit.encounter,
        dateAsserted=visit.instant,
        reasonCode=_reason(order),
        note=notes(f"Action said: {order.action.value}.", considered),
        dosage=dosages_of(order),
    )


def _medicine(order: MedicationOrder) -> Json:
    """Its codes are those of the drug; the text adds strength and form as they were said."""
    words = (order.drug, amount(order.strength), order.form)
    return concept(" ".join(word for word in words if word), order.codings)


def _reason(order: MedicationOrder) -> list[Json]:
    return [concept(order.indication)] if order.indication else []
