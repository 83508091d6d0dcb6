"""Orders that only say how to take a medicine, and words that sound like a stop but are none."""

import pytest
from tests.talk import talk
from tests.unit.note.test_spoken_orders import amount, only, orders

from medscribe.domain.medication import OrderAction
from medscribe.note.prescribing.sentences import sentences_of
from medscribe.note.prescribing.statements import statements_in

START, STOP, CHANGE, CONTINUE, MENTION = (
    OrderAction.START,
    OrderAction.STOP,
    OrderAction.CHANGE,
    OrderAction.CONTINUE,
    OrderAction.MENTION,
)


@pytest.mark.parametrize(
    "said",
    [
        "The specialist and I settled on rivaroxaban, twenty milligrams once a day with supper.",
        "You inject the etanercept, fifty milligrams once a week.",
        "We use fluticasone for that, two sprays in each nostril once a day.",
        "Mix polyethylene glycol in juice once a day.",
        "Let's put on a nicotine patch, one every day for six weeks.",
        "Colchicine, one point two milligrams now.",
        "The bisoprolol, two point five milligrams, you take every morning.",
        "Sertraline might do both jobs, we'd use fifty milligrams once a day.",
        "If the itch keeps you up, add hydroxyzine ten milligrams at bedtime as needed.",
        "I'd rather you use diclofenac gel, rub it in four times a day.",
    ],
)
def test_a_medicine_told_with_its_dose_is_begun(said: str) -> None:
    assert only(f"CLINICIAN  {said}").action is START


@pytest.mark.parametrize(
    "script",
    [
        "CLINICIAN  Okay so medications. Lisinopril twenty milligrams daily.\nPATIENT  Yes.",
        "CLINICIAN  Your chart has you on amlodipine, five milligrams daily.",
        "CLINICIAN  The hospital sent you home on apixaban, five milligrams twice a day.",
        "CLINICIAN  Most people do well on sertraline, fifty milligrams once a day.",
        "CLINICIAN  Last year we used fluticasone, one spray twice a day.",
        "CLINICIAN  You inject the semaglutide once a week, right?\nPATIENT  Yes.",
        "PATIENT  I take metoprolol.\nCLINICIAN  Metoprolol, twenty-five milligrams twice a day.",
        "CLINICIAN  What do you take?\nPATIENT  Metformin.\n"
        "CLINICIAN  Metformin, five hundred milligrams twice a day.\nPATIENT  That's right.",
        "CLINICIAN  Then there's the gabapentin, three hundred milligrams three times a day.",
        "CLINICIAN  Your heart team manages the carvedilol, twenty-five milligrams twice a day.",
        "CLINICIAN  Levothyroxine, fifty micrograms every morning. Any trouble with that?",
        "CLINICIAN  Losartan, fifty milligrams once a day.\nPATIENT  Mm-hmm, since May.",
        "CLINICIAN  If your pressure stays up, I'd add amlodipine five milligrams once a day.",
    ],
)
def test_a_medicine_that_is_taken_or_talked_of_is_not_begun(script: str) -> None:
    assert only(script).action is MENTION


@pytest.mark.parametrize(
    ("said", "action"),
    [
        ("I'd go with cetirizine. It's over the counter. Ten milligrams once a day.", START),
        ("Here's azithromycin. Two tablets today and then one a day until it's gone.", START),
        ("Your simvastatin can go from forty to twenty milligrams.", CHANGE),
        ("Ofloxacin should go in the left ear, five drops twice a day.", START),
        ("Your metoprolol can go.", STOP),
        ("There's no infection left so let's stop the doxycycline.", STOP),
        ("There is no more redness, you can stop the doxycycline.", STOP),
        ("I do not think you should stop the aspirin.", CONTINUE),
        ("Please quit giving her dextromethorphan.", STOP),
        ("I don't want you on the naproxen any more.", STOP),
        ("I like the zolpidem less and less, so no more zolpidem please.", STOP),
    ],
)
def test_words_that_sound_like_a_stop(said: str, action: OrderAction) -> None:
    assert only(f"CLINICIAN  {said}").action is action


def test_taken_off_one_and_put_on_another_in_one_sentence() -> None:
    made = orders(
        "PATIENT  I'm on lisinopril and I cough.\n"
        "CLINICIAN  I'm going to take you off that and put you on losartan fifty milligrams daily."
    )
    assert (made["lisinopril"].action, made["losartan"].action) == (STOP, START)


@pytest.mark.parametrize(
    ("script", "strength"),
    [
        ("CLINICIAN  Instead of once a day I'd like you to take the carvedilol twice a day.", None),
        ("CLINICIAN  Take half a tablet of the propranolol rather than a whole one.", None),
        ("CLINICIAN  You take the furosemide at supper. Take it in the morning instead.", None),
        (
            "CLINICIAN  Muscle aches on forty of atorvastatin?\nPATIENT  Yes.\n"
            "CLINICIAN  Let's drop to ten milligrams and see if they go away.",
            "10 mg",
        ),
        (
            "CLINICIAN  We'll bring the clonazepam down slowly. Half a milligram twice a day for "
            "two weeks, then half a milligram once a day, then I see you again.",
            "0.5 mg",
        ),
    ],
)
def test_another_way_to_take_it_is_a_change(script: str, strength: str | None) -> None:
    order = only(script)
    assert order.action is CHANGE
    assert strength is None or amount(order.strength) == strength


def test_a_new_length_of_what_was_just_begun_is_still_a_start() -> None:
    order = only("CLINICIAN  We'll do prednisone forty daily. Actually, let's make that five days.")
    assert order.action is START


def test_how_often_it_does_something_is_not_how_often_it_is_taken() -> None:
    order = only("PATIENT  The montelukast gives him nightmares, every night.")
    assert order.frequency is None


def test_the_count_before_the_name_stays_with_a_range_of_hours() -> None:
    order = only("CLINICIAN  Take one to two tablets of acetaminophen every four to six hours.")
    assert (amount(order.dose), amount(order.dose_max)) == ("1 tablet", "2 tablet")


def test_an_order_without_a_verb_is_marked_as_such() -> None:
    (sentence,) = sentences_of(talk("CLINICIAN  Cephalexin 500 mg four times a day."))
    (statement,) = statements_in(sentence)
    assert (statement.decision.bare, statement.decision.weak) == (True, True)


@pytest.mark.parametrize(
    ("said", "action"),
    [
        ("If you get a rash, stop the lamotrigine and call me.", MENTION),
        ("If it upsets your stomach, stop the naproxen.", MENTION),
        ("If you're still taking the ibuprofen, stop the ibuprofen.", STOP),
        ("If that's okay with you, let's stop the lisinopril.", STOP),
    ],
)
def test_a_stop_for_a_case_that_may_come_stops_nothing_yet(said: str, action: OrderAction) -> None:
    assert only(f"CLINICIAN  {said}").action is action


def test_the_strength_of_one_tablet_is_no_count() -> None:
    order = only("CLINICIAN  Take the carvedilol twice a day, the same six point two five tablet.")
    assert order.dose is None
