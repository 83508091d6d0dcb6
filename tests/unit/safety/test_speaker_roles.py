"""Doubt about who is who is shown before a note is signed."""

from datetime import UTC, datetime

import pytest
from tests.talk import talk

from medscribe.domain.medication import Prescription
from medscribe.domain.note import Note
from medscribe.domain.provenance import Provenance
from medscribe.domain.safety import SafetyAlert, Severity
from medscribe.domain.transcript import Role, RoleBasis, Speaker
from medscribe.safety.check import Draft
from medscribe.safety.checks.speaker_roles import Options, create

MADE_BY = Provenance(engine="test", version="1")


def tagged(label: str, role: Role, margin: float, *, contradicted: bool = False) -> Speaker:
    basis = RoleBasis.TAGS
    return Speaker(label=label, role=role, margin=margin, basis=basis, contradicted=contradicted)


def alerts(*speakers: Speaker, turns: int = 20) -> list[SafetyAlert]:
    """Each speaker says `turns` times the same."""
    line = "PATIENT  My name is Walsh.\n"
    utterances = tuple(
        utterance.model_copy(update={"speaker": speaker.label, "role": speaker.role})
        for speaker in speakers
        for utterance in talk(line * turns)
    )
    draft = Draft(
        utterances=utterances,
        note=Note(template="soap", revision=1, sections=(), made_by=MADE_BY),
        prescription=Prescription(
            orders=(), allergies=(), created_at=datetime(2026, 1, 1, tzinfo=UTC), made_by=MADE_BY
        ),
        speakers=speakers,
    )
    return create(Options()).check(draft)


CLINICIAN = tagged("S1", Role.CLINICIAN, 2.5)
PATIENT = tagged("S2", Role.PATIENT, -2.0)
UNKNOWN = Speaker(label="S3", role=Role.UNKNOWN)
MOTHER = Speaker(label="S4", role=Role.COMPANION, margin=-1.0)


@pytest.mark.parametrize(
    "speakers",
    [
        [CLINICIAN, PATIENT],
        [CLINICIAN, MOTHER],
        [CLINICIAN],
        [],
    ],
    ids=["two", "mother of a small child", "dictation", "nobody"],
)
def test_known_roles_raise_nothing(speakers: list[Speaker]) -> None:
    assert alerts(*speakers) == []


def test_exchanged_tags_are_a_hard_alert_that_says_who_speaks_like_whom() -> None:
    (alert,) = alerts(
        tagged("S1", Role.CLINICIAN, -3.0, contradicted=True),
        tagged("S2", Role.PATIENT, 2.0, contradicted=True),
    )
    assert alert.severity is Severity.HARD
    assert "S1 is called clinician and speaks like the patient" in alert.detail
    assert "S2 is called patient and speaks like the clinician" in alert.detail


def test_tags_that_alternate_wrongly_are_a_hard_alert() -> None:
    (alert,) = alerts(tagged("S1", Role.CLINICIAN, 0.2), tagged("S2", Role.PATIENT, 0.3))
    assert alert.severity is Severity.HARD
    assert "wrong in places" in alert.detail


def test_a_few_turns_that_sound_alike_are_no_sign_of_wrong_tags() -> None:
    alike = [tagged("S1", Role.CLINICIAN, 0.2), tagged("S2", Role.PATIENT, 0.3)]
    assert alerts(*alike, turns=5) == []


def test_a_few_turns_with_the_sides_the_other_way_round_are_one() -> None:
    clinician, patient = tagged("S1", Role.CLINICIAN, -0.8), tagged("S2", Role.PATIENT, 0.8)
    (alert,) = alerts(clinician, patient, turns=6)
    assert alert.severity is Severity.HARD
    assert alerts(clinician, patient, turns=5) == []


def test_what_the_clinician_said_is_not_doubted() -> None:
    said = {"basis": RoleBasis.CLINICIAN}
    alike = [tagged("S1", Role.CLINICIAN, -2.0), tagged("S2", Role.PATIENT, 2.0)]
    assert alerts(*(speaker.model_copy(update=said) for speaker in alike)) == []


@pytest.mark.parametrize(
    ("speakers", "unknown"),
    [
        ([CLINICIAN, UNKNOWN], ["patient"]),
        ([PATIENT, UNKNOWN], ["clinician"]),
        ([PATIENT], ["clinician"]),
        ([UNKNOWN], ["clinician", "patient"]),
        ([CLINICIAN, CLINICIAN.model_copy(update={"label": "S9"})], ["patient"]),
    ],
)
def test_a_clinician_or_patient_who_is_not_known_is_advisory(
    speakers: list[Speaker], unknown: list[str]
) -> None:
    found = alerts(*speakers)
    assert [alert.severity for alert in found] == [Severity.ADVISORY] * len(unknown)
    for alert, role in zip(found, unknown, strict=True):
        assert f"which voice is the {role}" in alert.detail


def test_a_further_voice_that_goes_on_speaking_is_asked_about() -> None:
    (alert,) = alerts(CLINICIAN, PATIENT, UNKNOWN, turns=3)
    assert alert.severity is Severity.ADVISORY
    assert "S3" in alert.detail
    assert alerts(CLINICIAN, PATIENT, UNKNOWN, turns=2) == []


def test_two_patients_are_advisory() -> None:
    (alert,) = alerts(CLINICIAN, PATIENT, PATIENT.model_copy(update={"label": "S9"}))
    assert alert.severity is Severity.ADVISORY
    assert "S2 patient, S9 patient" in alert.detail


def test_a_role_that_a_language_model_decided_is_advisory() -> None:
    (alert,) = alerts(CLINICIAN, PATIENT.model_copy(update={"basis": RoleBasis.MODEL}))
    assert alert.severity is Severity.ADVISORY
    assert "S2 patient" in alert.detail


def test_no_alert_quotes_the_talk() -> None:
    speakers = [tagged("S1", Role.CLINICIAN, -3.0, contradicted=True), UNKNOWN]
    assert all("Walsh" not in alert.model_dump_json() for alert in alerts(*speakers))
