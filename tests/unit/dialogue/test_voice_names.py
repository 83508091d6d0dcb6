"""Clusters keep the names that most of them had."""

from itertools import permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from medscribe.dialogue.voice_names import best_names


def test_a_cluster_keeps_the_name_that_most_of_it_had() -> None:
    assert best_names(np.array([[1.0, 9.0], [8.0, 0.0]])) == [1, 0]


def test_where_both_had_one_name_the_larger_part_keeps_it() -> None:
    assert best_names(np.array([[5.0, 0.0], [9.0, 0.0]])) == [1, 0]


def test_a_new_voice_gets_the_lowest_free_name() -> None:
    assert best_names(np.array([[5.0, 0.0, 0.0], [0.0, 0.0, 0.0]])) == [0, 1]


@given(st.integers(1, 4), st.data())
def test_no_other_naming_agrees_more(clusters: int, data: st.DataObject) -> None:
    names = data.draw(st.integers(clusters, 5))
    row = st.lists(st.integers(0, 20), min_size=names, max_size=names)
    agreement = np.array(data.draw(st.lists(row, min_size=clusters, max_size=clusters)), np.float64)
    found = best_names(agreement)
    assert len(set(found)) == clusters
    totals = (
        sum(agreement[at, name] for at, name in enumerate(chosen))
        for chosen in permutations(range(names), clusters)
    )
    assert sum(agreement[at, name] for at, name in enumerate(found)) == max(totals)
