"""Masked utterances -> the structured record of a visit but for its prescription."""

from collections.abc import Sequence

from medscribe.domain.findings import ClinicalFindings
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.provenance import Provenance
from medscribe.note.findings.follow_ups import follow_ups_of
from medscribe.note.findings.observations import observations_of
from medscribe.note.findings.patient import age_of, sex_of
from medscribe.note.findings.problems import problems_from
from medscribe.note.findings.suspected_drugs import suspected_drugs_in
from medscribe.note.findings.told import mentions_of
from medscribe.note.prescribing.sentences import sentences_of

MADE_BY = Provenance(engine="findings_rules", version="1")


def extract_findings(utterances: Sequence[MaskedUtterance]) -> ClinicalFindings:
    """Problems, measurements, plans and doubtful drug names of a visit, each with its evidence.

    CLINICIAN "Any fever or chills?" PATIENT "No, just a cough." -> fever and chills denied, cough.
    Rules, no model: the same talk gives the same record. What was not said is not filled in; every
    quote is verbatim in its utterance.
    """
    sentences = sentences_of(utterances)
    return ClinicalFindings(
        sex=sex_of(utterances, sentences),
        age_years=age_of(sentences),
        problems=tuple(problems_from(mentions_of(sentences))),
        observations=tuple(observations_of(sentences)),
        follow_ups=tuple(follow_ups_of(sentences)),
        suspected_drugs=tuple(suspected_drugs_in(sentences)),
        made_by=MADE_BY,
    )
