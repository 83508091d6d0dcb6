"""What of a torn sentence can stand in a chart."""

import pytest

from medscribe.note.composing.whole_sentence import readable, repaired


@pytest.mark.parametrize(
    "torn",
    [
        "is going to help the patient with that swelling",
        "pain that the patient currently",
        "for the next couple of weeks on doing any type of climbing",
        "when she comes back",
        "the patient thinks here",
        "did anything happen before this pain",
        "the patient would looks they were eating",
        "which makes the muscle tight",
        "he has had because he has been trying",
    ],
)
def test_what_nobody_can_read_is_left_out(torn: str) -> None:
    assert readable(torn) == ""


@pytest.mark.parametrize(
    "whole",
    [
        "advised to continue to drink plenty of water",
        "be sure to change the patch each day",
        "if the pain gets worse contact the office",
        "since the fall the patient has had pain in his wrist",
        "on the left side there is some tenderness",
        "the patient feels well",
        "could be a viral infection",
        "for worse headaches go to the a and e",
        "she has been tired for a while",
        "on the synthroid",
    ],
)
def test_a_sentence_with_its_subject_stays(whole: str) -> None:
    assert readable(whole) == whole


def test_of_a_torn_order_the_order_stays() -> None:
    said = "order a psa that looks for cancer which it is unlikely that he has because no"
    assert readable("we will " + said).startswith("we will order a psa that looks for cancer")


def test_a_dose_stays_however_it_was_said() -> None:
    assert readable("is 400 mg twice daily") == "is 400 mg twice daily"


@pytest.mark.parametrize(
    ("said", "charted"),
    [
        ("she has a mild ache, but now it", "she has a mild ache"),
        ("he could be in some pain, which could make", "he could be in some pain"),
        ("it the patient can ice it", "the patient can ice it"),
        ("it the patient is going to stay overnight", "the patient is going to stay overnight"),
        ("lastly, he has some arthritis", "he has some arthritis"),
        ("we will order, an echocardiogram", "we will order an echocardiogram"),
        ("the patient could slipped on the ice", "the patient slipped on the ice"),
        ("it is as sore as it was", "it is as sore as it was"),
        ("she has felt well since", "she has felt well since"),
        ("good bone alignment", "good bone alignment"),
    ],
)
def test_what_breaks_off_is_cut(said: str, charted: str) -> None:
    assert repaired(said) == charted


@pytest.mark.parametrize(
    "pointer", ["on this x-ray", "in reviewing the pathology report for the skin cancer"]
)
def test_what_only_points_at_a_result_is_left_out(pointer: str) -> None:
    assert readable(pointer) == ""
    assert readable(f"{pointer} there is no fracture") != ""
