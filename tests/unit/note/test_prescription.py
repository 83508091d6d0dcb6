"""What is said of medicines becomes orders: the right drug, the right words, nothing guessed."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.talk import talk

from medscribe.domain.medication import (
    Certainty,
    Experiencer,
    MedicationOrder,
    OrderAction,
    Prescription,
    Quantity,
)
from medscribe.note.prescription import extract_prescription

AT = datetime(2026, 1, 1, tzinfo=UTC)


def prescription(script: str) -> Prescription:
    return extract_prescription(talk(script), created_at=AT)


def orders(script: str) -> dict[str, MedicationOrder]:
    return {order.drug: order for order in prescription(script).orders}


def only(script: str) -> MedicationOrder:
    (order,) = prescription(script).orders
    return order


def amount(quantity: Quantity | None) -> str | None:
    return None if quantity is None else f"{quantity.value:g} {quantity.unit}"


def test_a_whole_order_is_read_from_one_sentence() -> None:
    order = only(
        "CLINICIAN  Let's start lisinopril ten milligrams by mouth once a day for ten days "
        "for your blood pressure."
    )
    assert order.drug == "lisinopril"
    assert [coding.code for coding in order.codings] == ["29046"]
    assert order.action is OrderAction.START
    assert amount(order.strength) == "10 mg"
    assert order.route == "oral"
    assert order.frequency is not None
    assert (order.frequency.count, order.frequency.period, order.frequency.period_unit) == (
        1, 1, "d",
    )  # fmt: skip
    assert amount(order.duration) == "10 d"
    assert order.indication == "blood pressure"


def test_what_was_not_said_is_none() -> None:
    order = only("CLINICIAN  Let's start lisinopril.")
    said = {"id", "drug", "codings", "action", "certainty", "experiencer", "evidence"}
    unsaid = order.model_dump(exclude=said)
    assert set(unsaid.values()) == {None, ()}


@pytest.mark.parametrize(
    ("said", "action"),
    [
        ("We'll add metformin 500 milligrams twice a day.", OrderAction.START),
        ("I'm going to put you on amoxicillin.", OrderAction.START),
        ("i wan na go ahead and prescribe some meloxicam fifteen milligrams a day", "start"),
        ("Take 500 milligrams of metformin twice a day.", OrderAction.START),
        ("hey dragon order lasix 80 milligrams once a day", OrderAction.START),
        ("Stop taking the ibuprofen.", OrderAction.STOP),
        ("We'll hold the metformin for now.", OrderAction.HOLD),
        ("I want to take you off the clopidogrel.", OrderAction.STOP),
        ("Keep taking your metformin.", OrderAction.CONTINUE),
        ("let's continue you on the lisinopril twenty milligrams a day", OrderAction.CONTINUE),
        ("order a refill of prozac 20 milligrams daily", OrderAction.CONTINUE),
        ("Don't stop taking your lisinopril.", OrderAction.CONTINUE),
        ("i do wan na increase your lisinopril to forty milligrams", OrderAction.CHANGE),
        ("Let's go up on the gabapentin.", OrderAction.CHANGE),
        ("Let's cut back on the prednisone.", OrderAction.CHANGE),
        ("I know that we had put you on the prozac last year.", OrderAction.MENTION),
        ("We started you on Imitrex a couple of months ago.", OrderAction.MENTION),
        ("I saw that the other doctor put you on Buspar.", OrderAction.MENTION),
        ("How are you doing with the Synthroid?", OrderAction.MENTION),
        ("We do not need to change your lisinopril.", OrderAction.CONTINUE),
        ("It's holding steady on the torsemide.", OrderAction.MENTION),
    ],
)
def test_the_clinicians_words_say_what_is_decided(said: str, action: OrderAction) -> None:
    assert only(f"CLINICIAN  {said}").action == action


def test_a_patients_own_medicine_is_a_mention_with_its_dose() -> None:
    order = only("PATIENT  I take lisinopril ten milligrams every morning.")
    assert order.action is OrderAction.MENTION
    assert amount(order.strength) == "10 mg"
    assert order.frequency is not None
    assert order.frequency.when == ("MORN",)


def test_a_patient_decides_nothing() -> None:
    assert only("PATIENT  I will start taking ibuprofen.").action is OrderAction.MENTION


@pytest.mark.parametrize(
    "script",
    [
        "CLINICIAN  Do you take any aspirin?\nPATIENT  No.",
        "CLINICIAN  are you taking any aspirin\nPATIENT  no i'm not",
        "CLINICIAN  Have you tried ibuprofen for it?\nPATIENT  Nope.",
        "PATIENT  I don't take aspirin.",
        "PATIENT  I have never taken warfarin.",
        "PATIENT  There is no aspirin or ibuprofen in my house.",
        "CLINICIAN  Avoid ibuprofen and aspirin.",
        "CLINICIAN  Try not to take any ibuprofen.",
        "CLINICIAN  Your digoxin level is two.",
        "CLINICIAN  Your potassium was low and your iron is fine.",
        "CLINICIAN  Ice it twice a day and rest.",
        "CLINICIAN  Take it twice a day.",
    ],
)
def test_what_is_not_taken_gives_no_order(script: str) -> None:
    assert prescription(script).orders == ()


def test_a_warning_off_stops_what_the_patient_takes() -> None:
    order = only(
        """
        PATIENT    I take ibuprofen every now and then.
        CLINICIAN  With your kidneys I'd avoid the ibuprofen.
        """
    )
    assert order.action is OrderAction.STOP
    assert {quote.utterance_id for quote in order.evidence} == {"u1", "u2"}


def test_a_yes_to_a_question_confirms_the_medicine_and_brings_its_dose() -> None:
    order = only(
        """
        CLINICIAN  Are you still taking your lisinopril?
        PATIENT    Yes, twenty milligrams every morning.
        """
    )
    assert order.action is OrderAction.MENTION
    assert amount(order.strength) == "20 mg"


def test_a_yes_to_a_refill_is_a_continuation() -> None:
    order = only("CLINICIAN  Do you need a refill on the Prozac?\nPATIENT  Yes please.")
    assert order.action is OrderAction.CONTINUE


def test_an_answer_without_unit_is_read_in_the_unit_of_the_drug() -> None:
    order = only("CLINICIAN  How much metformin do you take?\nPATIENT  Five hundred, twice a day.")
    assert amount(order.strength) == "500 mg"


@pytest.mark.parametrize(
    ("said", "strength"),
    [
        ("Continue lisinopril 10.", "10 mg"),
        ("Continue levothyroxine 75.", "75 mcg"),
        ("We'll keep you on the five hundred of metformin.", "500 mg"),
        ("Take 500 mg of metformin twice a day.", "500 mg"),
        ("Increase the metformin to 1,000 milligrams.", "1000 mg"),
        ("Increase lisinopril from ten to twenty milligrams.", "20 mg"),
        ("Increase the lisinopril to twenty.", "20 mg"),
        ("i wan na increase the norvasc up to 10 mg a day", "10 mg"),
        ("we'll start flomax zero point four milligrams", "0.4 mg"),
        ("add aldactone twelve . five milligrams daily", "12.5 mg"),
        ("start carafate one gram four times a day", "1 g"),
        ("we'll do lortab 500- lortab 5 milligram", "5 mg"),
        ("Your pressure is one fifty over ninety, so let's start lisinopril.", None),
        ("You are 65 and weigh 180 pounds, start lisinopril.", None),
        ("Since 2019 you take lisinopril.", None),
        ("Start lisinopril and come back in 10 days.", None),
        ("We'll start lisinopril, your sugar was 140 mg/dL.", None),
        ("Let's start lisinopril 10 days before the operation.", None),
    ],
)
def test_a_number_is_a_strength_only_where_it_is_one(said: str, strength: str | None) -> None:
    assert amount(only(f"CLINICIAN  {said}").strength) == strength


@pytest.mark.parametrize(
    ("said", "dose", "dose_max"),
    [
        ("Take half a tablet of trazodone at bedtime.", "0.5 tablet", None),
        ("Take one and a half tablets of trazodone.", "1.5 tablet", None),
        ("Take two puffs of albuterol.", "2 puff", None),
        ("Take twenty units of Lantus at bedtime.", "20 units", None),
        ("Take one to two tablets of Tylenol.", "1 tablet", "2 tablet"),
        ("Take 400 to 600 milligrams of ibuprofen.", "400 mg", "600 mg"),
        ("Take one 20 milligram tablet of lisinopril.", "1 tablet", None),
        ("I'm prescribing trazodone, 90 tablets.", None, None),
    ],
)
def test_a_dose_is_what_is_taken_at_once(said: str, dose: str | None, dose_max: str | None) -> None:
    order = only(f"CLINICIAN  {said}")
    assert (amount(order.dose), amount(order.dose_max)) == (dose, dose_max)


def test_each_drug_keeps_its_own_dose() -> None:
    found = orders("CLINICIAN  Continue lisinopril 10 and metformin 500 twice a day.")
    assert amount(found["lisinopril"].strength) == "10 mg"
    assert found["lisinopril"].frequency is None
    assert amount(found["metformin"].strength) == "500 mg"
    assert found["metformin"].frequency is not None


def test_an_amount_before_of_belongs_to_the_next_drug() -> None:
    found = orders("PATIENT  I take lisinopril 10 mg and 500 mg of metformin.")
    assert amount(found["lisinopril"].strength) == "10 mg"
    assert amount(found["metformin"].strength) == "500 mg"


def test_one_sentence_can_stop_one_drug_and_start_another() -> None:
    found = orders("CLINICIAN  We'll stop the lisinopril and start losartan 50 mg daily.")
    assert found["lisinopril"].action is OrderAction.STOP
    assert found["lisinopril"].strength is None
    assert found["losartan"].action is OrderAction.START


def test_a_switch_stops_the_old_and_starts_the_new() -> None:
    found = orders("CLINICIAN  I'm going to switch you from ibuprofen to naproxen 500 mg.")
    assert found["ibuprofen"].action is OrderAction.STOP
    assert found["naproxen"].action is OrderAction.START
    assert amount(found["naproxen"].strength) == "500 mg"


def test_a_list_shares_the_decision() -> None:
    found = orders(
        "CLINICIAN  Continue aspirin 81, atorvastatin 40 and metoprolol. And the allopurinol."
    )
    assert {order.action for order in found.values()} == {OrderAction.CONTINUE}
    assert len(found) == 4


def test_a_correction_replaces_the_dose_and_keeps_both_quotes() -> None:
    order = only("CLINICIAN  We'll start lisinopril 10 mg. Actually make that 20 milligrams.")
    assert amount(order.strength) == "20 mg"
    assert order.action is OrderAction.START
    assert len(order.evidence) == 2


def test_the_clinicians_new_dose_wins_over_the_patients_old_one() -> None:
    order = only(
        """
        PATIENT    I take two tablets of the lisinopril, 10 milligrams, once a day.
        CLINICIAN  Let's increase the lisinopril to 40 milligrams.
        """
    )
    assert order.action is OrderAction.CHANGE
    assert (amount(order.strength), order.dose) == ("40 mg", None)


def test_an_increase_without_a_number_does_not_carry_the_old_dose() -> None:
    order = only(
        """
        PATIENT    I take lisinopril 10 milligrams.
        CLINICIAN  Let's increase your lisinopril.
        """
    )
    assert (order.action, order.strength) == (OrderAction.CHANGE, None)


def test_following_sentences_go_on_about_the_drug() -> None:
    order = only(
        """
        CLINICIAN  Let's start gabapentin.
        PATIENT    Okay.
        CLINICIAN  Take 300 milligrams at bedtime for two weeks. And take it with food.
        """
    )
    assert amount(order.strength) == "300 mg"
    assert amount(order.duration) == "2 wk"
    assert order.frequency is not None
    assert order.frequency.when == ("HS", "C")


def test_brand_and_ingredient_are_one_medicine() -> None:
    order = only("PATIENT  I take furosemide.\nCLINICIAN  Increase the Lasix to 40 milligrams.")
    assert order.drug == "Lasix"
    assert {coding.display for coding in order.codings} == {"Lasix", "furosemide"}


def test_a_daily_weight_is_not_the_frequency_of_the_medicine() -> None:
    order = only("CLINICIAN  Continue Lasix 40 mg, and check your weight every morning.")
    assert order.frequency is None


def steps(order: MedicationOrder) -> list[tuple[str | None, str | None]]:
    """Amount and duration of every step."""
    return [(amount(step.strength or step.dose), amount(step.duration)) for step in order.steps]


def test_different_doses_at_different_times_stand_side_by_side() -> None:
    order = only("CLINICIAN  Take your Lantus twenty units in the morning and ten units at night.")
    assert steps(order) == [("20 units", None), ("10 units", None)]
    assert [step.frequency.when for step in order.steps if step.frequency] == [
        ("MORN",),
        ("NIGHT",),
    ]
    assert (amount(order.dose), order.frequency) == ("20 units", order.steps[0].frequency)


def test_a_taper_gives_its_steps_and_the_first_of_them_as_dose() -> None:
    order = only(
        "CLINICIAN  Start prednisone forty milligrams for five days, then twenty for five days, "
        "then ten milligrams for five days, then stop."
    )
    assert steps(order) == [("40 mg", "5 d"), ("20 mg", "5 d"), ("10 mg", "5 d")]
    assert (amount(order.strength), amount(order.duration)) == ("40 mg", "5 d")


def test_how_long_it_has_been_taken_is_no_duration() -> None:
    assert only("PATIENT  I've been taking ibuprofen for two weeks.").duration is None


def test_as_needed_with_its_reason_and_its_maximum() -> None:
    order = only(
        "CLINICIAN  Take Tylenol every four to six hours as needed for pain, no more than three "
        "grams a day."
    )
    assert order.as_needed is True
    assert order.as_needed_for == "pain"
    assert amount(order.max_per_day) == "3 g"
    assert order.strength is None
    assert order.frequency is not None
    assert (order.frequency.period, order.frequency.period_max) == (4, 6)


def test_a_symptom_makes_it_as_needed() -> None:
    order = only("CLINICIAN  Use the albuterol inhaler two puffs if you have wheezing.")
    assert (order.as_needed_for, order.form, order.route) == ("wheezing", "inhaler", "inhalation")


def test_what_is_only_considered_is_a_possible_mention() -> None:
    order = only("CLINICIAN  We could consider metformin down the road.")
    assert (order.action, order.certainty) == (OrderAction.MENTION, Certainty.POSSIBLE)


def test_what_hangs_on_an_if_is_hypothetical() -> None:
    order = only("CLINICIAN  If that doesn't work, we will start metformin.")
    assert (order.action, order.certainty) == (OrderAction.MENTION, Certainty.HYPOTHETICAL)


def test_a_call_if_something_happens_makes_nothing_hypothetical() -> None:
    order = only("CLINICIAN  Start lisinopril 10 mg daily and call me if you get dizzy.")
    assert (order.action, order.certainty) == (OrderAction.START, Certainty.CONFIRMED)


def test_a_relatives_medicine_is_the_relatives() -> None:
    order = only("PATIENT  My mother takes warfarin.")
    assert order.experiencer is Experiencer.FAMILY
    assert order.action is OrderAction.MENTION


def test_a_relative_who_gives_it_does_not_take_it() -> None:
    assert only("PATIENT  My wife gave me some Tylenol.").experiencer is Experiencer.PATIENT


def test_a_companion_speaks_of_the_patient() -> None:
    order = only("COMPANION  She takes donepezil ten milligrams at night.")
    assert order.experiencer is Experiencer.PATIENT
    assert amount(order.strength) == "10 mg"


def test_a_dose_with_a_slip_is_kept_as_said_so_that_it_can_be_checked() -> None:
    assert amount(only("CLINICIAN  Start lisinopril 100.").strength) == "100 mg"


def test_masked_names_stand_in_nobodys_way() -> None:
    order = only("CLINICIAN  So <NAME_1>, let's start lisinopril ten milligrams.")
    assert order.evidence[0].quote == "So <NAME_1>, let's start lisinopril ten milligrams."


_VOCABULARY = (
    "start stop take the lisinopril metformin lasix ten five hundred milligrams twice a day uh um "
    ", . ? i'm not allergic to penicillin <NAME_1> two tablets it gon na do n't no yes 20 mg of "
    "and for pain if İ ﬁ"
)
_WORDS = st.sampled_from(_VOCABULARY.split())
_LINES = st.lists(
    st.tuples(st.sampled_from(["CLINICIAN", "PATIENT"]), st.lists(_WORDS, min_size=1, max_size=14)),
    min_size=1,
    max_size=5,
)


@settings(max_examples=150, deadline=None)
@given(_LINES)
def test_every_quote_stands_verbatim_at_its_span(lines: list[tuple[str, list[str]]]) -> None:
    utterances = talk("\n".join(f"{who}  {' '.join(words)}" for who, words in lines))
    made = extract_prescription(utterances, created_at=AT)
    texts = {utterance.id: utterance.text for utterance in utterances}
    quotes = [quote for order in made.orders for quote in order.evidence]
    quotes += [quote for allergy in made.allergies for quote in allergy.evidence]
    quotes += made.no_known_allergies_evidence
    for quote in quotes:
        assert quote.span is not None
        assert texts[quote.utterance_id][quote.span.start : quote.span.end] == quote.quote
    assert all(order.evidence for order in made.orders)


def test_the_same_talk_gives_the_same_prescription() -> None:
    script = "CLINICIAN  Start lisinopril 10 mg and continue metformin 500 mg twice a day."
    assert prescription(script) == prescription(script)


@pytest.mark.parametrize(
    "said",
    [
        "Take 20 units of Lantus in the morning and 10 units at night.",
        "Take Lantus 20 units in the morning and 10 units at night.",
    ],
)
def test_doses_that_differ_by_the_time_of_day_are_not_taken_twice(said: str) -> None:
    order = only(f"CLINICIAN {said}")

    doses = [
        (step.dose or step.strength, step.frequency and step.frequency.when) for step in order.steps
    ]
    assert doses == [
        (Quantity(value=20, unit="units"), ("MORN",)),
        (Quantity(value=10, unit="units"), ("NIGHT",)),
    ]
