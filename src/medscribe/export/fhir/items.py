"""Structured results -> FHIR resources, each with its words, its section and its evidence."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from medscribe.domain.findings import (
    ClinicalFindings,
    FollowUp,
    Observation,
    ObservationKind,
    Problem,
    ProblemKind,
)
from medscribe.domain.medication import Allergy, MedicationOrder, Prescription
from medscribe.domain.note import Evidence
from medscribe.domain.provenance import Provenance
from medscribe.export.documents import order_line
from medscribe.export.fhir.allergies import NONE_KNOWN, allergy_line, allergy_of, none_known
from medscribe.export.fhir.elements import Json
from medscribe.export.fhir.follow_ups import follow_up_line, follow_up_of
from medscribe.export.fhir.measurements import age_line, age_of, observation_line, observation_of
from medscribe.export.fhir.medications import medication_of
from medscribe.export.fhir.problems import problem_line, problem_of
from medscribe.export.fhir.visit import Visit


@dataclass(frozen=True)
class Home:
    """The section where resources of a kind are entered: the first of the note's sections with one
    of these LOINC codes, else a section of their own with the first code."""

    title: str
    loinc: tuple[str, ...] = ()


PATIENT = Home("PATIENT")
ASSESSED = Home("ASSESSMENT", ("51848-0", "51847-2"))
PROBLEMS = Home("PROBLEMS", ("11450-4", "11348-0", "10164-2"))
SYMPTOMS = Home("REVIEW OF SYSTEMS", ("10187-3", "10164-2"))
EXAMINED = Home("PHYSICAL EXAM", ("29545-1",))
FAMILY = Home("FAMILY HISTORY", ("10157-6",))
ALLERGIES = Home("ALLERGIES", ("48765-2",))
TAKEN = Home("MEDICATIONS", ("10160-0", "29549-3"))
VITALS = Home("VITAL SIGNS", ("8716-3", "29545-1"))
RESULTS = Home("RESULTS", ("30954-2",))
PLAN = Home("PLAN", ("18776-5", "51847-2"))

_BY_KIND = {
    ProblemKind.DIAGNOSIS: PROBLEMS,
    ProblemKind.SYMPTOM: SYMPTOMS,
    ProblemKind.FINDING: EXAMINED,
}
_BY_TYPE = {"MedicationRequest": PLAN, "FamilyMemberHistory": FAMILY}


@dataclass(frozen=True)
class Item:
    """`line`: the resource in words, for the narrative of its section."""

    resource: Json
    line: str
    home: Home
    evidence: tuple[Evidence, ...]
    made_by: Provenance


Source = TypeVar("Source", MedicationOrder, Allergy, Problem, Observation, FollowUp)


def items_of(
    prescription: Prescription | None, findings: ClinicalFindings | None, visit: Visit
) -> list[Item]:
    """All that a FHIR reader is told of the visit, in an order that is always the same."""
    items: list[Item] = []
    if findings:
        items += _findings(findings, visit)
    if prescription:
        items += _prescription(prescription, visit)
    return items


def _findings(findings: ClinicalFindings, visit: Visit) -> list[Item]:
    made = findings.made_by
    items = []
    if findings.age_years is not None and findings.age_years >= 0:
        age = age_of(findings.age_years, visit)
        items.append(Item(age, age_line(findings.age_years), PATIENT, (), made))
    items += _each(findings.problems, problem_of, problem_line, _home_of_problem, made, visit)
    items += _each(
        findings.observations, observation_of, observation_line, _home_of_observation, made, visit
    )
    items += _each(findings.follow_ups, follow_up_of, follow_up_line, lambda _: PLAN, made, visit)
    return items


def _prescription(prescription: Prescription, visit: Visit) -> list[Item]:
    made = prescription.made_by
    items = _each(prescription.orders, medication_of, order_line, lambda _: TAKEN, made, visit)
    items += _each(
        prescription.allergies, allergy_of, allergy_line, lambda _: ALLERGIES, made, visit
    )
    none = none_known(prescription, visit)
    if none:
        evidence = prescription.no_known_allergies_evidence
        items.append(Item(none, "No known allergies", ALLERGIES, evidence, made))
    return items


def _each(
    sources: Sequence[Source],
    resource_of: Callable[[Source, Visit], Json | None],
    line_of: Callable[[Source], str],
    home_of: Callable[[Source], Home],
    made_by: Provenance,
    visit: Visit,
) -> list[Item]:
    items = []
    for source in _distinct(sources):
        resource = resource_of(source, visit)
        if resource is not None:
            home = _BY_TYPE.get(resource["resourceType"], home_of(source))
            items.append(Item(resource, line_of(source), home, source.evidence, made_by))
    return items


def _distinct(sources: Iterable[Source]) -> list[Source]:
    """The same with ids that occur once, so that no two resources share theirs."""
    seen = {NONE_KNOWN, "age"}
    distinct = []
    for source in sources:
        name, number = source.id, 1
        while name in seen:
            number += 1
            name = f"{source.id}#{number}"
        seen.add(name)
        distinct.append(source if name == source.id else source.model_copy(update={"id": name}))
    return distinct


def _home_of_problem(problem: Problem) -> Home:
    return ASSESSED if problem.addressed else _BY_KIND[problem.kind]


def _home_of_observation(observation: Observation) -> Home:
    return VITALS if observation.kind is ObservationKind.VITAL else RESULTS
