"""The trigram model: what is a likely next word, and that probabilities are probabilities."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medscribe.training.ngrams import END, START, UNKNOWN, Pruning, Trigrams, estimate

EVERYTHING = Pruning(pairs=1, triples=1)
VISIT = [
    sentence.split()
    for sentence in (
        "your blood pressure is high",
        "my blood pressure is fine",
        "check the blood sugar",
        "the pain is fine",
    )
]
WORDS = st.sampled_from(["knee", "pain", "left", "no", "is"])
SENTENCES = st.lists(st.lists(WORDS, min_size=1, max_size=6), min_size=1, max_size=20)


def next_words(model: Trigrams, *history: str) -> dict[str, float]:
    vocabulary = [gram[0] for gram in model.shares if len(gram) == 1]
    return {word: model.share((*history, word)) for word in vocabulary}


def test_what_followed_before_is_likely_to_follow_again() -> None:
    after_blood = next_words(estimate(VISIT, {}, EVERYTHING), "blood")
    assert max(after_blood, key=lambda word: after_blood[word]) == "pressure"


def test_a_general_word_that_no_visit_has_can_still_be_heard() -> None:
    model = estimate(VISIT, {"johnson": 0.001, "the": 0.05}, EVERYTHING)
    assert model.share(("blood", "johnson")) > 0
    assert model.share(("wombat",)) == 0


def test_nothing_is_learnt_across_an_unknown_word() -> None:
    model = estimate([["take", UNKNOWN, "daily"]] * 3, {}, EVERYTHING)
    assert ("take", "daily") not in model.shares
    assert not any(UNKNOWN in gram for gram in model.shares)


def test_rare_n_grams_are_left_to_shorter_ones() -> None:
    model = estimate(VISIT, {}, Pruning(pairs=2, triples=3))
    assert ("blood", "pressure") in model.shares
    assert ("blood", "sugar") not in model.shares
    assert model.share(("blood", "sugar")) > 0


@given(SENTENCES, st.sampled_from([1, 2]))
def test_the_words_after_any_history_sum_to_one(sentences: list[list[str]], least: int) -> None:
    model = estimate(sentences, {"extra": 0.1}, Pruning(pairs=least, triples=least))
    for gram in model.backoffs:
        if gram != (END,):
            assert sum(next_words(model, *gram).values()) == pytest.approx(1, abs=1e-3)


def test_arpa_names_its_sizes_and_the_start_of_a_sentence(tmp_path: Path) -> None:
    estimate(VISIT, {}, EVERYTHING).write_arpa(tmp_path / "model.arpa")
    text = (tmp_path / "model.arpa").read_text()
    first = text.split("\\1-grams:\n")[1].split("\n\n")[0].splitlines()
    assert f"ngram 1={len(first)}\n" in text
    assert first[0].split("\t")[:2] == ["-99", START]
    assert text.endswith("\\end\\\n")
