"""A pipeline's parts are found without a connection, wherever they lie."""

import json
from pathlib import Path
from typing import Any

import pytest

from medscribe.dialogue.pyannote_folder import COMMUNITY, place_pipeline
from medscribe.errors import ConfigurationError, ModelUnavailableError

pytest.importorskip("yaml", reason="PyYAML is not installed")
NAME = "pyannote.audio.pipelines.SpeakerDiarization"
FILES = {
    "segmentation": ("pytorch_model.bin",),
    "embedding": ("pytorch_model.bin",),
    "plda": ("xvec_transform.npz", "plda.npz"),
}


def repository(folder: Path, config: dict[str, Any], parts: tuple[str, ...] = tuple(FILES)) -> Path:
    for part in parts:
        (folder / part).mkdir(parents=True)
        for name in FILES[part]:
            (folder / part / name).write_bytes(f"{folder.name} {part}".encode())
    folder.mkdir(exist_ok=True)
    (folder / "config.yaml").write_text(json.dumps(config), "utf-8")
    return folder


def pipeline(clustering: str, **parts: object) -> dict[str, Any]:
    return {
        "version": "4.0.0",
        "device": "cuda",
        "preprocessors": {"audio": "elsewhere/{uri}.wav"},
        "pipeline": {"name": NAME, "params": {"clustering": clustering, **parts}},
        "params": {"clustering": {"threshold": 0.6}},
    }


COMMUNITY_1 = pipeline("VBxClustering", **{part: f"$model/{part}" for part in FILES})


def never(repository: str) -> Path:
    raise AssertionError(f"{repository} was asked for")


def placed(folder: Path, place: Path, fetch: Any = never) -> dict[str, Any]:
    place.mkdir(exist_ok=True)
    place_pipeline(folder, fetch, place)
    found: dict[str, Any] = json.loads((place / "config.yaml").read_text("utf-8"))
    return found


def test_a_copy_of_the_repository_needs_nothing_else(tmp_path: Path) -> None:
    folder = repository(tmp_path / "copy", COMMUNITY_1)
    found = placed(folder, tmp_path / "place")
    params = found["pipeline"]["params"]
    assert params["segmentation"]["checkpoint"] == str(folder / "segmentation")
    assert params["plda"]["checkpoint"] == str(folder / "plda")
    assert found["params"] == COMMUNITY_1["params"]


def test_sound_and_processor_are_never_taken_from_the_folder(tmp_path: Path) -> None:
    found = placed(repository(tmp_path / "copy", COMMUNITY_1), tmp_path / "place")
    assert set(found) == {"params", "pipeline"}


def test_models_of_other_repositories_are_fetched_and_named_by_path(tmp_path: Path) -> None:
    """As in 3.1, which clusters without PLDA: none is fetched for it."""
    others = repository(tmp_path / "others", {}, ("segmentation", "embedding"))
    asked: list[str] = []

    def fetch(name: str) -> Path:
        asked.append(name)
        return others / name.partition("/")[2].partition("-")[0]

    config = pipeline(
        "AgglomerativeClustering",
        segmentation="pyannote/segmentation-3.0@main",
        embedding="pyannote/embedding-of-wespeaker",
    )
    folder = repository(tmp_path / "3.1", config, ())
    params = placed(folder, tmp_path / "place", fetch)["pipeline"]["params"]
    assert asked == ["pyannote/segmentation-3.0", "pyannote/embedding-of-wespeaker"]
    assert params["embedding"] == {"checkpoint": str(others / "embedding"), "strict": False}
    assert params["plda"] == {"checkpoint": str(tmp_path / "place")}
    assert (tmp_path / "place" / "plda.npz").is_file()


def test_parts_that_the_pipeline_does_not_name_are_those_of_community_1(tmp_path: Path) -> None:
    community = repository(tmp_path / "community", COMMUNITY_1)
    folder = repository(tmp_path / "plain", pipeline("VBxClustering"), ())
    fetched = {COMMUNITY: community}
    params = placed(folder, tmp_path / "place", fetched.__getitem__)["pipeline"]["params"]
    assert params["embedding"] == {"checkpoint": str(community / "embedding")}


def test_the_fingerprint_changes_with_any_weight(tmp_path: Path) -> None:
    folder = repository(tmp_path / "copy", COMMUNITY_1)
    before = place_pipeline(folder, never, tmp_path)
    assert place_pipeline(folder, never, tmp_path) == before
    (folder / "plda" / "plda.npz").write_bytes(b"other")
    assert place_pipeline(folder, never, tmp_path) != before


def test_an_incomplete_copy_is_one_clear_sentence(tmp_path: Path) -> None:
    folder = repository(tmp_path / "copy", COMMUNITY_1, ("segmentation", "plda"))
    with pytest.raises(ModelUnavailableError, match="copy the whole repository"):
        place_pipeline(folder, never, tmp_path)
    with pytest.raises(ModelUnavailableError, match=r"config\.yaml"):
        place_pipeline(tmp_path / "nowhere", never, tmp_path)


@pytest.mark.parametrize("text", ["", "[]", "pipeline: 3", "pipeline: {name: [", "a: !!x"])
def test_a_config_that_is_no_pipeline_is_one_clear_sentence(tmp_path: Path, text: str) -> None:
    (tmp_path / "config.yaml").write_text(text, "utf-8")
    with pytest.raises(ModelUnavailableError, match=r"config\.yaml"):
        place_pipeline(tmp_path, never, tmp_path)


@pytest.mark.parametrize(
    "name", ["pyannote.audio.pipelines.pyannoteai.sdk.SDK", "elsewhere.SpeakerDiarization"]
)
def test_a_pipeline_that_sends_the_recording_away_is_refused(tmp_path: Path, name: str) -> None:
    config = {"pipeline": {"name": name, "params": {}}}
    folder = repository(tmp_path / "paid", config, ())
    with pytest.raises(ConfigurationError, match="on this machine"):
        place_pipeline(folder, never, tmp_path)
