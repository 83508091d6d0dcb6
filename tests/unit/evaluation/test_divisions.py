"""Notes are cut at their headings and scored part by part."""

import pytest

from medscribe.evaluation.divisions import DIVISIONS, divide, division_scores

NOTE = """CHIEF COMPLAINT

Knee pain.

REVIEW OF SYSTEMS

Denies fever.

PHYSICAL EXAM

Knee: Tender.

RESULTS

X-ray is normal.

ASSESSMENT AND PLAN

Sprain of the knee.
"""


def test_each_line_goes_to_the_division_of_its_heading() -> None:
    parts = divide(NOTE)
    assert parts["subjective"].endswith("Denies fever.")
    assert parts["exam"] == "PHYSICAL EXAM\nKnee: Tender."
    assert parts["results"] == "RESULTS\nX-ray is normal."
    assert parts["assessment_and_plan"] == "ASSESSMENT AND PLAN\nSprain of the knee."


def test_headings_in_other_spellings_are_known() -> None:
    assert divide("**Imp:**\nGout.")["assessment_and_plan"] == "**Imp:**\nGout."
    assert divide("Vitals Reviewed\nBP 120/80")["exam"] == "Vitals Reviewed\nBP 120/80"


def test_a_sentence_is_no_heading() -> None:
    assert divide("The plan is rest.")["subjective"] == "The plan is rest."


def test_the_same_note_agrees_fully_and_so_does_what_neither_has() -> None:
    scores = division_scores(["PLAN\n\nRest at home."], ["PLAN\n\nRest at home."])
    assert [scores[name]["rouge1"] for name in DIVISIONS] == pytest.approx([100.0] * 4)


def test_a_division_that_only_one_note_has_scores_nothing() -> None:
    scores = division_scores(["PLAN\n\nRest."], ["RESULTS\n\nNormal x-ray."])
    assert scores["results"] == scores["assessment_and_plan"] == {"rouge1": 0.0, "rougeL": 0.0}
