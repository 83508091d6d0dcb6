"""A visit fed utterance by utterance has the note of the whole visit, for little work each time."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from tests.talk import talk

from medscribe.domain.note import Note
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.transcript import Relation, Role
from medscribe.evaluation.corpora import read_split
from medscribe.evaluation.rouge import rouge_percent
from medscribe.note.composing.compose import Material, compose
from medscribe.note.composing.draft import Line
from medscribe.note.composing.length import TYPICAL_WORTH
from medscribe.note.reading.classifier import shipped_model
from medscribe.note.reading.passages import Passage
from medscribe.note.reading.sorting import TalkSorter
from medscribe.note.reading.talk import GrowingTalk
from medscribe.note.reading.units import Unit
from medscribe.note.render import note_text
from medscribe.note.template import load_template
from medscribe.note.writer import NoteWriter
from medscribe.note.writers.extractive import Options, create

KNEE = """
    CLINICIAN  Good morning. What brings you in today?
    PATIENT    My left knee hurts. It started two weeks ago when I was gardening.
    CLINICIAN  Any fever or chills?
    PATIENT    No.
    CLINICIAN  Do you have any allergies?
    PATIENT    Yes, penicillin. It gave me hives as a child.
    CLINICIAN  Are you taking anything for it?
    PATIENT    I take ibuprofen 400 mg twice a day.
    CLINICIAN  Does your husband still smoke?
    PATIENT    He does. I never did.
    CLINICIAN  Let me have a look. Your knee is swollen and there is tenderness over the joint line.
    CLINICIAN  Your lungs are clear.
    CLINICIAN  So for your left knee pain, I think this is a meniscal tear. I'm going to order an MRI.
    CLINICIAN  I want you to stop the ibuprofen. Come back in four weeks.
    PATIENT    Sounds good.
