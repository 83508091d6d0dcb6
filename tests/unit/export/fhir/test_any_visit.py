"""Whatever was extracted of a visit, its bundle validates: made-up results, and open corpora."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.export.example import AT, CODES, FINDER, HEARD, RULES

from medscribe.domain.findings import ClinicalFindings, FollowUp, Observation, Problem
from medscribe.domain.medication import Allergy, MedicationOrder, Prescription
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.results import EncounterResults
from medscribe.evaluation.corpora import read_split
from medscribe.export.fhir.bundle import bundle_of
from medscribe.note.findings.extract import extract_findings
from medscribe.note.prescription import extract_prescription
from medscribe.note.template import load_template
from medscribe.note.writers import extractive

_QUOTES = st.sampled_from([(), (HEARD,)])
_FINDINGS = st.builds(
    ClinicalFindings,
    problems=st.lists(st.builds(Problem, evidence=_QUOTES), max_size=2).map(tuple),
    observations=st.lists(st.builds(Observation, evidence=_QUOTES), max_size=2).map(tuple),
    follow_ups=st.lists(st.builds(FollowUp, evidence=_QUOTES), max_size=2).map(tuple),
    suspected_drugs=st.just(()),
    made_by=st.just(FINDER),
)
_PRESCRIPTIONS = st.builds(
    Prescription,
    orders=st.lists(st.builds(MedicationOrder, evidence=_QUOTES), max_size=2).map(tuple),
    allergies=st.lists(st.builds(Allergy, evidence=_QUOTES), max_size=1).map(tuple),
    no_known_allergies_evidence=_QUOTES,
    created_at=st.just(AT),
    made_by=st.just(RULES),
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(_FINDINGS, _PRESCRIPTIONS)
def test_any_results_give_a_valid_bundle(
    findings: ClinicalFindings, prescription: Prescription
) -> None:
    results = EncounterResults(findings=findings, prescription=prescription)

    bundle = bundle_of(results, encounter_id="e1", created_at=AT, title="", codes=CODES)

    assert bundle["type"] == "document"


@pytest.mark.corpus
def test_the_bundles_of_twenty_visits_are_valid(corpora: Path) -> None:
    writer, template = extractive.create(extractive.Options()), load_template("soap")
    codes = {section.key: (section.loinc, section.title) for section in template.sections}
    kinds: set[str] = set()
    for visit in read_split(corpora / "aci-bench", "train")[:20]:
        talk = tuple(
            MaskedUtterance(id=one.id, speaker=one.speaker, role=one.role, text=one.text)
            for one in visit.utterances
        )
        results = EncounterResults(
            masked=talk,
            note=writer.write(talk, template),
            prescription=extract_prescription(talk, created_at=AT),
            findings=extract_findings(talk),
        )
        bundle = bundle_of(
            results, encounter_id=visit.name, created_at=AT, title=template.title, codes=codes
        )
        kinds |= {entry["resource"]["resourceType"] for entry in bundle["entry"]}

    assert {"Composition", "MedicationRequest", "Condition", "Provenance"} <= kinds
