"""Names: found by title, introduction, list and repetition, with capitals and without."""

from collections.abc import Callable

import pytest

from medscribe.domain.transcript import Role, Utterance
from medscribe.privacy.detectors import clinical
from medscribe.privacy.mask import mask
from medscribe.privacy.rules.names.names import find_names

Masker = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("Dr. Smith will see you.", "Dr. <NAME_1> will see you."),
        ("I saw doctor okafor last week", "I saw doctor <NAME_1> last week"),
        ("this is Mrs. Walsh", "this is Mrs. <NAME_1>"),
        ("hi , brian . how are you ?", "hi , <NAME_1> . how are you ?"),
        ("hi , mark . how are you ?", "hi , <NAME_1> . how are you ?"),
        ("my name is xiomara quispe", "my name is <NAME_1>"),
        ("My name is Olumide Adeyemi.", "My name is <NAME_1>."),
        ("I'm Priya, her daughter", "I'm <NAME_1>, her daughter"),
        ("martha collins is a 50-year-old female", "<NAME_1> is a 50-year-old female"),
        ("sophia brown is here", "<NAME_1> is here"),
        ("my husband jack drove me", "my husband <NAME_1> drove me"),
        ("Jane O'Brien's knee", "<NAME_1>'s knee"),
        ("Anna S. was seen", "<NAME_1>. was seen"),
        ("I am Martha Kestrel and I cough.", "I am <NAME_1> and I cough."),
        ("We saw Martha Quark today.", "We saw <NAME_1> today."),
        ("Martha Please sit down.", "<NAME_1> Please sit down."),
        ("MY NAME IS KAREN", "MY NAME IS <NAME_1>"),
        ("my last name is walsh , w a l s h", "my last name is <NAME_1> , <NAME_2>"),
        ("hey kavresha how are you today", "hey <NAME_1> how are you today"),
        ("kavresha is a 62 year old man", "<NAME_1> is a 62 year old man"),
        ("pelvin okrashti , date of birth", "<NAME_1> , date of birth"),
        ("next patient is pamela snow .", "next patient is <NAME_1> ."),
        ("my name is jan van der berg", "my name is <NAME_1>"),
        ("Mrs. de la Cruz is here", "Mrs. <NAME_1> is here"),
        ("hi , al-hassan .", "hi , <NAME_1> ."),
        ("J. R. Smith came in.", "<NAME_1> came in."),
        ("Hanne I. Kreutz came in.", "<NAME_1> came in."),
        ("Robert Walsh Jr. is here", "<NAME_1>. is here"),
        ("karen's test came back", "<NAME_1>'s test came back"),
        ("i spoke to karen , karen has arthritis", "i spoke to <NAME_1> , <NAME_1> has arthritis"),
        ("it is spelled w a double l s h", "it is spelled <NAME_1>"),
        ("that is w as in water , a as in apple", "that is <NAME_1>"),
        ("Samantha Bašić left", "<NAME_1> left"),
    ],
)
def test_a_person_who_is_named_is_masked(masked: Masker, said: str, seen: str) -> None:
    assert masked(said) == [seen]


@pytest.mark.parametrize(
    "said",
    [
        "She has Parkinson's and Graves disease with a Foley in place.",
        "positive murphy's sign , negative babinski , lachman and mcmurray",
        "the holter monitor showed nothing , no bell's palsy",
        "we did a Phalen's and a Tinel's, and a Spurling test",
        "take Tylenol, Zantac, Lipitor and Allegra",
        "the doctor told me the nurse will call",
        "she may have a good long walk , it was young and white",
        "i will mark the spot",
        "ekg , e k g , c o p d and an m r i",
        "an X-ray and a C-section, NSAIDs and UTIs",
        "don't miss a dose",
        "Do you speak English? I'm Canadian and Catholic.",
        "we do mon- , i monitor it",
        "his parkinson's is worse , negative phalen and tinel",
        "the lane was closed , a hunter saw a nick",
        "so mom , what's going on , hi everybody",
        "i'm gon na go , i wan na look at it",
        "the patient will return , the nurse will help",
        "this morning actually , good morning",
        "the next step is an mr arthrogram",
        "we talked about gerd and copd",
        "hey dragon , order a cbc",
    ],
)
def test_what_names_no_person_stays(masked: Masker, said: str) -> None:
    assert masked(said) == [said]


def test_a_title_turns_an_eponym_into_a_person_and_the_sign_stays(masked: Masker) -> None:
    assert masked(
        "Mrs. Murphy has a positive Murphy's sign. Dr. Graves saw her Graves disease."
    ) == ["<NAME_1> has a positive Murphy's sign. <NAME_2> saw her Graves disease."]


def test_a_doctor_called_good_does_not_take_every_good_out_of_the_visit(masked: Masker) -> None:
    assert masked("dr. good is here", "good morning", "dr. good is good") == [
        "<NAME_1> is here",
        "good morning",
        "<NAME_1> is good",
    ]


