"""Results with placeholders -> results with real names, for those who may see the chart."""

from collections.abc import Sequence
from typing import Any

from medscribe.domain.note import Evidence
from medscribe.domain.privacy import MaskedUtterance, VaultEntry
from medscribe.domain.results import EncounterResults
from medscribe.domain.spans import TextSpan
from medscribe.domain.transcript import Utterance
from medscribe.privacy.mask import reveal


def chart_view(results: EncounterResults) -> EncounterResults:
    """Note, prescription and alerts with what was masked put back.

    Evidence quotes are put back too, and their spans count characters of what was really said.
    """
    vault = results.vault or ()
    said = {utterance.id: utterance for utterance in results.utterances or ()}
    masked = {utterance.id: utterance for utterance in results.masked or ()}
    opened = {
        name: _revealed(getattr(results, name), vault)
        for name in ("note", "prescription", "alerts")
        if getattr(results, name) is not None
    }
    opened = {name: _with_true_spans(value, said, masked, vault) for name, value in opened.items()}
    return results.model_copy(update=opened)


def _revealed(value: Any, vault: Sequence[VaultEntry]) -> Any:
    """`value` with every string in it revealed; records and tuples are walked."""
    if isinstance(value, str) and type(value) is str:
        return reveal(value, vault)
    return _mapped(value, lambda item: _revealed(item, vault))


def _with_true_spans(
    value: Any,
    said: dict[str, Utterance],
    masked: dict[str, MaskedUtterance],
    vault: Sequence[VaultEntry],
) -> Any:
    if isinstance(value, Evidence):
        return _true_span(value, said, masked, vault)
    return _mapped(value, lambda item: _with_true_spans(item, said, masked, vault))


def _true_span(
    evidence: Evidence,
    said: dict[str, Utterance],
    masked: dict[str, MaskedUtterance],
    vault: Sequence[VaultEntry],
) -> Evidence:
    utterance = masked.get(evidence.utterance_id)
    if evidence.span is None or utterance is None or evidence.utterance_id not in said:
        return evidence
    start = len(reveal(utterance.text[: evidence.span.start], vault))
    span = TextSpan(start=start, end=start + len(evidence.quote))
    return evidence.model_copy(update={"span": span})


def _mapped(value: Any, change: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(change(item) for item in value)
    if hasattr(value, "model_copy"):
        fields = {name: change(getattr(value, name)) for name in type(value).model_fields}
        return value.model_copy(update=fields)
    return value
