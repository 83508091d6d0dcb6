"""The prescription of a live visit: the order of arrival does not matter, nothing is lost."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.talk import talk

from medscribe.domain.medication import OrderAction, Prescription
from medscribe.note.prescribing.rolling import Chunk, RollingPrescription
from medscribe.note.prescription import extract_prescription

AT = datetime(2026, 1, 1, tzinfo=UTC)
_SCRIPT = """
CLINICIAN  What brings you in?
PATIENT    My pressure. I take lisinopril ten milligrams every morning.
CLINICIAN  Let's increase that to twenty.
PATIENT    Okay.
CLINICIAN  And let's start metformin.
CLINICIAN  Take 500 milligrams twice a day with meals.
PATIENT    Should I keep taking the aspirin?
CLINICIAN  No, you can stop that.
PATIENT    I'm allergic to penicillin. I get hives.
CLINICIAN  Okay. Would you like to start a statin, say atorvastatin twenty milligrams at night?
PATIENT    Yes, let's do that.
CLINICIAN  We'll start ibuprofen.
CLINICIAN  Scratch that.
CLINICIAN  For the pain take Tylenol 500 milligrams every six hours as needed.
CLINICIAN  Actually, let's hold the metformin until after your CT scan.
"""


def chunks(script: str, size: int = 1) -> list[Chunk]:
    said = talk(script)
    return [
        Chunk(number, said[at : at + size]) for number, at in enumerate(range(0, len(said), size))
    ]


def rolled(arrivals: list[Chunk], window_chunks: int = 10) -> Prescription:
    rolling = RollingPrescription(window_chunks)
    made = rolling.add([], created_at=AT)
    for chunk in arrivals:
        made = rolling.add([chunk], created_at=AT)
    return made


@pytest.mark.parametrize("size", [1, 2, 4])
def test_the_live_prescription_is_that_of_the_whole_talk(size: int) -> None:
    assert rolled(chunks(_SCRIPT, size)) == extract_prescription(talk(_SCRIPT), created_at=AT)


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(15)), st.lists(st.integers(0, 14), max_size=5), st.integers(3, 12))
def test_order_and_repetition_of_arrival_make_no_difference(
    order: list[int], again: list[int], window: int
) -> None:
    parts = chunks(_SCRIPT)
    arrivals = [parts[at] for at in [*order, *again]]
    assert rolled(arrivals, window) == rolled(parts, window)


_SELF_CONTAINED = (
    "CLINICIAN  Let's start lisinopril ten milligrams once a day.",
    "CLINICIAN  Increase the lisinopril to twenty milligrams.",
    "CLINICIAN  Stop the lisinopril.",
    "PATIENT    I take metformin 500 milligrams twice a day.",
    "CLINICIAN  Continue metformin 500 milligrams twice a day.",
    "CLINICIAN  Hold the metformin until your scan.",
    "PATIENT    I am allergic to codeine.",
    "PATIENT    The weather was lovely all week, we went to the lake.",
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(_SELF_CONTAINED), min_size=1, max_size=20), st.randoms())
def test_nothing_is_lost_when_it_leaves_the_window(lines: list[str], random: object) -> None:
    script = "\n".join(lines)
    parts = chunks(script)
    random.shuffle(parts)  # type: ignore[attr-defined]
    assert rolled(parts, 3) == extract_prescription(talk(script), created_at=AT)


def test_the_later_word_wins_also_where_it_arrives_first() -> None:
    parts = chunks("CLINICIAN  Start lisinopril.\nCLINICIAN  Stop the lisinopril.")
    (order,) = rolled(parts[::-1]).orders
    assert order.action is OrderAction.STOP


def test_a_corrected_chunk_takes_the_place_of_the_first() -> None:
    wrong, right = (
        Chunk(0, talk(f"CLINICIAN  Start lisinopril {dose} milligrams.")) for dose in (10, 20)
    )
    (order,) = rolled([wrong, right]).orders
    assert order.strength is not None
    assert order.strength.value == 20


def test_a_window_too_small_for_an_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="more than 2"):
        RollingPrescription(2)
