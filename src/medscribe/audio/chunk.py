"""Speech spans -> stretches short enough for a recogniser, cut where nobody speaks."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from medscribe.domain.sound import SAMPLE_RATE
from medscribe.domain.spans import TimeSpan

# A cut needs this much quiet around it; the search moves in steps of the second number.
_QUIET_SECONDS = 0.1
_STEP_SECONDS = 0.01


def chunk_speech(
    spans: Sequence[TimeSpan],
    samples: NDArray[np.float32],
    *,
    max_seconds: float = 28.0,
    join_pause_seconds: float = 1.5,
) -> list[TimeSpan]:
    """Stretches of at most `max_seconds` that together cover every span, in order, not overlapping.

    samples: float32 (n,) mono 16 kHz, the whole recording. Spans that are at most
    `join_pause_seconds` apart are joined: a Whisper pass costs the same for 2 s as for 30 s, but
    recognisers invent words in long silence. 0 keeps them apart, which suits PocketSphinx: it
    adapts to one voice at a time. A longer span is cut at the middle of its quietest 100 ms
    in the second half of what fits.
    """
    if max_seconds < 1:
        raise ValueError("a stretch of less than 1 s cannot be recognised")
    chunks: list[TimeSpan] = []
    for piece in _pieces(spans, samples, max_seconds):
        if chunks and _fits(chunks[-1], piece, max_seconds, join_pause_seconds):
            chunks[-1] = TimeSpan(start=chunks[-1].start, end=piece.end)
        else:
            chunks.append(piece)
    return chunks


def _fits(chunk: TimeSpan, piece: TimeSpan, max_seconds: float, pause: float) -> bool:
    near = 0 < pause >= piece.start - chunk.end
    return near and piece.end - chunk.start <= max_seconds


def _pieces(
    spans: Sequence[TimeSpan], samples: NDArray[np.float32], max_seconds: float
) -> Iterator[TimeSpan]:
    for span in _merged(spans):
        start = span.start
        while span.end - start > max_seconds:
            cut = _quietest(samples, start + max_seconds / 2, start + max_seconds)
            yield TimeSpan(start=start, end=cut)
            start = cut
        yield TimeSpan(start=start, end=span.end)


def _merged(spans: Sequence[TimeSpan]) -> list[TimeSpan]:
    """In order of time, overlapping ones made one."""
    merged: list[TimeSpan] = []
    for span in sorted(spans, key=lambda each: (each.start, each.end)):
        if merged and span.start < merged[-1].end:
            merged[-1] = TimeSpan(start=merged[-1].start, end=max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return merged


def _quietest(samples: NDArray[np.float32], earliest: float, latest: float) -> float:
    """Middle of the quietest 100 ms within [earliest, latest] seconds."""
    step = round(_STEP_SECONDS * SAMPLE_RATE)
    first = round(earliest * SAMPLE_RATE)
    part = samples[first : int(latest * SAMPLE_RATE)]
    steps = part[: len(part) // step * step].reshape(-1, step)
    width = round(_QUIET_SECONDS / _STEP_SECONDS)
    if len(steps) < width:
        return (earliest + latest) / 2
    energy = np.convolve(np.einsum("ij,ij->i", steps, steps), np.ones(width), mode="valid")
    middle = (int(energy.argmin()) + width / 2) * step
    return float(min(max((first + middle) / SAMPLE_RATE, earliest), latest))
