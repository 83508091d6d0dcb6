"""Operations by id: repeated, reordered, hostile ones do no harm; the clinician's words stay."""

import random

from hypothesis import given
from hypothesis import strategies as st
from tests.talk import talk
from tests.unit.note.notes import HISTORY, PLAN, note, put, texts

from medscribe.domain.note import Author, Note, NoteOperation, Retract, StatementStatus, Upsert
from medscribe.note.statements.operations import apply
from medscribe.note.statements.statement_ids import highest_number, ids_in

VISIT = talk(
    """
    PATIENT    My left knee hurts. Sorry, the right knee hurts.
    CLINICIAN  We will get an x-ray.
    """
)
START = note(
    {
        HISTORY: [("m1", "Left knee pain."), ("c2", "Runs marathons."), ("m3", "No fever.")],
        PLAN: [("m4", "Order an x-ray."), ("c5", "See me in 2 weeks.")],
    }
)
IDS = st.sampled_from(["m1", "c2", "m3", "m4", "c5", "m6", "m9", None])
WORDS = st.sampled_from(
    [
        "Left knee pain.",
        "Right knee pain.",
        "runs marathons",
        "Rest.",
        " ",
        "Has pain of the left knee.",
    ]
)
UPSERTS = st.builds(
    put,
    WORDS,
    st.sampled_from(["u1 right knee hurts", "u2 get an x-ray", "u1 the moon"]),
    id_=IDS,
    section=st.sampled_from([HISTORY, PLAN, "no_such_section"]),
)
RETRACTS = st.builds(Retract, id=IDS.filter(bool), reason=st.just("taken back"))
OPERATIONS = st.lists(st.one_of(UPSERTS, RETRACTS), max_size=8)


def clinicians(found: Note) -> list[object]:
    return [each for each in found.statements if each.author is Author.CLINICIAN]


@given(st.lists(OPERATIONS, max_size=3))
def test_no_operation_changes_what_the_clinician_wrote(batches: list[list[NoteOperation]]) -> None:
    after = START
    for operations in batches:
        after = apply(after, operations, VISIT)

    assert clinicians(after) == clinicians(START)
    ids = [statement.id for statement in after.statements]
    assert len(ids) == len(set(ids))
    proposed = [operation.id for operation in after.proposals]
    assert len(proposed) == len(set(proposed))
    assert set(proposed) <= {"c2", "c5"}


@given(OPERATIONS)
def test_applying_twice_is_applying_once(operations: list[NoteOperation]) -> None:
    once = apply(START, operations, VISIT)

    assert apply(once, operations, VISIT) == once


@given(OPERATIONS, st.randoms(use_true_random=False))
def test_operations_on_different_ids_come_in_any_order(
    operations: list[NoteOperation], chance: random.Random
) -> None:
    named = {each.id: each for each in operations if each.id is not None}
    shuffled = list(named.values())
    chance.shuffle(shuffled)

    assert apply(START, shuffled, VISIT) == apply(START, list(named.values()), VISIT)


def test_a_later_word_rewords_a_statement_under_its_id() -> None:
    after = apply(START, [put("Right knee pain.", "u1 the right knee hurts", id_="m1")], VISIT)

    assert texts(after)["m1"] == "Right knee pain."
    assert after.statements[0].evidence[0].span is not None
    assert after.revision == START.revision + 1


def test_a_statement_without_a_quote_in_the_talk_is_kept_and_marked() -> None:
    after = apply(START, [put("Smokes.", "u1 I smoke a pack a day")], VISIT)

    added = after.statements[3]
    assert (added.text, added.status) == ("Smokes.", StatementStatus.UNSUPPORTED)


def test_new_ids_are_never_those_of_statements_that_are_gone() -> None:
    added = apply(START, [put("Rest.", "u1 the")], VISIT)
    gone = apply(added, [Retract(id="m6", reason="no")], VISIT)

    again = apply(gone, [put("Ice.", "u1 the")], VISIT, issued=6)

    assert texts(added)["m6"] == "Rest."
    assert texts(again)["m7"] == "Ice."


def test_the_same_words_without_id_only_add_their_quotes() -> None:
    after = apply(START, [put("left knee pain", "u1 left knee hurts")], VISIT)

    assert texts(after) == texts(START)
    assert len(after.statements[0].evidence) == 1


def test_a_change_to_the_clinicians_statement_is_proposed_and_the_latest_counts() -> None:
    first = apply(START, [put("Runs 5 km.", "u1 the", id_="c2")], VISIT)
    second = apply(first, [Retract(id="c2", reason="Not said.")], VISIT)

    assert isinstance(first.proposals[0], Upsert)
    assert [operation.op for operation in second.proposals] == ["retract"]
    assert texts(second) == texts(START)
    assert apply(second, [put("runs marathons", id_="c2")], VISIT).proposals == ()


def test_a_problem_is_named_by_id_or_by_the_words_of_its_statement() -> None:
    problem = put("Knee osteoarthritis. X-ray shows wear.", section=PLAN)
    by_words = put("Order physiotherapy.", section=PLAN).model_copy(
        update={"problem": "knee osteoarthritis"}
    )
    by_nothing = put("Call us.", section=PLAN).model_copy(update={"problem": "gout"})

    after = apply(START, [by_words, problem, by_nothing], VISIT)

    problems = {statement.text: statement.problem for statement in after.statements}
    ids = {text: id_ for id_, text in texts(after).items()}
    assert problems["Order physiotherapy."] == ids["Knee osteoarthritis. X-ray shows wear."]
    assert problems["Call us."] is None


def test_nothing_to_do_gives_the_note_back() -> None:
    assert apply(START, [], VISIT) is START
    assert apply(START, [Retract(id="m99", reason="?")], VISIT) is START
    assert highest_number(ids_in(START)) == 5
