"""Length of a note, and the worth of sentences that makes it so."""

import pytest
from tests.talk import talk

from medscribe.note.composing.length import TYPICAL_WORTH, expected_words, worth_for_length
from medscribe.note.reading.classifier import Sorted
from medscribe.note.reading.passages import passages_of
from medscribe.note.reading.units import units_of


def test_a_longer_talk_has_a_longer_note_but_not_in_proportion() -> None:
    assert expected_words(300) < expected_words(3000) < 10 * expected_words(300)


@pytest.mark.parametrize(("wanted", "expected"), [(9.0, 0.24), (30.0, TYPICAL_WORTH), (60.0, 0.1)])
def test_the_more_words_are_wanted_the_less_a_sentence_must_be_worth(
    wanted: float, expected: float
) -> None:
    units = units_of(passages_of(talk("PATIENT  My left knee really hurts.\n" * 12)))
    said = [unit for unit in units if unit.text]
    worths = [0.11] * 4 + [0.21] * 4 + [0.9] * (len(said) - 8)
    places = [Sorted("subjective", worth) for worth in worths]
    typical = sum(len(unit.text.split()) for unit in said[4:])
    scale = typical / 30
    assert worth_for_length(said, places, typical, wanted * scale) == expected


def test_a_talk_without_sentences_has_a_worth_all_the_same() -> None:
    assert 0 < worth_for_length([], [], 0, 150) < 1
