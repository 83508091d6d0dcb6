"""The weights are looked for on this machine only, and the runtime follows from the files."""

import importlib.util
import json
from pathlib import Path

import pytest

from medscribe.errors import ConfigurationError, MissingDependencyError, ModelUnavailableError
from medscribe.speech.medasr.weights import (
    check_architecture,
    choose_runtime,
    find_folder,
    onnx_file,
)

SHERPA = ("model.onnx", "tokens.txt")
TRANSFORMERS = ("config.json", "model.safetensors")
has_torch = importlib.util.find_spec("torch") is not None
has_sherpa = importlib.util.find_spec("sherpa_onnx") is not None


def folder_with(path: Path, *names: str) -> Path:
    path.mkdir(exist_ok=True)
    for name in names:
        (path / name).write_text("{}")
    return path


def test_without_a_folder_the_message_says_how_to_get_one(tmp_path: Path) -> None:
    for model, models in ((None, None), (None, tmp_path), (tmp_path / "nowhere", tmp_path)):
        with pytest.raises(ModelUnavailableError, match="never fetched silently"):
            find_folder(model, models)


def test_the_models_folder_is_looked_in_by_name(tmp_path: Path) -> None:
    (tmp_path / "medasr").mkdir()
    assert find_folder(None, tmp_path) == tmp_path / "medasr"
    assert find_folder(tmp_path, tmp_path / "other") == tmp_path


@pytest.mark.skipif(not has_sherpa, reason="sherpa_onnx is not installed")
def test_files_for_sherpa_are_run_by_sherpa_first(tmp_path: Path) -> None:
    folder_with(tmp_path, *SHERPA, *TRANSFORMERS)
    assert choose_runtime(tmp_path, "auto") == "sherpa"


@pytest.mark.parametrize("present", [(), ("model.onnx",), ("tokens.txt",), TRANSFORMERS[:1]])
def test_an_incomplete_folder_is_refused_by_what_it_needs(
    tmp_path: Path, present: tuple[str, ...]
) -> None:
    with pytest.raises(ModelUnavailableError, match=r"tokens\.txt"):
        choose_runtime(folder_with(tmp_path, *present), "auto")


def test_the_files_of_the_wanted_runtime_are_needed(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailableError, match=r"model\.safetensors") as told:
        choose_runtime(folder_with(tmp_path, *SHERPA), "transformers")
    assert "tokens.txt" not in str(told.value)


@pytest.mark.skipif(has_torch, reason="torch is installed")
def test_files_that_nothing_installed_can_run_name_the_extra(tmp_path: Path) -> None:
    with pytest.raises(MissingDependencyError, match=r"medscribe\[medasr-torch\]"):
        choose_runtime(folder_with(tmp_path, *TRANSFORMERS), "auto")


def test_the_int8_graph_is_chosen_before_the_exact_one(tmp_path: Path) -> None:
    assert onnx_file(tmp_path) is None
    assert onnx_file(folder_with(tmp_path, "model.onnx")) == tmp_path / "model.onnx"
    folder_with(tmp_path, "model.int8.onnx")
    assert onnx_file(tmp_path) == tmp_path / "model.int8.onnx"


@pytest.mark.parametrize("config", ['{"model_type": "whisper"}', "[]", "torn", None])
def test_a_folder_of_another_model_is_refused(tmp_path: Path, config: str | None) -> None:
    if config is not None:
        (tmp_path / "config.json").write_text(config)
    with pytest.raises(ConfigurationError, match="another model"):
        check_architecture(tmp_path)


def test_medasrs_own_architecture_is_accepted(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "lasr_ctc"}))
    check_architecture(tmp_path)
