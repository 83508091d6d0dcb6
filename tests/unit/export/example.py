"""One made-up visit with a bit of everything, for the tests of documents."""

from datetime import UTC, datetime

from medscribe.domain.findings import (
    Assertion,
    ClinicalFindings,
    FollowUp,
    FollowUpKind,
    Laterality,
    Observation,
    ObservationComponent,
    ObservationKind,
    PatientSex,
    Problem,
    ProblemKind,
    SuspectedDrug,
    Temporality,
)
from medscribe.domain.medication import (
    Allergy,
    Certainty,
    Coding,
    DoseStep,
    Experiencer,
    Frequency,
    MedicationOrder,
    OrderAction,
    Prescription,
    Quantity,
)
from medscribe.domain.note import Author, Evidence, Note, Retract, Section, Statement, Upsert
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.provenance import Provenance
from medscribe.domain.results import EncounterResults
from medscribe.domain.safety import SafetyAlert, Severity
from medscribe.domain.spans import TextSpan, TimeSpan
from medscribe.domain.transcript import Role

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
WRITER = Provenance(engine="extractive", version="1", model="extractive.npz", template="soap 1")
RULES = Provenance(engine="prescription_rules", version="1")
FINDER = Provenance(engine="findings_rules", version="2")
LOINC = "http://loinc.org"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
CODES = {
    "history": ("10164-2", "HISTORY"),
    "exam": ("29545-1", "EXAM"),
    "plan": ("51847-2", "ASSESSMENT AND PLAN"),
}


def said(id_: str, role: Role, text: str, start: float) -> MaskedUtterance:
    span = TimeSpan(start=start, end=start + 3)
    return MaskedUtterance(id=id_, speaker=role.value, role=role, text=text, span=span)


COUGH = said("u1", Role.PATIENT, "I'm <NAME_1>. I have had a cough & a fever of > 38.", 75)
PLAN = said("u2", Role.CLINICIAN, "Let's start prednisone, forty for three days then twenty.", 80)


def quote(words: str, utterance: MaskedUtterance = COUGH) -> Evidence:
    at = utterance.text.index(words)
    span = TextSpan(start=at, end=at + len(words))
    return Evidence(utterance_id=utterance.id, quote=words, span=span)


HEARD = quote("a cough & a fever of > 38")
ORDERED = quote("start prednisone", PLAN)


def statement(id_: str, text: str, *evidence: Evidence, problem: str | None = None) -> Statement:
    return Statement(id=id_, text=text, evidence=evidence, author=Author.COMPOSER, problem=problem)


def mg(value: float) -> Quantity:
    return Quantity(value=value, unit="mg")


def days(value: float) -> Quantity:
    return Quantity(value=value, unit="d")


ONCE = Frequency(text="once a day", count=1, period=1, period_unit="d")


def order(**given: object) -> MedicationOrder:
    fields: dict[str, object] = {
        "id": "m1",
        "drug": "ibuprofen",
        "action": OrderAction.START,
        "evidence": (ORDERED,),
    }
    return MedicationOrder.model_validate(fields | given)


TAPER = order(
    id="m2",
    drug="prednisone",
    codings=(Coding(system=RXNORM, code="8640", display="prednisone"),),
    frequency=ONCE,
    steps=(
        DoseStep(strength=mg(40), frequency=ONCE, duration=days(3)),
        DoseStep(strength=mg(20), frequency=ONCE, duration=days(3)),
    ),
    indication="asthma",
)
STOPPED = order(id="m3", drug="warfarin", action=OrderAction.STOP)
MOTHERS = order(id="m4", drug="insulin", action=OrderAction.MENTION, experiencer=Experiencer.FAMILY)


def problem(id_: str, name: str, kind: ProblemKind, **given: object) -> Problem:
    fields = {"id": id_, "name": name, "kind": kind, "evidence": (HEARD,)}
    return Problem.model_validate(fields | given)


