"""The path through the phases of a visit."""

import numpy as np

from medscribe.note.reading.classifier import (
    CLASSES,
    DIVISIONS,
    DivisionModel,
    best_path,
    shipped_model,
)


def _model() -> DivisionModel:
    weights = np.zeros((2, len(CLASSES)), dtype=np.float32)
    weights[0, CLASSES.index("exam")] = 5
    weights[1, CLASSES.index("assessment_and_plan")] = 5
    zeros = np.zeros((len(DIVISIONS), len(DIVISIONS)), dtype=np.float32)
    return DivisionModel(
        {"lungs": 0, "order": 1}, weights, np.zeros(len(CLASSES), np.float32), zeros, zeros[0]
    )


def test_probabilities_sum_to_one_and_unknown_features_are_ignored() -> None:
    chances = _model().probabilities([["lungs"], ["never seen"], []])
    assert np.allclose(chances.sum(axis=1), 1)
    assert np.allclose(chances[1], chances[2])


def test_a_unit_goes_where_its_words_point() -> None:
    places = _model().sort([["lungs"], ["order"]])
    assert [place.division for place in places] == ["exam", "assessment_and_plan"]
    assert places[0].worth > 0.9


def test_a_unit_of_no_worth_stands_in_the_phase_before_it() -> None:
    chances = np.array([[0, 0, 1, 0, 0], [1, 0, 0, 0, 0]], dtype=np.float32)
    zeros = np.zeros((4, 4), dtype=np.float32)
    assert best_path(chances, zeros, zeros[0]) == [1, 1]


def test_nothing_to_sort_gives_nothing() -> None:
    assert _model().sort([]) == []


def test_the_shipped_model_knows_a_plan_when_it_hears_one() -> None:
    model = shipped_model()
    assert len(model.features) == len(model.weights)
    assert model.bias.shape == (len(CLASSES),)
