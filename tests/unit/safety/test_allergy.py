"""An order against a stated allergy is flagged, also by class."""

from datetime import UTC, datetime

import pytest
from tests.talk import talk

from medscribe.domain.note import Note
from medscribe.domain.provenance import Provenance
from medscribe.domain.safety import SafetyAlert, Severity
from medscribe.note.prescription import extract_prescription
from medscribe.safety.check import Draft
from medscribe.safety.checks.allergy import Options, create


def alerts(script: str) -> list[SafetyAlert]:
    utterances = talk(script)
    note = Note(
        template="soap",
        revision=1,
        sections=(),
        made_by=Provenance(engine="test", version="1"),
    )
    prescription = extract_prescription(utterances, created_at=datetime(2026, 1, 1, tzinfo=UTC))
    draft = Draft(utterances=utterances, note=note, prescription=prescription)
    return create(Options()).check(draft)


def test_an_order_against_a_stated_allergy_is_a_hard_alert_with_both_quotes() -> None:
    (alert,) = alerts(
        """
        PATIENT    I'm allergic to penicillin. It gives me hives.
        CLINICIAN  Let's start amoxicillin 500 milligrams three times a day.
        """
    )
    assert alert.severity is Severity.HARD
    assert alert.implicated == ("m1", "a1")
    assert {quote.utterance_id for quote in alert.evidence} == {"u1", "u2"}
    assert "penicillins" in alert.detail
    assert "hives" in alert.detail


@pytest.mark.parametrize("decision", ["Start", "Continue", "Let's increase the"])
def test_whoever_gets_the_drug_is_warned(decision: str) -> None:
    assert alerts(f"PATIENT  I'm allergic to sulfa.\nCLINICIAN  {decision} Bactrim.")


@pytest.mark.parametrize(
    "script",
    [
        "PATIENT  I'm allergic to penicillin.\nCLINICIAN  Start azithromycin.",
        "PATIENT  I'm allergic to penicillin.\nCLINICIAN  Stop the amoxicillin.",
        "PATIENT  I'm allergic to peanuts.\nCLINICIAN  Start amoxicillin.",
        "CLINICIAN  Are you allergic to penicillin?\nPATIENT  No.\nCLINICIAN  Start amoxicillin.",
        "PATIENT  My son is allergic to penicillin.\nCLINICIAN  Start amoxicillin.",
    ],
)
def test_no_collision_no_alert(script: str) -> None:
    assert alerts(script) == []
