"""Turns are cut into sentences, with and without punctuation, and nothing is lost."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from medscribe.clinical.sentences import split_sentences


def _cut(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text)]


def test_punctuation_ends_a_sentence() -> None:
    assert _cut("It hurts. Since when? Two days!") == ["It hurts.", "Since when?", "Two days!"]


def test_a_title_and_a_decimal_end_nothing() -> None:
    assert _cut("I saw Dr. Smith and weigh 70.5 kg.") == ["I saw Dr. Smith and weigh 70.5 kg."]


def test_a_placeholder_is_never_cut() -> None:
    assert "<NAME_1>" in _cut("hi <NAME_1> . how are you ?")[0]


def test_a_long_turn_without_punctuation_is_cut_where_clauses_begin() -> None:
    turn = (
        "i have been having a lot of pain in my shoulder for three weeks okay do you remember"
        " what you were doing when the pain first started"
    )
    pieces = _cut(turn)
    assert len(pieces) == 2
    assert pieces[1].startswith("okay do you remember")


def test_a_long_sentence_that_somebody_punctuated_stays_whole() -> None:
    turn = "i take it in the morning, at noon, and again before i go to bed at night."
    assert _cut(turn) == [turn]


_TALK = st.text(alphabet="ab ok.?!,<NAME_1> \n", max_size=120)


@given(_TALK)
def test_every_word_is_in_exactly_one_sentence(text: str) -> None:
    spans = split_sentences(text)
    assert "".join(" ".join(_cut(text)).split()) == "".join(text.split())
    assert all(left.end <= right.start for left, right in pairwise(spans))


def test_no_is_a_sentence_and_not_a_number() -> None:
    text = "No. I had a headache. It is No. 3 on the list."
    parts = [text[span.start : span.end] for span in split_sentences(text)]
    assert parts == ["No.", "I had a headache.", "It is No. 3 on the list."]


def test_what_one_can_have_is_no_question_of_its_own() -> None:
    said = "so you can have the cough syrup from me two spoons four times a day when needed"
    starts = [said[span.start :] for span in split_sentences(said)]
    assert not any(part.startswith("have the") for part in starts)
