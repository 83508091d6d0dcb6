"""A question and its answer make one statement, or none."""

import pytest
from tests.unit.note.conversation import talk

from medscribe.note.reading.passages import passages_of
from medscribe.note.reading.questions import Polarity, polarity_of, statement_from
from medscribe.note.reading.units import units_of


@pytest.mark.parametrize(
    ("question", "answer", "statement"),
    [
        ("any fever or chills ?", "no", "you deny fever or chills"),
        ("do you have any chest pain", "not really", "you deny chest pain"),
        ("any other symptoms like leg weakness", "no", "you deny leg weakness"),
        ("do you smoke", "no", "you do not smoke"),
        ("are you able to walk", "yes", "you are able to walk"),
        ("did you hear a pop", "yes", "you heard a pop"),
        ("does it hurt when you walk", "yeah", "it hurts when you walk"),
        ("is the pain constant", "no", "the pain is not constant"),
        ("have you taken anything for it", "ibuprofen", "you have taken ibuprofen for it"),
        ("on a scale of 1 to 10 how bad is it", "maybe a 7", "pain is rated 7/10"),
    ],
)  # fmt: skip
def test_question_and_answer_make_a_statement(question: str, answer: str, statement: str) -> None:
    assert statement_from(question, answer, polarity_of(answer)) == statement


def test_yes_to_a_choice_says_nothing() -> None:
    question = "is the pain constant or does it come and go"
    assert statement_from(question, "yes", Polarity.YES) is None


def test_a_denial_of_nothing_in_particular_is_no_statement() -> None:
    assert statement_from("any issues ?", "no", Polarity.NO) is None


@pytest.mark.parametrize(
    ("said", "polarity"),
    [
        ("no , not really", Polarity.NO),
        ("i have never had that", Polarity.NO),
        ("it does not", Polarity.NO),
        ("yeah it does", Polarity.YES),
        ("i do", Polarity.YES),
        ("about two weeks", None),
    ],
)
def test_yes_and_no_are_read_from_how_an_answer_begins(
    said: str, polarity: Polarity | None
) -> None:
    assert polarity_of(said) is polarity


def test_a_denial_keeps_its_exception() -> None:
    script = """
        CLINICIAN  Any other allergies?
        PATIENT    Nope, just penicillin.
    """
    unit = units_of(passages_of(talk(script)))[0]
    assert unit.text == "you deny other allergies except for penicillin"


def test_yes_to_several_symptoms_leaves_open_which() -> None:
    assert statement_from("any nausea or vomiting", "yes", Polarity.YES) is None


def test_a_no_that_takes_something_back_denies_nothing() -> None:
    script = """
        CLINICIAN  Any weight loss, constipation or vomiting?
        PATIENT    No vomiting but constipation and weight loss.
    """
    assert not any(unit.fused for unit in units_of(passages_of(talk(script))))


def test_a_named_denial_denies_only_what_it_names() -> None:
    script = """
        CLINICIAN  Any history of smoking, illicit drug use, or alcohol?
        PATIENT    No drugs.
    """
    assert units_of(passages_of(talk(script)))[0].text == "you deny drugs"


def test_not_knowing_is_neither_yes_nor_no() -> None:
    assert polarity_of("i do not know") is None


def test_an_answer_that_goes_on_names_nothing_that_is_denied() -> None:
    script = """
        CLINICIAN  Any trouble, tears or bleeding at birth?
        PATIENT    No everything went smoothly.
    """
    units = units_of(passages_of(talk(script)))
    assert not any("deny everything" in unit.text for unit in units)
