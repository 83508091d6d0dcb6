"""Pieces become words; a word lasts from its first frame to its last."""

import pytest

from medscribe.speech.medasr.tokens import Token, words_of


def test_a_mark_or_a_space_begins_a_word() -> None:
    tokens = [Token("▁kn", 0, 1), Token("ee", 3, 4), Token(" pain", 10, 12)]
    words = words_of(tokens, 5.0)
    assert [word.text for word in words] == ["knee", "pain"]
    assert [(word.span.start, word.span.end) for word in words] == [
        (0.0, pytest.approx(0.16)),
        (pytest.approx(0.4), pytest.approx(0.48)),
    ]


def test_a_word_cut_off_at_the_start_is_still_a_word() -> None:
    assert [word.text for word in words_of([Token("ing", 0, 1), Token("▁pain", 2, 3)], 1)] == [
        "ing",
        "pain",
    ]


def test_special_pieces_and_lone_spaces_are_no_words() -> None:
    tokens = [Token("<s>", 0, 1), Token("▁", 1, 2), Token("▁no", 2, 3), Token("</s>", 4, 5)]
    assert [word.text for word in words_of(tokens, 1.0)] == ["no"]


def test_no_word_ends_after_the_sound() -> None:
    (word,) = words_of([Token("▁no", 2, 9)], 0.1)
    assert (word.span.start, word.span.end) == (0.08, 0.1)


def test_a_words_probability_is_the_mean_of_its_frames() -> None:
    tokens = [Token("▁kn", 0, 3, 0.9), Token("ee", 3, 4, 0.5)]
    assert words_of(tokens, 1.0)[0].probability == pytest.approx(0.8)


def test_without_scores_a_word_has_no_probability() -> None:
    tokens = [Token("▁kn", 0, 1, 0.9), Token("ee", 1, 2)]
    assert words_of(tokens, 1.0)[0].probability is None
