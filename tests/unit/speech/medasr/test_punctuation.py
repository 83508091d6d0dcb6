"""Dictated marks become signs where they are meant as marks, and stay words where they are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.speech.medasr.dictation import read_words

from medscribe.speech.medasr.marks import marked_marks, marks, spoken_marks
from medscribe.speech.medasr.punctuation import verbatim_words, written_lines

EXAMPLES = [example for mark in marks() for example in mark.examples]

DICTATED = """
period colon comma slash hyphen percent open paren close new line paragraph question mark
{period} {comma} {new paragraph} {end} {open paren} [FINDINGS] [unintelligible] } { ] [ .
Lungs clear. the menstrual 98 of pain two-week pH
"""
vocabulary = st.sampled_from(DICTATED.split())


def written(text: str) -> str:
    lines = written_lines(read_words(text))
    return "\n".join(" ".join(word.text for word in line) for line in lines)


@pytest.mark.parametrize(("dictated", "sheet"), EXAMPLES)
def test_the_example_of_a_rule_comes_out_as_it_says(dictated: str, sheet: str) -> None:
    assert written(dictated) == sheet


def test_every_rule_has_an_example_and_no_phrase_has_two_rules() -> None:
    assert all(mark.examples or mark.name == "section start" for mark in marks())
    phrases = [phrase for mark in marks() for phrase in (*mark.spoken, *mark.marked)]
    assert len(phrases) == len(set(phrases)) == len(marked_marks())
    assert all(1 <= len(phrase) <= 2 for phrase in spoken_marks())


def test_a_radiology_dictation_in_the_models_own_markup_reads_as_a_report() -> None:
    dictated = (
        "[EXAM TYPE] CT chest PE protocol {period} [INDICATION] 54-year-old female {comma} "
        "evaluate for PE {period} [FINDINGS] {colon} Lungs {colon} No pneumothorax {period} "
        "{new paragraph} [IMPRESSION] {colon} Acute PE {comma} right lower lobe {period} </s>"
    )
    assert written(dictated.removesuffix(" </s>")) == (
        "Exam type: CT chest PE protocol.\n"
        "Indication: 54-year-old female, evaluate for PE.\n"
        "Findings: Lungs: No pneumothorax.\n"
        "Impression: Acute PE, right lower lobe."
    )


@pytest.mark.parametrize(
    "said",
    [
        "her menstrual period is regular",
        "she takes it during her period",
        "a period of two weeks",
        "over a 3 month period",
        "he has a history of colon cancer",
        "the sigmoid colon is dilated",
        "a comma shaped rod",
        "a slash wound to the hand",
        "he answered with a question mark",
        "a new line of treatment",
        "that was a difficult period.",
        "period pain since May",
        "forty percent of them",
    ],
)
def test_clinical_phrases_are_left_alone(said: str) -> None:
    assert written(said) == said


@pytest.mark.parametrize(
    "sentence",
    [
        "within normal limits",
        "regular rate and rhythm",
        "the rhythm is irregular",
        "the joint is painful",
        "a laceration 2 cm long",
        "pain at rest",
        "admit for observation",
        "return for follow up",
        "she is four weeks postpartum",
        "follow up in one month",
        "oxygen saturation 98 percent",
    ],
)
def test_sentences_that_often_end_a_dictation_end(sentence: str) -> None:
    expected = sentence.replace("98 percent", "98%")
    assert written(f"{sentence} period") == f"{expected}."
    assert written(f"{sentence} {{period}}") == f"{expected}."


@pytest.mark.parametrize(
    ("dictated", "sheet"),
    [
        ("no pain. {period} Next", "no pain. Next"),
        ("is it worse. {question mark} Yes", "is it worse? Yes"),
        ("okay, {period}", "okay."),
        ("at 9 p.m. {comma} then", "at 9 p.m., then"),
    ],
)
def test_a_sign_that_the_model_wrote_itself_is_not_doubled(dictated: str, sheet: str) -> None:
    assert written(dictated) == sheet


def test_a_capital_follows_the_end_of_a_sentence_but_only_on_plain_words() -> None:
    assert written("no fever period pH was normal period chest clear") == (
        "no fever. pH was normal. Chest clear"
    )


def test_a_mark_at_the_start_has_no_word_to_join() -> None:
    assert written("{period} The chest is clear") == "The chest is clear"
    assert written("period the chest is clear") == "period the chest is clear"


def test_a_slash_between_nothing_stays_a_word() -> None:
    assert written("pain and slash") == "pain and slash"


def test_an_unknown_command_stays_readable() -> None:
    assert written("the chest {bold} clear") == "the chest bold clear"


def test_the_mark_joins_the_word_before_whose_time_stays() -> None:
    ((fever, cough),) = written_lines(read_words("fever period cough"))
    assert (fever.text, fever.span.start, fever.span.end) == ("fever.", 0.0, 0.5)
    assert (cough.text, cough.span.start, cough.probability) == ("Cough", 2.0, 0.9)


def test_words_joined_by_a_mark_last_over_both() -> None:
    ((word,),) = written_lines(read_words("120 slash 80"))
    assert (word.text, word.span.start, word.span.end) == ("120/80", 0.0, 2.5)


def test_verbatim_keeps_the_marks_as_the_words_that_were_said() -> None:
    words = verbatim_words(read_words("[FINDINGS] clear {period} no fever period [unintelligible]"))
    assert " ".join(word.text for word in words) == "Findings clear period no fever period"


@given(st.lists(vocabulary, max_size=12))
def test_whatever_is_dictated_words_stay_plain_and_in_order(said: list[str]) -> None:
    words = [word for line in written_lines(read_words(" ".join(said))) for word in line]
    starts = [word.span.start for word in words]
    assert starts == sorted(starts)
    for word in words:
        assert word.text == word.text.strip() != ""
        assert not set(word.text) & set("{}[]<>")


@given(st.lists(vocabulary, max_size=12))
def test_a_word_without_a_mark_beside_it_is_never_lost(said: list[str]) -> None:
    sheet = written(" ".join(said))
    assert sheet.count("menstrual") + sheet.count("Menstrual") == said.count("menstrual")
    assert sheet.casefold().count("clear") == said.count("clear.")
