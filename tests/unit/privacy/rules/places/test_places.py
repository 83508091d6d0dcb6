"""Geography smaller than a state is masked; states and countries stay."""

from collections.abc import Callable

import pytest

Masker = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("i live in boston", "i live in <LOCATION_1>"),
        ("we moved to Dallas, Texas", "we moved to <LOCATION_1>"),
        ("forty two maple avenue", "<LOCATION_1>"),
        ("695, uh, cherry hill court", "<LOCATION_1>"),
        ("it's seventy one farm road 335", "it's <LOCATION_1>"),
        ("new address is 989 Highway 100", "new address is <LOCATION_1>"),
        ("she flew in from reading", "she flew in from <LOCATION_1>"),
        ("12 Oak Drive", "<LOCATION_1>"),
        ("my zip code is oh two one three nine", "my zip code is <LOCATION_1>"),
        ("Illinois 62704", "Illinois <LOCATION_1>"),
        ("SW16 6JT", "<LOCATION_1>"),
        ("apartment 4b", "<LOCATION_1>"),
        ("at forty two oak avenue apartment three b", "at <LOCATION_1>"),
        ("over on maple street", "over on <LOCATION_1>"),
        ("12 Rue de la Paix", "<LOCATION_1>"),
        ("Hauptstraße 12", "<LOCATION_1>"),
        ("po box four four one", "<LOCATION_1>"),
        ("the family lives in ankeny now", "the family lives in <LOCATION_1> now"),
        ("we moved to oak park", "we moved to <LOCATION_1>"),
        ("in polk county", "in <LOCATION_1>"),
        ("seen at Mayo Clinic in Rochester, MN", "seen at <LOCATION_1>"),
        ("our Chicago downtown clinic", "our <LOCATION_1>"),
        ("I come from Tulsa.", "I come from <LOCATION_1>."),
        ("i was at mercy hospital", "i was at <LOCATION_1>"),
        ("seen at Brigham and Women's Hospital", "seen at <LOCATION_1>"),
        ("she lives in Shasta County", "she lives in <LOCATION_1>"),
        ("I come from Whitby now", "I come from <LOCATION_1> now"),
    ],
)
def test_a_place_below_a_state_is_masked(masked: Masker, said: str, seen: str) -> None:
    assert masked(said) == [seen]


@pytest.mark.parametrize(
    "said",
    [
        "born in texas , moved from Canada",
        "barrett's, Prague C2M4, biopsies per Seattle protocol",
        "the local hospital and the children's clinic",
        "can you bend the knee , turn over , reading is hard",
        "i walked two blocks down the road",
        "in the hospital for 3 days",
        "an outpatient pain clinic",
        "the next step is a two hour drive",
        "Glasgow coma scale of 15 , New York Heart Association class 2",
        "i live in pain , in fear , in a house",
        "mobile in the bath",
    ],
)
def test_states_and_ordinary_words_stay(masked: Masker, said: str) -> None:
    assert masked(said) == [said]


def test_a_zip_code_asked_for_is_found_in_the_answer(masked: Masker) -> None:
    assert masked("your zip ?", "it's 02139")[1] == "it's <LOCATION_1>"


@pytest.mark.parametrize("sound", ["Mhmm", "Umm", "Mmhmm", "Uhhuh", "Hmmm"])
def test_a_sound_is_no_answer_to_where_somebody_lives(masked: Masker, sound: str) -> None:
    assert masked("And you live in Boston with your wife?", f"{sound}.")[1] == f"{sound}."


def test_a_zip_code_told_in_tens_is_masked_whole(masked: Masker) -> None:
    texts = masked("and the zip code ?", "it's five seventy six thirty two .")
    assert "two" not in texts[1]


@pytest.mark.parametrize("said", ["ZIP: 7412 SL", "My zip code is 880", "postal code is 53-320"])
def test_a_postal_code_of_any_country_is_masked_where_it_is_announced(
    masked: Masker, said: str
) -> None:
    (seen,) = masked(said)
    assert not any(map(str.isdigit, seen.partition("<")[0] + seen.partition(">")[2]))
    assert "<LOCATION_1>" in seen
