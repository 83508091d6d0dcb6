"""Numbers as clinicians say them."""

import pytest

from medscribe.training.spoken_text import spell_numbers, spoken_sentences


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("BP 120/80", "bp one twenty over eighty"),
        ("BP 105/60", "bp one oh five over sixty"),
        ("pulse 76", "pulse seventy six"),
        ("98.4 degrees", "ninety eight point four degrees"),
        ("97% on room air", "ninety seven percent on room air"),
        ("born in 1958", "born in nineteen fifty eight"),
        ("500 mg", "five hundred mg"),
        ("1,250 steps", "one thousand two hundred fifty steps"),
        ("no digits", "no digits"),
    ],
)
def test_digits_become_the_words_that_are_said(written: str, spoken: str) -> None:
    assert " ".join(spell_numbers(written).split()) == spoken


def test_a_turn_is_learnt_by_sentence_and_as_a_whole() -> None:
    assert list(spoken_sentences("No. It's my knee.")) == [
        ["no"],
        ["it's", "my", "knee"],
        ["no", "it's", "my", "knee"],
    ]


def test_a_turn_without_words_has_no_sentences() -> None:
    assert list(spoken_sentences(" ... ")) == []
