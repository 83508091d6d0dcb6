"""Numbers: those that identify are masked, those that are medicine stay."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medscribe.privacy.rules.numbers.digit_runs import digit_runs
from medscribe.privacy.rules.numbers.number_turns import find_told_numbers

Masker = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("my number is five five five one two three four", "my number is <PHONE_1>"),
        ("my phone's four one two, five five five, oh one nine nine", "my phone's <PHONE_1>"),
        ("reach me at (555) 123-4567 ext. 12", "reach me at <PHONE_1>"),
        ("fax 020 7946 0958", "fax <PHONE_1>"),
        ("it's double five five one two three four", "it's <PHONE_1>"),
        ("it's five five five, one two three four", "it's <PHONE_1>"),
        ("ssn 123-45-6789", "ssn <SSN_1>"),
        ("last four of my social are one two three four", "last four of my social are <SSN_1>"),
        ("medical record number is 123546 .", "medical record number is <RECORD_NUMBER_1> ."),
        ("m r n a b one two three four", "m r n <RECORD_NUMBER_1>"),
        ("record number is four four one two nine", "record number is <RECORD_NUMBER_1>"),
        ("MRN: #SJH-112233", "MRN: #<RECORD_NUMBER_1>"),
        ("member id is X Y Z 1 2 3 4", "member id is <ACCOUNT_NUMBER_1>"),
        ("her policy number's 88321", "her policy number's <ACCOUNT_NUMBER_1>"),
        ("card 4111 1111 1111 1111", "card <ACCOUNT_NUMBER_1>"),
        ("license plate seven a b c one two three", "license plate <LICENSE_NUMBER_1>"),
        ("serial number is SN-4482-AB9", "serial number is <DEVICE_ID_1>"),
        ("my cell is 2 0 6 5 5 5 0 1 for two", "my cell is <PHONE_1>"),
        ("it's nine one nine triple five oh one double eight", "it's <PHONE_1>"),
        ("call 5 5 5 0 1 9 no sorry 0 1 9 8", "call <PHONE_1>"),
        ("reach me at 613 , 555 , 0108", "reach me at <PHONE_1>"),
        ("the line is 555-0134 extension two two", "the line is <PHONE_1>"),
        (
            "her chart number is m as in mary, 4 4 2, b as in boy",
            "her chart number is <RECORD_NUMBER_1>",
        ),
        ("record number bravo tango seven seven one", "record number <RECORD_NUMBER_1>"),
        ("four four one two nine is my record number", "<RECORD_NUMBER_1> is my record number"),
        ("plate is hf 6 6 2 4", "plate is <LICENSE_NUMBER_1>"),
        (
            "the serial on the back of the pump reads p j four four one",
            "the serial on the back of the pump reads <DEVICE_ID_1>",
        ),
        ("credit card ending in four two four two", "credit card ending in <ACCOUNT_NUMBER_1>"),
        ("parking validated for 841 XEU", "parking validated for <LICENSE_NUMBER_1>"),
        ("my car (tag 837XYY) is out", "my car (tag <LICENSE_NUMBER_1>) is out"),
        ("towing x l seven two oh three", "towing <LICENSE_NUMBER_1>"),
        ("aetna member k one four one six", "aetna member <ACCOUNT_NUMBER_1>"),
        ("emp # 762-947", "emp # <OTHER_ID_1>"),
        ("badge sub , 402 , 05", "badge <OTHER_ID_1>"),
        ("extension 4482", "extension <PHONE_1>"),
        ("badge number 778899", "badge number <OTHER_ID_1>"),
    ],
)
def test_an_identifying_number_is_masked(masked: Masker, said: str, seen: str) -> None:
    assert masked(said) == [seen]


@pytest.mark.parametrize(
    "said",
    [
        "take 500 mg twice a day and 1000 units of vitamin d",
        "lisinopril twenty milligrams , two tablets every four to six hours",
        "blood pressure one twenty over eighty , pulse seventy two , temp 98.6 , sat 92 %",
        "wbc 11,000 platelets 250000 troponin 0.04 ejection fraction 55",
        "HLA-B27 positive , COVID-19 , ICD E11.9 , l four l five",
        "the plan is 1000 mg metformin , group 4 , on medicare since 2019",
        "between one hundred fifteen and one thirty four",
        "five out of five strength , reflexes two plus",
        "a 57 year old , born in 1964 , seen 2 times in 3 weeks",
        "call me in two or three weeks",
        "count from one hundred , ninety three eighty six seventy nine seventy two",
        "readings of one twenty one thirty one forty",
        "breathe on one , two , three , four , five , six , seven , eight",
        "LDL 132 , HDL 41 , GCS 15",
        "serial sevens: 93, 86, 79, 72, 65",
        "sugars 142 156 189 , weights two oh four two oh one one ninety nine",
        "I paid 12500 for the car , the bill was 1240 dollars",
        "two cars , 45 mph , parking 12 dollars , medicare covers 80 percent",
        "take 10 to 20 mg for 5 days",
        "I smoked 20 a day for 30 years",
    ],
)
def test_doses_values_and_ages_stay(masked: Masker, said: str) -> None:
    assert masked(said) == [said]


def test_a_number_asked_for_is_found_in_the_answer(masked: Masker) -> None:
    assert masked("medical record number ?", "yeah a b one two three four")[1] == (
        "yeah <RECORD_NUMBER_1>"
    )
    assert masked("how far can you walk ?", "yeah one two three") == [
        "how far can you walk ?",
        "yeah one two three",
    ]


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("four one two", ["412"]),
        ("seventy two", ["72"]),
        ("double five nine", ["559"]),
        ("555-1234", ["5551234"]),
        ("one twenty over eighty", ["120", "80"]),
        ("98.6", ["98", "6"]),
        ("nothing", []),
    ],
)
def test_what_is_dictated_is_read_as_figures(said: str, values: list[str]) -> None:
    assert [run.value for run in digit_runs(said)] == values


def test_letters_and_commas_belong_to_a_run_only_where_asked_for() -> None:
    assert [run.value for run in digit_runs("a b 1, 2")] == ["1", "2"]
    assert [run.value for run in digit_runs("a b 1, 2", letters=True, commas=True)] == ["AB12"]


def test_a_number_goes_on_in_the_next_turns(masked: Masker) -> None:
    told = masked("so it's two one two", "uh-huh", "five five five", "got it", "oh one four nine")
    assert told == [
        "so it's <PHONE_1>",
        "uh-huh",
        "<PHONE_2>",
        "got it",
        "<PHONE_3>",
    ]


def test_a_number_asked_for_two_turns_before_is_found(masked: Masker) -> None:
    assert masked("what's your social ?", "hold on", "sure", "nine one four four")[3] == "<SSN_1>"


def test_a_number_read_back_in_figures_is_found(masked: Masker) -> None:
    assert masked("my record number is four four one two nine", "so 44129 , thanks")[1] == (
        "so <RECORD_NUMBER_2> , thanks"
    )


def test_turns_with_values_are_no_parts_of_a_number(masked: Masker) -> None:
    turns = ["pain is seven", "and now ?", "four five", "pressure is one forty over ninety"]
    assert masked(*turns) == turns


def test_words_that_sound_like_digits_count_only_among_digits() -> None:
    assert [run.value for run in digit_runs("5 5 5 0 1 for two")] == ["5550142"]
    assert [run.value for run in digit_runs("one to two")] == ["1", "2"]
    assert [run.value for run in digit_runs("10 to 20 for 5")] == ["10", "20", "5"]


@given(st.text(alphabet="01 one two to for a b c ,.-/:@dotx\n", max_size=300))
def test_findings_lie_inside_any_text(text: str) -> None:
    for finding in find_told_numbers([text, text])[1]:
        assert 0 <= finding.start < finding.end <= len(text)
