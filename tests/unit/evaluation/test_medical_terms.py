"""Which words of a visit count as medical, and when one counts as not recognised."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medscribe.evaluation.medical_terms import TermErrors, medical_terms, term_errors
from medscribe.evaluation.normalise import normalised_words

pytest.importorskip("jiwer", reason="the evaluate extra is not installed")


def terms(text: str, *, drugs: bool = False) -> list[str]:
    words = normalised_words(text)
    return [
        " ".join(words[term.start : term.end])
        for term in medical_terms(words)
        if term.is_drug or not drugs
    ]


def wrong(said: str, heard: str) -> tuple[TermErrors, TermErrors]:
    return term_errors(normalised_words(said), normalised_words(heard))


def test_drugs_findings_and_body_sites_are_medical_terms() -> None:
    said = "Sorry to hear that. So the chest pain came after the metformin?"
    assert terms(said) == ["chest", "pain", "metformin"]
    assert terms(said, drugs=True) == ["metformin"]


def test_a_drug_of_two_words_is_one_term() -> None:
    assert terms("I take vitamin D 1000 units a day.", drugs=True) == ["vitamin d"]


def test_an_everyday_word_is_no_term() -> None:
    assert terms("Yeah, I mentioned that I usually try to check it, whether or not.") == []


def test_one_of_two_drugs_misheard_is_half_of_the_drugs() -> None:
    """Said: chest, pain, metformin, lisinopril; misheard: lisinopril."""
    every, drugs = wrong(
        "Chest pain, so I take metformin and lisinopril.",
        "chest pain so I take metformin and listen april",
    )
    assert (every.wrong, every.said) == (1, 4)
    assert (drugs.wrong, drugs.said) == (1, 2)
    assert drugs.rate == 0.5


def test_a_term_left_out_is_not_recognised() -> None:
    every, _ = wrong("The pain is in my knee.", "the is in my knee")
    assert (every.wrong, every.said) == (1, 2)


def test_a_drug_of_two_words_is_wrong_when_one_of_them_is() -> None:
    _, drugs = wrong("Take vitamin D 1000 units.", "take vitamin b 1000 units")
    assert (drugs.wrong, drugs.said) == (1, 1)


def test_a_term_recognised_elsewhere_is_not_this_one() -> None:
    every, _ = wrong("No pain here but fever there.", "no fever here but pain there")
    assert (every.wrong, every.said) == (2, 2)


def test_errors_in_other_words_and_terms_that_were_only_heard_count_nowhere_here() -> None:
    every, drugs = wrong("My knee is swollen.", "Our knees my knee was swollen ibuprofen")
    assert every.wrong == 0
    assert drugs.rate is None


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("diarrhoea", "diarrhea"),
        ("anaemia", "anemia"),
        ("tumour", "tumor"),
        ("oedema", "edema"),
        ("ferrous sulphate", "ferrous sulfate"),
    ],
)
def test_british_and_american_spelling_are_alike(british: str, american: str) -> None:
    every, _ = wrong(f"It is {british}.", f"it is {american}")
    assert every.said
    assert every.wrong == 0


def test_nothing_heard_is_every_term_wrong() -> None:
    every, drugs = wrong("Chest pain after aspirin.", "")
    assert every.rate == drugs.rate == 1.0


WORDS = st.lists(st.sampled_from(["the", "knee", "pain", "aspirin", "vitamin", "d", "is", "fever"]))


@given(WORDS, WORDS)
def test_no_more_terms_are_wrong_than_were_said(said: list[str], heard: list[str]) -> None:
    every, drugs = term_errors(said, heard)
    assert 0 <= drugs.wrong <= drugs.said <= every.said
    assert drugs.wrong <= every.wrong <= every.said
    assert term_errors(said, said)[0].wrong == 0
