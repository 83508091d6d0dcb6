"""Medication orders, allergies and the prescription. A dose that was not said is None."""

from datetime import datetime
from enum import StrEnum

from medscribe.domain.note import Evidence
from medscribe.domain.provenance import Provenance
from medscribe.domain.record import Record


class Coding(Record):
    """A code of a public terminology, FHIR's `Coding`."""

    system: str
    code: str
    display: str | None = None


class Quantity(Record):
    """A number with a UCUM unit where there is one ("mg", "mL"), else the word said ("tablet")."""

    value: float
    unit: str


class OrderAction(StrEnum):
    """What the clinician decides about a medicine; `mention`: spoken of, nothing decided.

    `change` is another dose, frequency or form of what the patient takes; `continue` includes a
    refill; `hold` stops it for a time.
    """

    START = "start"
    STOP = "stop"
    HOLD = "hold"
    CONTINUE = "continue"
    CHANGE = "change"
    MENTION = "mention"


class Certainty(StrEnum):
    CONFIRMED = "confirmed"
    POSSIBLE = "possible"
    HYPOTHETICAL = "hypothetical"


class Experiencer(StrEnum):
    PATIENT = "patient"
    FAMILY = "family"
    OTHER = "other"


class Frequency(Record):
    """FHIR `Timing.repeat`: `count` times (up to `count_max`) every `period` (up to `period_max`)
    `period_unit`s (h, d, wk, mo); `when` is FHIR's event code (HS, MORN, AC, PC, C, EVE).

    "every four to six hours" -> count 1, period 4, period_max 6, period_unit "h".
    """

    text: str
    count: int | None = None
    count_max: int | None = None
    period: float | None = None
    period_max: float | None = None
    period_unit: str | None = None
    when: tuple[str, ...] = ()


class DoseStep(Record):
    """One step of a taper or titration: "40 mg for 3 days"."""

    strength: Quantity | None = None
    dose: Quantity | None = None
    frequency: Frequency | None = None
    duration: Quantity | None = None


class MedicationOrder(Record):
    """One medicine as spoken of in the visit; every field not said is None.

    Clinician: "Let's start lisinopril ten milligrams once a day" ->
    drug "lisinopril", strength 10 mg, frequency 1 per 1 d, action start.
    `strength` is the amount of substance per unit or dose ("10 mg"); `dose` what is taken at once
    ("2 tablets"), up to `dose_max` where a range was said. `steps` are all steps of a taper, the
    first of them what the other fields say. A scribe proposes; it never orders.
    """

    id: str
    drug: str
    codings: tuple[Coding, ...] = ()
    strength: Quantity | None = None
    dose: Quantity | None = None
    dose_max: Quantity | None = None
    form: str | None = None
    route: str | None = None
    frequency: Frequency | None = None
    duration: Quantity | None = None
    as_needed: bool | None = None
    as_needed_for: str | None = None
    max_per_day: Quantity | None = None
    indication: str | None = None
    steps: tuple[DoseStep, ...] = ()
    action: OrderAction
    certainty: Certainty = Certainty.CONFIRMED
    experiencer: Experiencer = Experiencer.PATIENT
    evidence: tuple[Evidence, ...]


class Allergy(Record):
    """A stated allergy or intolerance of the patient; `reaction` as said ("hives")."""

    id: str
    substance: str
    codings: tuple[Coding, ...] = ()
    reaction: str | None = None
    evidence: tuple[Evidence, ...]


class Prescription(Record):
    """Orders and allergies of one encounter, as proposed to the clinician.

    `no_known_allergies` is True only where somebody said so, with its evidence; None: not said.
    """

    orders: tuple[MedicationOrder, ...]
    allergies: tuple[Allergy, ...]
    no_known_allergies: bool | None = None
    no_known_allergies_evidence: tuple[Evidence, ...] = ()
    created_at: datetime
    made_by: Provenance
