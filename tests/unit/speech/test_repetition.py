"""A recogniser that goes round in circles or reads its prompt aloud."""

from hypothesis import given
from hypothesis import strategies as st

from medscribe.speech.repetition import echoes, loops


def _words(text: str) -> list[str]:
    return text.split()


WORDS = st.lists(st.sampled_from(["pain", "knee", "left", "right", "week"]), max_size=12)


def test_a_phrase_said_three_times_in_a_row_is_a_loop() -> None:
    assert loops(_words("so Thank you very much. Thank you very much. thank you very much"))


def test_no_no_no_is_not_a_loop() -> None:
    assert not loops(_words("no no no no no no no no no no no no"))


def test_a_phrase_said_twice_is_not_a_loop() -> None:
    assert not loops(_words("your blood pressure is your blood pressure is one thirty"))


@given(WORDS)
def test_no_more_than_eight_words_are_never_a_loop(words: list[str]) -> None:
    assert not loops(words[:8])


def test_a_prompt_read_aloud_is_an_echo() -> None:
    assert echoes(
        _words("Lisinopril, metformin, losartan, Zoloft."),
        "aspirin lisinopril metformin losartan zoloft",
    )


def test_a_short_answer_made_of_prompt_words_is_not_an_echo() -> None:
    assert not echoes(["Metformin", "lisinopril."], "metformin lisinopril losartan zoloft")


def test_half_a_word_of_the_prompt_is_not_an_echo() -> None:
    assert not echoes(_words("form in two weeks"), "metform in two weeks")
