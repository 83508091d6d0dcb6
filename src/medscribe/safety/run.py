"""Checks + draft -> all alerts, most severe first. A check that cannot run is an alert itself."""

from collections.abc import Sequence

from medscribe.domain.safety import SafetyAlert, Severity
from medscribe.safety.check import Draft, SafetyCheck

_RANK = {Severity.HARD: 0, Severity.ADVISORY: 1, Severity.INFO: 2}


def run_checks(checks: Sequence[SafetyCheck], draft: Draft) -> list[SafetyAlert]:
    """What all checks found, most severe first, in the order of the checks within one severity.

    A check that raises becomes one hard alert that names the check and the class of the error, and
    never its message, which may quote the talk. The other checks still run.
    """
    alerts = [alert for check in checks for alert in _run(check, draft)]
    return sorted(alerts, key=lambda alert: _RANK[alert.severity])


def _run(check: SafetyCheck, draft: Draft) -> list[SafetyAlert]:
    try:
        return check.check(draft)
    except Exception as error:  # noqa: BLE001 - no failure of a check may look like "no warnings"
        return [
            SafetyAlert(
                check=check.name,
                severity=Severity.HARD,
                detail=f"The check {check.name} could not run ({type(error).__name__}): "
                "what it looks for has not been checked in this draft.",
                source="safety run",
            )
        ]
