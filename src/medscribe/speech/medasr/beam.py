"""CTC scores + a language model -> the likeliest pieces, by prefix beam search.

Every prefix (the pieces so far) carries the summed probability of all ways to label the frames
that read as it, once for those that end in a blank and once for those that end in its last piece
(Hannun et al. 2014, arXiv 1408.2873; Graves 2006 for the sums). Beside each sum it carries the
best single way, which says on which frames each piece lies. All in natural logarithms.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from medscribe.speech.medasr.greedy import token_over
from medscribe.speech.medasr.tokens import Token

NEVER = float("-inf")

TOKEN_FLOOR = -5.0
"""Pieces below this in a frame are not tried there (probability under 0.7 %)."""

BEAM_FLOOR = -10.0
"""Prefixes this far behind the best are dropped, however few there are."""

Spans = tuple["Spans", int, int, int] | None
"""Linked from the last piece to the first: (pieces before, label, first frame, end frame)."""


class Scorer(Protocol):
    """A language model over labels; see `PieceScorer`."""

    def start(self) -> object: ...

    def score(self, state: object, label: int) -> tuple[float, object]: ...

    def end(self, state: object) -> float: ...


@dataclass(eq=False)
class _Prefix:
    """A node of the tree of prefixes, with the language model's score of all its pieces."""

    label: int
    score: float
    state: object
    longer: dict[int, "_Prefix"] = field(default_factory=dict)

    def followed_by(self, label: int, scorer: Scorer | None) -> "_Prefix":
        found = self.longer.get(label)
        if found is None:
            added, state = scorer.score(self.state, label) if scorer else (0.0, None)
            found = self.longer[label] = _Prefix(label, self.score + added, state)
        return found


@dataclass
class _Ending:
    """All ways to read as one prefix with one kind of ending: their sum, the best, its frames."""

    total: float = NEVER
    best: float = NEVER
    spans: Spans = None

    def add(self, total: float, best: float, spans: Spans) -> None:
        self.total = _log_add(self.total, total)
        if best > self.best:
            self.best, self.spans = best, spans


@dataclass
class _Hypothesis:
    blank: _Ending = field(default_factory=_Ending)
    piece: _Ending = field(default_factory=_Ending)

    @property
    def total(self) -> float:
        return _log_add(self.blank.total, self.piece.total)

    @property
    def likelier(self) -> _Ending:
        return self.blank if self.blank.best >= self.piece.best else self.piece


_Beam = dict[_Prefix, _Hypothesis]


def beam_search(
    log_probs: NDArray[np.float32],
    pieces: Sequence[str],
    blank: int,
    *,
    width: int,
    scorer: Scorer | None = None,
    token_floor: float = TOKEN_FLOOR,
    beam_floor: float = BEAM_FLOOR,
) -> list[Token]:
    """The likeliest tokens with their frames; log_probs: (frames, len(pieces)).

    `width` prefixes are kept after each frame. Without a scorer sound alone decides.
    """
    root = _Prefix(label=-1, score=0.0, state=scorer.start() if scorer else None)
    beam: _Beam = {root: _Hypothesis(blank=_Ending(total=0.0, best=0.0))}
    for frame, row in enumerate(log_probs):
        likely = {int(label) for label in np.flatnonzero(row >= token_floor)}
        likely.add(int(row.argmax()))
        scores = {label: float(row[label]) for label in likely}
        beam = _kept(_advance(beam, frame, scores, blank, scorer), width, beam_floor)
    best = max(beam, key=lambda prefix: _final(prefix, beam[prefix], scorer))
    return [
        token_over(log_probs, pieces, label, start, end)
        for label, start, end in _unrolled(beam[best].likelier.spans)
    ]


def _advance(
    beam: _Beam, frame: int, scores: dict[int, float], blank: int, scorer: Scorer | None
) -> _Beam:
    """The beam one frame later: every prefix with every likely label of that frame."""
    after: _Beam = {}
    for prefix, now in beam.items():
        for label, score in scores.items():
            if label == blank:
                then = after.setdefault(prefix, _Hypothesis()).blank
                then.add(now.total + score, now.likelier.best + score, now.likelier.spans)
                continue
            source = now.likelier
            total = now.total
            if label == prefix.label:
                # The same label again is the same piece, unless a blank stood between them.
                _stay(after.setdefault(prefix, _Hypothesis()).piece, now.piece, frame, score)
                source, total = now.blank, now.blank.total
            if total > NEVER:
                longer = after.setdefault(prefix.followed_by(label, scorer), _Hypothesis())
                spans = (source.spans, label, frame, frame + 1)
                longer.piece.add(total + score, source.best + score, spans)
    return after


def _stay(then: _Ending, now: _Ending, frame: int, score: float) -> None:
    """The last piece goes on for a frame."""
    if now.spans is not None and now.total > NEVER:
        before, label, start, _ = now.spans
        then.add(now.total + score, now.best + score, (before, label, start, frame + 1))


def _kept(beam: _Beam, width: int, beam_floor: float) -> _Beam:
    ranked = sorted(beam, key=lambda prefix: beam[prefix].total + prefix.score, reverse=True)
    floor = beam[ranked[0]].total + ranked[0].score + beam_floor
    return {
        prefix: beam[prefix]
        for prefix in ranked[:width]
        if beam[prefix].total + prefix.score >= floor
    }


def _final(prefix: _Prefix, hypothesis: _Hypothesis, scorer: Scorer | None) -> float:
    ending = scorer.end(prefix.state) if scorer else 0.0
    return hypothesis.total + prefix.score + ending


def _unrolled(spans: Spans) -> list[tuple[int, int, int]]:
    """(label, first frame, end frame) from the first piece to the last."""
    pieces = []
    while spans is not None:
        spans, label, start, end = spans
        pieces.append((label, start, end))
    return pieces[::-1]


def _log_add(a: float, b: float) -> float:
    """log(exp(a) + exp(b)), also for -inf."""
    high, low = (a, b) if a > b else (b, a)
    return high if low == NEVER else high + math.log1p(math.exp(low - high))
