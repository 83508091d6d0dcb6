"""The plan stands by problem: each named once, what was decided below it."""

import pytest
from tests.unit.note.conversation import talk

from medscribe.domain.note import Note, Statement
from medscribe.note.composing.problems import (
    PlanKind,
    diagnosis_in,
    implied_problem,
    opened_problem,
    plan_kind,
    problem_words,
)
from medscribe.note.render import note_text
from medscribe.note.template import load_template
from medscribe.note.writers.extractive import Options, create

VISIT = """
    CLINICIAN  I understand you're here for left knee pain. Any fever?
    PATIENT    No. The knee started to hurt two weeks ago.
    CLINICIAN  So for your first problem, your left knee pain, I think this is a meniscal tear. I'm going to order an MRI of the left knee. I want you to rest it.
    CLINICIAN  For your second problem, your type 2 diabetes, your blood sugars have been high. I'm going to increase your metformin to one thousand milligrams twice a day. We will repeat your hemoglobin A1c in three months.
    CLINICIAN  And for your knee pain I'll also refer you to physical therapy. I'll see you back in two weeks.
    PATIENT    Sounds good.
"""  # noqa: E501


def _plan(note: Note) -> tuple[Statement, ...]:
    return next(s.statements for s in note.sections if s.key == "assessment_and_plan")


def _written(script: str) -> Note:
    return create(Options()).write(talk(script), load_template("soap"))


def _under(note: Note, problem: str) -> list[str]:
    plan = _plan(note)
    named = next(s for s in plan if s.text == problem)
    return [s.text for s in plan if s.problem == named.id and s.id != named.id]


def test_each_problem_is_named_once_with_its_plan_below() -> None:
    note = _written(VISIT)
    named = [s.text for s in _plan(note) if s.problem == s.id]
    assert named == ["Left knee pain.", "Type 2 diabetes."]
    assert "We will order an MRI of the left knee." in _under(note, "Left knee pain.")
    assert any("metformin to 1000 mg twice daily" in text for text in _under(note, named[1]))


def test_what_is_said_of_a_problem_later_goes_back_to_it() -> None:
    under = _under(_written(VISIT), "Left knee pain.")
    assert any("physical therapy" in text for text in under)


def test_what_belongs_to_no_problem_comes_last() -> None:
    plan = _plan(_written(VISIT))
    assert [s.problem for s in plan[-2:]] == [None, None]
    assert "follow up in 2 weeks" in plan[-2].text
    assert "agrees with" in plan[-1].text


def test_problem_ids_are_those_of_statements_that_name_them() -> None:
    note = _written(VISIT)
    ids = {s.id for s in _plan(note)}
    assert {s.problem for s in _plan(note) if s.problem} <= ids


def test_several_problems_are_numbered_and_their_lines_stand_by_kind() -> None:
    text = note_text(_written(VISIT))
    assert "1. Left knee pain.\n" in text
    assert "2. Type 2 diabetes.\n" in text
    assert "- Additional Testing: We will order an MRI of the left knee." in text


def test_a_visit_that_names_no_problem_has_its_complaint() -> None:
    note = _written(
        """
        CLINICIAN  I understand you're here for left shoulder pain.
        PATIENT    Yes, it hurts when I lift my arm.
        CLINICIAN  I'm going to order an x-ray of the left shoulder and prescribe ibuprofen six hundred milligrams.
        """  # noqa: E501
    )
    assert [s.text for s in _plan(note) if s.problem == s.id] == ["Left shoulder pain."]


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("i think you have a medial meniscus tear", "medial meniscus tear"),
        ("this is consistent with lateral epicondylitis", "lateral epicondylitis"),
        ("this is most likely a lumbar strain", "likely lumbar strain"),
        ("you may have something called gastroenteritis", "possible gastroenteritis"),
        ("i do not think this is a fracture", None),
        ("we want to rule out a fracture", None),
        ("if you have a fracture we will see it", None),
        ("your mother has diabetes", None),
        ("given that you have got a family history of stroke", None),
        ("our presumptive diagnosis is mini-stroke", "likely mini-stroke"),
    ],
)
def test_a_diagnosis_keeps_its_doubt_and_is_never_one_that_was_denied(
    said: str, named: str | None
) -> None:
    assert diagnosis_in(said) == named


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("so for your high blood pressure , we will continue lisinopril", "high blood pressure"),
        ("it sounds like your depression is stable", "depression"),
        ("i will give you ibuprofen", None),
    ],
)
def test_a_known_disease_is_turned_to_without_being_announced(said: str, named: str | None) -> None:
    assert implied_problem(said) == named


def test_an_examined_part_is_no_problem() -> None:
    assert opened_problem("your vital signs look good")[0] is None
    assert opened_problem("for your heart exam, you have a murmur")[0] is None


def test_two_names_of_one_disease_are_one_problem() -> None:
    assert problem_words("high blood pressure") == problem_words("hypertension")
    assert problem_words("type 2 diabetes") == problem_words("diabetes")
    assert problem_words("left knee pain") != problem_words("back pain")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("We will order an MRI of the knee.", PlanKind.TESTING),
        ("We will prescribe meloxicam 15 mg daily.", PlanKind.TREATMENT),
        ("We will refer to cardiology.", PlanKind.REFERRAL),
        ("Advised to avoid salty foods.", PlanKind.EDUCATION),
        ("This is a lumbar strain.", PlanKind.REASONING),
    ],
)
def test_lines_of_a_plan_are_of_a_kind(line: str, kind: PlanKind) -> None:
    assert plan_kind(line) is kind


def test_a_finding_with_its_grade_is_no_diagnosis() -> None:
    assert diagnosis_in("you have 1 plus pitting edema") is None
