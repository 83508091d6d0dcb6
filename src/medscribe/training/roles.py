"""ACI-Bench and MTS-Dialog training dialogues -> the model that tells clinician from patient.

PriMock57 is not read, so that it stays a test: another country, another kind of visit.
"""

import csv
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from medscribe.dialogue.roles import RoleModel, read_role_model, turn_terms
from medscribe.domain.transcript import Role
from medscribe.errors import InputError, MissingDependencyError
from medscribe.training.note_corpus import read_swapped, read_visits

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

FEATURES = 2000
"""Terms kept of some 12,000: enough for the accuracy of all, in a file under 30 kB."""

LEAST_TURNS = 3
"""Turns in which a term must occur; rarer ones are mostly words of a single visit."""

INVERSE_REGULARISATION = 2.0
"""scikit-learn's C; 6 gives the same validation accuracy within 0.5 points."""

_MTS_TURN = re.compile(r"^\s*(Doctor|Patient)\s*:\s*(.*)$")

Turn = tuple[str, bool]
"""What was said, and whether a clinician said it."""


def train_role_model(data_dir: Path, out: Path) -> dict[str, float]:
    """Trains on `data_dir`/aci-bench and `data_dir`/mts-dialog and writes the model to `out`.

    Speaker tags that are known to be exchanged are put right; guests' turns are left out. The file
    is the same on every run. Returns numbers of turns and terms, and the turn accuracy (fraction)
    on both validation files. Raises `InputError` where a corpus is missing,
    `MissingDependencyError` without scikit-learn.
    """
    turns = [*_aci_turns(data_dir, "train.csv"), *_mts_turns(data_dir, "TrainingSet")]
    held_back = {
        "aci_bench_valid": _aci_turns(data_dir, "valid.csv"),
        "mts_dialog_validation": _mts_turns(data_dir, "ValidationSet"),
    }
    terms = _fit(turns, out)
    model = read_role_model(out)
    accuracies = {name: _turn_accuracy(model, some) for name, some in held_back.items()}
    return {"turns": float(len(turns)), "terms": float(terms), **accuracies}


def _fit(turns: Sequence[Turn], out: Path) -> int:
    """Fits on all frequent terms, keeps the most useful, fits again; the number of terms kept."""
    try:
        from medscribe.training.sparse import binary_matrix, column_names
    except ImportError:
        raise MissingDependencyError(
            "Training needs scikit-learn: install it with  pip install 'medscribe[train]'"
        ) from None
    rows = [turn_terms(text) for text, _ in turns]
    is_clinician = np.array([clinician for _, clinician in turns])
    columns = column_names(rows, LEAST_TURNS)
    matrix = binary_matrix(rows, columns)
    weights, _ = _regression(matrix, is_clinician)
    usefulness = np.abs(weights) * np.sqrt(matrix.getnnz(axis=0))
    best = np.argsort(-usefulness, kind="stable")[:FEATURES]
    columns = sorted(columns[index] for index in best)
    weights, intercept = _regression(binary_matrix(rows, columns), is_clinician)
    _write(out, dict(zip(columns, weights.tolist(), strict=True)), intercept)
    return len(columns)


def _regression(
    matrix: "csr_matrix", is_clinician: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], float]:
    """Weights (terms,) and intercept; every turn's row is scaled to length 1 before."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import normalize

    regression = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=2000, tol=1e-6)
    regression.fit(normalize(matrix), is_clinician)
    return regression.coef_[0], float(regression.intercept_[0])


def _write(out: Path, weights: dict[str, float], intercept: float) -> None:
    content = {
        "intercept": round(intercept, 2),
        "weights_in_hundredths": {term: round(100 * weight) for term, weight in weights.items()},
    }
    out.write_text(json.dumps(content, separators=(",", ":")) + "\n", "utf-8")


def _turn_accuracy(model: RoleModel, turns: Sequence[Turn]) -> float:
    scores = model.turn_scores([text for text, _ in turns])
    right = [(score > 0) == clinician for score, (_, clinician) in zip(scores, turns, strict=True)]
    return sum(right) / len(right)


def _aci_turns(data_dir: Path, name: str) -> list[Turn]:
    folder = data_dir / "aci-bench"
    visits = read_visits(_existing(folder / name), read_swapped(folder))
    return [
        (utterance.text, utterance.role is Role.CLINICIAN)
        for visit in visits
        for utterance in visit.utterances
        if utterance.role in (Role.CLINICIAN, Role.PATIENT)
    ]


def _mts_turns(data_dir: Path, name: str) -> list[Turn]:
    path = _existing(data_dir / "mts-dialog" / f"MTS-Dialog-{name}.csv")
    with path.open(encoding="utf-8", newline="") as lines:
        return [turn for row in csv.DictReader(lines) for turn in _turns(row["dialogue"])]


def _turns(dialogue: str) -> Iterator[Turn]:
    for line in dialogue.splitlines():
        found = _MTS_TURN.match(line)
        if found:
            yield found[2], found[1] == "Doctor"


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise InputError(
            f"{path.parent.name}/{path.name} is missing: name the folder that holds aci-bench and "
            "mts-dialog."
        )
    return path
