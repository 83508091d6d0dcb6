"""Answers of a model -> operations; what cannot be is refused, one by one."""

import pytest
from tests.unit.note.notes import HISTORY, PLAN, note

from medscribe.domain.note import NoteOperation, Retract, Upsert
from medscribe.llm.answers import schema_of
from medscribe.note.model_note.answer import Change, changes_form, operations_of, whole_note_form

NOTE = note({HISTORY: [("m1", "Takes metformin 500 mg."), ("c2", "Smokes.")], PLAN: []})


def operations(*changes: Change) -> list[NoteOperation]:
    return operations_of(changes, NOTE, {"<NAME_1>"})[0]


@pytest.mark.parametrize(
    "quote",
    ["u12: I hurt my knee", "[u12] I hurt my knee", "[u12] PATIENT: I hurt my knee",
     "u12 : I hurt my knee"],
)  # fmt: skip
def test_a_quote_is_an_id_and_words(quote: str) -> None:
    (operation,) = operations(Change(section=PLAN, text="Rest.", quotes=[quote]))

    (claim,) = operation.evidence
    assert (claim.utterance_id, claim.quote) == ("u12", "I hurt my knee")


@pytest.mark.parametrize("quote", ["10 mg a day", "BP: 120 over 80", "I said: no"])
def test_a_quote_may_lack_its_id(quote: str) -> None:
    (operation,) = operations(Change(section=PLAN, text="Rest.", quotes=[quote]))

    (claim,) = operation.evidence
    assert (claim.utterance_id, claim.quote) == ("", quote)


@pytest.mark.parametrize(
    "change",
    [
        Change(section="no_such", text="Rest."),
        Change(section=PLAN, text="  "),
        Change(section=PLAN, text="Refer to <NAME_2>."),
        Change(op="retract", id="m9", reason="Taken back."),
        Change(op="retract"),
    ],
)
def test_what_cannot_be_is_refused_and_counted(change: Change) -> None:
    good = Change(section=PLAN, text="Refer to <NAME_1>.")

    found, refused = operations_of([change, good], NOTE, {"<NAME_1>"})

    assert refused == 1
    assert [each.text for each in found if isinstance(each, Upsert)] == ["Refer to <NAME_1>."]


def test_an_id_that_is_not_there_is_a_new_statement() -> None:
    (operation,) = operations(Change(id="m77", section=PLAN, text="Rest."))

    assert operation.id is None


def test_a_rewording_stays_in_its_section() -> None:
    (operation,) = operations(Change(id="m1", text="On metformin 500 mg.", quotes=["u1: x"]))

    assert isinstance(operation, Upsert)
    assert operation.section == HISTORY


def test_a_retraction_names_its_reason() -> None:
    (operation,) = operations(Change(op="retract", id="m1", reason="It was  her mother."))

    assert operation == Retract(id="m1", reason="It was her mother.")


def test_the_schema_offers_the_sections_and_is_flat() -> None:
    for form in (changes_form([HISTORY, PLAN]), whole_note_form([HISTORY, PLAN])):
        schema = str(schema_of(form))
        assert f"'{HISTORY}', '{PLAN}'" in schema
        assert "oneOf" not in schema
        assert "anyOf" not in schema
        assert "maxItems" in schema


def test_one_wrong_section_does_not_spoil_an_answer() -> None:
    answer = changes_form([PLAN]).model_validate({"operations": [{"section": "x", "text": "y"}]})

    assert operations_of(answer.operations, NOTE, set()) == ([], 1)


def test_a_section_may_be_named_by_its_heading() -> None:
    heading = NOTE.sections[0].title
    for name in (heading, heading.upper(), HISTORY.replace("_", " ").title()):
        (operation,) = operations(Change(section=name, text="Rest."))
        assert isinstance(operation, Upsert)
        assert operation.section == HISTORY


def test_a_placeholder_keeps_the_mark_of_doubt_that_it_has_in_the_visit() -> None:
    change = Change(section=PLAN, text="Refer to <NAME_2>.", quotes=["u3: see <NAME_2> soon"])

    (operation,), refused = operations_of([change], NOTE, {"<UNCERTAIN:NAME_2>"})

    assert refused == 0
    assert isinstance(operation, Upsert)
    assert operation.text == "Refer to <UNCERTAIN:NAME_2>."
    assert operation.evidence[0].quote == "see <UNCERTAIN:NAME_2> soon"


def test_characters_that_a_screen_obeys_do_not_reach_the_note() -> None:
    (operation,) = operations(Change(section=PLAN, text="Re\x00st\x1b[31m\n\u202e now."))

    assert isinstance(operation, Upsert)
    assert operation.text == "Rest[31m now."
