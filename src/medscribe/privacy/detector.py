"""What a detector of identifiers promises."""

from collections.abc import Sequence
from typing import Protocol

from medscribe.domain.privacy import PiiSpan
from medscribe.domain.transcript import Utterance


class PiiDetector(Protocol):
    """Finds what identifies people; sees the whole visit, so a name found once is found again."""

    name: str

    def detect(self, utterances: Sequence[Utterance]) -> list[list[PiiSpan]]:
        """For each utterance its identifying spans, in order; overlaps are allowed."""
        ...
