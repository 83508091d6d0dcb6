"""What a statement says that the talk does not bear out is flagged, and nothing else."""

import pytest
from tests.talk import talk

from medscribe.safety.grounding.rules import Flag, Rule, flags_of
from medscribe.safety.grounding.talk import read_talk

TALK = read_talk(
    utterance.text
    for utterance in talk(
        """
        CLINICIAN  Hi <NAME_1>, what brings you in?
        PATIENT    My left knee has hurt for two weeks, it's a seven out of ten.
        CLINICIAN  Any fever or chills?
        PATIENT    No. My shoulder is fine. I do have some swelling.
        CLINICIAN  Your blood pressure is one forty two over ninety, your A1c is seven point two.
        CLINICIAN  Let's go up on the lisinopril, we'll start that at twenty milligrams once a day.
        CLINICIAN  And take ibuprofen four hundred milligrams twice a day with food. That's all, I
        PATIENT    All right. And how are we going to do the other things we have talked about the
        CLINICIAN  We will do those the next time, as the results of the labs should be back by then
        CLINICIAN  and I want to see the films myself as well before we decide on anything there.
        """
    )
)

BORNE_OUT = [
    "The patient's left knee has hurt for 2 weeks, rated 7/10.",
    "<NAME_1> denies fever or chills.",
    "Blood pressure is 142/90. Hemoglobin A1c is 7.2.",
    "Increase lisinopril to 20 mg once a day.",
    "Ibuprofen 400 mg twice a day with food.",
    "Knee pain for 2/52.",
    "No acute distress.",
]
NOT_BORNE_OUT = [
    ("Blood pressure is 124/90.", Flag(Rule.NUMBER, "124")),
    ("Start metformin.", Flag(Rule.DRUG, "metformin")),
    ("The right knee has hurt.", Flag(Rule.LATERALITY, "right knee")),
    ("Increase lisinopril to 400 mg.", Flag(Rule.PAIRING, "lisinopril 400")),
    ("The patient denies swelling.", Flag(Rule.NEGATION, "swelling")),
]


@pytest.mark.parametrize("statement", BORNE_OUT)
def test_what_was_said_is_not_flagged(statement: str) -> None:
    assert flags_of(statement, TALK) == []


@pytest.mark.parametrize(("statement", "flag"), NOT_BORNE_OUT)
def test_what_was_not_said_is_flagged(statement: str, flag: Flag) -> None:
    assert flags_of(statement, TALK) == [flag]


def test_a_denial_that_nobody_made_is_no_hard_flag() -> None:
    hard = {flag.rule: flag.hard for _statement, flag in NOT_BORNE_OUT}
    assert hard.pop(Rule.NEGATION) is False
    assert all(hard.values())


def test_numbers_are_compared_as_said_however_they_are_written() -> None:
    said = read_talk(["Take one thousand milligrams, that is 2.50 dollars."])
    assert flags_of("Take 1,000 mg at $2.5.", said) == []


def test_nothing_said_bears_out_no_number() -> None:
    assert flags_of("Pain for 3 days.", read_talk(())) == [Flag(Rule.NUMBER, "3")]
