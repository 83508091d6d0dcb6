"""What does not rest on words really said is flagged."""

from datetime import UTC, datetime

import pytest
from tests.talk import talk

from medscribe.domain.medication import Allergy, MedicationOrder, OrderAction, Prescription
from medscribe.domain.note import Author, Evidence, Note, Section, Statement, StatementStatus
from medscribe.domain.provenance import Provenance
from medscribe.domain.safety import SafetyAlert, Severity
from medscribe.domain.spans import TextSpan
from medscribe.safety.check import Draft
from medscribe.safety.checks.evidence import Options, create

MADE_BY = Provenance(engine="test", version="1")
TALK = talk("PATIENT  My knee hurts.\nCLINICIAN  Take ibuprofen.")
QUOTE = Evidence(utterance_id="u1", quote="My knee hurts.", span=TextSpan(start=0, end=14))


def statement(*evidence: Evidence, author: Author = Author.COMPOSER) -> Statement:
    return Statement(id="s1", text="Knee pain.", evidence=evidence, author=author)


def alerts(*statements: Statement, **prescribed: object) -> list[SafetyAlert]:
    section = Section(key="hpi", title="HPI", statements=statements)
    fields = {
        "orders": (), "allergies": (), "created_at": datetime(2026, 1, 1, tzinfo=UTC),
        "made_by": MADE_BY, **prescribed,
    }  # fmt: skip
    draft = Draft(
        utterances=TALK,
        note=Note(template="soap", revision=1, sections=(section,), made_by=MADE_BY),
        prescription=Prescription.model_validate(fields),
    )
    return create(Options()).check(draft)


def test_a_statement_with_a_verbatim_quote_is_fine() -> None:
    assert alerts(statement(QUOTE)) == []
    assert alerts(statement(Evidence(utterance_id="u1", quote="knee hurts"))) == []


@pytest.mark.parametrize(
    "wrong",
    [
        Evidence(utterance_id="u1", quote="My hip hurts."),
        Evidence(utterance_id="u2", quote="My knee hurts."),
        Evidence(utterance_id="u9", quote="My knee hurts."),
        Evidence(utterance_id="u1", quote="knee", span=TextSpan(start=0, end=4)),
        Evidence(utterance_id="u1", quote=""),
    ],
)
def test_a_quote_that_was_not_said_is_a_hard_alert(wrong: Evidence) -> None:
    (alert,) = alerts(statement(QUOTE, wrong))
    assert (alert.severity, alert.implicated) == (Severity.HARD, ("s1",))
    assert alert.evidence == (wrong,)


def test_a_model_that_quotes_rightly_and_wrongly_gets_an_advisory_alert() -> None:
    wrong = Evidence(utterance_id="u1", quote="My hip hurts.")
    (half,) = alerts(statement(QUOTE, wrong, author=Author.MODEL))
    (none,) = alerts(statement(wrong, author=Author.MODEL))
    assert (half.severity, none.severity) == (Severity.ADVISORY, Severity.HARD)


def test_a_statement_without_evidence_is_flagged() -> None:
    (alert,) = alerts(statement())
    assert alert.implicated == ("s1",)


def test_a_statement_marked_unsupported_is_flagged_in_spite_of_its_quote() -> None:
    marked = statement(QUOTE).model_copy(update={"status": StatementStatus.UNSUPPORTED})
    assert len(alerts(marked)) == 1


def test_what_a_clinician_wrote_needs_no_evidence() -> None:
    assert alerts(statement(author=Author.CLINICIAN)) == []


def test_an_order_without_evidence_is_flagged() -> None:
    order = MedicationOrder(id="m1", drug="ibuprofen", action=OrderAction.START, evidence=())
    (alert,) = alerts(orders=(order,))
    assert alert.implicated == ("m1",)
    assert "ibuprofen" in alert.detail


def test_an_allergy_without_evidence_is_flagged() -> None:
    allergy = Allergy(id="a1", substance="penicillin", evidence=())
    assert [alert.implicated for alert in alerts(allergies=(allergy,))] == [("a1",)]


def test_no_known_allergies_without_evidence_is_flagged() -> None:
    assert len(alerts(no_known_allergies=True)) == 1
    assert alerts(no_known_allergies=True, no_known_allergies_evidence=(QUOTE,)) == []
