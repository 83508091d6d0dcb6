"""The voice model comes out of one known wheel or not at all."""

import importlib.resources
import os
import sys
from pathlib import Path

import numpy as np
import pytest

from medscribe.errors import ModelUnavailableError
from medscribe.training.voiceprint import build_voiceprint, fetch_resemblyzer_wheel


def test_another_wheel_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    wheel, out = tmp_path / "Resemblyzer-0.1.4-py3-none-any.whl", tmp_path / "voiceprint.npz"
    wheel.write_bytes(b"PK\x03\x04 something else")
    with pytest.raises(ModelUnavailableError, match="fetch it again"):
        build_voiceprint(wheel, out)
    assert not out.exists()


def test_a_missing_wheel_is_one_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailableError) as raised:
        build_voiceprint(tmp_path / "none.whl", tmp_path / "voiceprint.npz")
    assert str(tmp_path) not in str(raised.value)


def test_without_a_package_index_the_fetch_says_what_to_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(ModelUnavailableError, match="package index"):
        fetch_resemblyzer_wheel(tmp_path)


def test_the_user_s_own_pip_settings_are_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wheel of the right name but other content, in the user's own find-links folder."""
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    (shelf / "Resemblyzer-0.1.4-py3-none-any.whl").write_bytes(b"not the wheel")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf))
    target = tmp_path / "target"
    target.mkdir()
    with pytest.raises(ModelUnavailableError):
        fetch_resemblyzer_wheel(target)
    assert not list(target.iterdir())


def test_the_shipped_model_holds_half_precision_numbers_only() -> None:
    path = importlib.resources.files("medscribe.dialogue") / "models" / "voiceprint.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        assert {arrays[name].dtype for name in arrays.files} == {np.dtype(np.float16)}
        assert sum(arrays[name].size for name in arrays.files) == 1_420_544
    assert "torch" not in sys.modules
