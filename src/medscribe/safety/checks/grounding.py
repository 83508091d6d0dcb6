"""Draft -> alerts on statements with a number, drug, dose, side or denial that nobody said."""

from pydantic import BaseModel, ConfigDict

from medscribe.domain.note import Author, Statement
from medscribe.domain.safety import SafetyAlert, Severity
from medscribe.safety.check import Draft
from medscribe.safety.grounding.rules import Flag, Rule, flags_of
from medscribe.safety.grounding.talk import Talk, read_talk

SUMMARY = (
    "Flags numbers, drugs, doses, units, sides and denials of the note that the talk does not hold."
)
REQUIRES: tuple[str, ...] = ()
EXTRA: str | None = None
_DETAILS = {
    Rule.NUMBER: "the number {value} was not said",
    Rule.DRUG: "{value} was not named",
    Rule.PAIRING: "{value} were not said together",
    Rule.UNIT: "{value} was said in another unit",
    Rule.LATERALITY: "{value}: only the other side was said",
    Rule.NEGATION: '"{value}" was spoken of but never denied',
}


class Options(BaseModel):
    """Nothing to choose."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class GroundingCheck:
    """Hard for numbers, drugs, doses, units and sides, advisory for denials. What a clinician
    wrote is held against the talk by nobody."""

    name = "grounding"

    def check(self, draft: Draft) -> list[SafetyAlert]:
        talk = read_talk(utterance.text for utterance in draft.utterances)
        alerts = [
            alert
            for statement in draft.note.statements
            if statement.author is not Author.CLINICIAN
            for alert in self._alerts(statement, talk)
        ]
        return sorted(alerts, key=lambda alert: alert.severity is not Severity.HARD)

    def _alerts(self, statement: Statement, talk: Talk) -> list[SafetyAlert]:
        return [self._alert(statement, flag) for flag in flags_of(statement.text, talk)]

    def _alert(self, statement: Statement, flag: Flag) -> SafetyAlert:
        return SafetyAlert(
            check=self.name,
            severity=Severity.HARD if flag.hard else Severity.ADVISORY,
            detail=f"In this statement {_DETAILS[flag.rule].format(value=flag.value)}.",
            implicated=(statement.id,),
            evidence=statement.evidence,
            source=f"rule: {flag.rule} of the statement stands in the talk",
        )


def create(_options: Options) -> GroundingCheck:
    return GroundingCheck()
