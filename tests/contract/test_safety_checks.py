"""What every safety check promises, whichever it is."""

from datetime import UTC, datetime

import pytest
from tests.talk import talk

from medscribe.domain.note import Author, Note, Section, Statement
from medscribe.domain.provenance import Provenance
from medscribe.domain.safety import SafetyAlert
from medscribe.domain.transcript import Role, RoleBasis, Speaker
from medscribe.note.prescription import extract_prescription
from medscribe.plugin import create_engine, engine_names
from medscribe.safety.check import Draft, SafetyCheck

CHECKS = "medscribe.safety.checks"


@pytest.fixture(params=engine_names(CHECKS))
def check(request: pytest.FixtureRequest) -> SafetyCheck:
    made: SafetyCheck = create_engine(CHECKS, request.param)
    assert made.name == request.param
    return made


def draft(
    script: str,
    *,
    statements: tuple[Statement, ...] = (),
    poor: bool = False,
    stale: bool = False,
    speakers: tuple[Speaker, ...] = (),
) -> Draft:
    utterances = talk(script) if script else ()
    made_by = Provenance(engine="test", version="1")
    section = Section(key="plan", title="Plan", statements=statements)
    return Draft(
        utterances=utterances,
        note=Note(template="soap", revision=1, sections=(section,), made_by=made_by, stale=stale),
        prescription=extract_prescription(utterances, created_at=datetime(2026, 1, 1, tzinfo=UTC)),
        draft_transcript=poor,
        speakers=speakers,
    )


GOOD = "PATIENT  My knee hurts.\nCLINICIAN  Start naproxen 500 milligrams twice a day."
BAD = draft(
    """
    PATIENT    I'm allergic to penicillin.
    CLINICIAN  Start amoxicillin 500 milligrams. Start lisinopril 100 milligrams.
    """,
    statements=(Statement(id="s1", text="Takes warfarin.", evidence=(), author=Author.MODEL),),
    poor=True,
    stale=True,
    speakers=(
        Speaker(label="S1", role=Role.PATIENT, basis=RoleBasis.TAGS, contradicted=True),
        Speaker(label="S2", role=Role.CLINICIAN, basis=RoleBasis.TAGS, contradicted=True),
    ),
)


def test_nothing_said_and_nothing_wrong_give_no_alert(check: SafetyCheck) -> None:
    assert check.check(draft("")) == []
    assert check.check(draft(GOOD)) == []


def test_each_check_finds_its_kind_of_error(check: SafetyCheck) -> None:
    assert check.check(BAD)


def test_alerts_name_check_source_and_what_is_implicated(check: SafetyCheck) -> None:
    known = {order.id for order in BAD.prescription.orders}
    known |= {allergy.id for allergy in BAD.prescription.allergies} | {"s1"}
    for alert in check.check(BAD):
        assert alert.check == check.name
        assert alert.detail
        assert alert.source
        assert set(alert.implicated) <= known
        assert SafetyAlert.model_validate_json(alert.model_dump_json()) == alert


def test_a_check_never_changes_the_draft(check: SafetyCheck) -> None:
    before = BAD.model_dump_json()
    check.check(BAD)
    assert BAD.model_dump_json() == before
    assert check.check(BAD) == check.check(BAD)
