"""Features of units -> a division of the note for each, with how sure the model is.

Linear softmax model (numpy only), then the best path through the phases of a visit (Viterbi):
a visit moves from history to examination, results and plan and seldom back.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import numpy as np
from numpy.typing import NDArray

from medscribe.clinical.linear import unpack_names

NONE = "none"
DIVISIONS = ("subjective", "exam", "results", "assessment_and_plan")
CLASSES = (NONE, *DIVISIONS)
# Units less likely to be worth a place say nothing about the phase of the visit.
_COUNTS_FROM = 0.1
# How soon a unit's own words outweigh the phase around it.
_TRUST = 6.0


@dataclass(frozen=True)
class Sorted:
    """Where a unit belongs and how likely it belongs in a note at all (0..1)."""

    division: str
    worth: float


@dataclass(frozen=True)
class DivisionModel:
    """`weights` float32 (features, classes), `bias` (classes,), `moves` log (phases, phases),
    `balance` log (phases,): how much commoner some divisions are, taken off before choosing."""

    features: dict[str, int]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    moves: NDArray[np.float32]
    balance: NDArray[np.float32]

    def score(self, names: Iterable[str]) -> NDArray[np.float32]:
        """(classes,), what the features of one unit add to each class."""
        known = [self.features[name] for name in names if name in self.features]
        added: NDArray[np.float32] = self.weights[known].sum(axis=0)
        return added

    def probabilities(self, rows: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """(rows, classes) of rows of names of features; each sums to 1; `CLASSES` names the
        columns."""
        return self.chances(np.array([self.score(names) for names in rows]))

    def chances(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """Probabilities (units, classes) of scores of that shape, the bias not yet in them."""
        scores = scores + self.bias
        scores -= scores.max(axis=1, keepdims=True)
        odds = np.exp(scores)
        result: NDArray[np.float32] = odds / odds.sum(axis=1, keepdims=True)
        return result

    def sort(self, rows: Sequence[Sequence[str]]) -> list[Sorted]:
        """One answer per row of names of features, in order."""
        return self.sort_scores(np.array([self.score(names) for names in rows])) if rows else []

    def sort_scores(self, scores: NDArray[np.float32]) -> list[Sorted]:
        """One answer per row of scores (units, classes), in order; the bias is not yet in them."""
        chances = self.chances(scores)
        phases = best_path(chances, self.moves, self.balance)
        worths = (1 - chances[:, 0]).tolist()
        return [
            Sorted(DIVISIONS[phase], worth) for phase, worth in zip(phases, worths, strict=True)
        ]


def best_path(
    chances: NDArray[np.float32], moves: NDArray[np.float32], balance: NDArray[np.float32]
) -> list[int]:
    """The most likely phase of each row: Viterbi over (rows, classes) with log `moves`.

    Only rows that may be worth a place count; the others stand in the phase of the row before.
    """
    worth = 1 - chances[:, 0]
    rows = np.flatnonzero(worth >= _COUNTS_FROM)
    if not len(rows):
        return [0] * len(chances)
    inside = chances[:, 1:] / np.maximum(worth[:, None], 1e-6)
    odds = np.log(inside[rows] + 1e-4) - balance
    emitted = odds * np.minimum(1.0, worth[rows, None] * _TRUST)
    path = _viterbi(emitted, moves)
    phases = [0] * len(chances)
    for row, phase in zip(rows.tolist(), path, strict=True):
        phases[row] = phase
    counts = (worth >= _COUNTS_FROM).tolist()
    for place in range(1, len(phases)):
        if not counts[place]:
            phases[place] = phases[place - 1]
    return phases


def _viterbi(emitted: NDArray[np.float32], moves: NDArray[np.float32]) -> list[int]:
    # Plain numbers: of so few phases an array costs more than it saves.
    first, *others = emitted.tolist()
    into = moves.T.tolist()
    best = first
    best[0] += 1.0  # visits begin with history
    backs = []
    for row in others:
        paths = [
            [so_far + move for so_far, move in zip(best, moved, strict=True)] for moved in into
        ]
        tops = [max(path) for path in paths]
        backs.append([path.index(top) for path, top in zip(paths, tops, strict=True)])
        best = [top + here for top, here in zip(tops, row, strict=True)]
    path = [best.index(max(best))]
    for back in reversed(backs):
        path.append(back[path[-1]])
    return path[::-1]


def read_model(path: Traversable) -> DivisionModel:
    """The model that `medscribe.training.note` wrote."""
    with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as stored:
        names = unpack_names(stored["features"])
        return DivisionModel(
            features={name: number for number, name in enumerate(names)},
            weights=stored["weights"].astype(np.float32),
            bias=stored["bias"].astype(np.float32),
            moves=stored["moves"].astype(np.float32),
            balance=stored["balance"].astype(np.float32),
        )


@cache
def shipped_model() -> DivisionModel:
    """The model in this package."""
    return read_model(files("medscribe.note") / "models" / "extractive.npz")
