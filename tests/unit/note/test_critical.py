"""What decides the meaning of a sentence is compared by itself."""

import pytest

from medscribe.note.critical import critical_of


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
