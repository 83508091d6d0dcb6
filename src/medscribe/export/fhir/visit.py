"""Which visit a bundle is about: its ids, its time, who is spoken of, who said what."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from medscribe.domain.note import Evidence
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.transcript import Utterance
from medscribe.export.fhir.elements import Json, clean
from medscribe.export.outline import source_of

_OURS = uuid.UUID("6d65647c-7363-5269-8265-66686972c0de")
"""Namespace of all ids in our bundles: the same visit gives the same ids."""


@dataclass(frozen=True)
class Visit:
    """`created_at`: when the results were made. `said`: utterances by id."""

    encounter_id: str
    created_at: datetime
    said: Mapping[str, Utterance | MaskedUtterance]

    @property
    def instant(self) -> str:
        """`created_at` in UTC to the second; a time without a zone is taken for UTC."""
        at = self.created_at
        aware = at if at.tzinfo else at.replace(tzinfo=UTC)
        return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def id_of(self, kind: str, item: str = "") -> str:
        """The id of one resource, the same whenever this visit is exported."""
        return str(uuid.uuid5(_OURS, f"{self.encounter_id}/{kind}/{item}"))

    def reference(self, kind: str, item: str = "") -> Json:
        return {"reference": f"urn:uuid:{self.id_of(kind, item)}"}

    @property
    def patient(self) -> Json:
        return self.reference("Patient")

    @property
    def encounter(self) -> Json:
        return self.reference("Encounter")

    def resource(self, kind: str, item: str, **fields: object) -> Json:
        """A resource with its id; fields that hold nothing are left out."""
        filled = {key: value for key, value in fields.items() if value not in (None, "", [], {})}
        return {"resourceType": kind, "id": self.id_of(kind, item), **filled}

    def quoted(self, evidence: Evidence) -> str:
        """`u3 01:15 PATIENT: "a cough"`."""
        return clean(f'{source_of(evidence, self.said)}: "{evidence.quote}"')
