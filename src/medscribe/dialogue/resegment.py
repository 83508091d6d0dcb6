"""Clustered windows -> who speaks in every 50 ms, with changes placed where they are likely.

Each voice is a Gaussian in the few directions in which the voices differ; the best path over time
changes speaker rarely, and more readily in a pause than inside a word.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medscribe.dialogue.clustering import Floats, Labels, centroids

STEP_SECONDS = 0.05
# Weight of one step's evidence: neighbouring windows overlap, so their evidence is no new one.
_EVIDENCE = 0.25
# Log-odds that a change of speaker must be worth, in full voice and in a pause. Both and the
# weight above were chosen on turns of the three recorded visits that were cut up and put together
# anew, half of them under 1.2 s long.
_CHANGE_IN_SPEECH = 5.0
_CHANGE_IN_PAUSE = 0.3
# Silence says little about the speaker; not nothing, or a path could not cross it.
_LEAST_ACTIVITY = 0.05
_ROUNDS = 2


@dataclass(frozen=True)
class Windows:
    """Voiceprints float32 (n, 256) of windows and the second each is centred on, in order."""

    prints: Floats
    centres: NDArray[np.float64]


@dataclass(frozen=True)
class Steps:
    """Times (t,) in seconds, in order, and how much voice there is at each, 0..1 (t,)."""

    times: NDArray[np.float64]
    activity: Floats


def resegment(windows: Windows, labels: Labels, steps: Steps) -> Labels:
    """The speaker at each step, 0, 1 ... (t,), from a first label for each window."""
    path = np.zeros(len(steps.times), np.intp)
    for _ in range(_ROUNDS):
        if labels.max() == 0 or len(np.unique(labels)) <= labels.max():
            break
        evidence = _log_likelihoods(windows.prints, labels)
        voices = [np.interp(steps.times, windows.centres, each) for each in evidence.T]
        path = best_path(np.stack(voices, axis=1).astype(np.float32), steps.activity)
        nearest = np.searchsorted(steps.times, windows.centres).clip(0, len(path) - 1)
        labels = path[nearest]
    return path


def _log_likelihoods(prints: Floats, labels: Labels) -> Floats:
    """Up to a constant, of each window under each voice: float32 (windows, voices)."""
    means = centroids(prints, labels)
    differences = means - means.mean(axis=0)
    directions = np.linalg.svd(differences, full_matrices=False)[2][: len(means) - 1]
    points = prints @ directions.T
    middles = np.stack([points[labels == label].mean(axis=0) for label in range(len(means))])
    spread = points - middles[labels]
    covariance = spread.T @ spread / len(spread) + 1e-4 * np.eye(len(directions))
    away = points[:, None] - middles[None]
    distances = np.einsum("nki,ij,nkj->nk", away, np.linalg.inv(covariance), away)
    return np.asarray(-0.5 * distances, np.float32)


def best_path(voices: Floats, activity: Floats) -> Labels:
    """The likeliest speaker at each step, (steps,), from log-likelihoods (steps, voices).

    `activity` (steps,), 0..1: little of it makes a change of speaker cheap. Viterbi's algorithm.
    """
    evidence = voices * (_EVIDENCE * np.clip(activity, _LEAST_ACTIVITY, 1.0))[:, None]
    # A change may fall in a pause on either side of it.
    around = np.minimum(activity, np.append(activity[1:], activity[-1:]))
    costs = _CHANGE_IN_PAUSE + (_CHANGE_IN_SPEECH - _CHANGE_IN_PAUSE) * around
    keep = np.arange(voices.shape[1])
    came_from = np.empty(voices.shape, np.intp)
    score = evidence[0].astype(np.float64)
    for step in range(1, len(voices)):
        best = int(score.argmax())
        changes = score[best] - costs[step] > score
        came_from[step] = np.where(changes, best, keep)
        score = np.where(changes, score[best] - costs[step], score) + evidence[step]
    path = np.empty(len(voices), np.intp)
    path[-1] = score.argmax()
    for step in range(len(voices) - 1, 0, -1):
        path[step - 1] = came_from[step, path[step]]
    return path
