"""What a safety check promises."""

from typing import Protocol

from medscribe.domain.medication import Prescription
from medscribe.domain.note import Note
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.record import Record
from medscribe.domain.safety import SafetyAlert
from medscribe.domain.transcript import Speaker


class Draft(Record):
    """All that a check may look at; only masked speech.

    `draft_transcript`: the words come from an engine that is too often wrong to rely on.
    `dropped_seconds`: speech that was never recognised, since its owner chose so under overload.
    """

    utterances: tuple[MaskedUtterance, ...]
    note: Note
    prescription: Prescription
    draft_transcript: bool = False
    dropped_seconds: float = 0.0
    speakers: tuple[Speaker, ...] = ()


class SafetyCheck(Protocol):
    """Looks at one kind of error. It never changes the draft."""

    name: str

    def check(self, draft: Draft) -> list[SafetyAlert]:
        """Alerts, most severe first; [] means looked and found nothing."""
        ...
