"""Spoken orders and written sigs with what they mean -> how much of it is read."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from medscribe.domain.medication import Experiencer, MedicationOrder
from medscribe.evaluation.medications.comparison import (
    FIELDS,
    Verdict,
    percent,
    same_drug,
    verdicts,
)
from medscribe.evaluation.medications.gold import GoldOrder, SpokenCase, spoken_cases
from medscribe.evaluation.medications.written_sigs import score_written_sigs
from medscribe.note.prescription import extract_prescription

_AT = datetime(2026, 1, 1, tzinfo=UTC)


class CaseOutcome(NamedTuple):
    """What one case came to: orders found and wanted, those of the same drug, their verdicts."""

    case: SpokenCase
    found: int
    matched: int
    fields: tuple[dict[str, Verdict], ...]


def evaluate_medications(data_dir: Path) -> dict[str, Any]:
    """{spoken: {...}, spoken_by_category: {category: {...}}, spoken_second: {...},
    spoken_second_by_category: {...}, the same of spoken_third, written: {...}}, in percent.

    `spoken`, `spoken_second`, `spoken_third`: the project's own cases, by three authors; `drug_f1`
    over ingredients, and for every field of an order the share that is right of those that stand
    in the gold or in the order (a field that neither says counts nowhere). Orders for others than
    the patient are left out. `written`: the sigs of
    `data_dir`/drugs/parserx_sample_sigs.csv against a gold kept in the project, by row. Raises
    `InputError` where that file is missing or is another one.
    """
    return {
        **_scored("spoken", spoken_cases()),
        **_scored("spoken_second", spoken_cases("spoken_orders_second")),
        **_scored("spoken_third", spoken_cases("spoken_orders_third")),
        "written": score_written_sigs(data_dir),
    }


def _scored(name: str, cases: Sequence[SpokenCase]) -> dict[str, Any]:
    outcomes = [outcome_of(case) for case in cases]
    categories: dict[str, list[CaseOutcome]] = defaultdict(list)
    for outcome in outcomes:
        categories[outcome.case.category].append(outcome)
    by_category = {category: scores(part) for category, part in sorted(categories.items())}
    return {name: scores(outcomes), f"{name}_by_category": by_category}


def outcome_of(case: SpokenCase) -> CaseOutcome:
    """The case's talk read and compared; each order found goes with at most one wanted."""
    made = extract_prescription(case.utterances(), created_at=_AT)
    orders = [order for order in made.orders if order.experiencer is Experiencer.PATIENT]
    pairs = matched(orders, case.orders)
    fields = tuple(verdicts(order, gold) for order, gold in pairs)
    return CaseOutcome(case, len(orders), len(pairs), fields)


def matched(
    orders: Sequence[MedicationOrder], wanted: Sequence[GoldOrder]
) -> list[tuple[MedicationOrder, GoldOrder]]:
    """Pairs of the same drug, in the order of `wanted`."""
    left = list(orders)
    pairs = []
    for gold in wanted:
        order = next((order for order in left if same_drug(order, gold)), None)
        if order is not None:
            left.remove(order)
            pairs.append((order, gold))
    return pairs


def scores(outcomes: Sequence[CaseOutcome]) -> dict[str, Any]:
    """{cases, orders, drug_precision, drug_recall, drug_f1, dose, frequency, ..., n_dose, ...};
    None where nothing was there to judge."""
    found = sum(outcome.found for outcome in outcomes)
    wanted = sum(len(outcome.case.orders) for outcome in outcomes)
    right_drugs = sum(outcome.matched for outcome in outcomes)
    said: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for verdict in (fields for outcome in outcomes for fields in outcome.fields):
        for name, judged in verdict.items():
            said[name] += judged.said
            right[name] += judged.said and judged.right
    return {
        "cases": len(outcomes),
        "orders": wanted,
        "drug_precision": percent(right_drugs, found),
        "drug_recall": percent(right_drugs, wanted),
        "drug_f1": percent(2 * right_drugs, found + wanted),
        **{name: percent(right[name], said[name]) for name in FIELDS},
        **{f"n_{name}": said[name] for name in FIELDS},
    }
