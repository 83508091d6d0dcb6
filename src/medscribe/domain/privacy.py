"""What identifies people, found and replaced: the only form of speech that note and safety take."""

import re
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from medscribe.domain.record import Record
from medscribe.domain.spans import TextSpan, TimeSpan
from medscribe.domain.transcript import Relation, Role

PLACEHOLDER = re.compile(r"<(?:UNCERTAIN:)?[A-Z][A-Z0-9_]*_[0-9]+>")
"""What stands in a masked text for an identifier: `<NAME_1>`, `<UNCERTAIN:DATE_2>`; where the same
identifier is spelled in more than one way, the second spelling is `<NAME_1_2>`."""


class PiiKind(StrEnum):
    """Identifiers of HIPAA Safe Harbor, 45 CFR 164.514(b)(2), as they occur in speech and text."""

    NAME = "NAME"
    DATE = "DATE"
    AGE_OVER_89 = "AGE_OVER_89"
    LOCATION = "LOCATION"
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    SSN = "SSN"
    RECORD_NUMBER = "RECORD_NUMBER"
    ACCOUNT_NUMBER = "ACCOUNT_NUMBER"
    LICENSE_NUMBER = "LICENSE_NUMBER"
    DEVICE_ID = "DEVICE_ID"
    URL = "URL"
    IP_ADDRESS = "IP_ADDRESS"
    OTHER_ID = "OTHER_ID"


class PiiSpan(Record):
    """Characters of an utterance's text that identify somebody. `score` is ours, 0..1."""

    span: TextSpan
    kind: PiiKind
    score: float = Field(ge=0, le=1)
    detector: str


class Replacement(Record):
    """One placeholder in a masked text; `span` counts characters of the *masked* text."""

    span: TextSpan
    placeholder: str
    kind: PiiKind
    certain: bool


class MaskedUtterance(Record):
    """An utterance without identifiers.

    Patient: "I'm Mary Walsh, I take metformin"  ->  "I'm <NAME_1>, I take metformin".
    """

    id: str
    speaker: str
    role: Role
    relation: Relation | None = None
    text: str
    span: TimeSpan | None = None
    replacements: tuple[Replacement, ...] = ()


class VaultEntry(Record):
    """What one placeholder stands for. Sealed at rest; for those who may see the chart."""

    placeholder: str
    kind: PiiKind
    original: str


class PiiDecision(Record):
    """A clinician's word on `original`, as it is said in the visit: whether it identifies somebody.

    Sealed at rest. It outweighs every detector; letter case does not count.
    """

    original: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"\w")]
    identifies: bool
    kind: PiiKind = PiiKind.NAME
