"""Prescription and findings -> the structured record of a visit as JSON (`medscribe.record/1`)."""

import json
from typing import Any

from medscribe.domain.findings import ClinicalFindings
from medscribe.domain.medication import Prescription

SCHEMA = "medscribe.record/1"


def record_of(prescription: Prescription | None, findings: ClinicalFindings | None) -> Any:
    """The record as plain JSON values; keys are always all there.

    `made_by` has an entry for each result that there is; of one that there is not, the lists are
    empty and the values null. null also stands for whatever was not said.
    """
    found = findings.model_dump(mode="json") if findings else {}
    ordered = prescription.model_dump(mode="json") if prescription else {}
    return {
        "schema": SCHEMA,
        "patient": {"sex": found.get("sex"), "age_years": found.get("age_years")},
        "medications": ordered.get("orders", []),
        "allergies": ordered.get("allergies", []),
        "no_known_allergies": ordered.get("no_known_allergies"),
        "no_known_allergies_evidence": ordered.get("no_known_allergies_evidence", []),
        "problems": found.get("problems", []),
        "observations": found.get("observations", []),
        "follow_ups": found.get("follow_ups", []),
        "suspected_drugs": found.get("suspected_drugs", []),
        "created_at": ordered.get("created_at"),
        "made_by": [
            {"part": part, **result.made_by.model_dump(mode="json")}
            for part, result in (("prescription", prescription), ("findings", findings))
            if result is not None
        ],
    }


def record_to_json(prescription: Prescription | None, findings: ClinicalFindings | None) -> str:
    """`record_of` as text."""
    return json.dumps(record_of(prescription, findings), ensure_ascii=False, indent=2) + "\n"