PROBLEMS = (
    problem("c1", "asthma", ProblemKind.DIAGNOSIS, addressed=True),
    problem("c2", "fever", ProblemKind.SYMPTOM, assertion=Assertion(negated=True)),
    problem(
        "c3",
        "diabetes",
        ProblemKind.DIAGNOSIS,
        assertion=Assertion(experiencer=Experiencer.FAMILY),
        relative="mother",
    ),
    problem(
        "c4",
        "rash",
        ProblemKind.SYMPTOM,
        assertion=Assertion(certainty=Certainty.HYPOTHETICAL, temporality=Temporality.FUTURE),
    ),
    problem(
        "c5",
        "knee pain",
        ProblemKind.SYMPTOM,
        laterality=Laterality.LEFT,
        onset="for three weeks",
        assertion=Assertion(temporality=Temporality.PAST),
    ),
)


def millimetres(name: str, code: str, value: float) -> ObservationComponent:
    return ObservationComponent(
        name=name,
        codings=(Coding(system=LOINC, code=code),),
        value=Quantity(value=value, unit="mm[Hg]"),
    )


PRESSURE = Observation(
    id="o1",
    kind=ObservationKind.VITAL,
    name="blood pressure",
    codings=(Coding(system=LOINC, code="85354-9"),),
    components=(
        millimetres("systolic", "8480-6", 150),
        millimetres("diastolic", "8462-4", 90),
    ),
    evidence=(HEARD,),
)
A1C = Observation(
    id="o2",
    kind=ObservationKind.LAB,
    name="hemoglobin A1c",
    codings=(Coding(system=LOINC, code="4548-4"),),
    value=Quantity(value=8.1, unit="%"),
    evidence=(HEARD,),
)
RETURN = FollowUp(
    id="f1",
    kind=FollowUpKind.RETURN_VISIT,
    text="return visit",
    within=Quantity(value=2, unit="wk"),
    evidence=(ORDERED,),
)
XRAY = FollowUp(
    id="f2", kind=FollowUpKind.IMAGING, text="chest x-ray", within=days(3), evidence=(ORDERED,)
)
FINDINGS = ClinicalFindings(
    sex=PatientSex.FEMALE,
    age_years=59,
    problems=PROBLEMS,
    observations=(PRESSURE, A1C),
    follow_ups=(RETURN, XRAY),
    suspected_drugs=(SuspectedDrug(heard="predni zone", meant=("prednisone",), evidence=()),),
    made_by=FINDER,
)
PRESCRIPTION = Prescription(
    orders=(order(strength=mg(400), frequency=ONCE), TAPER, STOPPED, MOTHERS),
    allergies=(Allergy(id="a1", substance="penicillin", reaction="hives", evidence=(HEARD,)),),
    created_at=AT,
    made_by=RULES,
)
NOTE = Note(
    template="soap",
    revision=1,
    sections=(
        Section(
            key="history",
            title="HISTORY",
            statements=(statement("s1", "Cough & fever > 38 °C for <NAME_1>.", HEARD),),
        ),
        Section(key="exam", title="EXAM", statements=()),
        Section(
            key="plan",
            title="ASSESSMENT AND PLAN",
            statements=(
                statement("s2", "Asthma", HEARD),
                statement("s3", "Prednisone taper.", ORDERED, problem="s2"),
                statement("s4", "Cough"),
                statement("s5", "Fluids.", HEARD, problem="s4"),
                statement("s6", "Chest x-ray.", problem="s2"),
            ),
        ),
    ),
    made_by=WRITER,
    proposals=(
        Upsert(id="s5", section="plan", text="Rest.", evidence=()),
        Upsert(section="plan", text="Call on Monday.", evidence=()),
        Retract(id="s4", reason="taken back"),
    ),
    stale=True,
)
ALERT = SafetyAlert(
    check="dosage",
    severity=Severity.HARD,
    detail="Prednisone 40 mg is off.",
    implicated=("m2",),
    evidence=(ORDERED,),
    source="RxNorm",
)
RESULTS = EncounterResults(
    masked=(COUGH, PLAN),
    note=NOTE,
    prescription=PRESCRIPTION,
    findings=FINDINGS,
    alerts=(ALERT,),
)
