"""Draft -> alerts on orders whose dose is no multiple of a strength that is marketed.

Half to four times a marketed strength is what is swallowed at once; tenfold and tenth doses, the
errors that kill, are rarely such a multiple (3 % of them on the doses of ACI-Bench's notes).
"""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from medscribe.clinical.drugs import ingredients_of, is_marketed_multiple, marketed_strengths
from medscribe.domain.medication import Experiencer, MedicationOrder, OrderAction, Quantity
from medscribe.domain.safety import SafetyAlert, Severity
from medscribe.safety.check import Draft

SUMMARY = "Flags orders whose dose is no multiple of a marketed strength."
REQUIRES: tuple[str, ...] = ()
EXTRA: str | None = None
SOURCE = "RxNorm prescribable content, 2025-10-06 (marketed strengths)"
_INJECTED = ("intramuscular", "intravenous", "subcutaneous", "injection", "shot")
_SHOWN_STRENGTHS = 12
_TAKEN = (OrderAction.START, OrderAction.CHANGE, OrderAction.CONTINUE)
_WEEKLY = frozenset(["methotrexate"])
_WEEKLY_SOURCE = "methotrexate tablet labelling (boxed warning on daily instead of weekly dosing)"
_DAYS_OF_A_WEEK = 7


class Options(BaseModel):
    """Nothing to choose."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class DosageCheck:
    """Judges strength and dose on their own, each against the strengths of the drug.

    "two tablets of 500 mg" is judged by 500 mg: so many tablets at once are a dose, no strength. A
    drug that the tables do not know gives no alert. Medicines of relatives are not judged, nor are
    patches, which are marketed by what they give off in an hour.
    """

    name = "dosage"

    def check(self, draft: Draft) -> list[SafetyAlert]:
        return [
            alert
            for order in draft.prescription.orders
            if order.experiencer is Experiencer.PATIENT and not _is_patch(order)
            for alert in (*self._alerts(order), *self._too_often(order))
        ]

    def _alerts(self, order: MedicationOrder) -> list[SafetyAlert]:
        ingredients = ingredients_of(order.drug)
        of_steps = [amount for step in order.steps for amount in (step.strength, step.dose)]
        said = (order.strength, order.dose, order.dose_max, *of_steps)
        amounts = dict.fromkeys(filter(None, said))
        for amount in amounts:
            if fits(ingredients, amount, injected=_is_injected(order)) is False:
                return [self._alert(order, ingredients, amount)]
        return []

    def _too_often(self, order: MedicationOrder) -> list[SafetyAlert]:
        """A daily dose of a medicine that is taken once a week; stopping it is no such order."""
        often = order.frequency
        if order.action not in _TAKEN or often is None or often.period_unit not in ("d", "h"):
            return []
        if _WEEKLY.isdisjoint(ingredients_of(order.drug)) or (often.period or 1) >= _DAYS_OF_A_WEEK:
            return []
        return [
            SafetyAlert(
                check=self.name,
                severity=Severity.HARD,
                detail=f"{order.drug} was ordered {often.text}; outside cancer treatment it is "
                "taken once a week, and daily doses have been fatal. Check how often.",
                implicated=(order.id,),
                evidence=order.evidence,
                source=_WEEKLY_SOURCE,
            )
        ]

    def _alert(
        self, order: MedicationOrder, ingredients: Sequence[str], amount: Quantity
    ) -> SafetyAlert:
        detail = (
            f"{order.drug} {amount.value:.12g} {amount.unit} is no multiple of a marketed strength "
            f"({_strengths_text(ingredients, amount.unit)}). Check drug, number and unit."
        )
        return SafetyAlert(
            check=self.name,
            severity=Severity.HARD,
            detail=detail,
            implicated=(order.id,),
            evidence=order.evidence,
            source=SOURCE,
        )


def fits(ingredients: Sequence[str], amount: Quantity, *, injected: bool) -> bool | None:
    """Whether the amount can be made from marketed strengths; None where nothing can be said.

    For a product of several ingredients the amount of any one of them counts: "Norco 5".
    """
    combined = len(ingredients) > 1
    judged = [
        is_marketed_multiple(
            name, amount.value, amount.unit, in_combination=combined, injected=injected
        )
        for name in ingredients
    ]
    if any(judged):
        return True
    return False if False in judged else None


def _is_patch(order: MedicationOrder) -> bool:
    return order.form == "patch" or order.route == "transdermal"


def _is_injected(order: MedicationOrder) -> bool:
    return order.route in _INJECTED or order.form in _INJECTED


def _strengths_text(ingredients: Sequence[str], unit: str) -> str:
    table_unit = {"mcg": "mg", "g": "mg"}.get(unit, unit)
    combined = len(ingredients) > 1
    parts = []
    for name in ingredients:
        strengths = marketed_strengths(name, in_combination=combined)
        values = [f"{s.value:.12g}" for s in strengths if s.unit == table_unit][:_SHOWN_STRENGTHS]
        if values:
            parts.append(f"{name}: {', '.join(values)} {table_unit}")
    return "; ".join(parts)


def create(_options: Options) -> DosageCheck:
    return DosageCheck()
