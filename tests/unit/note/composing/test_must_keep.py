"""What the talk says about when to call or come back always stands in the note."""

import pytest
from tests.talk import talk

from medscribe.note.render import note_text
from medscribe.note.template import load_template
from medscribe.note.writers.extractive import Options, create


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("If it is still not getting better next week come back and see me.", "still not getting"),
        ("If you have any fever or back pain give me a call.", "fever or back pain"),
        ("And your breathing is getting worse, then take yourself to A and E.",
         "emergency department"),
        ("Call 911 if you have chest pain.", "911"),
    ],
)  # fmt: skip
def test_what_to_come_back_for_stands_in_every_note(said: str, kept: str) -> None:
    visit = talk(
        "CLINICIAN  What brings you in today?\n"
        "PATIENT    I have been wheezing for two days.\n"
        "CLINICIAN  This is asthma. Use your salbutamol inhaler every four hours.\n"
        f"CLINICIAN  {said}\n"
        "PATIENT    Okay, thank you."
    )

    for name in ("soap", "after_visit_summary", "gp_telegraphic", "discharge_summary"):
        assert kept in note_text(create(Options()).write(visit, load_template(name)))
