"""Speech spans <-> small steps in time: where to look, and what was seen as speaker turns."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import SpeakerTurn


def evenly(span: TimeSpan, hop_seconds: float) -> NDArray[np.float64]:
    """Middles of the equal parts, about `hop_seconds` long, of a span; at least one."""
    count = max(round(span.duration / hop_seconds), 1)
    return span.start + span.duration * (np.arange(count) + 0.5) / count


def turns_of(
    spans: Sequence[TimeSpan],
    times: Sequence[NDArray[np.float64]],
    path: NDArray[np.intp],
) -> list[SpeakerTurn]:
    """Runs of one speaker inside each span; labels in order of first appearance.

    times: middles of the steps of each span; path: the speaker at each step, of all spans in order.
    """
    names: dict[int, str] = {}
    turns: list[SpeakerTurn] = []
    parts = np.split(path, np.cumsum([len(middles) for middles in times])[:-1])
    for span, middles, part in zip(spans, times, parts, strict=True):
        changes = np.flatnonzero(np.diff(part)) + 1
        edges = [span.start, *((middles[changes - 1] + middles[changes]) / 2).tolist(), span.end]
        for voice, (start, end) in zip(part[[0, *changes]].tolist(), pairwise(edges), strict=True):
            label = names.setdefault(voice, f"S{len(names) + 1}")
            turns.append(SpeakerTurn(label=label, span=TimeSpan(start=start, end=end)))
    return turns
