"""Clusters of voices, found anew -> the names that they had before."""

import numpy as np
from numpy.typing import NDArray


def best_names(agreement: NDArray[np.float64]) -> list[int]:
    """The name of each cluster, no name twice, for the most agreement in all.

    agreement: (clusters, names), how much of a cluster had a name before; at least as many names as
    clusters. Among equals the lowest names win. Work grows with two to the number of names.
    """
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for row in agreement.tolist():
        longer: dict[int, tuple[float, list[int]]] = {}
        for used, (total, names) in best.items():
            for name, gained in enumerate(row):
                with_it = used | 1 << name
                if with_it != used and total + gained > longer.get(with_it, (-1.0, []))[0]:
                    longer[with_it] = (total + gained, [*names, name])
        best = longer
    return max(best.values(), key=lambda found: found[0])[1]
