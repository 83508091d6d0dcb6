"""What else of a visit is structured: problems, observations, follow-ups, misheard names."""

from enum import StrEnum

from medscribe.domain.medication import Certainty, Coding, Experiencer, Quantity
from medscribe.domain.note import Evidence
from medscribe.domain.provenance import Provenance
from medscribe.domain.record import Record


class Temporality(StrEnum):
    """When it holds; `future`: planned, or feared ("if you get a fever")."""

    CURRENT = "current"
    PAST = "past"
    FUTURE = "future"


class Assertion(Record):
    """How something was said to be so. "Any fever?" - "No": negated. "My mother has diabetes":
    experiencer family. "Could be gout": possible. "If you get a rash": hypothetical."""

    negated: bool = False
    certainty: Certainty = Certainty.CONFIRMED
    temporality: Temporality = Temporality.CURRENT
    experiencer: Experiencer = Experiencer.PATIENT


class Laterality(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    BILATERAL = "bilateral"


class ProblemKind(StrEnum):
    """`symptom`: what the patient tells of; `diagnosis`: what has a name as a disease;
    `finding`: what the clinician found on examination."""

    SYMPTOM = "symptom"
    DIAGNOSIS = "diagnosis"
    FINDING = "finding"


class Problem(Record):
    """A symptom, diagnosis or finding. `name` in the words of the field ("shortness of breath");
    `onset` as said ("for three weeks"); `relative` who has it where it is not the patient.
    `addressed`: the clinician assesses it in this visit."""

    id: str
    name: str
    kind: ProblemKind
    codings: tuple[Coding, ...] = ()
    assertion: Assertion = Assertion()
    laterality: Laterality | None = None
    onset: str | None = None
    relative: str | None = None
    addressed: bool = False
    evidence: tuple[Evidence, ...]


class ObservationKind(StrEnum):
    VITAL = "vital"
    LAB = "lab"


class ObservationComponent(Record):
    """One number of an observation of several, such as systolic pressure."""

    name: str
    codings: tuple[Coding, ...] = ()
    value: Quantity


class Observation(Record):
    """A measurement that was said. `value` None where there are components or only `text`
    ("normal"); units in UCUM, None of them guessed."""

    id: str
    kind: ObservationKind
    name: str
    codings: tuple[Coding, ...] = ()
    value: Quantity | None = None
    components: tuple[ObservationComponent, ...] = ()
    text: str | None = None
    assertion: Assertion = Assertion()
    evidence: tuple[Evidence, ...]


class FollowUpKind(StrEnum):
    RETURN_VISIT = "return_visit"
    REFERRAL = "referral"
    LAB = "lab"
    IMAGING = "imaging"
    PROCEDURE = "procedure"
    EDUCATION = "education"


class FollowUp(Record):
    """Something the clinician plans beyond medicines. `text` names it ("x-ray of the left knee");
    `within` how soon, as a time, None where not said."""

    id: str
    kind: FollowUpKind
    text: str
    within: Quantity | None = None
    certainty: Certainty = Certainty.CONFIRMED
    evidence: tuple[Evidence, ...]


class SuspectedDrug(Record):
    """A word that may be a misheard medicine. Shown as "did you mean"; never put in its place."""

    heard: str
    meant: tuple[str, ...]
    evidence: tuple[Evidence, ...]


class PatientSex(StrEnum):
    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"


class ClinicalFindings(Record):
    """The structured record of a visit but for its prescription. `age_years` as said, capped at 90
    as privacy asks; nothing that was not said is filled in."""

    sex: PatientSex = PatientSex.UNKNOWN
    age_years: int | None = None
    problems: tuple[Problem, ...] = ()
    observations: tuple[Observation, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    suspected_drugs: tuple[SuspectedDrug, ...] = ()
    made_by: Provenance
