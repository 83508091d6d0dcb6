"""CTC scores -> the likeliest label of each frame, repeats and blanks taken away."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from medscribe.speech.medasr.tokens import Token


def greedy(log_probs: NDArray[np.float32], pieces: Sequence[str], blank: int) -> list[Token]:
    """Tokens in order; log_probs: (frames, len(pieces)), natural logarithms of probabilities."""
    labels = log_probs.argmax(axis=1)
    starts = np.flatnonzero(np.diff(labels, prepend=-1))
    ends = [*starts[1:], len(labels)][: len(starts)]
    return [
        token_over(log_probs, pieces, int(labels[start]), int(start), int(end))
        for start, end in zip(starts, ends, strict=True)
        if labels[start] != blank
    ]


def token_over(
    log_probs: NDArray[np.float32], pieces: Sequence[str], label: int, start: int, end: int
) -> Token:
    """Label `label` over the frames [start, end), with the mean of its probability there."""
    probability = float(np.exp(log_probs[start:end, label]).mean())
    return Token(piece=pieces[label], start=start, end=end, probability=probability)


def log_softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Logits (frames, pieces) -> natural logarithms of probabilities, same shape."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    normalised: NDArray[np.float32] = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return normalised
