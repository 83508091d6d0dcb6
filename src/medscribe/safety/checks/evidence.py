"""Draft -> alerts on statements and orders that do not rest on words really said."""

from collections.abc import Mapping, Sequence

from pydantic import BaseModel, ConfigDict

from medscribe.domain.note import Author, Evidence, StatementStatus
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.safety import SafetyAlert, Severity
from medscribe.safety.check import Draft

SUMMARY = "Flags statements, orders and allergies without a verbatim quote of the talk."
REQUIRES: tuple[str, ...] = ()
EXTRA: str | None = None
_HALF_SUPPORTED = {
    "severity": Severity.ADVISORY,
    "detail": "One of the quotes of this statement does not stand in the talk; another one does.",
}
_SOURCE = "rule: every statement quotes the talk"


class Options(BaseModel):
    """Nothing to choose."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class EvidenceCheck:
    """Hard for an order, an allergy or a stated absence of allergies; hard for a statement too.

    Advisory where a model gave one quote that stands in the talk and another that does not. What a
    clinician wrote needs no evidence. A quote counts only if it stands letter for letter in
    the utterance that it names, and at its span where it has one.
    """

    name = "evidence"

    def check(self, draft: Draft) -> list[SafetyAlert]:
        said = {utterance.id: utterance for utterance in draft.utterances}
        alerts: list[SafetyAlert] = []
        for statement in draft.note.statements:
            if statement.author is Author.CLINICIAN:
                continue
            unsupported = statement.status is StatementStatus.UNSUPPORTED
            found = self._alerts(
                "statement", statement.id, statement.evidence, said, unsupported=unsupported
            )
            half = statement.author is Author.MODEL and not unsupported
            if half and any(is_verbatim(quote, said) for quote in statement.evidence):
                found = [each.model_copy(update=_HALF_SUPPORTED) for each in found]
            alerts += found
        for order in draft.prescription.orders:
            alerts += self._alerts(f"order ({order.drug})", order.id, order.evidence, said)
        for allergy in draft.prescription.allergies:
            kind = f"allergy ({allergy.substance})"
            alerts += self._alerts(kind, allergy.id, allergy.evidence, said)
        if draft.prescription.no_known_allergies:
            quotes = draft.prescription.no_known_allergies_evidence
            alerts += self._alerts("absence of allergies", "no_known_allergies", quotes, said)
        return alerts

    def _alerts(
        self,
        kind: str,
        implicated: str,
        evidence: Sequence[Evidence],
        said: Mapping[str, MaskedUtterance],
        *,
        unsupported: bool = False,
    ) -> list[SafetyAlert]:
        wrong = [quote for quote in evidence if not is_verbatim(quote, said)]
        if evidence and not wrong and not unsupported:
            return []
        reason = (
            "its quote does not stand in the talk" if wrong else "no words of the talk support it"
        )
        return [
            SafetyAlert(
                check=self.name,
                severity=Severity.HARD,
                detail=f"This {kind} is unsupported: {reason}.",
                implicated=(implicated,),
                evidence=tuple(wrong),
                source=_SOURCE,
            )
        ]


def is_verbatim(evidence: Evidence, said: Mapping[str, MaskedUtterance]) -> bool:
    """Whether the quote stands letter for letter in the utterance it names, at its span if given.

    An empty quote supports nothing.
    """
    utterance = said.get(evidence.utterance_id)
    if utterance is None or not evidence.quote.strip():
        return False
    if evidence.span is None:
        return evidence.quote in utterance.text
    return utterance.text[evidence.span.start : evidence.span.end] == evidence.quote


def create(_options: Options) -> EvidenceCheck:
    return EvidenceCheck()
