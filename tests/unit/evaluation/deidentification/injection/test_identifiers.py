import re
from random import Random

import pytest

from medscribe.evaluation.deidentification.injection.identifier import KINDS, Identifier
from medscribe.evaluation.deidentification.injection.name_lists import (
    entries,
    family_names,
    given_names,
)
from medscribe.evaluation.deidentification.injection.spoken_identifiers import spoken
from medscribe.evaluation.deidentification.injection.written_identifiers import written


def all_written(label: str) -> list[str]:
    return [written(label, Random(seed)).filling("{}") for seed in range(80)]


def all_spoken(label: str) -> list[str]:
    return [spoken(label, Random(seed)).filling("{}") for seed in range(80)]


@pytest.mark.parametrize("label", KINDS)
def test_every_label_has_many_identifiers_in_both_forms(label: str) -> None:
    for made in (all_written(label), all_spoken(label)):
        assert len(set(made)) > 9
        assert all(text == text.strip() and text for text in made)


@pytest.mark.parametrize(
    ("label", "pattern"),
    [
        ("ssn", r"\d{3}[- ]?\d\d[- ]?\d{4}"),
        ("zip", r"\d{5}(-\d{4})?"),
        ("email", r"[\w.]+@[a-z]+\.(com|net)"),
        ("ip", r"(\d{1,3}\.){3}\d{1,3}|([0-9a-f]{4}:){7}[0-9a-f]{4}"),
        ("age_over_89", r"9\d|10[13]"),
        ("url", r"(https?://|www\.)\S+\.\S+"),
    ],
)
def test_written_identifiers_have_the_form_of_their_label(label: str, pattern: str) -> None:
    assert all(re.fullmatch(pattern, text) for text in all_written(label))


def test_spoken_ages_are_ninety_and_more() -> None:
    assert all(re.search(r"ninety|hundred|9\d|10\d", text) for text in all_spoken("age_over_89"))


def test_spoken_mail_addresses_are_said_with_at_and_dot() -> None:
    said = all_spoken("email")
    assert sum(" at " in text for text in said) > 40
    assert sum(" dot com" in text for text in said) > 20


def test_spoken_phones_come_in_words_and_in_digits() -> None:
    said = all_spoken("phone")
    assert any(re.fullmatch(r"[a-z ,]+", text) for text in said)
    assert any(re.fullmatch(r"\d{3}[ ,-]+\d{3}[ ,-]+\d{4}", text) for text in said)


def test_dates_are_said_in_words_in_numbers_and_mixed() -> None:
    said = " | ".join(all_spoken("birth_date"))
    assert re.search(r"the \w+( \w+)? of [A-Z]\w+", said)
    assert re.search(r"[A-Z]\w+ \d+", said)
    assert re.search(r"\| \d+/\d+/\d+", said)


def test_slots_are_filled_with_parts() -> None:
    phone = Identifier(("206", "555", "0142"), "-")
    assert [phone.filling(slot) for slot in ("{}", "{a}", "{b}", "{z}")] == [
        "206-555-0142",
        "206",
        "555-0142",
        "0142",
    ]
    assert Identifier(("92",)).filling("{b}") == "92"


def test_there_are_many_names_each_once() -> None:
    for names in (given_names(), family_names(), entries("towns")):
        assert len(names) == len(set(names))
    assert min(len(given_names()), len(family_names())) >= 150
    assert "Baton Rouge" in entries("towns")
