"""Draft -> alerts where the transcript is too often wrong, or not all of the visit."""

from pydantic import BaseModel, ConfigDict

from medscribe.domain.safety import SafetyAlert, Severity
from medscribe.safety.check import Draft

SUMMARY = "Warns when note and orders rest on draft-quality or incomplete recognition."
REQUIRES: tuple[str, ...] = ()
EXTRA: str | None = None


class Options(BaseModel):
    """Nothing to choose."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TranscriptQuality:
    """A hard alert on a draft transcript, more than half of whose words may be wrong, and one on
    speech that was left out: what was said there is in neither note nor orders."""

    name = "transcript_quality"

    def check(self, draft: Draft) -> list[SafetyAlert]:
        alerts = []
        if draft.draft_transcript:
            alerts.append(
                self._alert(
                    "The transcript is of draft quality: do not use this note or these orders "
                    "before every line is checked against the recording.",
                    "recognition engine marked as draft",
                )
            )
        if draft.dropped_seconds:
            alerts.append(
                self._alert(
                    f"{draft.dropped_seconds:.0f} s of speech were left out because recognition "
                    "could not keep up: note and orders lack what was said there.",
                    "overflow policy drop_oldest",
                )
            )
        return alerts

    def _alert(self, detail: str, source: str) -> SafetyAlert:
        return SafetyAlert(check=self.name, severity=Severity.HARD, detail=detail, source=source)


def create(_options: Options) -> TranscriptQuality:
    return TranscriptQuality()
