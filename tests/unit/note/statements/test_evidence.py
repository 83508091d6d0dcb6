"""Quotes are found where they stand in the talk; what matters in them may not differ."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.talk import talk

from medscribe.domain.note import Author, Evidence, QuoteMatch, Statement
from medscribe.domain.privacy import MaskedUtterance
from medscribe.domain.spans import TextSpan, TimeSpan
from medscribe.domain.transcript import Role
from medscribe.note.statements.evidence import QuoteLookup, locate_quote, located, times_of
from medscribe.note.statements.folding import fold

VISIT = talk(
    """
    CLINICIAN  What brings you in, <NAME_1>?
    PATIENT    Um, my left knee -- it hurts when I, uh, go down the stairs.
    CLINICIAN  Any fever?
    PATIENT    No. I don't have any pain in the chest. I take ten milligrams of lisinopril.
    CLINICIAN  Let's start ibuprofen 600 mg three times a day, about 10.5 to be exact.
    """
)
SAID = {utterance.id: utterance.text for utterance in VISIT}


def test_a_quote_that_stands_there_is_exact_and_has_its_place() -> None:
    found = locate_quote("my left knee", VISIT, near="u2")

    assert found.match is QuoteMatch.EXACT
    assert found.span is not None
    assert SAID["u2"][found.span.start : found.span.end] == "my left knee"


@pytest.mark.parametrize("named", ["u1", "u5", "u77", None])
def test_a_quote_under_the_wrong_id_is_found_where_it_stands(named: str | None) -> None:
    found = locate_quote("go down the stairs", VISIT, near=named)

    assert (found.utterance_id, found.match) == ("u2", QuoteMatch.EXACT)


def test_the_utterance_that_is_named_comes_before_others_with_the_same_words() -> None:
    visit = talk("PATIENT It hurts at night\nPATIENT Really, it hurts at night")

    assert locate_quote("it hurts at night", visit, near="u2").utterance_id == "u2"


def test_one_word_is_looked_for_in_the_neighbourhood_only() -> None:
    visit = talk("PATIENT Yes\n" + "CLINICIAN And then?\n" * 5 + "PATIENT No")

    assert locate_quote("Yes", visit, near="u2").utterance_id == "u1"
    assert locate_quote("Yes", visit, near="u7").match is QuoteMatch.NOT_FOUND


def test_case_punctuation_and_hesitation_are_no_difference() -> None:
    found = locate_quote("My left knee, it hurts when I go down the stairs", VISIT, near="u2")

    assert found.match is QuoteMatch.FUZZY
    assert found.quote == "my left knee -- it hurts when I, uh, go down the stairs"


def test_spoken_and_written_numbers_are_the_same() -> None:
    found = locate_quote("take 10 mg of lisinopril", VISIT, near="u4")

    assert found.quote == "take ten milligrams of lisinopril"
    assert found.match is QuoteMatch.FUZZY


def test_small_differences_are_forgiven_and_what_was_said_is_quoted() -> None:
    found = locate_quote("my left knee hurts when I go down stairs", VISIT, near="u2")

    assert found.match is QuoteMatch.FUZZY
    assert found.similarity < 1
    assert found.quote in SAID["u2"]


@pytest.mark.parametrize(
    "claimed",
    [
        "my right knee -- it hurts when I go down the stairs",
        "I take twenty milligrams of lisinopril",
        "I take ten micrograms of lisinopril",
        "I take ten milligrams of metoprolol",
        "I do have any pain in the chest",
        "start ibuprofen 60 mg three times a day",
        "What brings you in, <NAME_2>",
    ],
)
def test_nothing_that_matters_may_differ(claimed: str) -> None:
    for near in ("u1", "u2", "u4", "u5"):
        assert locate_quote(claimed, VISIT, near=near).match is QuoteMatch.NOT_FOUND


@pytest.mark.parametrize("part", ["nee", "10", "NAME_1", "", "  ", "...", "don"])
def test_parts_of_words_numbers_and_placeholders_are_no_quotes(part: str) -> None:
    for near in SAID:
        assert locate_quote(part, VISIT, near=near).quote in (part, "ten")


def test_a_copied_line_head_is_no_part_of_the_quote() -> None:
    assert locate_quote("[u3] CLINICIAN: Any fever?", VISIT, near="u3").match is QuoteMatch.EXACT


def test_a_quote_that_is_not_found_keeps_the_claim() -> None:
    found = locate_quote("severe headache since Monday", VISIT, near="u2")

    assert (found.quote, found.span) == ("severe headache since Monday", None)


def test_a_likely_quote_never_becomes_exact_by_being_looked_up_again() -> None:
    lookup = QuoteLookup(VISIT)
    first = lookup.locate("my left knee hurts when I go down stairs", near="u2")

    assert located(first, lookup) == first


def _utterance(number: int, start: float, end: float) -> MaskedUtterance:
    span = TimeSpan(start=start, end=end)
    return MaskedUtterance(id=f"u{number}", speaker="S1", role=Role.PATIENT, text="ow", span=span)


def test_evidence_leads_back_to_the_sound() -> None:
    visit = [_utterance(1, 0, 2), _utterance(2, 2, 5), _utterance(3, 8, 9), _utterance(4, 9.5, 11)]
    found = {"span": TextSpan(start=0, end=2)}
    statement = Statement(
        id="m1",
        text="Pain.",
        author=Author.MODEL,
        evidence=(
            Evidence(utterance_id="u4", quote="ow", **found),
            Evidence(utterance_id="u2", quote="ow", **found),
            Evidence(utterance_id="u1", quote="ow", **found),
            Evidence(utterance_id="u3", quote="never said", span=None, similarity=0),
        ),
    )

    assert times_of(statement, visit) == (
        TimeSpan(start=0, end=5),
        TimeSpan(start=9.5, end=11),
    )


@given(st.sampled_from(VISIT), st.integers(0, 12), st.integers(1, 8))
def test_any_words_in_a_row_are_an_exact_quote(said: MaskedUtterance, at: int, size: int) -> None:
    words = said.text.split()
    quote = " ".join(words[at % len(words) :][:size])

    found = locate_quote(quote, VISIT, near=said.id)

    if fold(quote).words:
        assert found.match is QuoteMatch.EXACT
        assert found.span is not None
        assert said.text[found.span.start : found.span.end] == quote


@given(st.text(max_size=60), st.sampled_from(["u1", "u4", "u9", None]))
def test_whatever_is_claimed_the_evidence_quotes_what_was_said_or_has_no_place(
    claimed: str, near: str | None
) -> None:
    found = locate_quote(claimed, VISIT, near=near)

    if found.span is not None:
        assert SAID[found.utterance_id][found.span.start : found.span.end] == found.quote


def test_a_quote_that_says_the_opposite_is_not_found() -> None:
    said = talk("CLINICIAN  Your blood pressure shows hypertension today and the belly is tender.")

    for quote in ("blood pressure shows hypotension today", "and the belly is nontender"):
        assert locate_quote(quote, said, near="u1").span is None
