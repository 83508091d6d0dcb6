"""Alerts: what a check found wrong, with the rule, the value and the words it rests on."""

from enum import StrEnum

from medscribe.domain.note import Evidence
from medscribe.domain.record import Record


class Severity(StrEnum):
    """`hard` must be acted on before a note can be signed; `advisory` is shown; `info` is quiet."""

    HARD = "hard"
    ADVISORY = "advisory"
    INFO = "info"


class SafetyAlert(Record):
    """One finding. `implicated` names statements and orders; `source` the table or rule."""

    check: str
    severity: Severity
    detail: str
    implicated: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    source: str
