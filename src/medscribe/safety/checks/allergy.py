"""Draft -> alerts on orders for a drug to which an allergy was stated in the same visit."""

from pydantic import BaseModel, ConfigDict

from medscribe.clinical.allergens import collision
from medscribe.clinical.drugs import ingredients_of
from medscribe.domain.medication import Allergy, Experiencer, MedicationOrder, OrderAction
from medscribe.domain.safety import SafetyAlert, Severity
from medscribe.safety.check import Draft

SUMMARY = "Flags orders that collide with a stated allergy, also by class."
REQUIRES: tuple[str, ...] = ()
EXTRA: str | None = None
SOURCE = "allergy classes of MedScribe (beta-lactams by side chain, sulfonamides, NSAIDs, opioids)"
_GIVEN = (OrderAction.START, OrderAction.CHANGE, OrderAction.CONTINUE)


class Options(BaseModel):
    """Nothing to choose."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class AllergyCheck:
    """Hard where a medicine is started, changed or continued against a stated allergy.

    Patient: "I'm allergic to penicillin." Clinician: "Let's start amoxicillin." -> an alert with
    both quotes. A medicine only mentioned or stopped gives none.
    """

    name = "allergy"

    def check(self, draft: Draft) -> list[SafetyAlert]:
        return [
            self._alert(order, allergy, reason)
            for order in draft.prescription.orders
            if order.action in _GIVEN and order.experiencer is Experiencer.PATIENT
            for allergy in draft.prescription.allergies
            if (reason := _reason(order, allergy)) is not None
        ]

    def _alert(self, order: MedicationOrder, allergy: Allergy, reason: str) -> SafetyAlert:
        reaction = f" (reaction: {allergy.reaction})" if allergy.reaction else ""
        return SafetyAlert(
            check=self.name,
            severity=Severity.HARD,
            detail=f"{order.drug} was ordered, and an allergy to {allergy.substance} was "
            f"stated{reaction}: {reason}.",
            implicated=(order.id, allergy.id),
            evidence=(*allergy.evidence, *order.evidence),
            source=SOURCE,
        )


def _reason(order: MedicationOrder, allergy: Allergy) -> str | None:
    return collision(allergy.substance, ingredients_of(order.drug))


def create(_options: Options) -> AllergyCheck:
    return AllergyCheck()
