"""How many tokens a prompt may have, at most and at least."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medscribe.errors import LanguageModelError
from medscribe.llm.context import check_fits, fewest_tokens, most_tokens
from medscribe.llm.model import Author, Message

texts = st.lists(st.sampled_from(["knee", "[u12]", "PATIENT:", "500", "mg,", "é", "痛", "\n"]))


def user(text: str) -> Message:
    return Message(author=Author.USER, text=text)


@given(texts)
def test_the_bounds_never_cross(words: list[str]) -> None:
    messages = [user(" ".join(words))]

    assert fewest_tokens(messages) <= most_tokens(messages)


@given(texts, texts)
def test_a_longer_prompt_never_counts_less(words: list[str], more: list[str]) -> None:
    shorter, longer = [user(" ".join(words))], [user(" ".join(words + more))]

    assert most_tokens(shorter) <= most_tokens(longer)


def test_marks_and_digits_count_each_since_ids_and_doses_are_full_of_them() -> None:
    assert most_tokens([user("[u123]:")]) - most_tokens([user("")]) == 7


def test_what_fits_exactly_is_asked_and_one_token_more_is_not() -> None:
    messages = [user("[u1] PATIENT: My knee hurts.")]
    exact = most_tokens(messages) + 100

    check_fits(messages, 100, exact)
    with pytest.raises(LanguageModelError, match="context"):
        check_fits(messages, 100, exact - 1)
