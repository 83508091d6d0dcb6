"""Voiceprints of windows -> which of them are one voice.

Average-linkage clustering by cosine similarity, then k-means. A count of speakers is estimated by
taking the largest number of clusters that are all big and none a mixture of the others.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Labels = NDArray[np.intp]

# A mean voiceprint is of a person of its own where the others explain less of it than this.
# Measured on steady windows of the three recorded visits of Fareez et al. 2022 and their voices
# put together anew: different people 0.64 to 0.84, a third cluster where two speak 0.89 and more.
SAME_VOICE = 0.85
# Noise makes voices more alike, two people up to 0.885 at 10 dB. Where there are many windows, two
# are told from one up to this: one person's speech split by force is at 0.913 and more.
_SAME_VOICE_OF_TWO = 0.89
_MANY_WINDOWS = 100
# A cluster below this share of the windows, or this number, is a cough or a door, not a speaker.
_LEAST_SHARE = 0.02
_LEAST_WINDOWS = 12
# Where the count is given, each speaker is taken to say at least so much: otherwise a secretary's
# one sentence takes the place of the patient.
_LEAST_SHARE_OF_GIVEN = 0.05
# Share of the windows that is clustered, and how far apart two neighbours may be centred.
_STEADY_SHARE = 0.75
_NEIGHBOUR_SECONDS = 0.9
_FEWEST_TO_CHOOSE_FROM = 20
# The tree's work grows with the third power of the windows; an evenly thinned set is enough.
_TREE_WINDOWS = 700
_KMEANS_ROUNDS = 20


def cluster_voices(
    prints: Floats,
    num_speakers: int | None,
    *,
    max_speakers: int,
    least_windows: int = _LEAST_WINDOWS,
) -> Labels:
    """Labels 0, 1 ... (windows,) for unit voiceprints float32 (windows, 256).

    `num_speakers` clusters, fewer only where there are fewer windows; None: estimated, at most
    `max_speakers`. A cluster of fewer than `least_windows` is no speaker, if there are others.
    """
    tree = _Tree(_thinned(prints), least_windows)
    if num_speakers is not None:
        least = max(tree.least_size, round(_LEAST_SHARE_OF_GIVEN * len(tree.leaves)))
        while not (clusters := tree.cut(min(num_speakers, len(tree.leaves)), least)):
            least //= 2
        return _refined(prints, tree.leaves, clusters)
    for count in range(max_speakers, 1, -1):
        if clusters := tree.cut(count, tree.least_size):
            labels = _refined(prints, tree.leaves, clusters)
            two = count == 2 and len(prints) >= _MANY_WINDOWS
            limit = _SAME_VOICE_OF_TWO if two else SAME_VOICE
            if _all_different(centroids(prints, labels), limit):
                return labels
    return np.zeros(len(prints), np.intp)


def steady_windows(prints: Floats, centres: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which windows hold one voice alone, most likely: (windows,).

    Where the speaker changes, the window before and the window after are unlike each other. The
    quarter with the most unlike neighbours is left out, or none of a short recording.
    """
    if len(prints) < _FEWEST_TO_CHOOSE_FROM:
        return np.ones(len(prints), np.bool_)
    change = np.zeros(len(prints))
    change[1:-1] = 1 - np.einsum("ij,ij->i", prints[:-2], prints[2:])
    apart = centres[2:] - centres[:-2] > _NEIGHBOUR_SECONDS
    change[1:-1][apart] = np.median(change)
    return np.asarray(change <= np.quantile(change, _STEADY_SHARE), np.bool_)


def centroids(prints: Floats, labels: Labels) -> Floats:
    """Mean voiceprint of each label at unit length, float32 (labels, 256)."""
    sums = [prints[labels == label].sum(axis=0) for label in range(labels.max() + 1)]
    return _unit(np.stack(sums))


def _thinned(prints: Floats) -> Floats:
    chosen = np.linspace(0, len(prints) - 1, min(len(prints), _TREE_WINDOWS)).round()
    return prints[chosen.astype(np.intp)]


def _all_different(means: Floats, limit: float) -> bool:
    """Whether no mean voiceprint is another's, or a mixture of the others: two voices at once."""
    for index, mean in enumerate(means):
        others = np.delete(means, index, axis=0)
        shares = np.linalg.lstsq(others.T, mean)[0]
        mixture = shares @ others
        if mixture @ mean > limit * np.linalg.norm(mixture):
            return False
    return True


class _Tree:
    """Merges of average linkage by cosine, from every leaf alone to all together."""

    def __init__(self, leaves: Floats, least_windows: int) -> None:
        self.leaves = leaves
        self.least_size = max(least_windows, round(_LEAST_SHARE * len(leaves)))
        self._merges = _merges(leaves)

    def cut(self, count: int, least: int) -> list[list[int]]:
        """The `count` clusters of `least` leaves and more, at the latest moment with so many.

        As leaf numbers; [] where there never were so many. Smaller clusters are left out.
        """
        members = {leaf: [leaf] for leaf in range(len(self.leaves))}
        alone = list(members.values())
        found = alone if least <= 1 and len(alone) == count else []
        for kept, gone in self._merges:
            members[kept] = members[kept] + members.pop(gone)
            big = [cluster for cluster in members.values() if len(cluster) >= least]
            found = big if len(big) == count else found
        return found


def _merges(leaves: Floats) -> list[tuple[int, int]]:
    """Pairs (kept, gone) in the order in which the most alike clusters join."""
    likeness = leaves @ leaves.T
    np.fill_diagonal(likeness, -np.inf)
    sizes = np.ones(len(leaves), np.float32)
    merges: list[tuple[int, int]] = []
    for _ in range(len(leaves) - 1):
        kept, gone = sorted(divmod(int(likeness.argmax()), len(leaves)))
        joint = sizes[kept] * likeness[kept] + sizes[gone] * likeness[gone]
        joint /= sizes[kept] + sizes[gone]
        joint[[kept, gone]] = -np.inf
        likeness[kept], likeness[:, kept] = joint, joint
        likeness[gone], likeness[:, gone] = -np.inf, -np.inf
        sizes[kept] += sizes[gone]
        merges.append((kept, gone))
    return merges


def _refined(prints: Floats, leaves: Floats, clusters: list[list[int]]) -> Labels:
    """Every window to the nearest mean, the means to their windows, until nothing changes."""
    means = np.stack([_unit(leaves[cluster].sum(axis=0)) for cluster in clusters])
    labels = (prints @ means.T).argmax(axis=1)
    for _ in range(_KMEANS_ROUNDS):
        if len(np.unique(labels)) < len(clusters):
            break  # equal voiceprints: one mean has lost all its windows
        updated = (prints @ centroids(prints, labels).T).argmax(axis=1)
        if np.array_equal(updated, labels):
            break
        labels = updated
    return np.unique(labels, return_inverse=True)[1].astype(np.intp)


def _unit(vectors: Floats) -> Floats:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, 1e-9), np.float32)
