"""sherpa-onnx on twins of its models: who is told apart, and models that would kill the process."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.diarizer_twins import (
    EMBEDDING_METADATA,
    SEGMENTATION_METADATA,
    build_sherpa_twin,
)

from medscribe.dialogue.diarizers import sherpa
from medscribe.domain.spans import TimeSpan
from medscribe.domain.transcript import SpeakerTurn
from medscribe.errors import ConfigurationError, MedScribeError, ModelUnavailableError
from medscribe.plugin import create_engine

pytest.importorskip("onnx", reason="onnx, which builds the models of these tests, is not installed")
sherpa_onnx = pytest.importorskip("sherpa_onnx", reason="the sherpa extra is not installed")


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_sherpa_twin(tmp_path_factory.mktemp("twin"))


def _hum(hertz: float, tilt: float) -> np.ndarray:
    times = np.arange(3 * 16_000) / 16_000
    tones = [np.sin(2 * np.pi * hertz * k * times) / k**tilt for k in range(1, int(7000 / hertz))]
    return (0.05 * sum(tones)).astype(np.float32)


LOW, HIGH = _hum(110, 1.0), _hum(230, 0.3)


def turns(
    twin: Path, samples: np.ndarray, num_speakers: int | None, **options: Any
) -> list[SpeakerTurn]:
    speech = [TimeSpan(start=0, end=len(samples) / 16_000)]
    engine = sherpa.create(sherpa.Options(model_directory=twin, threads=1, **options))
    return engine.diarize(samples, speech, num_speakers=num_speakers)


def test_two_voices_in_turn_are_told_apart(twin: Path) -> None:
    found = turns(twin, np.concatenate([HIGH, LOW, HIGH, LOW]), 2)
    assert [turn.label for turn in found] == ["S1", "S2", "S1", "S2"]
    assert [turn.span.start for turn in found[1:]] == pytest.approx([3, 6, 9], abs=0.1)


def test_the_threshold_decides_where_the_number_is_not_given(twin: Path) -> None:
    talk = np.concatenate([HIGH, LOW, HIGH])
    assert {turn.label for turn in turns(twin, talk, None, threshold=0.05)} == {"S1", "S2"}
    assert {turn.label for turn in turns(twin, talk, None, threshold=1.9)} == {"S1"}


def test_a_short_recording_keeps_to_the_number_of_speakers(twin: Path) -> None:
    """The library itself forgets it where there is one window of ten seconds."""
    assert {turn.label for turn in turns(twin, np.concatenate([HIGH, LOW]), 1)} == {"S1"}


def test_no_more_than_the_most_speakers_are_found(twin: Path) -> None:
    talk = np.concatenate([HIGH, LOW, HIGH])
    found = turns(twin, talk, None, threshold=0.05, max_speakers=1)
    assert {turn.label for turn in found} == {"S1"}


def test_a_voice_up_to_the_end_of_a_recording_that_ends_inside_a_window_is_kept(
    twin: Path,
) -> None:
    found = turns(twin, np.concatenate([LOW, HIGH, LOW, HIGH, LOW])[: 16_000 * 14 - 3_000], 2)
    assert found[-1].span.end == pytest.approx(14 - 3 / 16, abs=0.1)


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ({"segmentation": ("window_size", None)}, "'window_size' does not exist"),
        ({"segmentation": ("powerset_max_classes", 3)}, "powerset_max_classes = 3"),
        ({"segmentation": ("sample_rate", 8000)}, "not for 16 kHz"),
        ({"embedding": ("framework", None)}, "Unknown model type"),
        ({"embedding": ("output_dim", None)}, "'output_dim' does not exist"),
        ({"embedding": ("output_dim", 64)}, "does not return what its metadata says"),
        ({"embedding": ("feature_normalize_type", "odd")}, "odd"),
    ],
)
def test_a_model_that_would_end_this_process_is_one_clear_sentence(
    tmp_path: Path, broken: dict[str, tuple[str, object]], reason: str
) -> None:
    metadata = {"segmentation": dict(SEGMENTATION_METADATA), "embedding": dict(EMBEDDING_METADATA)}
    for model, (key, value) in broken.items():
        if value is None:
            del metadata[model][key]
        else:
            metadata[model][key] = value
    twin = build_sherpa_twin(tmp_path, **metadata)
    with pytest.raises(ModelUnavailableError, match=r"sherpa\.md") as caught:
        sherpa.create(sherpa.Options(model_directory=twin))
    assert reason in str(caught.value)


def test_a_death_in_the_middle_of_a_recording_is_an_error_and_not_the_end(tmp_path: Path) -> None:
    twin = build_sherpa_twin(tmp_path)
    engine = sherpa.create(sherpa.Options(model_directory=twin))
    without = {key: value for key, value in EMBEDDING_METADATA.items() if key != "framework"}
    build_sherpa_twin(tmp_path, embedding=without)
    with pytest.raises(ModelUnavailableError, match="died of this recording"):
        engine.diarize(LOW, [TimeSpan(start=0, end=3)], num_speakers=2)


def test_a_file_that_is_no_model_is_one_clear_sentence(tmp_path: Path, twin: Path) -> None:
    path = tmp_path / "segmentation.onnx"
    path.write_bytes((twin / "segmentation.onnx").read_bytes()[:300])
    with pytest.raises(ModelUnavailableError, match="cannot use these diarization models"):
        sherpa.create(sherpa.Options(model_directory=twin, segmentation_model=path))


def test_a_missing_model_or_folder_says_what_to_set(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailableError, match=r"segmentation model .* model_directory"):
        sherpa.create(sherpa.Options(model_directory=tmp_path))
    with pytest.raises(ConfigurationError, match="model_directory"):
        create_engine("medscribe.dialogue.diarizers", "sherpa")
    with pytest.raises(MedScribeError, match="treshold"):
        create_engine("medscribe.dialogue.diarizers", "sherpa", {"treshold": 0.6})


def test_models_elsewhere_may_be_named_one_by_one_and_are_told_in_the_note(
    tmp_path: Path, twin: Path
) -> None:
    model = tmp_path / "titanet small.onnx"
    model.write_bytes((twin / "embedding.onnx").read_bytes())
    engine = create_engine(
        "medscribe.dialogue.diarizers",
        "sherpa",
        {"model_directory": str(twin), "embedding_model": str(model)},
    )
    assert engine.made_by.engine == "sherpa"
    assert engine.made_by.model.startswith("segmentation ")
    assert " + titanet small " in engine.made_by.model


def test_the_clustering_that_it_uses_divides_voiceprints_by_cosine() -> None:
    """Twenty prints around each of two directions, whatever their length."""
    random = np.random.default_rng(5)
    directions = random.normal(size=(2, 64))
    who = np.arange(40) % 2
    prints = directions[who] * random.uniform(0.5, 2, (40, 1)) + random.normal(0, 0.1, (40, 64))
    for given in ({"num_clusters": 2}, {"num_clusters": -1, "threshold": 0.5}):
        clustering = sherpa_onnx.FastClustering(sherpa_onnx.FastClusteringConfig(**given))
        found = np.asarray(clustering(prints.astype(np.float32)))
        assert len(set(found)) == 2
        assert np.array_equal(found == found[0], who == who[0])
