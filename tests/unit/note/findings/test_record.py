"""What holds for every record: verbatim evidence, ids in order, the same talk the same record."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.note.conversation import talk

from medscribe.domain.findings import ClinicalFindings
from medscribe.domain.note import Evidence
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.transcript import Role
from medscribe.note.findings.complaints import complaints_in
from medscribe.note.findings.extract import extract_findings
from medscribe.note.findings.terms import findings_lexicon, problem_lexicon, titles

VISIT = """
    CLINICIAN  Hi <NAME_1>. She is a 58-year-old female with a history of hypertension. How's it going?
    PATIENT    My left knee hurts. No, the right one. And I don't have any fever.
    CLINICIAN  Any chest pain or cough?
    PATIENT    Just a cough. My mother had a stroke.
    CLINICIAN  Your blood pressure is one fifty over ninety. On exam your right knee has an effusion.
    CLINICIAN  So this looks like gout. We'll get an x-ray of your right knee. Start metforman 500 milligrams.
    CLINICIAN  If you get a rash, call me. See you in three months.
"""  # noqa: E501


def _quotes(found: ClinicalFindings) -> list[Evidence]:
    items = (*found.problems, *found.observations, *found.follow_ups, *found.suspected_drugs)
    return [quote for item in items for quote in item.evidence]


def _is_verbatim(quote: Evidence, utterances: list[MaskedUtterance]) -> bool:
    text = next(u.text for u in utterances if u.id == quote.utterance_id)
    return quote.span is not None and text[quote.span.start : quote.span.end] == quote.quote


def test_every_item_of_a_visit_carries_the_words_it_rests_on() -> None:
    utterances = talk(VISIT)
    found = extract_findings(utterances)
    assert found.problems and found.observations and found.follow_ups and found.suspected_drugs
    items = (*found.problems, *found.observations, *found.follow_ups, *found.suspected_drugs)
    assert all(item.evidence for item in items)
    assert all(_is_verbatim(quote, utterances) for quote in _quotes(found))


def test_an_answer_is_quoted_together_with_its_question() -> None:
    found = extract_findings(talk("CLINICIAN Any rash?\nPATIENT No."))
    assert [quote.quote for quote in found.problems[0].evidence] == ["Any rash?", "No."]


def test_ids_count_from_one() -> None:
    found = extract_findings(talk(VISIT))
    for letter, items in (
        ("p", found.problems),
        ("o", found.observations),
        ("f", found.follow_ups),
    ):
        assert [item.id for item in items] == [f"{letter}{n}" for n in range(1, len(items) + 1)]


def test_a_problem_said_often_is_one_with_all_its_quotes() -> None:
    found = extract_findings(
        talk("PATIENT I have a cough.\n" * 3 + "CLINICIAN For your cough, rest.")
    )
    (cough,) = found.problems
    assert len(cough.evidence) == 4


def test_the_same_talk_gives_the_same_record() -> None:
    assert extract_findings(talk(VISIT)) == extract_findings(talk(VISIT))


def test_a_record_survives_json() -> None:
    found = extract_findings(talk(VISIT))
    assert ClinicalFindings.model_validate_json(found.model_dump_json()) == found


def test_an_empty_visit_gives_an_empty_record() -> None:
    found = extract_findings([])
    assert (found.problems, found.observations, found.follow_ups) == ((), (), ())


_TALK = (
    "no any fever chills left right knee pain hurts my mother has if you get a cough , . ? 120",
    "over 80 blood pressure is was not <NAME_1> for two weeks ago increase x-ray we will order mg",
    "yes just but and i do n't 's uh",
)
_WORDS = st.sampled_from([word for line in _TALK for word in line.split(" ")])


@given(st.lists(st.tuples(st.sampled_from(list(Role)), st.lists(_WORDS, max_size=14)), max_size=6))
def test_whatever_is_said_quotes_are_verbatim(turns: list[tuple[Role, list[str]]]) -> None:
    utterances = [
        MaskedUtterance(id=f"u{n}", speaker=role.value, role=role, text=" ".join(words))
        for n, (role, words) in enumerate(turns)
    ]
    found = extract_findings(utterances)
    assert all(_is_verbatim(quote, utterances) for quote in _quotes(found))


def test_every_code_has_a_title() -> None:
    concepts = [*problem_lexicon().values(), *findings_lexicon().values()]
    codes = {code for concept in concepts for code in concept.codes.values()}
    assert len(codes) > 1000
    assert codes <= titles().keys()


def test_a_painful_joint_is_coded_by_its_side() -> None:
    (complaint,) = complaints_in("my left knee hurts")
    assert complaint.side is not None
    assert titles()[complaint.concept.code(complaint.side) or ""] == "Pain in left knee"


@pytest.mark.corpus
def test_every_code_is_a_billable_one_of_icd_10_cm(corpora: Path) -> None:
    source = corpora / "drugs" / "icd10cm_2026_04_codes.tsv"
    with source.open(encoding="utf-8", newline="") as rows:
        billable = {
            row["code"]: row["description"]
            for row in csv.DictReader(rows, delimiter="\t")
            if row["billable"] == "1"
        }
    assert all(billable.get(code) == title for code, title in titles().items())
