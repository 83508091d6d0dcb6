"""The extractive writer: every statement rests on words that were said."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.note.conversation import talk

from medscribe.domain.note import Author, Note
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.transcript import Role
from medscribe.note.render import note_text
from medscribe.note.template import load_template
from medscribe.note.writers.extractive import Options, create
from medscribe.training.note_corpus import read_visits

VISIT = """
    CLINICIAN  hi , <NAME_1> . so <NAME_1> is a 58-year-old male with hypertension who presents today with left knee pain .
    CLINICIAN  when did the knee pain start ?
    PATIENT    it started about two weeks ago after i fell off a ladder .
    CLINICIAN  any fever or chills ?
    PATIENT    no .
    CLINICIAN  have you taken anything for the pain ?
    PATIENT    ibuprofen eight hundred milligrams three times a day .
    CLINICIAN  okay . let's do a quick physical exam . your blood pressure is one fifty over ninety . on your left knee exam , there is swelling and tenderness over the medial joint line .
    CLINICIAN  i reviewed your knee x-ray . there is no fracture .
    CLINICIAN  so for your first problem , left knee pain , i think this is a medial meniscus tear . i am going to order an mri of the left knee . i want you to stop the ibuprofen . i'll see you back in two weeks .
    PATIENT    sounds good .
"""  # noqa: E501


def _write(utterances: list[MaskedUtterance]) -> Note:
    return create(Options()).write(utterances, load_template("soap"))


def _statements(note: Note, key: str) -> str:
    return " ".join(
        statement.text
        for section in note.sections
        if section.key == key
        for statement in section.statements
    )


def assert_grounded(note: Note, utterances: list[MaskedUtterance]) -> None:
    said = {utterance.id: utterance.text for utterance in utterances}
    for statement in note.statements:
        assert statement.evidence, statement.text
        for evidence in statement.evidence:
            assert evidence.span is not None
            text = said[evidence.utterance_id]
            assert text[evidence.span.start : evidence.span.end] == evidence.quote
            assert evidence.quote.strip()


def test_a_visit_is_sorted_under_its_headings() -> None:
    note = _write(talk(VISIT))
    assert _statements(note, "chief_complaint") == "Left knee pain."
    assert "58-year-old male" in _statements(note, "history_of_present_illness")
    assert "Denies fever or chills." in _statements(note, "review_of_systems")
    assert "150/90" in _statements(note, "physical_exam")
    assert "We will order an MRI of the left knee." in _statements(note, "assessment_and_plan")


def test_statements_rest_on_verbatim_words() -> None:
    utterances = talk(VISIT)
    note = _write(utterances)
    assert_grounded(note, utterances)
    assert all(statement.author is Author.COMPOSER for statement in note.statements)


def test_question_and_answer_are_both_evidence() -> None:
    note = _write(talk(VISIT))
    denial = next(s for s in note.statements if "Denies fever" in s.text)
    assert {evidence.utterance_id for evidence in denial.evidence} == {"u4", "u5"}


def test_statement_ids_count_up_through_the_note() -> None:
    note = _write(talk(VISIT))
    assert [s.id for s in note.statements] == [f"s{n}" for n in range(1, len(note.statements) + 1)]


def test_nobody_speaks_in_the_note_but_its_author_of_the_plan() -> None:
    text = note_text(_write(talk(VISIT))).replace("We will", "")
    assert not re.search(r"\b(?:I|me|my|we|us|our|you|your|let's)\b", text, re.IGNORECASE)


def test_placeholders_stand_as_they_were() -> None:
    text = note_text(_write(talk(VISIT)))
    assert "<NAME_1> is a 58-year-old male" in text
    assert "name_1" not in text


def test_the_sections_are_those_of_the_template_in_its_order() -> None:
    template = load_template("soap")
    note = create(Options()).write(talk(VISIT), template)
    assert [s.key for s in note.sections] == [s.key for s in template.sections]


@pytest.mark.parametrize(
    "script",
    ["CLINICIAN  hello\nPATIENT  hi", "UNKNOWN  mm-hmm", "PATIENT  ...", "PATIENT  <NAME_1>"],
)
def test_talk_without_anything_clinical_gives_an_empty_note(script: str) -> None:
    note = _write(talk(script))
    assert note.statements == ()
    assert note_text(note) == ""


def test_no_talk_gives_empty_sections() -> None:
    assert _write([]).statements == ()


_SAID = st.sampled_from(
    [
        "any fever ?", "no .", "yes , a little", "my knee hurts", "i take metformin 500 mg",
        "<NAME_1> , how are you ?", "i'm gon na order an mri", "do you smoke", "um , uh , you know",
        "your blood pressure is one twenty over eighty", "I have chest pain. It's bad!", "-", "...",
        "for your second problem , diabetes , continue metformin", "we 'll see you in two weeks",
    ]
)  # fmt: skip
_TURNS = st.lists(st.tuples(st.sampled_from(list(Role)), st.lists(_SAID, max_size=4)), max_size=12)


@settings(max_examples=60, deadline=None)
@given(_TURNS)
def test_any_talk_gives_a_grounded_note(turns: list[tuple[Role, list[str]]]) -> None:
    utterances = [
        MaskedUtterance(id=f"u{number}", speaker=role.value, role=role, text=" ".join(said))
        for number, (role, said) in enumerate(turns)
    ]
    note = create(Options(least_worth=0.02)).write(utterances, load_template("soap"))
    assert_grounded(note, utterances)
    assert all("NAME" not in re.sub(r"<NAME_1>", "", s.text.upper()) for s in note.statements)


@pytest.mark.corpus
def test_notes_of_real_dialogues_are_grounded(corpora: Path) -> None:
    for visit in read_visits(corpora / "aci-bench" / "valid.csv")[::3]:
        utterances = list(visit.utterances)
        note = _write(utterances)
        assert len(note.statements) > 5
        assert_grounded(note, utterances)


def test_a_speaker_without_a_role_is_still_heard() -> None:
    script = """
        UNKNOWN  I have had left knee pain for two weeks and I take ibuprofen for it.
        UNKNOWN  I am going to order an x-ray of your left knee.
    """
    note = create(Options(least_worth=0)).write(talk(script), load_template("soap"))
    text = note_text(note)
    assert "has had left knee pain for 2 weeks" in text
    assert "We will order an x-ray of the patient's left knee." in text
