"""Draft -> an alert where the transcript comes from an engine that is too often wrong."""

from pydantic import BaseModel, ConfigDict

from medscribe.domain.safety import SafetyAlert, Severity
from medscribe.safety.check import Draft

SUMMARY = "Warns when note and orders rest on draft-quality recognition."
REQUIRES: tuple[str, ...] = ()
EXTRA: str | None = None


class Options(BaseModel):
    """Nothing to choose."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TranscriptQuality:
    """One hard alert on a draft transcript: more than half of its words may be wrong."""

    name = "transcript_quality"

    def check(self, draft: Draft) -> list[SafetyAlert]:
        if not draft.draft_transcript:
            return []
        return [
            SafetyAlert(
                check=self.name,
                severity=Severity.HARD,
                detail="The transcript is of draft quality: do not use this note or these orders "
                "before every line is checked against the recording.",
                source="recognition engine marked as draft",
            )
        ]


def create(_options: Options) -> TranscriptQuality:
    return TranscriptQuality()