"""  # noqa: E501
CHILD = (
    ("companion", "My son has been coughing for three days. He had a fever last night."),
    ("clinician", "Has he had any vomiting?"),
    ("companion", "No. I gave him Tylenol."),
    ("clinician", "Does your chest hurt?"),
    ("patient", "A little bit when I cough."),
    ("clinician", "His lungs are clear. We will start amoxicillin 250 mg three times a day."),
    ("companion", "Okay, thank you."),
)


def child() -> tuple[MaskedUtterance, ...]:
    return tuple(
        MaskedUtterance(
            id=f"u{number}",
            speaker=who,
            role=Role(who),
            relation=Relation.MOTHER if who == "companion" else None,
            text=said,
        )
        for number, (who, said) in enumerate(CHILD)
    )


def content(note: Note) -> list[tuple[object, ...]]:
    """All of a note but ids: places, words, evidence, and under which problem."""
    names = {statement.id: statement.text for statement in note.statements}
    return [
        (section.key, each.text, each.evidence, names.get(each.problem or ""))
        for section in note.sections
        for each in section.statements
    ]


def ids(note: Note) -> dict[tuple[str, str], str]:
    return {(s.key, each.text): each.id for s in note.sections for each in s.statements}


def grown(said: Sequence[MaskedUtterance], template: str = "soap") -> list[Note]:
    live = create(Options()).begin(load_template(template))
    return [live.update(said[:number]) for number in range(1, len(said) + 1)]


@pytest.fixture(scope="module")
def writer() -> NoteWriter:
    return create(Options())


@pytest.mark.parametrize("template", ["soap", "gp_telegraphic", "after_visit_summary"])
@pytest.mark.parametrize("said", [talk(KNEE), child()], ids=["knee", "child"])
def test_at_each_utterance_the_note_is_that_of_all_that_was_said(
    said: tuple[MaskedUtterance, ...], template: str, writer: NoteWriter
) -> None:
    for number, note in enumerate(grown(said, template), start=1):
        assert content(note) == content(writer.write(said[:number], load_template(template)))
    assert note.statements


def test_a_correction_in_the_middle_is_read_and_what_rests_on_it_goes(writer: NoteWriter) -> None:
    said = talk(KNEE)
    soap = load_template("soap")
    live = writer.begin(soap)
    before = live.update(said)
    right = said[1].model_copy(update={"text": said[1].text.replace("left", "right")})
    swapped = (
        said[7].model_copy(update={"role": Role.CLINICIAN}),
        said[8].model_copy(update={"role": Role.PATIENT}),
    )
    for corrected in (
        (said[0], right, *said[2:]),
        (*said[:7], *swapped, *said[9:]),
        (*said[:3], *said[5:]),
        said[:6],
        (),
        said,
    ):
        after = live.update(corrected)
        assert content(after) == content(writer.write(corrected, soap))
    assert content(after) == content(before)


def test_what_reads_the_same_keeps_its_id_and_ids_are_never_given_again() -> None:
    notes = grown(talk(KNEE))
    gone: set[str] = set()
    for before, after in pairwise(notes):
        kept = ids(before).keys() & ids(after).keys()
        assert {each: ids(before)[each] for each in kept} == {
            each: ids(after)[each] for each in kept
        }
        gone |= set(ids(before).values()) - set(ids(after).values())
        assert not gone & set(ids(after).values())
    assert len(set(ids(notes[-1]).values())) == len(notes[-1].statements)


def test_a_statement_that_grows_keeps_its_id() -> None:
    said = talk("""
        CLINICIAN  Any cough?
        PATIENT    No.
        CLINICIAN  Any wheezing?
        PATIENT    No.
    """)
    first, last = (
        next(each for each in note.statements if each.text.startswith("Respiratory"))
        for note in (grown(said)[1], grown(said)[3])
    )
    assert first.text != last.text
    assert first.id == last.id


def test_the_revision_counts_changes_of_the_note_and_not_updates() -> None:
    said = talk("PATIENT  My left knee hurts.\nCLINICIAN  Mm-hmm.")
    live = create(Options()).begin(load_template("soap"))
    assert [live.update(said[:1]).revision, live.update(said[:1]).revision] == [1, 1]
    more = (*said, *talk("PATIENT  I take lisinopril 10 mg every day."))
    assert live.update(more).revision == 2


def visit_of(turns: int) -> tuple[MaskedUtterance, ...]:
    """Questions and answers that go on and on, no two the same."""
    said = [utterance.text for utterance in talk(KNEE)]
    return tuple(
        MaskedUtterance(
            id=f"u{number}",
            speaker="a",
            role=Role.PATIENT if number % 2 else Role.CLINICIAN,
            text=f"{said[number % len(said)]} That was {number} days ago.",
        )
        for number in range(turns)
    )


def work_on(turns: int) -> tuple[int, int, int, int]:
    """Sentences and units read, units weighed and lines made while a visit of so many utterances
    goes on, in all updates together."""
    growing, sorter = GrowingTalk(), TalkSorter(shipped_model())
    outline, said = load_template("soap"), visit_of(turns)
    # Kept by identity, so that no two of them have the same.
    passages: dict[int, Passage] = {}
    units: dict[int, Unit] = {}
    lines: dict[int, Line] = {}
    for number in range(1, turns + 1):
        read = growing.read(said[:number])
        composed = compose(Material(read, sorter.sort(read)), outline, TYPICAL_WORTH)
        passages |= {id(each): each for each in read.passages}
        units |= {id(each): each for each in read.units}
        lines |= {id(each): each for _, under in composed for each in under}
    return len(passages), len(units), sorter.scored, len(lines)


def test_twice_the_visit_is_twice_the_work() -> None:
    once, twice = work_on(60), work_on(120)
    assert twice == pytest.approx([2 * count for count in once], rel=0.1)


@pytest.mark.corpus
def test_real_visits_fed_as_they_go_have_the_note_of_one_pass(
    corpora: Path, writer: NoteWriter
) -> None:
    soap = load_template("soap")
    for visit in read_split(corpora / "aci-bench", "valid")[:3]:
        said = tuple(
            MaskedUtterance(id=each.id, speaker=each.speaker, role=each.role, text=each.text)
            for each in visit.utterances
        )
        live = writer.begin(soap)
        notes = [live.update(said[:number]) for number in range(1, len(said) + 1)]
        whole = writer.write(said, soap)
        likeness = rouge_percent([note_text(notes[-1])], [note_text(whole)])
        assert likeness["rouge1"] >= 90
