import pytest

from medscribe.evaluation.word_speakers import Attribution, count_misattributed

pytest.importorskip("jiwer", reason="the evaluate extra is not installed")

REFERENCE = """
D: where is the pain located
P: on the left side of my chest
D: how long has it been going on
"""


def spoken(script: str) -> list[tuple[str, str]]:
    """Lines "D: words" -> (word, speaker)."""
    lines = [line.split(": ", 1) for line in script.strip().splitlines()]
    return [(word, label) for label, words in lines for word in words.split()]


def errors(recognised: str, reference: str = REFERENCE) -> Attribution:
    return count_misattributed(spoken(recognised), spoken(reference))


def test_the_same_words_with_other_labels_are_all_right() -> None:
    named_anew = REFERENCE.replace("D:", "S2:").replace("P:", "S1:")
    assert errors(named_anew) == Attribution(words=19, wrong=0)


def test_words_given_to_the_other_speaker_are_wrong() -> None:
    late_change = """
S1: where is the pain located on the
S2: left side of my chest
S1: how long has it been going on
"""
    assert errors(late_change) == Attribution(words=19, wrong=2)


def test_one_speaker_for_everything_is_wrong_where_the_shorter_one_talks() -> None:
    everything = "S1: " + " ".join(word for word, _ in spoken(REFERENCE))
    assert errors(everything).wrong == 7


def test_a_third_label_is_wrong_wherever_it_stands() -> None:
    split_up = """
S1: where is the pain located
S2: on the left side of
S3: my chest
S1: how long has it been going on
"""
    assert errors(split_up) == Attribution(words=19, wrong=2)


def test_a_word_that_matches_alone_is_not_counted() -> None:
    draft = """
S1: wears his the pain low cave
S2: and the lift sight of thy chess
"""
    assert errors(draft).words == len(("the", "pain"))


def test_words_on_both_sides_of_a_change_of_speaker_are_counted() -> None:
    assert errors("S1: pain located\nS2: on the left") == Attribution(words=5, wrong=0)


def test_recognition_without_a_common_word_has_no_rate() -> None:
    assert errors("S1: hello there everybody").error is None


def test_nothing_recognised_has_no_rate() -> None:
    assert count_misattributed([], spoken(REFERENCE)).error is None


def test_punctuation_and_joined_words_do_not_hide_a_match() -> None:
    recognised = [("Chest-pain,", "S1"), ("--", "S1"), ("Yes.", "S2")]
    assert count_misattributed(recognised, [("chest pain", "D"), ("yes", "P")]) == Attribution(
        words=3, wrong=0
    )
