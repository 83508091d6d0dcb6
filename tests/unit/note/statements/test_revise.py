"""A note written anew takes over ids, and leaves the clinician's words where they are."""

from hypothesis import given
from hypothesis import strategies as st
from tests.talk import talk
from tests.unit.note.notes import HISTORY, PLAN, note, put, texts

from medscribe.domain.note import Author, Note, Retract, Upsert
from medscribe.note.statements.operations import apply
from medscribe.note.statements.revise import changes, reconcile

BEFORE = note(
    {
        HISTORY: [("m1", "Left knee pain for two weeks."), ("c2", "Runs marathons.")],
        PLAN: [("m4", "Order an x-ray of the left knee."), ("m7", "Rest.")],
    },
    revision=6,
)


def test_statements_that_say_the_same_keep_their_id() -> None:
    after = note(
        {
            HISTORY: [("m1", "Left knee pain for 2 weeks.")],
            PLAN: [("m2", "Rest."), ("m3", "Order x-ray of the left knee.")],
        }
    )

    merged = reconcile(BEFORE, after)

    assert texts(merged) == {
        "m1": "Left knee pain for 2 weeks.",
        "c2": "Runs marathons.",
        "m7": "Rest.",
        "m4": "Order x-ray of the left knee.",
    }
    assert merged.revision == 7


def test_another_side_or_number_is_another_statement_under_a_new_id() -> None:
    after = note(
        {
            HISTORY: [("m1", "Left knee pain for three weeks.")],
            PLAN: [("m2", "Order an x-ray of the right knee.")],
        }
    )

    merged = reconcile(BEFORE, after)

    assert list(texts(merged)) == ["c2", "m8", "m9"]


def test_the_clinicians_statement_stays_and_what_contradicts_it_is_proposed() -> None:
    before = note(
        {PLAN: [("m1", "Rest."), ("c2", "Metformin 1000 mg twice a day."), ("m3", "Ice.")]}
    )
    after = note({PLAN: [("m1", "Ice."), ("m2", "Metformin 500 mg twice a day."), ("m3", "Rest.")]})

    merged = reconcile(before, after)

    assert [each.id for each in merged.statements] == ["m3", "m1", "c2"]
    (proposal,) = merged.proposals
    assert isinstance(proposal, Upsert)
    assert (proposal.id, proposal.text) == ("c2", "Metformin 500 mg twice a day.")


def test_what_says_the_same_as_the_clinician_is_left_out() -> None:
    before = note({PLAN: [("c2", "Metformin 1000 mg twice a day.")]})
    after = note({PLAN: [("m1", "metformin 1,000 mg twice a day")]})

    merged = reconcile(before, after)

    assert texts(merged) == texts(before)
    assert merged.proposals == ()
    assert merged.revision == before.revision


def test_the_clinicians_words_survive_a_template_without_their_section() -> None:
    merged = reconcile(BEFORE, note({"summary": [("m1", "Knee pain.")]}))

    assert [section.key for section in merged.sections] == ["summary", HISTORY]
    assert "Runs marathons." in texts(merged).values()


def test_problems_are_named_by_the_ids_that_were_kept() -> None:
    before = note({PLAN: [("m5", "Gout.")]})
    after = note({PLAN: [("m1", "Gout."), ("m2", "Start allopurinol.")]})
    section = after.sections[0]
    drug = section.statements[1].model_copy(update={"problem": "m1"})
    statements = (section.statements[0], drug)
    after = after.model_copy(
        update={"sections": (section.model_copy(update={"statements": statements}),)}
    )

    merged = reconcile(before, after)

    assert merged.statements[1].problem == "m5"


def test_changes_tell_what_a_full_pass_did() -> None:
    after = note(
        {HISTORY: [("m1", "Left knee pain for 2 weeks.")], PLAN: [("m2", "Rest."), ("m3", "Ice.")]}
    )
    merged = reconcile(BEFORE, after)

    told = changes(BEFORE, merged)

    assert [(each.op, each.id) for each in told] == [
        ("retract", "m4"),
        ("upsert", "m1"),
        ("upsert", "m8"),
    ]
    assert isinstance(told[0], Retract)
    visit = talk("PATIENT Nothing.")
    assert texts(apply(BEFORE, told, visit)) == texts(merged)


TEXTS = st.sampled_from(
    ["Rest.", "Ice.", "Gout.", "Metformin 500 mg.", "Metformin 1000 mg.", "No fever.", "Fever."]
)
NUMBERED = st.lists(TEXTS, max_size=6, unique=True)


@given(NUMBERED, NUMBERED, st.sets(st.integers(0, 5)))
def test_any_full_pass_leaves_the_clinicians_words_and_gives_each_statement_one_id(
    old: list[str], new: list[str], clinician: set[int]
) -> None:
    before = note(
        {
            PLAN: [
                (f"{'c' if at in clinician else 'm'}{at + 1}", text) for at, text in enumerate(old)
            ]
        }
    )
    after = note({PLAN: [(f"m{at + 1}", text) for at, text in enumerate(new)]})

    merged = reconcile(before, after)

    ids = [statement.id for statement in merged.statements]
    assert len(ids) == len(set(ids))
    assert _clinicians(merged) == _clinicians(before)
    told = {each.text for each in merged.proposals if isinstance(each, Upsert)}
    assert set(new) <= set(texts(merged).values()) | told
    assert reconcile(merged, merged) == merged


def _clinicians(found: Note) -> list[object]:
    return [each for each in found.statements if each.author is Author.CLINICIAN]


def test_a_quote_in_common_makes_a_new_wording_a_proposal() -> None:
    visit = talk("PATIENT I only take the water pill when my legs swell.")
    before = apply(note({HISTORY: [("c1", "Diuretic on demand only.")]}), [], visit)
    quoted = apply(
        note({HISTORY: []}), [put("Takes diuretic daily.", "u1 take the water pill")], visit
    )
    owned = before.statements[0].model_copy(update={"evidence": quoted.statements[0].evidence})
    section = before.sections[0].model_copy(update={"statements": (owned,)})
    before = before.model_copy(update={"sections": (section,)})

    merged = reconcile(before, quoted)

    assert list(texts(merged)) == ["c1"]
    assert [each.id for each in merged.proposals] == ["c1"]


def test_what_is_alike_but_another_thing_is_neither_dropped_nor_a_proposal() -> None:
    before = note({PLAN: [("c1", "Order an x-ray of the knee.")]})
    after = note({PLAN: [("m1", "Order an x-ray of the chest.")]})

    merged = reconcile(before, after)

    assert list(texts(merged).values()) == ["Order an x-ray of the knee.", after.statements[0].text]
    assert merged.proposals == ()


def test_the_clinicians_statements_keep_their_order_when_the_others_change_theirs() -> None:
    old = [("m1", "Metformin 1000 mg."), ("c2", "Rest."), ("m3", "Ice."), ("c4", "Gout.")]
    new = [("m1", "Ice."), ("m2", "Metformin 1000 mg.")]

    merged = reconcile(note({PLAN: old}), note({PLAN: new}))

    assert _clinicians(merged) == _clinicians(note({PLAN: old}))


def test_the_opposite_of_what_a_clinician_wrote_is_not_left_out() -> None:
    before = note({PLAN: [("c1", "Hypotension.")]})

    merged = reconcile(before, note({PLAN: [("m1", "Hypertension.")]}))

    assert "Hypertension." in [*texts(merged).values(), *(each.text for each in merged.proposals)]
