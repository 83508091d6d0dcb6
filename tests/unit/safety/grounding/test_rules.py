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


TRUE = [
    ("take half a tablet at night", "Take 1/2 tablet at night."),
    ("take one and a half tablets", "Take 1 1/2 tablets."),
    ("take a quarter tablet", "1/4 tablet."),
    ("it's seven out of ten", "Pain 7/10."),
    ("take it every six hours", "Take q6h."),
    ("for seven days then", "x7 days"),
    ("for seven days then", "For 7d."),
    ("lisinopril twenty milligrams daily", "Lisinopril 20mg daily."),
    ("three days of cough", "3/7 cough."),
    ("two weeks of cough", "Cough for 2/52."),
    ("a couple of months now", "For 2 months."),
    ("a fortnight ago", "2 weeks ago."),
    ("come back in a week", "Return in 1 week."),
    ("I smoke a pack a day", "Smokes 1 pack per day."),
    ("one thousand milligrams of metformin", "Metformin 1 g."),
    ("levothyroxine point one two five milligrams", "Levothyroxine 125 mcg."),
    ("levothyroxine a hundred and twenty five micrograms", "Levothyroxine 0.125 mg."),
    ("at eight in the morning", "At 08:00."),
    ("I take Tylenol five hundred milligrams", "Acetaminophen 500 mg."),
    ("my knee, the right one, and the left hip", "R knee pain."),
    ("both knees hurt", "Bilateral knee pain."),
    ("her right eye and the left ear", "Right eye; left ear."),
    ("the left knee swelled up", "Knee swollen right after running."),
    ("had covid last year", "COVID-19 last year."),
    ("an echo was done", "2D echo done."),
    ("if it gets worse call nine one one", "Call 911 if worse."),
    ("blood pressure in the one forties", "BP in the 140s."),
    ("the left knee first, then the knees hurt both times", "Bilateral knee pain."),
    ("5 mg of lisinopril and 500 of the metformin", "Lisinopril 5 mg, metformin 500 mg."),
    ("metformin five hundred, and lisinopril, that's ten", "Metformin 500 mg. Lisinopril 10 mg."),
]
FALSE = [
    ("metformin 500 mg and lisinopril 10 mg", "Lisinopril 500 mg.", Rule.PAIRING),
    ("metformin 500 mg and lisinopril 10 mg", "Metformin 10 mg.", Rule.PAIRING),
    ("I take 5 mg of lisinopril. The metformin 500", "Metformin 5 mg.", Rule.PAIRING),
    ("I stopped lisinopril and take 10 of amlodipine", "Lisinopril 10 mg.", Rule.PAIRING),
    ("metformin five hundred milligrams", "Metformin 5000 mg.", Rule.NUMBER),
    ("metformin five hundred milligrams", "Metformin 50mg.", Rule.NUMBER),
    ("warfarin two point five milligrams", "Warfarin 5 mg.", Rule.NUMBER),
    ("warfarin two point five milligrams", "Warfarin 25 mg.", Rule.NUMBER),
    ("lisinopril ten milligrams", "Lisinopril 10 g.", Rule.UNIT),
    ("levothyroxine one hundred micrograms", "Levothyroxine 100 mg.", Rule.UNIT),
    ("insulin glargine ten units", "Lantus 10 mL.", Rule.UNIT),
    ("three days of cough", "3/52 cough.", Rule.UNIT),
    ("three days of cough", "Cough for 3 weeks.", Rule.UNIT),
    ("take it every six hours", "Take q8h.", Rule.NUMBER),
    ("for seven days", "x14 days", Rule.NUMBER),
    ("I am forty five years old", "54yo.", Rule.NUMBER),
    ("my left knee hurts", "R knee pain.", Rule.LATERALITY),
    ("my left knee hurts", "Knee pain, right.", Rule.LATERALITY),
    ("my left knee hurts", "Bilateral knee pain.", Rule.LATERALITY),
    ("pain in the left lower quadrant", "RLQ pain.", Rule.LATERALITY),
    ("blood pressure in the one forties", "BP in the 160s.", Rule.NUMBER),
    ("the left eye and the right ear", "Right eye.", Rule.LATERALITY),
]


@pytest.mark.parametrize(("said", "statement"), TRUE)
def test_other_ways_to_write_what_was_said_are_not_flagged(said: str, statement: str) -> None:
    assert flags_of(statement, read_talk([said])) == []


@pytest.mark.parametrize(("said", "statement", "rule"), FALSE)
def test_a_dose_unit_or_side_of_something_else_is_hard(
    said: str, statement: str, rule: Rule
) -> None:
    flags = flags_of(statement, read_talk([said]))

    assert rule in {flag.rule for flag in flags}
    assert flags[0].hard
