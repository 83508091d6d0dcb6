"""What two passes in a row agree on is settled and never changes."""

from hypothesis import given
from hypothesis import strategies as st

from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import Word
from medscribe.speech.agreement import Agreement


def words(text: str, offset: float = 0.0) -> list[Word]:
    """Half a second a word."""
    return [
        Word(text=word, span=TimeSpan(start=offset + i / 2, end=offset + (i + 1) / 2))
        for i, word in enumerate(text.split())
    ]


def after(*passes: str) -> Agreement:
    agreement = Agreement()
    for text in passes:
        agreement.update(words(text))
    return agreement


def test_one_pass_settles_nothing() -> None:
    agreement = after("my left knee")
    assert (agreement.committed, agreement.tentative) == ("", "my left knee")


def test_what_two_passes_begin_with_alike_is_settled() -> None:
    agreement = after("my left me", "my left knee hurts")
    assert (agreement.committed, agreement.tentative) == ("my left", "knee hurts")


def test_case_and_punctuation_do_not_keep_words_from_being_settled() -> None:
    assert after("I have fever,", "i have Fever. And").committed == "i have Fever."


def test_settled_words_do_not_change_when_a_later_pass_hears_them_otherwise() -> None:
    agreement = after("my left knee", "my left knee hurts", "my left need hurts a lot")
    assert agreement.committed.startswith("my left knee")


def test_a_pass_that_joins_settled_words_adds_nothing_twice() -> None:
    agreement = after("every day two pills", "every day two pills")
    assert agreement.committed == "every day two pills"
    joined = [
        Word(text="everyday", span=TimeSpan(start=0, end=1)),
        *words("two pills now please", offset=1.0),
    ]
    agreement.update(joined)
    agreement.update(joined)
    assert agreement.committed == "every day two pills now please"


def test_settling_keeps_what_the_last_pass_said() -> None:
    agreement = after("yes it does")
    agreement.settle()
    assert (agreement.committed, agreement.tentative) == ("yes it does", "")


@given(st.lists(st.lists(st.sampled_from(["no", "yes", "pain", "left", "right"]), max_size=8)))
def test_committed_words_only_grow(passes: list[list[str]]) -> None:
    agreement = Agreement()
    before = ""
    for each in passes:
        agreement.update(words(" ".join(each)))
        assert agreement.committed.startswith(before)
        before = agreement.committed
