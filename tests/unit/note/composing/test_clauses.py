"""Long sentences are cut into statements, and what a speaker takes back goes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medscribe.note.composing.clauses import (
    corrected,
    finding_clauses,
    history_clauses,
    plan_clauses,
)


def test_each_decision_stands_on_its_own() -> None:
    said = "i am going to order an mri of your knee and i want you to rest it"
    assert plan_clauses(said) == [
        "i am going to order an mri of your knee",
        "i want you to rest it",
    ]


@pytest.mark.parametrize(
    "said",
    [
        "if it does not get better i will order an mri",
        "i think that we will order an mri",
        "take it daily until we will meet again",
    ],
)
def test_a_condition_is_not_cut_off(said: str) -> None:
    assert plan_clauses(said) == [said]


def test_a_long_story_is_cut_where_a_new_sentence_begins() -> None:
    said = (
        "i was carrying boxes down the stairs on saturday and i slipped on the last step and then "
        "my ankle was swollen the whole night"
    )
    assert history_clauses(said) == [
        "i was carrying boxes down the stairs on saturday",
        "i slipped on the last step",
        "my ankle was swollen the whole night",
    ]


def test_a_short_sentence_stays_whole() -> None:
    assert history_clauses("i fell and i hurt my arm") == ["i fell and i hurt my arm"]


def test_findings_are_cut_by_part_of_the_body() -> None:
    said = "your lungs are clear and your heart is regular"
    assert finding_clauses(said) == ["your lungs are clear", "your heart is regular"]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("it hurts in the left, no, the right knee", "it hurts in the right knee"),
        ("my left knee, no, the right one", "my right knee"),
        ("take 20, sorry, 40 mg", "take 40 mg"),
        ("it started monday, no tuesday", "it started tuesday"),
        ("twice, i mean, 3 times a day", "3 times a day"),
        ("i-i'd like to rest", "i would like to rest"),
        ("for 4 4 days", "for 4 days"),
        ("i before i was sick", "before i was sick"),
        ("the left knee and the right knee hurt", "the left knee and the right knee hurt"),
        ("no pain in the left knee", "no pain in the left knee"),
    ],
)
def test_only_what_was_meant_in_the_end_stays(said: str, meant: str) -> None:
    assert corrected(said) == meant


def test_a_denial_begun_anew_is_said_once() -> None:
    assert corrected("i have not, it has not been burning") == "it has not been burning"
    assert corrected("i have, it has not been burning") == "it has not been burning"


@given(
    st.lists(st.sampled_from(["i", "will", "order", "it", "and", "we", "rest", "if", "so", "no"]))
)
def test_cutting_loses_no_word_but_those_that_join(words: list[str]) -> None:
    said = " ".join(words)
    kept = " ".join(plan_clauses(said)).split()
    assert [word for word in kept if word not in ("and", "so")] == [
        word for word in words if word not in ("and", "so")
    ]


def test_a_drug_that_is_taken_back_leaves() -> None:
    said = "we will treat you with penicillin or, sorry, amoxicillin, 500 mg"
    assert corrected(said) == "we will treat you with amoxicillin, 500 mg"
