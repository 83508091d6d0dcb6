"""What decides the meaning of a sentence is compared by itself."""

import pytest

from medscribe.note.statements.critical import critical_of, means_alike


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Take ten milligrams twice a day", "take 10 mg twice daily, day by day"),
        ("No chest pain", "She has no significant chest pain"),
        ("I don't smoke", "I dont smoke"),
        ("Lasix for two weeks", "furosemide for 2 weeks"),
        ("no, no, I don't smoke", "I don't smoke"),
    ],
)
def test_other_words_for_the_same_are_no_difference(one: str, other: str) -> None:
    assert critical_of(one) == critical_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5 mg", "50 mg"),
        ("5 mg", "5 mcg"),
        ("left eye", "right eye"),
        ("pain but no fever", "fever but no pain"),
        ("can walk", "can't walk"),
        ("for 3 days", "for 3 weeks"),
        ("once a day", "twice a day"),
        ("start metformin", "stop metformin"),
        ("take metformin", "take metoprolol"),
        ("ask <NAME_1>", "ask <NAME_2>"),
        ("better", "worse"),
    ],
)
def test_another_meaning_is_a_difference(one: str, other: str) -> None:
    assert critical_of(one) != critical_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("we see hypertension today", "we see hypotension today"),
        ("the belly is tender", "the belly is nontender"),
        ("he is febrile", "he is afebrile"),
        ("my mother had cancer", "my brother had cancer"),
        ("his weight gain", "his weight loss"),
    ],
)
def test_words_that_are_alike_in_letters_may_be_opposites(one: str, other: str) -> None:
    assert not means_alike(one, other)
    assert not means_alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("my knee hurts", "my knees hurt"), ("it is tender there", "it's tender there")],
)
def test_forms_of_a_word_are_no_opposites(one: str, other: str) -> None:
    assert means_alike(one, other)
