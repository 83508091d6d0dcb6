"""Punctuated talk -> the model that cuts unpunctuated talk into sentences."""

import re
from collections.abc import Iterable
from pathlib import Path

from medscribe.clinical.linear import save_weights
from medscribe.clinical.numbers import written_numbers
from medscribe.clinical.offsets import NormalisedText
from medscribe.clinical.sentences import BOUNDARY_THRESHOLD, boundary_probability, gap_features
from medscribe.clinical.spoken_english import written_english
from medscribe.training.sparse import binary_matrix, column_names

_SENTENCE_END = re.compile(r"[.?!]+(?=\s|\Z)")
# A main clause after a comma stands on its own in a note: "..., and i take it daily".
_CLAUSE = re.compile(
    r",(?= (?:and|but|so|because|then) (?:i|you|we|he|she|it|they|there|that|my|your|the) )"
)
# Two occurrences: a feature seen once teaches the model a name, not a habit.
_LEAST_COUNT = 3


def train_boundaries(turns: Iterable[str], out: Path) -> dict[str, float]:
    """Learns from punctuated `turns`, writes `out`; figures are precision, recall and F1 on every
    tenth turn, which the measured model did not see. The same turns give the same file."""
    examples = [_labelled(turn) for turn in turns]
    examples = [(words, labels) for words, labels in examples if len(words) >= 8]
    held_out = examples[::10]
    rest = [example for number, example in enumerate(examples) if number % 10]
    figures = _measure(_fit(rest), held_out)
    weights = _fit(examples)
    out.parent.mkdir(parents=True, exist_ok=True)
    save_weights(out, weights)
    return figures | {"features": float(len(weights)), "turns": float(len(examples))}


def _labelled(turn: str) -> tuple[list[str], list[int]]:
    """Words without punctuation; label i says whether a sentence ended before word i."""
    text = written_numbers(written_english(NormalisedText.unchanged(turn))).text
    text = re.sub(r"\b([dm]rs?|ms)\.", r"\1", text.lower())
    text = _CLAUSE.sub(" .", text)
    words: list[str] = []
    labels: list[int] = []
    ended = 0
    for raw in text.split():
        word = raw.strip(",;:.?!\"'()-")
        if word:
            words.append(word)
            labels.append(ended)
            ended = 0
        ended = 1 if _SENTENCE_END.search(raw) else ended
    return words, labels


def _fit(examples: list[tuple[list[str], list[int]]]) -> dict[str, float]:
    from sklearn.linear_model import LogisticRegression

    rows = [gap_features(words, gap) for words, _ in examples for gap in range(1, len(words))]
    targets = [label for _, labels in examples for label in labels[1:]]
    columns = column_names(rows, _LEAST_COUNT)
    model = LogisticRegression(C=0.3, solver="liblinear", random_state=7)
    model.fit(binary_matrix(rows, columns), targets)
    weights = zip(columns, model.coef_[0].tolist(), strict=True)
    pruned = {name: weight for name, weight in weights if abs(weight) >= 0.2}
    return {"": float(model.intercept_[0]), **pruned}


def _measure(
    weights: dict[str, float], examples: list[tuple[list[str], list[int]]]
) -> dict[str, float]:
    right = found = true = 0
    for words, labels in examples:
        for gap in range(1, len(words)):
            cut = boundary_probability(words, gap, weights) > BOUNDARY_THRESHOLD
            right += cut and labels[gap] == 1
            found += cut
            true += labels[gap]
    precision, recall = right / max(found, 1), right / max(true, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"precision": precision, "recall": recall, "f1": f1}
