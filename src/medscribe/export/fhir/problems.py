"""Problems -> `Condition` of the patient, `FamilyMemberHistory` of relatives."""

from medscribe.domain.findings import Assertion, Problem, ProblemKind, Temporality
from medscribe.domain.medication import Certainty, Experiencer
from medscribe.export.fhir.elements import HL7, Json, clean, coded, concept, narrative, notes
from medscribe.export.fhir.visit import Visit

_RELATIVES = {
    "mother": "MTH", "father": "FTH", "parent": "PRN", "parents": "PRN", "brother": "BRO",
    "sister": "SIS", "sibling": "SIB", "son": "SON", "daughter": "DAU", "child": "CHILD",
    "wife": "WIFE", "husband": "HUSB", "grandmother": "GRMTH", "grandfather": "GRFTH",
    "grandparent": "GRPRN", "aunt": "AUNT", "uncle": "UNCLE", "cousin": "COUSN", "niece": "NIECE",
    "nephew": "NEPHEW",
}  # fmt: skip
"""HL7's v3 RoleCode."""


def problem_line(problem: Problem) -> str:
    """`No fever`, `possible gout, left`, `mother: diabetes`, `asthma (past)`."""
    said = problem.assertion
    negated = "no " if said.negated else ""
    certain = "" if said.certainty is Certainty.CONFIRMED else f"{said.certainty.value} "
    if negated and certain:
        negated, certain = "possibly no ", ""
    side = f", {problem.laterality.value}" if problem.laterality else ""
    onset = f", {problem.onset}" if problem.onset else ""
    past = " (past)" if said.temporality is Temporality.PAST else ""
    family = said.experiencer is Experiencer.FAMILY
    whose = f"{problem.relative or 'family'}: " if family else ""
    return clean(f"{whose}{negated}{certain}{problem.name}{side}{onset}{past}")


def problem_of(problem: Problem, visit: Visit) -> Json | None:
    """The resource of one problem; None for what nobody has: feared ("if you get a fever"),
    planned for later, or of somebody who is no relative."""
    said = problem.assertion
    if said.certainty is Certainty.HYPOTHETICAL or said.temporality is Temporality.FUTURE:
        return None
    if said.experiencer is Experiencer.FAMILY:
        return _family_history(problem, visit)
    return _condition(problem, visit) if said.experiencer is Experiencer.PATIENT else None


def _condition(problem: Problem, visit: Visit) -> Json:
    side = [{"text": problem.laterality.value}] if problem.laterality else []
    return visit.resource(
        "Condition",
        problem.id,
        text=narrative([problem_line(problem)]),
        clinicalStatus=_clinical_status(problem.assertion),
        verificationStatus=coded(f"{HL7}/condition-ver-status", _verification(problem)),
        category=_categories(problem),
        code=concept(problem.name, problem.codings),
        bodySite=side,
        subject=visit.patient,
        encounter=visit.encounter,
        onsetString=clean(problem.onset),
        note=notes(*_not_coded(problem.assertion)),
        recordedDate=visit.instant,
    )


def _clinical_status(said: Assertion) -> Json | None:
    """None for what the patient has not: neither active nor over. What is past is `inactive`;
    `resolved` would promise that it cannot come back."""
    if said.negated:
        return None
    past = said.temporality is Temporality.PAST
    return coded(f"{HL7}/condition-clinical", "inactive" if past else "active")


def _not_coded(said: Assertion) -> list[str]:
    """What no status of a refuted problem can say."""
    if not said.negated:
        return []
    unsure = "Said as possible only." if said.certainty is Certainty.POSSIBLE else ""
    past = "Said of the past." if said.temporality is Temporality.PAST else ""
    return [unsure, past]


def _verification(problem: Problem) -> str:
    """A symptom is what the patient tells: not confirmed by anybody else."""
    if problem.assertion.negated:
        return "refuted"
    if problem.assertion.certainty is Certainty.POSSIBLE:
        return "provisional"
    return "unconfirmed" if problem.kind is ProblemKind.SYMPTOM else "confirmed"


def _categories(problem: Problem) -> list[Json]:
    """A refuted problem stands on no problem list (invariant con-3), and is no diagnosis of the
    visit: readers list both by category."""
    system = f"{HL7}/condition-category"
    categories: list[Json] = [{"text": problem.kind.value}]
    if problem.assertion.negated:
        return categories
    if problem.addressed:
        return [coded(system, "encounter-diagnosis"), *categories]
    if problem.kind is ProblemKind.DIAGNOSIS:
        return [coded(system, "problem-list-item"), *categories]
    return categories


def _family_history(problem: Problem, visit: Visit) -> Json:
    """A disease that relatives do not have is told in a note: FHIR knows no negated one here."""
    relative = clean(problem.relative).lower()
    role = _RELATIVES.get(relative, "FAMMEMB")
    had: Json = {"code": concept(problem.name, problem.codings)}
    if clean(problem.onset):
        had["onsetString"] = clean(problem.onset)
    told = _beside_the_name(problem)
    if told:
        had["note"] = notes(*told)
    negated = problem.assertion.negated
    return visit.resource(
        "FamilyMemberHistory",
        problem.id,
        text=narrative([problem_line(problem)]),
        status="partial",
        patient=visit.patient,
        date=visit.instant,
        relationship={
            **coded(f"{HL7}/v3-RoleCode", role),
            "text": relative or "family member",
        },
        note=notes(f"Denied: {problem.name}", *told) if negated else [],
        condition=[] if negated else [had],
    )


def _beside_the_name(problem: Problem) -> list[str]:
    """What FHIR has no field for in a relative's disease."""
    said = problem.assertion
    unsure = "" if said.certainty is Certainty.CONFIRMED else f"{said.certainty.value} only"
    past = "in the past" if said.temporality is Temporality.PAST else ""
    side = problem.laterality.value if problem.laterality else ""
    return [text for text in (unsure, past, side) if text]
