"""People of talk whom nothing introduces, and words that stand where they do."""

from collections.abc import Callable

import pytest

Masker = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("so kavresha made me come", "kavresha"),
        ("they paged okrashti twice", "okrashti"),
        ("then gulbrandsen called the ambulance", "gulbrandsen"),
        ("did kseniya see the seizure", "kseniya"),
        ("i gave pelvin the ibuprofen at noon", "pelvin"),
        ("i'm covering for mthembu this week", "mthembu"),
        ("kseniya is a terror , he never sleeps", "kseniya"),
        ("kavresha in bed six can go home", "kavresha"),
        ("they had me under okrashti before", "okrashti"),
        ("okrashti is my married name", "okrashti"),
        ("you used to be an okrashti , right ?", "okrashti"),
        ("we named her ivy", "ivy"),
        ("let's have ni okrashti weigh in", "ni okrashti"),
        ("karen , okrashti , they were all there", "okrashti"),
        ("my name kavresha walsh", "kavresha walsh"),
        ("so it's kavresha walsh , yes", "kavresha walsh"),
        ("it's for my boss , mark hand .", "mark hand"),
        ("Summer counted my pills", "Summer"),
        ("I would rather see Short there", "Short"),
        ("I'm Eun-ji and this is Jean-Luc", "Eun-ji"),
        ("thanks to J. Okrashti", "Okrashti"),
    ],
)
def test_a_person_whom_nothing_introduces_is_masked_at_least_as_uncertain(
    masked: Masker, said: str, name: str
) -> None:
    seen = masked(said)[0]
    assert name not in seen
    assert "NAME" in seen


@pytest.mark.parametrize(
    "said",
    [
        "so flexeril made me sleepy",
        "did humira help",
        "i called about my bill and they asked me",
        "we don't usually chase the cholesterol",
        "to be frank the chance is low",
        "my machine's wifi says nothing",
        "the phosphatate was high , excuse me , phosphatase",
        "we'll do a telehealth visit and recheck the fingersticks",
        "can metoprolol make me tired",
        "you used to be a smoker , right ?",
        "tenderness in two spots",
        "great guy , bye now",
        "my page is w w w dot something",
        "do i like to , i like to eat",
        "so we'll try the epley",
    ],
)
def test_a_drug_a_slip_or_a_word_stays_where_a_person_could_stand(
    masked: Masker, said: str
) -> None:
    assert masked(said) == [said]
