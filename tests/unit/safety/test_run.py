"""No check fails silently, and the worst comes first."""

from datetime import UTC, datetime

from medscribe.domain.medication import Prescription
from medscribe.domain.note import Note
from medscribe.domain.provenance import Provenance
from medscribe.domain.safety import SafetyAlert, Severity
from medscribe.safety.check import Draft
from medscribe.safety.run import run_checks

MADE_BY = Provenance(engine="test", version="1")
DRAFT = Draft(
    utterances=(),
    note=Note(template="soap", revision=1, sections=(), made_by=MADE_BY),
    prescription=Prescription(
        orders=(), allergies=(), created_at=datetime(2026, 1, 1, tzinfo=UTC), made_by=MADE_BY
    ),
)


class Finds:
    def __init__(self, name: str, severity: Severity) -> None:
        self.name = name
        self.severity = severity

    def check(self, _draft: Draft) -> list[SafetyAlert]:
        return [SafetyAlert(check=self.name, severity=self.severity, detail="x", source="x")]


class Fails:
    name = "broken"

    def check(self, _draft: Draft) -> list[SafetyAlert]:
        raise ValueError("the patient said something secret")


def test_the_most_severe_alert_comes_first() -> None:
    checks = [
        Finds("quiet", Severity.INFO),
        Finds("first", Severity.HARD),
        Finds("mild", Severity.ADVISORY),
        Finds("second", Severity.HARD),
    ]
    assert [a.check for a in run_checks(checks, DRAFT)] == ["first", "second", "mild", "quiet"]


def test_a_check_that_cannot_run_is_a_hard_alert_and_the_others_still_run() -> None:
    alerts = run_checks([Fails(), Finds("other", Severity.INFO)], DRAFT)
    assert [(a.check, a.severity) for a in alerts] == [
        ("broken", Severity.HARD),
        ("other", Severity.INFO),
    ]


def test_the_alert_names_the_error_and_never_its_message() -> None:
    (alert,) = run_checks([Fails()], DRAFT)
    assert "ValueError" in alert.detail
    assert "secret" not in alert.model_dump_json()


def test_no_checks_and_no_findings_are_no_alerts() -> None:
    assert run_checks([], DRAFT) == []
