"""Rows of named features -> a sparse matrix and its column names."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from scipy.sparse import csr_matrix


def column_names(rows: Iterable[Iterable[str]], least_count: int) -> list[str]:
    """Names that occur in at least `least_count` rows, sorted."""
    counts: Counter[str] = Counter()
    for row in rows:
        counts.update(set(row))
    return sorted(name for name, count in counts.items() if count >= least_count)


def binary_matrix(rows: Sequence[Iterable[str]], columns: Sequence[str]) -> csr_matrix:
    """float32 (rows, columns): 1 where a row has the feature. Indices are 32 bit (scikit-learn)."""
    place = {name: number for number, name in enumerate(columns)}
    indices: list[int] = []
    starts = [0]
    for row in rows:
        indices += sorted({place[name] for name in row if name in place})
        starts.append(len(indices))
    return csr_matrix(
        (
            np.ones(len(indices), dtype=np.float32),
            np.array(indices, dtype=np.int32),
            np.array(starts, dtype=np.int32),
        ),
        shape=(len(rows), len(columns)),
    )
