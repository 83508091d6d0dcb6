"""Units with their divisions -> those that are worth a place in the note, by division."""

from collections.abc import Sequence
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


def chosen_units(
    talk: Talk, places: Sequence[Sorted], contradicted: set[int], least_worth: float
) -> dict[str, list[Unit]]:
    """Units worth a place, by division; `contradicted` are places (`Unit.at`) of answers that the
    patient contradicts elsewhere."""
    chosen: dict[str, list[Unit]] = {}
    for unit, place in zip(talk.units, places, strict=True):
        if not unit.text or (unit.fused and unit.at in contradicted):
            continue
        claim = unit.once(_claim)
        kept = claim.kept
        told = talk.position(unit.passages[0]) >= JUDGED_FROM
        if claim.counts or (claim.judges and told):
            kept = "assessment_and_plan"
        if unit.reporter and kept is None and not _is_history(unit, place):
            continue
        least = least_worth
        if claim.of_companion:
            least *= _SELF_SHARE
        elif place.division == "exam" and unit.once(_is_finding):
            least *= _FINDING_SHARE
        if kept is not None or place.worth >= least:
            division = kept or unit.once(_division, place.division)
            chosen.setdefault(division, []).append(unit)
    return chosen


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
