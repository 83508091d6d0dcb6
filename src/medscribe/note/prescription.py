"""Masked utterances -> the prescription: orders and allergies, each with its evidence.

Rules, no model. What was not said is None; only the clinician decides; one order per medicine.
"""

from collections.abc import Sequence
from datetime import datetime

from medscribe.domain.medication import Prescription
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.provenance import Provenance
from medscribe.note.prescribing.allergies import allergies_in
from medscribe.note.prescribing.follow_on import statements_of
from medscribe.note.prescribing.orders import orders_from
from medscribe.note.prescribing.sentences import sentences_of

MADE_BY = Provenance(engine="prescription_rules", version="1")


def extract_prescription(
    utterances: Sequence[MaskedUtterance], *, created_at: datetime
) -> Prescription:
    """Medicines and allergies spoken of in a visit.

    CLINICIAN "Let's start lisinopril ten milligrams once a day for your blood pressure." -> start
    lisinopril, strength 10 mg, 1 per 1 d, indication "blood pressure", route None.
    A medicine the patient takes and the clinician leaves as it is, is a mention. A drug only
    denied ("do you take aspirin?" "no") is no order. What is only considered ("we could consider
    metformin") is a possible mention, no start. Every quote is verbatim in its utterance.
    """
    sentences = sentences_of(utterances)
    findings = allergies_in(sentences)
    talk = [s for at, s in enumerate(sentences) if at not in findings.allergen_sentences]
    return Prescription(
        orders=tuple(orders_from(statements_of(talk))),
        allergies=tuple(findings.allergies),
        no_known_allergies=True if findings.none_known else None,
        no_known_allergies_evidence=tuple(dict.fromkeys(findings.none_known)),
        created_at=created_at,
        made_by=MADE_BY,
    )
