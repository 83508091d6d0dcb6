"""Names of whom one speaks to, words begun anew, and what is still open, in a finished note."""

from tests.talk import talk

from medscribe.note.template import load_template
from medscribe.note.writers.extractive import Options, create


def written(script: str) -> str:
    note = create(Options(least_worth=0.0)).write(talk(script), load_template("soap", None))
    return "\n".join(line.text for section in note.sections for line in section.statements)


def test_whom_the_clinician_speaks_to_does_not_open_a_sentence() -> None:
    note = written(
        """
        CLINICIAN  So, <NAME_1>, you have had this knee pain for two weeks.
        CLINICIAN  <NAME_1> it looks like you have a knee sprain.
        PATIENT    I smoke ten cigarettes a day, <NAME_2>.
        """
    )
    assert "<NAME_" not in note


def test_who_the_patient_is_keeps_the_name() -> None:
    note = written(
        "CLINICIAN  <NAME_1> is a 50-year-old male with a history of asthma here for knee pain."
    )
    assert "<NAME_1> is a 50-year-old male" in note


def test_an_order_before_a_false_start_stays() -> None:
    note = written(
        """
        PATIENT    My knee hurts.
        CLINICIAN  i want to get a recheck on your a1c and then i am also i am going to get an ekg
        """
    )
    assert "recheck on the patient's A1c" in note
    assert "EKG" in note


def test_the_emergency_room_is_no_hesitation() -> None:
    note = written("PATIENT    Yesterday I went to the er because of my chest pain.")
    assert "to the ER" in note


def test_what_can_be_done_keeps_its_verb() -> None:
    note = written(
        """
        PATIENT    My knee hurts.
        CLINICIAN  We might do some physical therapy for that knee.
        CLINICIAN  We can go ahead and refer you to orthopedics for your knee.
        CLINICIAN  I'll be ordering an MRI of your knee.
        CLINICIAN  I want to order an a1c to see if we need to change your metformin.
        """
    )
    assert "May do some physical therapy" in note
    assert "We will refer to orthopedics" in note
    assert "We will order an MRI" in note
    assert "to determine the need to change" in note
