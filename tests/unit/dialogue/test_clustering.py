"""Voices are told apart by their voiceprints; their number is given or found."""

import numpy as np
import pytest

from medscribe.dialogue.clustering import centroids, cluster_voices, steady_windows

RANDOM = np.random.default_rng(11)


def unit(vectors: np.ndarray) -> np.ndarray:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True), np.float32)


# People whose mean voiceprints have a cosine of about 0.75, as real ones have.
PEOPLE = unit(RANDOM.normal(size=(6, 256)) + 1.7 * RANDOM.normal(size=256))


def windows_of(person: int, count: int) -> np.ndarray:
    """Windows with a cosine of about 0.87 to their person, as real ones have."""
    return unit(PEOPLE[person] + 0.035 * RANDOM.normal(size=(count, 256)))


def mixed(one: int, other: int, count: int) -> np.ndarray:
    """Windows that hold the end of one turn and the beginning of the next."""
    share = RANDOM.uniform(0.3, 0.7, size=(count, 1))
    between = share * PEOPLE[one] + (1 - share) * PEOPLE[other]
    return unit(between + 0.035 * RANDOM.normal(size=(count, 256)))


def partition(labels: np.ndarray) -> set[frozenset[int]]:
    return {frozenset(np.flatnonzero(labels == label).tolist()) for label in set(labels.tolist())}


def shuffled_talk(*counts: int) -> tuple[np.ndarray, np.ndarray]:
    """Windows of person 0, 1 ... in random order, and who each is of."""
    prints = np.concatenate([windows_of(person, count) for person, count in enumerate(counts)])
    truth = np.repeat(np.arange(len(counts)), counts)
    order = RANDOM.permutation(len(truth))
    return prints[order], truth[order]


@pytest.mark.parametrize("counts", [(100, 100), (200, 15), (60, 60, 60), (80, 40, 30, 20)])
def test_each_voice_is_one_cluster_when_their_number_is_given(counts: tuple[int, ...]) -> None:
    prints, truth = shuffled_talk(*counts)
    labels = cluster_voices(prints, len(counts), max_speakers=4)
    assert partition(labels) == partition(truth)


@pytest.mark.parametrize("counts", [(150,), (100, 100), (150, 20), (60, 60, 60), (50, 50, 50, 50)])
def test_the_number_of_voices_is_found(counts: tuple[int, ...]) -> None:
    prints, truth = shuffled_talk(*counts)
    assert partition(cluster_voices(prints, None, max_speakers=4)) == partition(truth)


def test_turns_that_change_within_a_window_are_no_third_voice() -> None:
    prints = np.concatenate([windows_of(0, 80), mixed(0, 1, 40), windows_of(1, 80)])
    labels = cluster_voices(prints, None, max_speakers=4)
    assert set(labels.tolist()) == {0, 1}
    assert len(set(labels[:80].tolist())) == len(set(labels[120:].tolist())) == 1


def test_a_few_coughs_do_not_take_the_place_of_a_speaker() -> None:
    coughs = unit(RANDOM.normal(size=(6, 256)))
    prints = np.concatenate([windows_of(0, 100), windows_of(1, 90), coughs])
    for given in (2, None):
        labels = cluster_voices(prints, given, max_speakers=4)
        assert len(set(labels[:100].tolist())) == len(set(labels[100:190].tolist())) == 1
        assert labels[0] != labels[100]


def test_no_more_voices_are_found_than_allowed() -> None:
    prints, _ = shuffled_talk(40, 40, 40, 40)
    assert cluster_voices(prints, None, max_speakers=3).max() <= 2


@pytest.mark.parametrize("count", [1, 2, 3, 8])
def test_a_handful_of_windows_is_labelled_too(count: int) -> None:
    labels = cluster_voices(windows_of(0, count), 2, max_speakers=4)
    assert labels.shape == (count,)
    assert labels.min() == 0
    assert labels.max() <= 1


def test_equal_voiceprints_are_one_voice() -> None:
    same = np.repeat(windows_of(0, 1), 30, axis=0)
    assert cluster_voices(same, 2, max_speakers=4).shape == (30,)
    assert set(cluster_voices(same, None, max_speakers=4).tolist()) == {0}


def test_long_recordings_are_thinned_and_every_window_still_gets_a_label() -> None:
    prints, truth = shuffled_talk(1500, 900)
    assert partition(cluster_voices(prints, 2, max_speakers=4)) == partition(truth)


def test_windows_around_a_change_of_speaker_are_not_steady() -> None:
    turns = [windows_of(turn % 2, 10) for turn in range(8)]
    steady = steady_windows(np.concatenate(turns), np.arange(80) * 0.4)
    last_of_turn = np.arange(9, 79, 10)
    assert not steady[last_of_turn].any()
    assert steady.sum() >= 55


def test_mean_voiceprints_have_unit_length() -> None:
    prints, truth = shuffled_talk(20, 30)
    np.testing.assert_allclose(np.linalg.norm(centroids(prints, truth), axis=1), 1, atol=1e-5)


def test_who_has_said_little_is_found_early_where_few_windows_are_enough() -> None:
    prints, truth = shuffled_talk(24, 4)
    labels = cluster_voices(prints, 2, max_speakers=4, least_windows=3)
    assert partition(labels) == partition(truth)
