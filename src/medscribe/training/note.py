"""A folder of visits with their notes -> the division model of the extractive note writer."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from medscribe.clinical.linear import pack_names
from medscribe.errors import InputError
from medscribe.note.reading.classifier import CLASSES, DIVISIONS, NONE, DivisionModel
from medscribe.note.reading.features import talk_features
from medscribe.note.reading.talk import read_talk
from medscribe.note.render import note_text
from medscribe.note.template import load_template
from medscribe.note.writers.extractive import ExtractiveWriter, Options
from medscribe.training.note_casing import learn_casing, save_casing
from medscribe.training.note_corpus import Visit, read_names, read_swapped, read_visits
from medscribe.training.note_labels import (
    inverse_document_frequency,
    label,
    note_lines,
    stems_of,
)
from medscribe.training.sparse import binary_matrix, column_names

# Share of a unit's words that a sentence of the note must hold for the unit to count as taken up.
LEAST_SHARE = 0.25
_LEAST_COUNT = 2
FOLDS = 4
# The worth at which kept units are counted; notes choose theirs by the length of the talk.
_TYPICAL_WORTH = 0.2
# Weights below it, in every class, change no choice and fill half the file.
_SMALLEST_WEIGHT = 0.03
# Both by macro F1 of the divisions in cross-validation.
_MOVES_WEIGHT = 0.6
_BALANCE_WEIGHT = 0.9
_INVERSE_REGULARISATION = 0.03


@dataclass(frozen=True)
class Example:
    """One visit as the model sees it: a row of feature names and a class per unit."""

    visit: Visit
    rows: list[list[str]]
    classes: list[str]


def train_note_model(data_dir: Path, out: Path) -> dict[str, float]:
    """Trains on `train.csv` and `valid.csv` of a folder laid out like ACI-Bench.

    Writes the division model to `out` (npz) and the casing table to `casing.json` beside it; the
    same visits give the same files. Returns cross-validated figures (`cross_validated`), the
    number of visits and of features. `InputError` if the folder holds no visits.
    """
    swapped = read_swapped(data_dir)
    visits = [
        visit
        for name in ("train.csv", "valid.csv")
        if (data_dir / name).is_file()
        for visit in read_visits(data_dir / name, swapped)
    ]
    if len(visits) < FOLDS:
        raise InputError(f"Training needs at least {FOLDS} visits in train.csv and valid.csv.")
    examples = examples_of(visits)
    model = fit(examples, _SMALLEST_WEIGHT)
    out.parent.mkdir(parents=True, exist_ok=True)
    save_model(out, model)
    names = read_names(data_dir)
    save_casing(out.parent / "casing.json", learn_casing((visit.note for visit in visits), names))
    size = {"visits": float(len(visits)), "features": float(len(model.features))}
    return cross_validated(examples) | size


def cross_validated(examples: Sequence[Example]) -> dict[str, float]:
    """Means over folds, every visit sorted by a model that did not see it: `division_accuracy`
    of units that went into the note, `kept_precision` and `kept_recall` at a worth of 0.2, and
    `unigram_f1` of whole notes against the written ones (ROUGE-1 without stemmer)."""
    options = Options()
    right = kept = true = both = 0
    overlaps = []
    for fold in range(FOLDS):
        model = fit([example for place, example in enumerate(examples) if place % FOLDS != fold])
        writer = ExtractiveWriter(options, model)
        for example in examples[fold::FOLDS]:
            for place, name in zip(model.sort(example.rows), example.classes, strict=True):
                keep = place.worth >= _TYPICAL_WORTH
                kept += keep
                true += name != NONE
                both += keep and name != NONE
                right += name == place.division
            note = writer.write(example.visit.utterances, load_template("soap"))
            overlaps.append(unigram_f1(note_text(note), example.visit.note))
    return {
        "division_accuracy": right / max(true, 1),
        "kept_precision": both / max(kept, 1),
        "kept_recall": both / max(true, 1),
        "unigram_f1": sum(overlaps) / len(overlaps),
    }


def unigram_f1(written: str, reference: str) -> float:
    """F1 of words with their counts, 0..1: ROUGE-1 without stemmer (rouge_score's tokens)."""
    ours, theirs = (
        Counter(re.findall(r"[a-z0-9]+", text.lower())) for text in (written, reference)
    )
    common = (ours & theirs).total()
    return 2 * common / max(ours.total() + theirs.total(), 1)


def examples_of(visits: Sequence[Visit], least_share: float = LEAST_SHARE) -> list[Example]:
    """Features and labels of all units of all visits."""
    documents = [stems_of(visit.note) for visit in visits]
    idf = inverse_document_frequency(documents)
    examples = []
    for visit in visits:
        talk = read_talk(visit.utterances)
        lines = note_lines(visit.note)
        classes = [label(unit.text, lines, idf, least_share)[0] for unit in talk.units]
        examples.append(Example(visit, talk_features(talk), classes))
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
        balance=division_balance([example.classes for example in examples]),
    )


def phase_moves(sequences: Sequence[Sequence[str]]) -> NDArray[np.float32]:
    """Log chances (phases, phases) that a unit in one phase is followed by one in another."""
    counts = np.ones((len(DIVISIONS), len(DIVISIONS)), dtype=np.float64)
    for classes in sequences:
        phases = [DIVISIONS.index(name) for name in classes if name != NONE]
        for phase, following in pairwise(phases):
            counts[phase, following] += 1
    chances = np.log(counts / counts.sum(axis=1, keepdims=True))
    return np.asarray(_MOVES_WEIGHT * chances, dtype=np.float32)


def division_balance(sequences: Sequence[Sequence[str]]) -> NDArray[np.float32]:
    """Log share of each division, weighed so that rare ones (results) are found too."""
    counts = np.array(
        [1 + sum(classes.count(name) for classes in sequences) for name in DIVISIONS],
        dtype=np.float64,
    )
    return np.asarray(_BALANCE_WEIGHT * np.log(counts / counts.sum()), dtype=np.float32)


def save_model(path: Path, model: DivisionModel) -> None:
    """Writes the model as float16 npz; the same model gives the same file."""
    np.savez_compressed(
        path,
        features=pack_names(list(model.features)),
        weights=model.weights.astype(np.float16),
        bias=model.bias,
        moves=model.moves,
        balance=model.balance,
    )
