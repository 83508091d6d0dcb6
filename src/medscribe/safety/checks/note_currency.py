"""Draft -> an alert where another writer stood in for the one that was chosen."""

from pydantic import BaseModel, ConfigDict

from medscribe.domain.safety import SafetyAlert, Severity
from medscribe.safety.check import Draft

SUMMARY = "Warns when a note is stale: the stand-in wrote it, or it has not read the whole talk."
REQUIRES: tuple[str, ...] = ()
EXTRA: str | None = None


class Options(BaseModel):
    """Nothing to choose."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NoteCurrency:
    """Advisory: what a stale note holds is true of the talk, but it is not all one may expect."""

    name = "note_currency"

    def check(self, draft: Draft) -> list[SafetyAlert]:
        if not draft.note.stale:
            return []
        detail = (
            "This note is stale: the writer that was chosen did not answer, and the writer "
            f"{draft.note.made_by.engine} stood in. Have it drafted anew when the model is back."
        )
        return [
            SafetyAlert(
                check=self.name,
                severity=Severity.ADVISORY,
                detail=detail,
                source="what made the note",
            )
        ]


def create(_options: Options) -> NoteCurrency:
    return NoteCurrency()
