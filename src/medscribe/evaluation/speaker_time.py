"""Who spoke when, twice -> diarization error rate and Jaccard error rate."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from medscribe.domain.transcript import SpeakerTurn
from medscribe.evaluation.scoring_libraries import scoring_library

FRAME_SECONDS = 0.01
COLLAR_SECONDS = 0.25
"""Left out of scoring on either side of every start and end in the reference (NIST md-eval)."""


def speaker_time_errors(
    reference: Sequence[SpeakerTurn], hypothesis: Sequence[SpeakerTurn]
) -> tuple[float, float]:
    """(seconds wrong, seconds of speech in the reference), both outside the collars.

    Diarization error rate is their ratio, over several recordings that of the sums. Wrong is
    missed speech, false alarm and speech of another speaker; where two speak at once both count.
    Speakers are mapped one to one for the most time together.
    """
    end = max((turn.span.end for turn in (*reference, *hypothesis)), default=0.0)
    scored = _outside_collars(reference, end)
    said = _activity(reference, end)[:, scored]
    found = _activity(hypothesis, end)[:, scored]
    together = said.astype(np.int64) @ found.T.astype(np.int64)
    rows, columns = scoring_library("scipy.optimize").linear_sum_assignment(-together)
    speaking, heard = said.sum(axis=0), found.sum(axis=0)
    wrong = np.maximum(speaking, heard).sum() - together[rows, columns].sum()
    return float(wrong) * FRAME_SECONDS, float(speaking.sum()) * FRAME_SECONDS


def jaccard_errors(
    reference: Sequence[SpeakerTurn], hypothesis: Sequence[SpeakerTurn]
) -> list[float]:
    """The error of each reference speaker, 0..1, in order of first appearance.

    1 - intersection / union of his time and that of the voice mapped to him; 1 where none is left
    for him. Jaccard error rate is the mean, over several recordings over the speakers of all
    (Ryant et al. 2019, DIHARD II; dscore 1.0.1). No collar, as there: every 10 ms count. The
    mapping is one to one for the least sum of errors, and need not be that of the diarization
    error rate. Each speaker weighs the same, so that a patient who says little is not lost.
    """
    end = max((turn.span.end for turn in (*reference, *hypothesis)), default=0.0)
    said = _activity(reference, end).astype(np.int64)
    found = _activity(hypothesis, end).astype(np.int64)
    together = said @ found.T
    union = said.sum(axis=1)[:, None] + found.sum(axis=1)[None] - together
    errors = 1.0 - together / np.maximum(union, 1)
    rows, columns = scoring_library("scipy.optimize").linear_sum_assignment(errors)
    of_speaker = np.ones(len(said))
    of_speaker[rows] = errors[rows, columns]
    return [float(error) for error in of_speaker]


def _frame(seconds: float) -> int:
    return round(seconds / FRAME_SECONDS)


def _activity(turns: Sequence[SpeakerTurn], end: float) -> NDArray[np.bool_]:
    """(speakers, frames) True where the speaker talks."""
    labels = list(dict.fromkeys(turn.label for turn in turns))
    active = np.zeros((len(labels), _frame(end)), dtype=np.bool_)
    for turn in turns:
        active[labels.index(turn.label), _frame(turn.span.start) : _frame(turn.span.end)] = True
    return active


def _outside_collars(reference: Sequence[SpeakerTurn], end: float) -> NDArray[np.bool_]:
    scored = np.ones(_frame(end), dtype=np.bool_)
    for turn in reference:
        for edge in (turn.span.start, turn.span.end):
            scored[max(0, _frame(edge - COLLAR_SECONDS)) : _frame(edge + COLLAR_SECONDS)] = False
    return scored
