"""A folder of visits with their notes -> the division model of the extractive note writer."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from medscribe.clinical.linear import pack_names
from medscribe.note.classifier import CLASSES, DIVISIONS, NONE, DivisionModel
from medscribe.note.features import unit_features
from medscribe.note.passages import passages_of
from medscribe.note.units import units_of
from medscribe.training.note_corpus import Visit
from medscribe.training.note_labels import (
    inverse_document_frequency,
    label,
    note_lines,
    stems_of,
)
from medscribe.training.sparse import binary_matrix, column_names

# Share of a unit's words that a sentence of the note must hold for the unit to count as taken up.
LEAST_SHARE = 0.35
_LEAST_COUNT = 2
_INVERSE_REGULARISATION = 0.05


@dataclass(frozen=True)
class Example:
    """One visit as the model sees it: a row of feature names and a class per unit."""

    visit: Visit
    rows: list[list[str]]
    classes: list[str]


def examples_of(visits: Sequence[Visit], least_share: float = LEAST_SHARE) -> list[Example]:
    """Features and labels of all units of all visits."""
    documents = [stems_of(visit.note) for visit in visits]
    idf = inverse_document_frequency(documents)
    examples = []
    for visit in visits:
        passages = passages_of(visit.utterances)
        units = units_of(passages)
        lines = note_lines(visit.note)
        rows = [unit_features(unit, passages) for unit in units]
        classes = [label(unit.text, lines, idf, least_share)[0] for unit in units]
        examples.append(Example(visit, rows, classes))
    return examples


def fit(examples: Sequence[Example], smallest_weight: float = 0.0) -> DivisionModel:
    """The model of `examples`; weights below `smallest_weight` in every class are left out."""
    from sklearn.linear_model import LogisticRegression

    rows = [row for example in examples for row in example.rows]
    targets = [CLASSES.index(name) for example in examples for name in example.classes]
    columns = column_names(rows, _LEAST_COUNT)
    learner = LogisticRegression(C=_INVERSE_REGULARISATION, max_iter=300, tol=1e-3)
    learner.fit(binary_matrix(rows, columns), targets)
    weights = np.zeros((len(columns), len(CLASSES)), dtype=np.float32)
    bias = np.full(len(CLASSES), -9.0, dtype=np.float32)
    weights[:, learner.classes_] = learner.coef_.T
    bias[learner.classes_] = learner.intercept_
    kept = np.flatnonzero(np.abs(weights).max(axis=1) >= smallest_weight)
    return DivisionModel(
        features={columns[place]: number for number, place in enumerate(kept)},
        weights=weights[kept],
        bias=bias,
        moves=phase_moves([example.classes for example in examples]),
    )


def phase_moves(sequences: Sequence[Sequence[str]]) -> NDArray[np.float32]:
    """Log chances (phases, phases) that a unit in one phase is followed by one in another."""
    counts = np.ones((len(DIVISIONS), len(DIVISIONS)), dtype=np.float64)
    for classes in sequences:
        phase: int | None = None
        for name in classes:
            following = phase if name == NONE else DIVISIONS.index(name)
            if phase is not None and following is not None:
                counts[phase, following] += 1
            phase = following
    return np.log(counts / counts.sum(axis=1, keepdims=True)).astype(np.float32)


def save_model(path: Path, model: DivisionModel) -> None:
    """Writes the model as float16 npz; the same model gives the same file."""
    np.savez_compressed(
        path,
        features=pack_names(list(model.features)),
        weights=model.weights.astype(np.float16),
        bias=model.bias,
        moves=model.moves,
    )