def test_a_name_found_once_is_masked_in_the_whole_visit(masked: Masker) -> None:
    assert masked("My name is Roszhart.", "roszhart's labs", "thanks, Roszhart") == [
        "My name is <NAME_1>.",
        "<NAME_1_2>'s labs",
        "thanks, <NAME_1>",
    ]


def test_both_parts_of_a_full_name_are_masked_alone_too(masked: Masker) -> None:
    seen = masked("Dr. Deen Mirza here", "ask Mirza", "deen said so")
    assert seen[1:] == ["ask <NAME_2>", "<NAME_3> said so"]


def test_the_answer_to_a_question_for_the_name_is_a_name(masked: Masker) -> None:
    assert masked("and your name ?", "it's mark")[1] == "it's <NAME_1>"
    assert masked("is there a mark ?", "there is a mark")[1] == "there is a mark"


def test_a_name_that_is_a_frequent_word_is_masked_as_uncertain_and_not_repeated(
    masked: Masker,
) -> None:
    assert masked("my name is will .", "that will help") == [
        "my name is <UNCERTAIN:NAME_1> .",
        "that will help",
    ]


def test_names_given_beforehand_are_masked_everywhere(masked: Masker) -> None:
    detector = clinical.create(clinical.Options(known_names=("Zyqora",)))
    said = [Utterance(id="u0", speaker="S1", role=Role.UNKNOWN, text="ask zyqora about it")]
    assert mask(said, [detector]).utterances[0].text == "ask <NAME_1> about it"
    assert masked("no zyqora here") == ["no zyqora here"]


def test_a_country_is_no_person_although_people_are_called_so(masked: Masker) -> None:
    assert masked("she moved here from jordan") == ["she moved here from jordan"]


def test_findings_lie_on_the_words() -> None:
    text = "hi , brian . how are you ?"
    ((finding, *_),) = find_names([text])
    assert text[finding.start : finding.end] == "brian"


@pytest.mark.parametrize("surname", ["Kestrel", "Wizard", "Patel-Quark"])
def test_what_follows_mr_or_mrs_with_a_capital_is_a_name_whatever_it_means(
    masked: Masker, surname: str
) -> None:
    assert surname not in masked(f"Hello Mrs. {surname}, sit down.")[0]
    assert surname not in masked(f"I saw Mr {surname} there.")[0]


@pytest.mark.parametrize(
    "said",
    [
        "hi june , how are you ?",
        "hey sky how are you today",
        "my wife kavresha made me come",
        "my friend april drove me",
        "any questions , will ?",
        "we'll have rocky schedule it",
        "hey dragon , show me kavresha's chart",
        "you must be kavresha .",
        "my doctor is kavresha",
        "my kids karen and daisy are fine",
    ],
)
def test_a_rare_name_or_a_word_that_calls_somebody_is_masked_at_least_as_uncertain(
    masked: Masker, said: str
) -> None:
    name = next(
        word
        for word in ("june", "sky", "kavresha", "april", "will ?", "rocky", "daisy")
        if word in said
    )
    assert name not in masked(said)[0]


def test_a_common_word_is_masked_again_only_where_it_calls_the_person(masked: Masker) -> None:
    assert masked("hi will , how are you ?", "that will help", "thanks , will .") == [
        "hi <UNCERTAIN:NAME_1> , how are you ?",
        "that will help",
        "thanks , <UNCERTAIN:NAME_1> .",
    ]


def test_an_eponym_met_as_a_person_is_one_where_it_is_called(masked: Masker) -> None:
    said = masked("mr. parkinson , hello", "thanks parkinson", "his parkinson's is worse")
    assert "parkinson" not in said[1]
    assert said[2] == "his parkinson's is worse"


def test_an_utterance_without_capitals_is_read_as_such_in_a_visit_with_capitals(
    masked: Masker,
) -> None:
    said = masked("Good Morning, Mrs. Walsh. How Are You?", "i live with clarence okafor now")
    assert said[1] == "i live with <NAME_2> now"


def test_a_name_that_is_also_a_place_is_no_place_after_a_greeting(masked: Masker) -> None:
    assert masked("hi , georgia . how are you ?") == ["hi , <NAME_1> . how are you ?"]
    assert masked("i am from georgia") == ["i am from georgia"]


@pytest.mark.parametrize("surname", ["okafor", "vandermeer", "quispe", "nguyen", "o'neill"])
@pytest.mark.parametrize(
    "frame",
    ["i'm dr. {}", "doctor {} sent me", "thanks , mr. {}", "miss {} , sit down", "hi ms. {}"],
)
def test_what_follows_a_title_is_a_name(masked: Masker, frame: str, surname: str) -> None:
    assert surname not in masked(frame.format(surname))[0]
