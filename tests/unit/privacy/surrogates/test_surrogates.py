"""Surrogates read like the original, agree with each other, and give nothing of it away."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from medscribe.domain.privacy import PLACEHOLDER, PiiKind, VaultEntry
from medscribe.errors import PrivacyError
from medscribe.privacy.surrogates.names import sections
from medscribe.privacy.surrogates.numbers import value_of
from medscribe.privacy.surrogates.substitute import Surrogates

KEY = b"a secret of the clinic"


def vault_of(*entries: tuple[PiiKind, str]) -> list[VaultEntry]:
    return [
        VaultEntry(placeholder=f"<{kind.value}_{number}>", kind=kind, original=original)
        for number, (kind, original) in enumerate(entries, 1)
    ]


def surrogates_of(
    kind: PiiKind, *originals: str, key: bytes = KEY, patient: str = "p1"
) -> list[str]:
    vault = vault_of(*((kind, original) for original in originals))
    made = Surrogates(key, patient, vault)
    return [made.text(entry.placeholder) for entry in vault]


def shape(text: str) -> str:
    return re.sub(r"[a-z]", "a", re.sub(r"[A-Z]", "A", re.sub(r"\d", "0", text)))


def test_a_text_is_told_with_other_names_and_dates() -> None:
    vault = [
        VaultEntry(placeholder="<NAME_1>", kind=PiiKind.NAME, original="Mary Walsh"),
        VaultEntry(placeholder="<UNCERTAIN:DATE_1>", kind=PiiKind.DATE, original="March 3rd"),
    ]
    told = Surrogates(KEY, "p1", vault).text("<NAME_1> came on <UNCERTAIN:DATE_1>, coughing.")
    assert re.fullmatch(r"[A-Z]\w+ [A-Z]\w+ came on [A-Z]\w+ \d+(st|nd|rd|th), coughing\.", told)
    assert not re.search("Mary|Walsh|March 3rd", told)


def test_the_parts_of_a_name_agree_however_they_are_said() -> None:
    full, given_name, titled, lower, spelled, owned, turned, loud = surrogates_of(
        PiiKind.NAME,
        "Mary Walsh",
        "Mary",
        "Mrs. Walsh",
        "walsh",
        "w a l s h",
        "Walsh's",
        "Walsh, Mary",
        "WALSH",
    )
    first, last = full.split()
    assert given_name == first
    assert titled == f"Mrs. {last}"
    assert lower == last.lower()
    assert spelled == " ".join(last.lower())
    assert owned == f"{last}'s"
    assert turned == f"{last}, {first}"
    assert loud == last.upper()


@pytest.mark.parametrize(
    ("name", "gender"),
    [("Mary", "female"), ("Priya", "female"), ("Jennifer", "female"), ("Robert", "male")],
)
@pytest.mark.parametrize("patient", ["p1", "p2", "p3"])
def test_a_given_name_keeps_its_gender_and_about_its_length(
    name: str, gender: str, patient: str
) -> None:
    (new,) = surrogates_of(PiiKind.NAME, name, patient=patient)
    assert sections()[new.lower()].startswith(gender)
    assert abs(len(new) - len(name)) <= 2


def test_a_title_tells_the_gender_where_the_name_does_not() -> None:
    for patient in map(str, range(5)):
        (sir,) = surrogates_of(PiiKind.NAME, "Mr. Robin Walsh", patient=patient)
        assert sections()[sir.split()[1].lower()] == "male"


def test_accents_do_not_make_another_person() -> None:
    accented, plain = surrogates_of(PiiKind.NAME, "José García", "jose garcia")
    assert accented.lower() == plain


def test_compound_names_change_part_by_part() -> None:
    twice, irish, spanish = surrogates_of(
        PiiKind.NAME, "Mary-Ann Smith-Jones", "O'Brien", "de la Cruz"
    )
    assert re.fullmatch(r"\w+-\w+ \w+-\w+", twice)
    for new in (irish, spanish):
        assert re.fullmatch(r"[A-Z][a-z]+", new)


def test_the_same_patient_has_the_same_names_in_another_visit() -> None:
    one = surrogates_of(PiiKind.NAME, "Mary Walsh", "Dr. Patel")
    two = surrogates_of(PiiKind.NAME, "Dr. Patel", "Tom", "Mary Walsh")
    assert one == [two[2], two[0]]


def test_another_patient_or_key_has_other_names() -> None:
    by_patient = {surrogates_of(PiiKind.NAME, "Mary", patient=str(n))[0] for n in range(30)}
    by_key = {surrogates_of(PiiKind.NAME, "Mary", key=bytes([n]) * 16)[0] for n in range(30)}
    assert len(by_patient) > 15
    assert len(by_key) > 15


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("412-555-1234", r"[2-9]\d\d-555-01\d\d"),
        ("(412) 555 1234", r"\([2-9]\d\d\) 555 01\d\d"),
        ("555-1234", r"555-01\d\d"),
        ("1-412-555-1234", r"1-[2-9]\d\d-555-01\d\d"),
        ("five five five one two one two", r"five five five zero one \w+ \w+"),
    ],
)
def test_a_telephone_number_is_one_that_is_kept_for_fiction(said: str, expected: str) -> None:
    (new,) = surrogates_of(PiiKind.PHONE, said)
    assert re.fullmatch(expected, new)


def test_a_number_is_the_same_written_and_spoken() -> None:
    written, spoken, mixed = surrogates_of(
        PiiKind.PHONE,
        "412-555-1234",
        "four one two, triple five, twelve thirty four",
        "4 1 2 five five five 1234",
    )
    assert value_of(written) == value_of(spoken) == value_of(mixed)
    assert not any(map(str.isdigit, spoken))


@pytest.mark.parametrize(
    ("kind", "said", "expected"),
    [
        (PiiKind.SSN, "123-45-6789", r"9\d\d-00-\d{4}"),
        (PiiKind.EMAIL, "mary.walsh@gmail.com", r"\w+@example\.org"),
        (PiiKind.EMAIL, "mary at gmail dot com", r"[a-z ]+ at example dot org"),
        (PiiKind.URL, "https://walsh.com/mary", r"https://\w+\.example\.org"),
        (PiiKind.URL, "walsh dot com", r"[a-z ]+ dot example dot org"),
        (PiiKind.IP_ADDRESS, "10.0.0.1", r"192\.0\.2\.\d{1,3}"),
        (PiiKind.IP_ADDRESS, "2a00:1450::200e", r"2001:db8::[\da-f]+"),
        (PiiKind.AGE_OVER_89, "92 years old", "90 or older"),
        (PiiKind.AGE_OVER_89, "94-year-old", "90-or-older"),
        (PiiKind.AGE_OVER_89, "ninety three years old", "ninety or older"),
        (PiiKind.AGE_OVER_89, "aged 101", "aged 90 or older"),
        (PiiKind.LOCATION, "02118", r"000\d\d"),
        (PiiKind.LOCATION, "12 Elm Street, Dayton, OH 45402", r"\d\d \w+ Street, \w+, OH 000\d\d"),
        (PiiKind.LOCATION, "boston general hospital", r"[a-z]+ general hospital"),
        (PiiKind.LOCATION, "twelve elm street", r"[a-z ]+ [a-z]+ street"),
        (PiiKind.LOCATION, "Texas", r"[A-Z][a-z]+"),
        (PiiKind.DATE, "the other day", "a date"),
    ],
)
def test_every_kind_becomes_what_belongs_to_nobody(kind: PiiKind, said: str, expected: str) -> None:
    (new,) = surrogates_of(kind, said)
    assert re.fullmatch(expected, new), new
    assert new.lower() != said.lower()


@pytest.mark.parametrize(
    "kind",
    [
        PiiKind.RECORD_NUMBER,
        PiiKind.ACCOUNT_NUMBER,
        PiiKind.LICENSE_NUMBER,
        PiiKind.DEVICE_ID,
        PiiKind.OTHER_ID,
    ],
)
@pytest.mark.parametrize("said", ["884-231", "XJ77-8821", "7ABC123", "ab12", "00:1A:2B:3C:4D:5E"])
def test_a_code_keeps_its_shape(kind: PiiKind, said: str) -> None:
    (new,) = surrogates_of(kind, said)
    assert shape(new) == shape(said)
    assert new != said


def test_a_town_is_the_same_alone_and_in_a_longer_place() -> None:
    town, hospital, shouted = surrogates_of(
        PiiKind.LOCATION, "Boston", "boston general hospital", "BOSTON"
    )
    assert hospital == f"{town.lower()} general hospital"
    assert shouted == town.upper()


def test_a_placeholder_that_the_vault_does_not_know_does_not_stay() -> None:
    made = Surrogates(KEY, "p1", [])
    assert made.text("<NAME_3> on <UNCERTAIN:DATE_9>, <X_1>") == "a person on a date, a number"


def test_a_key_that_could_be_guessed_is_refused() -> None:
    with pytest.raises(PrivacyError, match="16 bytes"):
        Surrogates(b"short", "p1", [])


_NAMES = st.sampled_from(
    [
        *("Mary", "mary", "Walsh", "Mary Walsh", "Mrs. Walsh", "Tom", "Thomas Walsh", "DR. PATEL"),
        *(
            "w a l s h",
            "O'Brien",
            "Ann",
            "Anne",
            "Jordan",
            "Kim",
            "Xiomara Quispe",
            "good",
            "Boston",
        ),
        *("Sister", "Mr. and Mrs. Walsh", "Åsa", "李", "Mary J. Walsh", "J", "Zebulon", "miss"),
    ]
)
_PLACES = st.sampled_from(
    [
        *("Boston", "boston", "Mary", "12 Elm Street", "twelve elm street", "02118", "Texas"),
        *("the hospital", "St. Mary's Hospital", "San Francisco", "5th Avenue", "Walsh, MA"),
    ]
)
_NUMBERS = st.one_of(
    st.from_regex(r"\A[A-Z0-9]{1,4}[- ]?\d{1,8}\Z"),
    st.lists(
        st.sampled_from(
            [
                "oh",
                "one",
                "two",
                "three",
                "double",
                "seven",
                "seventy",
                "eleven",
                "hundred",
                "dash",
                "b",
            ]
        ),
        min_size=1,
        max_size=8,
    ).map(" ".join),
    st.text(min_size=1, max_size=12),
)
_ENTRIES = st.one_of(
    st.tuples(st.just(PiiKind.NAME), st.one_of(_NAMES, st.text(min_size=1, max_size=15))),
    st.tuples(st.just(PiiKind.LOCATION), st.one_of(_PLACES, st.text(min_size=1, max_size=15))),
    st.tuples(
        st.sampled_from([kind for kind in PiiKind if kind not in (PiiKind.NAME, PiiKind.LOCATION)]),
        _NUMBERS,
    ),
)
_VAULTS = st.lists(_ENTRIES, min_size=1, max_size=8).map(lambda entries: vault_of(*entries))
_COMPARED = frozenset(PiiKind) - {PiiKind.DATE, PiiKind.AGE_OVER_89}


@settings(max_examples=250, deadline=None)
@given(_VAULTS)
@example(vault_of((PiiKind.DATE, "²")))
def test_nothing_that_was_said_is_left_and_no_placeholder_stays(vault: list[VaultEntry]) -> None:
    masked = ", ".join(entry.placeholder for entry in vault)

    told = Surrogates(KEY, "p1", vault).text(masked)

    assert not PLACEHOLDER.search(told)
    for entry in vault:
        original = entry.original.strip().lower()
        if entry.kind in _COMPARED and sum(map(str.isalnum, original)) >= 3:
            kept = re.search(rf"(?<!\w){re.escape(original)}(?!\w)", told, re.IGNORECASE)
            assert not kept, (entry, told)


@settings(max_examples=100, deadline=None)
@given(_VAULTS)
def test_the_same_question_has_the_same_answer(vault: list[VaultEntry]) -> None:
    masked = " ".join(entry.placeholder for entry in vault)
    made = Surrogates(KEY, "p1", vault)
    assert made.text(masked) == made.text(masked) == Surrogates(KEY, "p1", vault).text(masked)
    assert made.text(made.text(masked)) == made.text(masked)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(sorted(sections())), min_size=2, max_size=12, unique=True))
def test_two_people_do_not_become_one(names: list[str]) -> None:
    new = surrogates_of(PiiKind.NAME, *names)
    assert len(set(new)) == len(names)
    assert not set(new) & set(names)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.from_regex(r"\A[2-9]\d{9}\Z"), min_size=2, max_size=12, unique=True))
def test_two_numbers_do_not_become_one(numbers: list[str]) -> None:
    assert len(set(surrogates_of(PiiKind.PHONE, *numbers))) == len(numbers)
