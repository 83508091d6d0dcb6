"""A note's problems with what belongs to them, and its evidence numbered."""

from tests.unit.export.example import COUGH, HEARD, NOTE, ORDERED, WRITER

from medscribe.domain.note import Author, Evidence, Note, Section, Statement
from medscribe.export.outline import Outline, outline_of, proposal_lines, source_of


def statement(id_: str, *evidence: Evidence, problem: str | None = None) -> Statement:
    return Statement(
        id=id_, text=id_.upper(), evidence=evidence, author=Author.COMPOSER, problem=problem
    )


def outline(*sections: tuple[Statement, ...]) -> Outline:
    made = tuple(
        Section(key=f"k{at}", title=f"T{at}", statements=statements)
        for at, statements in enumerate(sections)
    )
    return outline_of(Note(template="soap", revision=1, sections=made, made_by=WRITER))


def shape(found: Outline) -> list[list[tuple[int | None, str, list[str]]]]:
    return [
        [
            (group.number, group.name, [point.statement.id for point in group.points])
            for group in section.groups
        ]
        for section in found.sections
    ]


def test_statements_gather_under_their_problem_wherever_they_stand() -> None:
    found = outline(
        (
            statement("loose"),
            statement("gout"),
            statement("asthma"),
            statement("g1", problem="gout"),
            statement("a1", problem="asthma"),
            statement("last"),
        )
    )

    assert shape(found) == [
        [(None, "", ["loose"]), (1, "GOUT", ["g1"]), (2, "ASTHMA", ["a1"]), (None, "", ["last"])]
    ]


def test_a_plan_names_the_problem_of_the_assessment_by_its_number() -> None:
    found = outline(
        (statement("gout"), statement("asthma")),
        (statement("a1", problem="asthma"), statement("g1", problem="gout")),
    )

    assert shape(found) == [
        [(1, "GOUT", []), (2, "ASTHMA", [])],
        [(2, "ASTHMA", ["a1"]), (1, "GOUT", ["g1"])],
    ]
    assert found.sections[1].groups[0].head is None


def test_a_problem_that_is_not_in_the_note_leaves_its_statements_loose() -> None:
    assert shape(outline((statement("a", problem="gone"),))) == [[(None, "", ["a"])]]


def test_evidence_is_numbered_once_in_order_of_appearance() -> None:
    found = outline((statement("a", HEARD, ORDERED), statement("b", ORDERED, ORDERED)))
    marks = [point.marks for point in found.sections[0].groups[0].points]

    assert found.references == (HEARD, ORDERED)
    assert marks == [(1, 2), (2,)]


def test_a_quote_says_where_it_stands_and_whether_it_does() -> None:
    said = {COUGH.id: COUGH}
    nearly = HEARD.model_copy(update={"similarity": 0.9})
    lost = HEARD.model_copy(update={"span": None})
    nowhere = HEARD.model_copy(update={"utterance_id": "u9"})

    assert source_of(HEARD, said) == "u1 01:15 PATIENT"
    assert source_of(nearly, said) == "u1 01:15 PATIENT (nearly these words)"
    assert source_of(lost, said) == "u1 01:15 PATIENT (words not found there)"
    assert source_of(nowhere, said) == "not found in the talk"


def test_proposals_say_what_they_would_change() -> None:
    assert proposal_lines(NOTE) == [
        "Instead of “Fluids.”: Rest.",
        "Add to ASSESSMENT AND PLAN: Call on Monday.",
        "Take away “Cough”: taken back",
    ]
