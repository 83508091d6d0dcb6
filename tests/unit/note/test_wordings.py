"""Plan, findings, complaint and symptoms as a chart words them."""

import pytest
from tests.unit.note.conversation import talk

from medscribe.clinical.offsets import NormalisedText
from medscribe.note.composing.chief_complaint import chief_complaint
from medscribe.note.composing.exam_wording import finding_wording
from medscribe.note.composing.plan_wording import plan_wording, split_problem
from medscribe.note.composing.review_of_systems import review_lines, symptoms_of
from medscribe.note.reading.casing import sentence_case
from medscribe.note.reading.fillers import without_fillers
from medscribe.note.reading.passages import passages_of
from medscribe.note.reading.subject import HE
from medscribe.note.reading.systems import examined_system
from medscribe.note.reading.units import units_of


@pytest.mark.parametrize(
    ("said", "charted"),
    [
        ("i am going to start you on meloxicam 15 mg", "start meloxicam 15 mg"),
        ("i would like to order an mri", "order an mri"),
        ("i want you to rest", "advised to rest"),
        ("you can take ibuprofen", "advised to take ibuprofen"),
        ("we will see you back in 2 weeks", "follow up in 2 weeks"),
        ("i want to continue you on the synthroid", "continue synthroid"),
        ("i think this is a strain", "this is a strain"),
    ],
)
def test_the_plan_is_charted_without_its_speaker(said: str, charted: str) -> None:
    assert plan_wording(said) == charted


def test_a_problem_is_split_from_its_plan() -> None:
    said = "for your second problem, your hypothyroidism, i want to order labs"
    assert split_problem(said) == ("hypothyroidism", "i want to order labs")
    assert split_problem("i want to order labs") == (None, "i want to order labs")


@pytest.mark.parametrize(
    ("said", "charted"),
    [
        ("on your heart exam, i do appreciate a 2/6 systolic murmur", "2/6 systolic murmur"),
        ("your lungs are clear", "lungs are clear"),
        ("you do not have any edema", "no edema"),
        ("on physical examination, your heart is regular", "heart is regular"),
    ],
)
def test_findings_are_charted_without_the_examiner(said: str, charted: str) -> None:
    assert finding_wording(said) == charted


def test_findings_belong_to_body_systems() -> None:
    assert examined_system("lungs are clear to auscultation") == "Respiratory"
    assert examined_system("everything looks fine") is None


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("so , uh , my my knee hurts , you know ?", "my knee hurts"),
        ("no chest pain", "no chest pain"),
        ("right knee pain", "right knee pain"),
        ("no she has had it", "she has had it"),
        ("um <NAME_1> , okay", "<NAME_1>"),
    ],
)
def test_fillers_go_and_content_stays(said: str, kept: str) -> None:
    assert without_fillers(NormalisedText.unchanged(said)).text == kept


def test_sentences_are_cased_as_charts_case_them() -> None:
    assert sentence_case("order an mri and start eliquis") == "Order an MRI and start Eliquis"
    assert sentence_case("<NAME_1> takes Tylenol") == "<NAME_1> takes Tylenol"


def test_the_complaint_is_what_the_patient_is_here_for() -> None:
    script = "CLINICIAN  I understand you're here for left shoulder pain since Monday."
    found = chief_complaint(units_of(passages_of(talk(script))))
    assert found is not None
    assert found[0] == "left shoulder pain"


def test_symptoms_are_reviewed_by_system_with_their_polarity() -> None:
    script = """
        CLINICIAN  Any nausea or vomiting?
        PATIENT    No.
        CLINICIAN  Do you have any dizziness?
        PATIENT    Yes, every morning.
        PATIENT    My mother had seizures.
    """
    units = units_of(passages_of(talk(script)))
    lines = [text for text, _ in review_lines(symptoms_of(units, HE))]
    assert lines == [
        "Gastrointestinal: Denies nausea or vomiting.",
        "Neurological: Reports dizziness.",
    ]
