"""Units with their divisions -> those that are worth a place in the note, by division."""

from collections.abc import Container, Sequence
from typing import NamedTuple

from medscribe.clinical.drugs import find_drugs
from medscribe.domain.transcript import Role
from medscribe.note.composing.exam_wording import is_finding
from medscribe.note.composing.must_keep import must_keep
from medscribe.note.composing.problems import counts_problem, is_judgement
from medscribe.note.reading.classifier import Sorted
from medscribe.note.reading.reported import names_companion
from medscribe.note.reading.speakers import gives_history
from medscribe.note.reading.systems import symptoms_in
from medscribe.note.reading.talk import Talk
from medscribe.note.reading.units import Unit
from medscribe.note.rules import load_pattern

JUDGED_FROM = 0.4
"""Before this part of the talk "i see you have a kidney stone" is history."""

# A finding is missed more than a remark: it is taken from this share of the least worth on.
_FINDING_SHARE = 0.7
# Sentences in which companions speak of themselves too ("we have seen everybody") hold less.
_SELF_SHARE = 2.5


class _Claim(NamedTuple):
    """What a unit's own words say for and against its place.

    `kept`: the division in which it must stand. `counts` or `judges` a problem: the plan, the
    latter once the history is told. `of_companion`: a companion speaks, without a symptom, of
    companions too.
    """

    kept: str | None
    counts: bool
    judges: bool
    of_companion: bool


class Candidate(NamedTuple):
    """A unit that may stand in the note: where, and what part of the least worth it needs; none of
    it where it must stand."""

    unit: Unit
    worth: float
    share: float
    division: str


def candidates(
    talk: Talk, places: Sequence[Sorted], contradicted: Container[int]
) -> list[Candidate]:
    """In the order of the talk; `contradicted` are places (`Unit.at`) of answers that the patient
    contradicts elsewhere."""
    found: list[Candidate] = []
    late = talk.first_unit_from(JUDGED_FROM)
    for number, (unit, place) in enumerate(zip(talk.units, places, strict=True)):
        if not unit.text or (unit.fused and unit.at in contradicted):
            continue
        claim = unit.once(_claim)
        kept = claim.kept
        if claim.counts or (claim.judges and number >= late):
            kept = "assessment_and_plan"
        if kept is not None:
            division = kept or unit.once(_division, place.division)
            found.append(Candidate(unit, place.worth, 0.0, division))
        elif not unit.reporter or _is_history(unit, place):
            share = _share(unit, place, claim)
            found.append(Candidate(unit, place.worth, share, unit.once(_division, place.division)))
    return found


def chosen_units(among: Sequence[Candidate], least_worth: float) -> dict[str, list[Unit]]:
    """Those worth a place, by division."""
    chosen: dict[str, list[Unit]] = {}
    for unit, worth, share, division in among:
        if worth >= least_worth * share:
            chosen.setdefault(division, []).append(unit)
    return chosen


def _share(unit: Unit, place: Sorted, claim: _Claim) -> float:
    if claim.of_companion:
        return _SELF_SHARE
    return _FINDING_SHARE if place.division == "exam" and unit.once(_is_finding) else 1.0


def _claim(unit: Unit) -> _Claim:
    kept = unit.once(must_keep)
    judging = kept is None and not gives_history(unit.role) and not unit.fused
    counts = judging and counts_problem(unit.text)
    return _Claim(
        kept=kept,
        counts=counts,
        judges=judging and not counts and is_judgement(unit.text),
        of_companion=bool(
            unit.reporter and names_companion(unit.text) and not symptoms_in(unit.text)
        ),
    )


def _is_finding(unit: Unit) -> bool:
    return is_finding(unit.text)


def _is_history(unit: Unit, place: Sorted) -> bool:
    """Whether a companion's words tell something; among the plan they only reply to it."""
    return place.division != "assessment_and_plan" or unit.fused or unit.answered


def _division(unit: Unit, likely: str) -> str:
    """What patients tell while they are examined is history, and so is the medicine they ask for
    ("start me on 200 of sertraline"); what is decided is plan; what companions tell is always
    history."""
    if unit.reporter:
        return "subjective"
    if unit.role is not Role.PATIENT and load_pattern("plan", "decision").search(unit.text):
        return "assessment_and_plan"
    told = unit.role is Role.PATIENT or (unit.fused and unit.text.startswith("you "))
    own = told and (likely == "exam" or unit.answered or unit.fused)
    asks = unit.role is Role.PATIENT and find_drugs(unit.text)
    return "subjective" if own or asks else likely
