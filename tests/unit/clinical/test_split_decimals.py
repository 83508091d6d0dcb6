"""A decimal torn apart by its recogniser is one number again; the end of a sentence stays one."""

import pytest

from medscribe.clinical.numbers import normalise, normalise_numbers
from medscribe.clinical.sentences import split_sentences


@pytest.mark.parametrize(
    ("torn", "written"),
    [
        ("aldactone twelve . five milligrams daily", "aldactone 12.5 mg daily"),
        ("aldactone 12 . 5 mg daily", "aldactone 12.5 mg daily"),
        ("aldactone 12. 5 mg daily", "aldactone 12.5 mg daily"),
        ("warfarin two. five milligrams", "warfarin 2.5 mg"),
        ("you are on two . five of norvasc", "you are on 2.5 of norvasc"),
        ("keep you on that two . five norvasc", "keep you on that 2.5 norvasc"),
        ("your a1c was seven . three and you look well", "your A1c was 7.3 and you look well"),
        ("a fever of about a hundred . four right now", "a fever of about 100.4 right now"),
        ("temperature ninety eight . six", "temperature 98.6"),
        ("your temperature was ninety seven . seven today", "your temperature was 97.7 today"),
        ("a four . four centimeter nodule", "a 4.4 cm nodule"),
        ("potassium is 3 . 4 , a bit low", "potassium is 3.4 , a bit low"),
        ("a zero . zero five percent cream", "a 0.05% cream"),
        ("levothyroxine zero . one two five milligrams", "levothyroxine 0.125 mg"),
    ],
)
def test_a_torn_decimal_is_joined(torn: str, written: str) -> None:
    assert normalise_numbers(torn) == written
    assert len(split_sentences(normalise(torn).text)) == 1


@pytest.mark.parametrize(
    "said",
    [
        "I take two . Five days ago I stopped.",
        "i take two . five days ago i stopped",
        "I'm 45 . 45, all right.",
        "I'm 45. 45, all right.",
        "i take four . four milligrams",
        "The dose is 20 . Then 5 mg more.",
        "she has two . one is a boy",
        "there are four . two of them hurt",
        "I take it at 8 . 30 minutes later I am asleep.",
        "He is on lisinopril 20. 10 mg of amlodipine too.",
        "see you at ten . two weeks from now",
    ],
)
def test_the_end_of_a_sentence_stays_one(said: str) -> None:
    written = normalise(said).text
    assert len(split_sentences(written)) == 2


def test_the_joined_number_still_points_at_all_its_words() -> None:
    said = "aldactone twelve . five milligrams daily"
    joined = normalise(said)
    at = joined.text.index("12.5")
    span = joined.original_span(at, at + 4)
    assert said[span.start : span.end] == "twelve . five"
