"""What a model was told only grows; what no answer covered stays unread."""

from tests.talk import talk

from medscribe.domain.privacy import MaskedUtterance
from medscribe.note.model_note.reading import Reading, Unread

VISIT = talk("PATIENT One.\nCLINICIAN Two.\nPATIENT Three.\nCLINICIAN Four.")


def told(reading: Reading, visit: tuple[MaskedUtterance, ...]) -> tuple[str, ...]:
    return reading.tell(visit, reading.unread(visit))


def test_a_line_is_told_once_and_never_reworded() -> None:
    reading = Reading()
    first = told(reading, VISIT[:2])

    assert told(reading, VISIT)[:2] == first
    assert len(told(reading, VISIT)) == 4


def test_a_corrected_line_is_followed_by_its_correction() -> None:
    reading = Reading()
    first = told(reading, VISIT)
    corrected = talk("PATIENT One.\nPATIENT Two.\nPATIENT Three.")

    after = told(reading, corrected)

    assert after[:4] == first
    assert after[4:] == ("correction [u4] was not said", "correction [u2] PATIENT: Two.")


def test_after_many_corrections_the_visit_is_told_afresh() -> None:
    reading = Reading()
    before = talk("\n".join(f"PATIENT Line {number}." for number in range(20)))
    after = talk("\n".join(f"CLINICIAN Line {number}." for number in range(20)))
    told(reading, before)

    assert told(reading, after)[0] == "[u1] CLINICIAN: Line 0."
    assert len(told(reading, after)) == 20


def test_what_a_failed_call_was_told_stays_unread() -> None:
    reading = Reading()
    told(reading, VISIT)

    assert reading.unread(VISIT) == Unread(new=("u1", "u2", "u3", "u4"))


def test_what_an_answer_covered_is_read_until_it_changes() -> None:
    reading = Reading()
    reading.cover(VISIT, Unread(new=("u1", "u2", "u3")))
    changed = talk("PATIENT One.\nCLINICIAN Other.")

    assert reading.unread(VISIT) == Unread(new=("u4",))
    assert reading.unread(changed) == Unread(corrected=("u2",), gone=("u3",))


def test_a_window_holds_the_unread_lines_and_what_leads_to_them() -> None:
    reading = Reading()
    reading.cover(VISIT, Unread(new=("u1", "u2", "u3")))

    assert reading.window(VISIT, reading.unread(VISIT), 1) == (
        "[u3] PATIENT: Three.",
        "[u4] CLINICIAN: Four.",
    )
