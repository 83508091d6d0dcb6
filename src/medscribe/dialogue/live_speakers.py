"""Spans of voice as they come -> who seems to speak, corrected as more is heard.

All voiceprints kept are clustered anew with every span: means that run along with a visit drift,
and never take a mistake back. The labels are provisional; when the visit ends, a diarizer hears the
whole recording.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from medscribe.dialogue.clustering import centroids, cluster_voices, steady_windows
from medscribe.dialogue.mel import FRAME_HOP, mel_power
from medscribe.dialogue.voice_names import best_names
from medscribe.dialogue.voiceprint_encoder import SIZE, load_encoder
from medscribe.domain.sound import SAMPLE_RATE
from medscribe.domain.spans import TimeSpan

Floats = NDArray[np.float32]
Labels = NDArray[np.intp]

# A shorter span has too little voice for a voiceprint; up to the longer time it has enough to be
# given to a known voice, not to find one.
_LEAST_SECONDS, _LEAST_SECONDS_TO_CLUSTER = 0.4, 0.8
# Windows as the encoder was trained on; further apart than those of the offline diarizer, since
# the few windows of one span cost more each than all of a recording at once.
_WINDOW_SECONDS, _HOP_SECONDS = 1.6, 0.8
_FRAMES_PER_SECOND = SAMPLE_RATE // FRAME_HOP
# Mean square to which speech is brought, as for the offline diarizer.
_REFERENCE_POWER = 0.0025
# The clusters are found in an evenly thinned set, a few milliseconds a span.
_CLUSTERED_PRINTS = 240
_MOST_SPEAKERS = 4
# Fewest windows of a speaker, where the number of speakers is given and where it is estimated;
# with fewer, one person's own sentences are divided before the other's few words are found.
_LEAST_WINDOWS, _LEAST_WINDOWS_TO_COUNT = 3, 6
# Mean voiceprints more alike than this are of one person (see `clustering`). As long as little was
# heard they must be more unlike, or one person's first sentences would be divided.
_SAME_VOICE, _SAME_VOICE_AT_FIRST, _FIRST_WINDOWS = 0.89, 0.8, 12


class LiveSpeakers:
    """Follows one visit. Names stay with their voices: a correction may give an old span to the
    other speaker, it never exchanges "S1" and "S2".

    Costs about 2 % of one processor core, and at most 2,000 voiceprints (2 MB) and a few numbers
    per second of speech however long the visit is.
    """

    def __init__(self, num_speakers: int | None = 2, *, most_prints: int = 2000) -> None:
        """num_speakers: the visit's; None estimates it, up to 4."""
        self._wanted, self._most_prints = num_speakers, most_prints
        self._encoder = load_encoder()
        self._energy, self._samples = 0.0, 0
        self._spans: list[TimeSpan] = []
        self._last_window: list[int] = []  # of each span, one beyond
        self._centres = np.zeros(0)
        self._speakers = np.zeros(0, np.intp)  # of each window, as last seen
        self._prints = np.zeros((0, SIZE), np.float32)
        self._printed = np.zeros(0, np.intp)  # the window of each print
        self._lasting = np.zeros(0, np.bool_)  # whether it may be clustered
        self._votes = np.zeros((0, num_speakers or _MOST_SPEAKERS))  # how often it had each name

    def add(self, span: TimeSpan, samples: NDArray[np.float32]) -> str:
        """The label of the span as it seems now; where two speak in it, of the one who ends it.

        span: where a voice was heard, after the spans before; samples: float32 (n,) at 16 kHz, the
        sound of this span alone. A span under 0.4 s takes the label before it.
        """
        heard = self._windows(span, samples)
        self._spans.append(span)
        self._last_window.append(len(self._centres) + len(heard))
        if len(heard):
            lasting = span.duration >= _LEAST_SECONDS_TO_CLUSTER
            self._keep(span.start + heard, self._encoded(samples, heard), lasting)
            self._cluster()
        windows = len(self._speakers)
        return _label(int(self._speakers[-1]) if windows else 0)

    def labels(self) -> list[tuple[TimeSpan, str]]:
        """All spans so far in order with their labels as they seem now.

        A span in which the speaker changes is divided there, to about half a second.
        """
        found: list[tuple[TimeSpan, str]] = []
        first, before = 0, 0
        for span, last in zip(self._spans, self._last_window, strict=True):
            pieces = self._pieces(span, first, last, before)
            found += [(piece, _label(speaker)) for piece, speaker in pieces]
            first, before = last, pieces[-1][1]
        return found

    @property
    def prints_kept(self) -> int:
        """Voiceprints in memory."""
        return len(self._prints)

    def _pieces(
        self, span: TimeSpan, first: int, last: int, before: int
    ) -> list[tuple[TimeSpan, int]]:
        """A span's windows as runs of one speaker; `before` speaks where it has no window."""
        if first == last:
            return [(span, before)]
        speakers, centres = self._speakers[first:last], self._centres[first:last]
        changes = np.flatnonzero(np.diff(speakers)) + 1
        edges = [span.start, *((centres[changes - 1] + centres[changes]) / 2).tolist(), span.end]
        return [
            (TimeSpan(start=start, end=end), speaker)
            for speaker, (start, end) in zip(
                speakers[[0, *changes]].tolist(), pairwise(edges), strict=True
            )
        ]

    def _windows(self, span: TimeSpan, samples: Floats) -> NDArray[np.float64]:
        """Middles of the windows of a span, seconds from its start; none where all is one voice."""
        seconds = min(len(samples) / SAMPLE_RATE, span.duration)
        if seconds < _LEAST_SECONDS or self._wanted == 1:
            return np.zeros(0)
        length = min(_WINDOW_SECONDS, seconds)
        count = round((seconds - length) / _HOP_SECONDS) + 1
        return np.linspace(length / 2, seconds - length / 2, count)

    def _encoded(self, samples: Floats, centres: NDArray[np.float64]) -> Floats:
        self._energy += float(samples @ samples)
        self._samples += len(samples)
        level = max(self._energy / self._samples, 1e-12)
        power = mel_power(samples) * np.float32(_REFERENCE_POWER / level)
        frames = round(min(_WINDOW_SECONDS, len(samples) / SAMPLE_RATE) * _FRAMES_PER_SECOND)
        starts = np.round(centres * _FRAMES_PER_SECOND).astype(np.intp) - frames // 2
        return self._encoder.encode(power, starts, frames=frames)

    def _keep(self, centres: NDArray[np.float64], prints: Floats, lasting: bool) -> None:
        """Adds windows; of too many prints every second of the older half goes, and the windows
        that lose theirs keep the speaker they have."""
        windows = len(self._centres) + np.arange(len(centres))
        self._centres = np.append(self._centres, centres)
        self._speakers = np.append(self._speakers, np.zeros(len(centres), np.intp))
        self._prints = np.concatenate([self._prints, prints])
        self._printed = np.append(self._printed, windows)
        self._lasting = np.append(self._lasting, np.full(len(centres), lasting))
        self._votes = np.pad(self._votes, ((0, len(centres)), (0, 0)))
        if len(self._prints) > self._most_prints:
            kept = np.ones(len(self._prints), np.bool_)
            kept[1 : len(kept) // 2 : 2] = False
            self._prints, self._printed = self._prints[kept], self._printed[kept]
            self._lasting, self._votes = self._lasting[kept], self._votes[kept]

    def _cluster(self) -> None:
        voices = self._voices()
        clusters = (self._prints @ voices.T).argmax(axis=1)
        if self._votes[:, 1:].any():
            names = best_names(
                np.stack([self._votes[clusters == n].sum(axis=0) for n in range(len(voices))])
            )
        else:
            # No second name yet: they are given in order of appearance.
            order = list(dict.fromkeys([*clusters.tolist(), *range(len(voices))]))
            names = [order.index(number) for number in range(len(voices))]
        named = np.asarray(names, np.intp)[clusters]
        self._votes[np.arange(len(named)), named] += 1
        self._speakers[self._printed] = named

    def _voices(self) -> Floats:
        """The mean voiceprint of each speaker that can be told apart, float32 (speakers, 256)."""
        lasting = self._lasting if self._lasting.any() else np.ones_like(self._lasting)
        clear, centres = self._prints[lasting], self._centres[self._printed[lasting]]
        steady = clear[steady_windows(clear, centres)]
        chosen = np.linspace(0, len(steady) - 1, min(len(steady), _CLUSTERED_PRINTS)).round()
        prints = steady[chosen.astype(np.intp)]
        least = _LEAST_WINDOWS if self._wanted else _LEAST_WINDOWS_TO_COUNT
        labels = cluster_voices(
            prints, self._wanted, max_speakers=_MOST_SPEAKERS, least_windows=least
        )
        limit = _SAME_VOICE if len(clear) >= _FIRST_WINDOWS else _SAME_VOICE_AT_FIRST
        return _unlike(prints, labels, limit)


def _unlike(prints: Floats, labels: Labels, limit: float) -> Floats:
    """Means of the clusters, those that are too alike put together."""
    while True:
        voices = centroids(prints, labels)
        likeness = voices @ voices.T
        np.fill_diagonal(likeness, -1.0)
        one, other = sorted(divmod(int(likeness.argmax()), len(voices)))
        if likeness[one, other] <= limit:
            return voices
        labels = np.where(labels == other, one, labels)
        labels = np.unique(labels, return_inverse=True)[1].astype(np.intp)


def _label(speaker: int) -> str:
    return f"S{speaker + 1}"
