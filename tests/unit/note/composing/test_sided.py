"""Names of complaints and problems get the side that the talk names."""

import pytest
from tests.talk import talk

from medscribe.note.composing.sided import sides_of, with_side
from medscribe.note.reading.passages import passages_of
from medscribe.note.reading.units import units_of


def named(name: str, script: str) -> str:
    return with_side(name, sides_of(units_of(passages_of(talk(script)))))


@pytest.mark.parametrize(
    ("name", "charted"),
    [
        ("knee pain", "right knee pain"),
        ("swelling of the knee", "swelling of the right knee"),
        ("likely acute medial meniscus tear", "likely acute right medial meniscus tear"),
        ("elbow pain", "elbow pain"),
        ("pain of the upper arm", "pain of the upper arm"),
        ("bilateral knee pain", "bilateral knee pain"),
        ("hypertension", "hypertension"),
    ],
)
def test_the_only_side_that_is_named_is_the_side(name: str, charted: str) -> None:
    script = """
        CLINICIAN  Which knee is it?
        PATIENT    My right knee.
    """
    assert named(name, script) == charted


def test_where_both_sides_are_named_none_is_chosen() -> None:
    script = """
        PATIENT    My right knee hurts.
        PATIENT    The left knee was operated on last year.
    """
    assert named("knee pain", script) == "knee pain"


def test_the_patient_puts_the_side_right() -> None:
    script = """
        CLINICIAN  You are here for right knee pain.
        PATIENT    No, it's the left knee.
    """
    assert named("right knee pain", script) == "left knee pain"
