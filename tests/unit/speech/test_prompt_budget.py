"""Hotwords and carried text within what a decoder can take."""

from hypothesis import given
from hypothesis import strategies as st

from medscribe.speech.prompt_budget import MOST_PROMPT_TOKENS, words_within_budget


def by_letters(text: str) -> int:
    """A tokenizer that needs one token for every four letters of a word."""
    return sum(-(-len(word) // 4) for word in text.split())


def test_what_fits_is_used_whole() -> None:
    assert words_within_budget("metformin lisinopril", by_letters, last=False) == (
        "metformin lisinopril"
    )


def test_of_hotwords_the_first_are_the_important_ones() -> None:
    words = [f"drug{number:04d}" for number in range(200)]
    assert words_within_budget(" ".join(words), by_letters, last=False) == " ".join(words[:50])


def test_of_carried_text_the_last_words_are_the_ones_just_said() -> None:
    words = [f"word{number:04d}" for number in range(200)]
    assert words_within_budget(" ".join(words), by_letters, last=True) == " ".join(words[-50:])


def test_nothing_or_one_endless_word_is_nothing() -> None:
    for text in (None, "", "   ", "a" * 10_000):
        assert words_within_budget(text, by_letters, last=True) == ""


def test_control_tokens_of_the_decoder_are_not_passed_on() -> None:
    text = "knee <|endoftext|> pain<|0.00|>"
    assert words_within_budget(text, by_letters, last=False) == "knee pain"


@given(st.text(max_size=600), st.booleans())
def test_the_budget_holds_and_no_word_is_cut(text: str, last: bool) -> None:
    kept = words_within_budget(text, by_letters, last=last)
    assert by_letters(kept) <= MOST_PROMPT_TOKENS
    assert set(kept.split()) <= set(text.split())
