"""Masked utterances -> the prescription: orders and allergies, each with its evidence.

Rules, no model. What was not said is None; only the clinician decides; one order per medicine.
"""

from collections.abc import Sequence
from datetime import datetime

from medscribe.domain.medication import Prescription
from medscribe.domain.privacy import MaskedUtterance
from medscribe.note.prescribing.facts import MADE_BY, facts_of, prescription_from

__all__ = ["MADE_BY", "extract_prescription"]


def extract_prescription(
    utterances: Sequence[MaskedUtterance], *, created_at: datetime
) -> Prescription:
    """Medicines and allergies spoken of in a visit.

    CLINICIAN "Let's start lisinopril ten milligrams once a day for your blood pressure." -> start
    lisinopril, strength 10 mg, 1 per 1 d, indication "blood pressure", route None.
    A medicine the patient takes and nobody decides about is a mention. A drug only denied ("do you
    take aspirin?" "no") is no order. What is only considered ("we could consider metformin") is a
    possible mention, no start. Every quote is verbatim in its utterance.
    """
    return prescription_from([facts_of(utterances)], created_at)
